//! One choice under a budget, timed: `shortlist CANDIDATES PEOPLE NUMBER` draws the instance of that number, chooses, and prints value, bound and
//! seconds as JSON; up to 2,000 candidates with the instance itself. Called by `shortlist_peer.sh`.
#![allow(missing_docs, clippy::print_stdout)]

#[path = "parts/shortlist_instance.rs"]
mod instance;

use bonafide::selection::{Effort, ListedReach, Offer, optimise};
use bonafide::sketch::{BottomK, account_key};
use instance::Instance;
use serde_json::json;
use std::time::Instant;

fn main() {
    let arguments: Vec<u64> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let [n_candidates, n_people, number] = arguments[..] else { return };
    let (Instance { weights, lists, costs, budget }, _) = Instance::draw(n_candidates, n_people, number);
    let keyed = |person: &u64| (account_key("bench", &person.to_string()), weights[*person as usize] as f64 / 16.0);
    let sketches: Vec<BottomK> = lists.iter().map(|people| BottomK::of(people.iter().map(keyed), 4_096)).collect();
    let begun = Instant::now();
    let reach = ListedReach::new(&sketches.iter().map(Some).collect::<Vec<_>>(), &vec![1.0; lists.len()]);
    let offer = Offer::new(costs.iter().map(|&cost| cost as f64).collect(), budget as f64);
    let choice = optimise(&reach, &offer, Effort::Full).expect("nothing is required");
    let seconds = begun.elapsed().as_secs_f64();
    let mut found = json!({ "value": choice.value * 16.0, "upper_bound": choice.upper_bound * 16.0, "seconds": seconds, "members": choice.members.len() });
    if n_candidates <= 2_000 {
        found["weights"] = json!(weights);
        found["lists"] = json!(lists);
        found["costs"] = json!(costs);
        found["budget"] = json!(budget);
        found["most"] = json!(n_candidates);
    }
    println!("{found}");
}

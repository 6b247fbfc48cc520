//! One choice under a budget, timed: `shortlist CANDIDATES PEOPLE NUMBER` makes the instance of that number (as `shortlist_optima.py` does, but for
//! the size), chooses, and prints value, bound and seconds as JSON; up to 2,000 candidates with the instance itself. Called by `shortlist_peer.sh`.
#![allow(missing_docs, clippy::print_stdout)]

use bonafide::selection::{Effort, ListedReach, Offer, optimise};
use bonafide::sketch::{BottomK, account_key};
use serde_json::json;
use std::collections::BTreeSet;
use std::time::Instant;

struct SplitMix64(u64);

impl SplitMix64 {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 33) % n
    }
}

fn main() {
    let arguments: Vec<u64> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let [n_candidates, n_people, number] = arguments[..] else { return };
    let mut random = SplitMix64(number);
    let weights: Vec<u64> = (0..n_people).map(|_| 1 + random.below(16)).collect();
    let (mut lists, mut costs) = (Vec::new(), Vec::new());
    let scenes = (n_people / 100).max(4);
    for _ in 0..n_candidates {
        let (size, scene) = (10 + random.below(51), random.below(scenes));
        let mut people = BTreeSet::new();
        for _ in 0..size {
            let near = random.below(10) < 7;
            let within = random.below(if near { n_people / scenes } else { n_people });
            people.insert(if near { scene * (n_people / scenes) + within } else { within });
        }
        lists.push(people);
        costs.push(5 + size * (8 + random.below(17)) / 16);
    }
    let all: u64 = costs.iter().sum();
    let budget = if n_candidates <= 2_000 { all * (10 + random.below(31)) / 100 } else { all * 50 / n_candidates };
    let keyed = |people: &BTreeSet<u64>| {
        people
            .iter()
            .map(|&person| (account_key("bench", &person.to_string()), weights[person as usize] as f64 / 16.0))
            .collect::<Vec<_>>()
    };
    let sketches: Vec<BottomK> = lists.iter().map(|people| BottomK::of(keyed(people), 4_096)).collect();
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

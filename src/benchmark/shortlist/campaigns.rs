//! Campaigns of one world, and what each way to buy truly reaches.

use super::world::{View, World};
use crate::error::Result;
use crate::scoring::Estimate;
use crate::selection::{
    Brief, Effort, ListedReach, Objective, Offer, SelectionInput, SimpleRule, WorthMaker, bought_by, estimate, gate, optimise,
};
use crate::sketch::{BottomK, account_key};
use std::collections::BTreeMap;

/// What our set is put beside.
pub const RULES: [&str; 6] = [
    "greedy by score",
    "greedy by engagement rate",
    "greedy by followers",
    "one creator, the largest that fits",
    "ours by estimates, not cautious",
    "ours without counting once",
];
/// Budgets, as parts of what all candidates ask together.
const BUDGETS: [f64; 4] = [0.02, 0.05, 0.1, 0.25];
/// Candidates below which a campaign is none.
const LEAST: usize = 8;

/// What was bought, and what it truly reaches.
#[derive(Debug, Clone)]
pub struct Bought {
    /// Truly reached by our set.
    pub ours: f64,
    /// What was said of it.
    pub said: Estimate,
    /// Truly reached by the others, as in [`RULES`].
    pub others: [f64; 6],
    /// Truly reached by the best set that can be found knowing the truth.
    pub best: f64,
}

/// All campaigns of a world.
pub fn campaigns(world: &World, view: View, seed: u64) -> Result<Vec<Bought>> {
    let input = world.input(view, seed)?;
    let mut bought = Vec::new();
    for filter in filters(&input) {
        let brief = Brief { budget: f64::MAX, seed, allows_insufficient: true, ..filter };
        let gated = gate(&input, &brief, |row| input.reach(row))?;
        if gated.candidates.len() < LEAST {
            continue;
        }
        let asked: f64 = gated.candidates.iter().map(|candidate| candidate.cost).sum();
        for part in BUDGETS {
            bought.extend(campaign(world, &input, &Brief { budget: part * asked, ..brief.clone() })?);
        }
    }
    Ok(bought)
}

/// Everybody, one language, one topic, and the largest topic of each language.
fn filters(input: &SelectionInput) -> Vec<Brief> {
    let (mut languages, mut topics, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for creator in &input.creators {
        if let (Some(language), Some(topic)) = (creator.language.clone(), creator.category.clone()) {
            *languages.entry(language.clone()).or_insert(0) += 1;
            *topics.entry(topic.clone()).or_insert(0) += 1;
            *both.entry((language, topic)).or_insert(0) += 1;
        }
    }
    let largest = |counts: &BTreeMap<String, i32>| counts.iter().max_by_key(|(_, count)| **count).map(|(name, _)| name.clone());
    let mut filters = vec![Brief::default()];
    filters.extend(largest(&languages).map(|language| Brief { languages: vec![language], ..Brief::default() }));
    filters.extend(largest(&topics).map(|topic| Brief { niches: vec![topic], ..Brief::default() }));
    for language in languages.keys() {
        let of_language = both.iter().filter(|((of, _), _)| of == language).max_by_key(|(_, count)| **count);
        filters.extend(of_language.map(|((_, topic), _)| Brief {
            languages: vec![language.clone()],
            niches: vec![topic.clone()],
            ..Brief::default()
        }));
    }
    filters
}

fn campaign(world: &World, input: &SelectionInput, brief: &Brief) -> Result<Option<Bought>> {
    let gated = gate(input, brief, |row| input.reach(row))?;
    if gated.candidates.len() < LEAST {
        return Ok(None);
    }
    let candidates = &gated.candidates;
    let offer = Offer::new(candidates.iter().map(|candidate| candidate.cost).collect(), brief.budget);
    let maker = WorthMaker::new(input, candidates, Objective::Reach);
    let ours = optimise(&maker.cautious(), &offer, Effort::Full)?.members;
    let by_estimates = optimise(&maker.expected(), &offer, Effort::Full)?.members;
    // With its objective the reach of each simply adds up.
    let summed = WorthMaker::new(input, candidates, Objective::Engagements).cautious();
    let added_up = optimise(&summed, &offer, Effort::Full)?.members;
    let truth =
        |members: &[usize]| world.truly_reached(&members.iter().map(|&member| candidates[member].row).collect::<Vec<_>>());
    let [score, engagement, followers] = SimpleRule::ALL.map(|rule| truth(&bought_by(rule, input, candidates, &offer)));
    let size = |place: &usize| input.creators[candidates[*place].row].followers.unwrap_or(0.0);
    let one = (0..candidates.len()).max_by(|a, b| size(a).total_cmp(&size(b)).then(b.cmp(a)));
    let Some(said) = estimate(&maker, &ours, brief.seed) else { return Ok(None) };
    let known: Vec<BottomK> = (candidates.iter())
        .map(|candidate| {
            BottomK::of(world.genuine(candidate.row).iter().map(|id| (account_key("truth", &id.0.to_string()), 1.0)), usize::MAX)
        })
        .collect();
    let knowing = ListedReach::new(&known.iter().map(Some).collect::<Vec<_>>(), &vec![1.0; known.len()]);
    let best = optimise(&knowing, &offer, Effort::Greedy)?.value;
    let found = Bought {
        ours: truth(&ours),
        said,
        others: [score, engagement, followers, one.map_or(0.0, |one| truth(&[one])), truth(&by_estimates), truth(&added_up)],
        best,
    };
    Ok((found.ours > 0.0 && found.best > 0.0).then_some(found))
}

//! How people shared by many creators are told from what pairs of samples share: what each split of audiences over pools gives.

use super::world::{View, World};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{count, optional};
use crate::error::Result;
use crate::selection::{Brief, Candidate, Objective, POOL_PARTS, SelectionInput, SetFunction, WorthMaker, gate};
use crate::statistics::{mean, quantile};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

/// Splits that are compared: parts from everybody, from the language, from the topic in it.
const SPLITS: [[f64; 3]; 7] =
    [[1.0, 0.0, 0.0], [1.0, 1.0, 1.0], POOL_PARTS, [4.0, 1.0, 1.0], [1.0, 2.0, 1.0], [1.0, 1.0, 2.0], [2.0, 2.0, 1.0]];
/// Members of a set.
const SIZES: std::ops::RangeInclusive<usize> = 3..=50;
/// Random sets of each kind and world.
const SETS: usize = 30;

/// Whom a set is drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Circle {
    Everybody,
    Language,
    Topic,
}

impl Circle {
    fn words(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Language => "one language",
            Self::Topic => "one topic of one language",
        }
    }
}

/// What is said of the people whom a set shares beside the truth.
struct Said {
    split: usize,
    circle: Circle,
    /// People reached over those that its members reach added up, said over true, less 1.
    error: f64,
    /// ln of shared people, said over true.
    log_shared: f64,
}

/// The table, of random lists of some worlds.
///
/// # Errors
/// Those of scoring.
pub(super) fn table(worlds: &[(World, u64)]) -> Result<EvaluationTable> {
    let mut said = Vec::new();
    for (world, seed) in worlds {
        said.extend(of_world(world, *seed)?);
    }
    let mut table = EvaluationTable::new(
        "How audiences are split over pools: unique people of random sets of 3 to 50 creators with random lists of 500, as a part of their audiences added up, said over true, less 1; and by what factor fewer or more shared people are said (standard deviation of its logarithm, from the middle half)",
        &["everybody : language : topic", "sets from", "sets", "mean error", "mean absolute error", "spread of shared people"],
    );
    for (split, parts) in SPLITS.iter().enumerate() {
        for circle in [Circle::Everybody, Circle::Language, Circle::Topic] {
            let of: Vec<&Said> = said.iter().filter(|said| said.split == split && said.circle == circle).collect();
            let errors: Vec<f64> = of.iter().map(|said| said.error).collect();
            let absolute: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
            let logs: Vec<f64> = of.iter().map(|said| said.log_shared).filter(|log| log.is_finite()).collect();
            table.push([
                parts.map(|part| part.to_string()).join(" : "),
                circle.words().to_owned(),
                count(of.len()),
                optional(mean(&errors)),
                optional(mean(&absolute)),
                optional(spread(&logs)),
            ]);
        }
    }
    Ok(table)
}

/// Standard deviation of a normal law with the same quartiles.
fn spread(values: &[f64]) -> Option<f64> {
    Some((quantile(values, 0.75)? - quantile(values, 0.25)?) / 1.349)
}

fn of_world(world: &World, seed: u64) -> Result<Vec<Said>> {
    let input = world.input(View::Sampled, seed)?;
    let brief = Brief { budget: f64::MAX, seed, allows_insufficient: true, ..Brief::default() };
    let candidates = gate(&input, &brief, |row| input.reach(row))?.candidates;
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut said = Vec::new();
    let mut sets: Vec<(Circle, Vec<usize>)> = Vec::new();
    for circle in [Circle::Everybody, Circle::Language, Circle::Topic] {
        let circles: Vec<Vec<usize>> = circles(&input, &candidates, circle);
        for _ in 0..if circles.is_empty() { 0 } else { SETS } {
            let mut members = circles[random.random_range(0..circles.len())].clone();
            members.shuffle(&mut random);
            members.truncate(random.random_range(SIZES));
            sets.push((circle, members));
        }
    }
    let maker = WorthMaker::new(&input, &candidates, Objective::Reach);
    for (split, parts) in SPLITS.into_iter().enumerate() {
        let function = maker.clone().with_pool_parts(parts).expected();
        for (circle, members) in &sets {
            let reached = |some: &[usize]| world.truly_reached(&some.iter().map(|&one| candidates[one].row).collect::<Vec<_>>());
            let true_sum: f64 = members.iter().map(|&member| reached(&[member])).sum();
            let sum: f64 = members.iter().map(|&member| function.value_of(&[member])).sum();
            let (unique, true_unique) = (function.value_of(members) / sum, reached(members) / true_sum);
            let log_shared = ((1.0 - unique) / (1.0 - true_unique)).ln();
            said.push(Said { split, circle: *circle, error: unique / true_unique - 1.0, log_shared });
        }
    }
    Ok(said)
}

/// Candidates by what they have in common, as far as there are enough of them.
fn circles(input: &SelectionInput, candidates: &[Candidate], circle: Circle) -> Vec<Vec<usize>> {
    let mut circles: BTreeMap<(Option<&str>, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (place, candidate) in candidates.iter().enumerate() {
        let creator = &input.creators[candidate.row];
        let key = match circle {
            Circle::Everybody => (None, None),
            Circle::Language => (creator.language.as_deref(), None),
            Circle::Topic => (creator.language.as_deref(), creator.category.as_deref()),
        };
        circles.entry(key).or_default().push(place);
    }
    circles.into_values().filter(|members| members.len() >= *SIZES.start()).collect()
}

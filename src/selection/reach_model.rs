//! What sets of candidates are worth, in expectation, cautiously, and as it may turn out.

use super::brief::Objective;
use super::gate::Candidate;
use super::input::SelectionInput;
use super::listed_reach::{ListedReach, ListedState};
use super::majorants::Majorants;
use super::pool_fit::{SharedCounts, SharedRates};
use super::pooled_reach::{Circles, POOL_PARTS, PooledReach, PooledState};
use super::set_function::SetFunction;
use super::summed::Summed;
use crate::scoring::Estimate;
use crate::sketch::{AudienceBasis, BottomK};
use crate::statistics::Z_90;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, StandardNormal};
use std::collections::BTreeMap;

/// Quantile of the normal law at the ends of a 90 % interval.
/// Part of the variance of what creators bring that is common to all: one model scored them all.
const COMMON: f64 = 0.5;
/// Standard deviation of the logarithm of the factor by which creators share more or fewer people than pools of independent people would have
/// it. Measured in the simulated worlds for tuning (`bonafide evaluate shortlist --tuning`).
const POOL_DOUBT: f64 = 0.25;

/// Worth of sets.
#[derive(Debug, Clone)]
pub enum Worth {
    /// People, from lists.
    Listed(ListedReach),
    /// People, from random samples of followers.
    Pooled(PooledReach),
    /// Amounts that add up.
    Summed(Summed),
}

/// The state of one.
#[derive(Debug, Clone)]
pub enum WorthState {
    /// Of lists.
    Listed(ListedState),
    /// Of samples.
    Pooled(PooledState),
    /// Of amounts.
    Summed((f64, Vec<bool>)),
}

macro_rules! each {
    ($worth:expr, $state:expr, $call:ident($($argument:expr),*)) => {
        match ($worth, $state) {
            (Worth::Listed(worth), WorthState::Listed(state)) => worth.$call(state, $($argument),*),
            (Worth::Pooled(worth), WorthState::Pooled(state)) => worth.$call(state, $($argument),*),
            (Worth::Summed(worth), WorthState::Summed(state)) => worth.$call(state, $($argument),*),
            _ => unreachable!("a state belongs to the function that made it"),
        }
    };
}

impl SetFunction for Worth {
    type State = WorthState;

    fn len(&self) -> usize {
        match self {
            Self::Listed(worth) => worth.len(),
            Self::Pooled(worth) => worth.len(),
            Self::Summed(worth) => worth.len(),
        }
    }

    fn empty(&self) -> WorthState {
        match self {
            Self::Listed(worth) => WorthState::Listed(worth.empty()),
            Self::Pooled(worth) => WorthState::Pooled(worth.empty()),
            Self::Summed(worth) => WorthState::Summed(worth.empty()),
        }
    }

    fn gain(&self, state: &WorthState, candidate: usize) -> f64 {
        each!(self, state, gain(candidate))
    }

    fn add(&self, state: &mut WorthState, candidate: usize) {
        each!(self, state, add(candidate));
    }

    fn value(&self, state: &WorthState) -> f64 {
        each!(self, state, value())
    }

    fn majorants(&self) -> Option<&dyn Majorants> {
        match self {
            Self::Listed(worth) => worth.majorants(),
            Self::Pooled(worth) => worth.majorants(),
            Self::Summed(worth) => worth.majorants(),
        }
    }
}

/// How people are counted once.
#[derive(Debug, Clone)]
enum Counting {
    Lists(Box<ListedReach>, Vec<f64>),
    Pools { circles: Vec<Circles>, counts: Vec<SharedCounts>, parts: [f64; 3] },
    Sum,
}

/// Makes the worth of sets of some candidates at any level of what each brings.
#[derive(Debug, Clone)]
pub struct WorthMaker {
    estimates: Vec<Estimate>,
    counting: Counting,
}

impl WorthMaker {
    /// Of candidates. Where a random sample stands for the followers of any of them, people are counted by pools, which rest on all lists of
    /// the run; else by the candidates' lists.
    pub fn new(input: &SelectionInput, candidates: &[Candidate], objective: Objective) -> Self {
        let estimates: Vec<Estimate> = candidates.iter().map(|candidate| candidate.worth).collect();
        let is_sampled = |candidate: &Candidate| input.sketches[candidate.row].basis == AudienceBasis::Random;
        let counting = match objective {
            Objective::Engagements => Counting::Sum,
            Objective::Reach if candidates.iter().any(is_sampled) => pools(input, candidates),
            Objective::Reach => {
                let lists: Vec<Option<&BottomK>> =
                    candidates.iter().map(|candidate| input.sketches[candidate.row].audience.as_ref()).collect();
                let weights = lists.iter().map(|list| list.map_or(1.0, BottomK::total_weight)).collect();
                Counting::Lists(Box::new(ListedReach::new(&lists, &vec![1.0; lists.len()])), weights)
            }
        };
        Self { estimates, counting }
    }

    /// Whether people are counted as the lists have them.
    pub fn is_of_lists(&self) -> bool {
        matches!(self.counting, Counting::Lists(..))
    }

    /// The same with other parts of audiences from each kind of pool; nothing changes where lists are counted as they are.
    #[must_use]
    pub fn with_pool_parts(mut self, pool_parts: [f64; 3]) -> Self {
        if let Counting::Pools { parts, .. } = &mut self.counting {
            *parts = pool_parts;
        }
        self
    }

    /// Accounts seen in two lists or more, where people are counted by pools.
    pub fn shared_seen(&self) -> Option<f64> {
        match &self.counting {
            Counting::Pools { counts, .. } => Some(counts.iter().map(SharedCounts::shared).sum()),
            Counting::Lists(..) | Counting::Sum => None,
        }
    }

    /// At the estimates.
    pub fn expected(&self) -> Worth {
        let levels: Vec<f64> = self.estimates.iter().map(|estimate| estimate.value).collect();
        self.at(&levels, 1.0, &mut |shape| shape)
    }

    /// At the lower ends of the 90 % intervals.
    pub fn cautious(&self) -> Worth {
        let levels: Vec<f64> = self.estimates.iter().map(|estimate| estimate.interval.low()).collect();
        self.at(&levels, 1.0, &mut |shape| shape)
    }

    /// As it may turn out: what each brings is drawn from its interval, half of the variance common to all, and the pools from their posterior.
    pub fn drawn(&self, seed: u64, draw: u64) -> Worth {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(draw + 1);
        let common: f64 = StandardNormal.sample(&mut random);
        let levels: Vec<f64> = (self.estimates.iter())
            .map(|estimate| {
                let own: f64 = StandardNormal.sample(&mut random);
                level(*estimate, COMMON.sqrt() * common + (1.0 - COMMON).sqrt() * own)
            })
            .collect();
        let doubt: f64 = StandardNormal.sample(&mut random);
        let mut gamma = |shape: f64| Gamma::new(shape, 1.0).map_or(shape, |law| law.sample(&mut random));
        self.at(&levels, (POOL_DOUBT * doubt).exp(), &mut gamma)
    }

    fn at(&self, levels: &[f64], factor: f64, draw: &mut impl FnMut(f64) -> f64) -> Worth {
        match &self.counting {
            Counting::Sum => Worth::Summed(Summed { amounts: levels.to_vec() }),
            Counting::Lists(lists, weights) => {
                let scales: Vec<f64> = levels.iter().zip(weights).map(|(level, weight)| level / weight).collect();
                Worth::Listed(lists.as_ref().clone().rescaled(&scales))
            }
            Counting::Pools { circles, counts, parts } => {
                let rates: Vec<SharedRates> = counts.iter().map(|count| count.rates(draw).times(factor)).collect();
                Worth::Pooled(PooledReach::split(levels, circles, &rates, *parts))
            }
        }
    }
}

/// The level z standard deviations from the estimate, each side by its own end of the interval.
fn level(estimate: Estimate, z: f64) -> f64 {
    let end = if z < 0.0 { estimate.value - estimate.interval.low() } else { estimate.interval.high() - estimate.value };
    (estimate.value + z / Z_90 * end).max(0.0)
}

/// Numbers of names, in the order in which they come.
#[derive(Debug, Default)]
struct Numbers<K>(BTreeMap<K, usize>);

impl<K: Ord> Numbers<K> {
    fn of(&mut self, name: K) -> usize {
        let next = self.0.len();
        *self.0.entry(name).or_insert(next)
    }
}

/// Shared people by platform, from the lists of all creators of the run. A creator without a language stands with its country.
fn pools(input: &SelectionInput, candidates: &[Candidate]) -> Counting {
    let (mut platforms, mut languages, mut topics) = (Numbers::default(), Numbers::default(), Numbers::default());
    let folded = |text: &Option<String>| text.as_deref().map(|name| name.trim().to_lowercase());
    let mut circles = |row: usize| {
        let creator = &input.creators[row];
        let platform = platforms.of(creator.platform);
        let language = languages.of((platform, folded(&creator.language).or_else(|| folded(&creator.country))));
        Circles { platform, language, topic: topics.of((language, folded(&creator.category))) }
    };
    let of_rows: Vec<Circles> = (0..input.creators.len()).map(&mut circles).collect();
    let circles: Vec<Circles> = candidates.iter().map(|candidate| of_rows[candidate.row]).collect();
    let counts = (0..platforms.0.len()).map(|platform| {
        let rows = (0..input.creators.len()).filter(|&row| of_rows[row].platform == platform);
        let (lists, numbers): (Vec<&BottomK>, Vec<(usize, usize)>) = rows
            .filter_map(|row| Some((input.sketches[row].audience.as_ref()?, (of_rows[row].language, of_rows[row].topic))))
            .unzip();
        SharedCounts::count(&lists, &numbers)
    });
    Counting::Pools { circles, counts: counts.collect(), parts: POOL_PARTS }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Interval;

    #[test]
    fn levels_keep_to_both_ends() {
        let estimate = Estimate { value: 10.0, interval: Interval::new(4.0, 13.0).unwrap() };
        assert_eq!([-Z_90, 0.0, Z_90].map(|z| level(estimate, z)), [4.0, 10.0, 13.0]);
        assert_eq!(level(estimate, -10.0), 0.0);
    }
}

//! The organic accounts: who they are, which community they belong to, how many creators they follow.

use super::profiles::ProfileClass;
use super::scenario::Scenario;
use super::seed::{Stream, normal, pick_weighted, stream};
use super::words::{LANGUAGES, NICHES};
use crate::error::Result;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// Communities: each pair of a language and a niche.
const N_CELLS: usize = LANGUAGES.len() * NICHES.len();
/// Relative sizes of the languages. Assumption.
const LANGUAGE_WEIGHTS: [f64; LANGUAGES.len()] = [0.34, 0.18, 0.2, 0.16, 0.12];

/// The index of a language and a niche in their lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Community {
    pub language: usize,
    pub niche: usize,
}

impl Community {
    /// Draws one, languages by their size.
    pub(super) fn draw(rng: &mut ChaCha8Rng) -> Self {
        let language = pick_weighted(rng, LANGUAGE_WEIGHTS.iter().copied());
        Self { language, niche: rng.random_range(0..NICHES.len() as u32) as usize }
    }

    fn cell(self) -> usize {
        self.language * NICHES.len() + self.niche
    }
}

/// What follows and profiles of one organic account must agree on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person<'a> {
    /// Standard normal; decides how many creators it follows.
    pub activity: f64,
    /// When it was made, in seconds since 1970.
    pub created_s: i64,
    /// Where it belongs.
    pub community: Community,
    /// The class of its profile.
    pub class: &'a ProfileClass,
}

/// Accounts with cumulative weights, to draw from.
#[derive(Debug, Default)]
struct Urn {
    accounts: Vec<u32>,
    cumulative: Vec<u64>,
}

impl Urn {
    fn add(&mut self, account: u32, weight: u64) {
        self.accounts.push(account);
        self.cumulative.push(self.cumulative.last().unwrap_or(&0) + weight);
    }

    fn draw(&self, rng: &mut ChaCha8Rng) -> Option<u32> {
        let total = *self.cumulative.last()?;
        let ticket = rng.random_range(0..total);
        Some(self.accounts[self.cumulative.partition_point(|&end| end <= ticket)])
    }
}

/// The organic accounts of a scenario.
///
/// # Cost
/// About 32 bytes an account, whatever the number of follows.
#[derive(Debug)]
pub(super) struct Population {
    created_s: Vec<u32>,
    cells: Vec<Urn>,
    everybody: Urn,
}

/// The person behind an index, always the same, and the stream from which the rest of its profile is drawn.
pub(super) fn person(scenario: &Scenario, seed: u64, captured_s: i64, index: u32) -> (Person<'_>, ChaCha8Rng) {
    let mut rng = stream(seed, Stream::Account, u64::from(index));
    let class = ProfileClass::choose(&scenario.organic.profiles, &mut rng);
    let activity = normal(&mut rng);
    let community = Community::draw(&mut rng);
    let created_s = captured_s - (class.draw_age_days(&mut rng) * 86_400.0) as i64;
    (Person { activity, created_s, community, class }, rng)
}

impl Population {
    /// Makes the urns to draw followers from.
    ///
    /// # Errors
    /// As [`Scenario::validate`].
    pub(super) fn new(scenario: &Scenario, seed: u64) -> Result<Self> {
        let captured_s = scenario.captured_s()?;
        let drawn: Vec<(u32, u64, usize)> = (0..scenario.accounts)
            .into_par_iter()
            .map(|index| {
                let (person, _) = person(scenario, seed, captured_s, index);
                let weight = (64.0 * (scenario.organic.activity_sd * person.activity).exp()).round().clamp(1.0, 1e6);
                (person.created_s.clamp(0, i64::from(u32::MAX)) as u32, weight as u64, person.community.cell())
            })
            .collect();
        let mut cells: Vec<Urn> = (0..N_CELLS).map(|_| Urn::default()).collect();
        let mut everybody = Urn::default();
        for (index, &(_, weight, cell)) in (0u32..).zip(&drawn) {
            cells[cell].add(index, weight);
            everybody.add(index, weight);
        }
        Ok(Self { created_s: drawn.into_iter().map(|(created_s, ..)| created_s).collect(), cells, everybody })
    }

    /// When an account was made.
    pub(super) fn created_s(&self, index: u32) -> i64 {
        i64::from(self.created_s[index as usize])
    }

    /// Draws an account by activity, from a community or, where `None` or where it is empty, from everybody.
    pub(super) fn draw(&self, community: Option<Community>, rng: &mut ChaCha8Rng) -> u32 {
        community
            .and_then(|community| self.cells[community.cell()].draw(rng))
            .or_else(|| self.everybody.draw(rng))
            .expect("scenarios with fewer than a hundred accounts are refused")
    }
}

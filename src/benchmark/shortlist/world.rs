//! A simulated market with whole audiences, and the exports that are scored of it.

use crate::audit::{Audit, AuditSettings, audit};
use crate::benchmark::simulated_dataset;
use crate::domain::{AccountId, Dataset, Follows, Label, LabelSubject, Sampling};
use crate::error::Result;
use crate::model::AccountModel;
use crate::scoring::{Audiences, Estimate};
use crate::selection::{RunCreator, SelectionInput};
use crate::simulation::{FollowsSampling, Scenario};
use crate::sketch::account_key;

/// Followers listed of each creator where lists are samples.
const LISTED: usize = 500;

/// Most creators of a world.
const CREATORS: u32 = 200;

/// What is scored of a world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// All followers.
    Whole,
    /// Random lists of 500.
    Sampled,
}

impl View {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Whole, Self::Sampled];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Whole => "whole lists",
            Self::Sampled => "random lists of 500",
        }
    }
}

/// A market.
pub struct World {
    whole: Dataset,
    /// Genuine followers of each creator, by id.
    genuine: Vec<(String, Vec<AccountId>)>,
}

impl World {
    /// Draws one with whole audiences.
    pub fn draw(scenario: &Scenario, seed: u64) -> Result<Self> {
        let mut scenario = scenario.clone();
        scenario.creators = scenario.creators.min(CREATORS);
        scenario.sampling.follows = FollowsSampling::Complete;
        scenario.organic.followers_max = scenario.organic.followers_max.min(u64::from(scenario.accounts) / 10);
        let whole = simulated_dataset(&scenario, seed)?;
        let mut is_fake = vec![false; whole.n_accounts()];
        let fakes = whole.labels.iter().filter(|row| row.subject == LabelSubject::Account && row.label == Label::Fake);
        fakes.for_each(|row| is_fake[row.id.index()] = true);
        let audiences = Audiences::gather(&whole);
        let of = |row: usize| audiences.of(row).iter().copied().filter(|id| !is_fake[id.index()]).collect();
        let mut genuine: Vec<(String, Vec<AccountId>)> =
            whole.creators.iter().enumerate().map(|(row, creator)| (whole.name(creator.id).to_owned(), of(row))).collect();
        genuine.sort();
        Ok(Self { whole, genuine })
    }

    /// Authentic people that a set truly reaches, each once. Rows are those of [`World::input`]: creators by id.
    pub fn truly_reached(&self, rows: &[usize]) -> f64 {
        let mut reached: Vec<AccountId> = rows.iter().flat_map(|&row| &self.genuine[row].1).copied().collect();
        reached.sort_unstable();
        reached.dedup();
        reached.len() as f64
    }

    /// Genuine followers of a creator.
    pub fn genuine(&self, row: usize) -> &[AccountId] {
        &self.genuine[row].1
    }

    /// What a run says of the world as it is seen.
    pub fn input(&self, view: View, seed: u64) -> Result<SelectionInput> {
        let sampled;
        let dataset = match view {
            View::Whole => &self.whole,
            View::Sampled => {
                sampled = sampled_from(&self.whole, seed);
                &sampled
            }
        };
        let audit = audit(dataset, &AccountModel::embedded()?, &AuditSettings { seed, prior: None })?;
        let creators = (0..dataset.creators.len()).map(|row| run_creator(dataset, &audit, row)).collect();
        let ids = dataset.creators.iter().map(|creator| dataset.name(creator.id).to_owned());
        SelectionInput::new(creators, ids.zip(audit.sketches.clone()).collect())
    }
}

/// The same export with random lists.
fn sampled_from(whole: &Dataset, seed: u64) -> Dataset {
    let follows = &whole.follows;
    let mut rows: Vec<(AccountId, u64, usize)> = (0..follows.follower.len())
        .map(|row| {
            (
                follows.followed[row],
                account_key(&seed.to_string(), &format!("{} {}", follows.follower[row].0, follows.followed[row].0)),
                row,
            )
        })
        .collect();
    rows.sort_unstable();
    let mut kept: Vec<usize> =
        rows.chunk_by(|a, b| a.0 == b.0).flat_map(|of| of.iter().take(LISTED)).map(|(_, _, row)| *row).collect();
    kept.sort_unstable();
    let mut sampled = Follows::default();
    for (place, row) in kept.into_iter().enumerate() {
        sampled.follower.push(follows.follower[row]);
        sampled.followed.push(follows.followed[row]);
        sampled.followed_at.put(place, follows.followed_at.get(row));
    }
    let mut dataset = Dataset { follows: sampled, ..whole.clone() };
    dataset.manifest.follows_sampling = Sampling::Random;
    dataset
}

/// A row of the run's table of creators, without its way over a file.
fn run_creator(dataset: &Dataset, audit: &Audit, row: usize) -> RunCreator {
    let (creator, score) = (&dataset.creators[row], &audit.creators[row]);
    let share = |share: crate::domain::ShareEstimate| Estimate { value: share.share, interval: share.interval };
    RunCreator {
        id: dataset.name(creator.id).to_owned(),
        handle: None,
        platform: creator.platform,
        tier: score.tier,
        category: creator.category.clone(),
        country: creator.country.clone(),
        language: creator.language.clone(),
        price: creator.price,
        currency: creator.currency.clone(),
        followers: score.followers.map(|count| count as f64),
        score: score.score,
        verdict: score.verdict,
        p_fake: score.p_fake.map(|p| p.get()),
        audience_fake: score.audience_fake.map(share),
        audience_sample_count: score.audience_fake.map(|share| share.sample_count),
        engagement_fake: score.engagement_fake.map(share),
        authentic_followers: score.authentic_followers,
    }
}

//! What a run keeps of each creator for selection: its authentic audience and engagers as sketches, and the words of its texts.

use crate::domain::{AccountId, Dataset, EngagementKind, Platform, Sampling};
use crate::scoring::{AccountScores, Audiences, CreatorScore};
use crate::signals::{Activities, CreatorActivity, engagement_rate};
use crate::sketch::{AudienceBasis, BottomK, CreatorSketch, SKETCH_SIZE, account_key};
use crate::statistics::{mean, standard_deviation};
use crate::text::terms;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// Words kept of a creator's texts, the most frequent.
const MAX_TERMS: usize = 400;
/// Share of the followers from which a random list stands for all of them as it is.
const NEARLY_ALL: f64 = 0.9;
/// Steps into which a probability is divided, so that sums do not depend on the order of rows.
const STEPS: f64 = 4_294_967_296.0;

/// Sketches of all creators, in the dataset's order.
///
/// An account weighs 1 − `p_fake`, its probability of being authentic after all evidence; one of which nothing was measured weighs as much as
/// the mean measured account of its platform in this dataset, and nothing where there is none.
///
/// # Cost
/// O(follows + engagements + characters of captions), on all threads; see [`BottomK`] for the memory.
pub(super) fn make_sketches(
    activities: &Activities<'_>,
    audiences: &Audiences,
    accounts: &AccountScores,
    creators: &[CreatorScore],
) -> Vec<CreatorSketch> {
    let dataset = activities.dataset();
    let weights = Weights { dataset, accounts, mean: mean_weights(dataset, accounts) };
    (0..creators.len())
        .into_par_iter()
        .map(|row| make(&activities.of(row), audiences.of(row), &weights, &creators[row]))
        .collect()
}

struct Weights<'a> {
    dataset: &'a Dataset,
    accounts: &'a AccountScores,
    mean: BTreeMap<Platform, f64>,
}

impl Weights<'_> {
    fn of(&self, account: AccountId, platform: Platform) -> Option<f64> {
        self.accounts.p_fake(account).map(|p| 1.0 - p).or_else(|| self.mean.get(&platform).copied())
    }

    fn sketch(&self, accounts: impl Iterator<Item = AccountId>, platform: Platform) -> Option<BottomK> {
        let keyed = |id: AccountId| Some((account_key(platform.word(), self.dataset.name(id)), self.of(id, platform)?));
        let weighted: Vec<(u64, f64)> = accounts.filter_map(keyed).collect();
        (!weighted.is_empty()).then(|| BottomK::of(weighted, SKETCH_SIZE))
    }
}

/// Mean weight of the measured accounts of each platform, summed in whole steps.
fn mean_weights(dataset: &Dataset, accounts: &AccountScores) -> BTreeMap<Platform, f64> {
    let mut sums: BTreeMap<Platform, (u128, u64)> = BTreeMap::new();
    for (id, platform) in dataset.account_ids().zip(dataset.account_platforms()) {
        if let (Some(platform), Some(p)) = (platform, accounts.p_fake(id)) {
            let (sum, count) = sums.entry(platform).or_default();
            *sum += ((1.0 - p) * STEPS) as u128;
            *count += 1;
        }
    }
    sums.into_iter().map(|(platform, (sum, count))| (platform, sum as f64 / STEPS / count as f64)).collect()
}

fn make(activity: &CreatorActivity<'_>, listed: &[AccountId], weights: &Weights<'_>, score: &CreatorScore) -> CreatorSketch {
    let platform = activity.platform();
    let (basis, sampling_share) = basis(score);
    let engaged = engaged(activity);
    let weight = |id: AccountId| weights.of(id, platform);
    let steps = |(id, count): (&AccountId, &u64)| weight(*id).map(|weight| (weight * STEPS) as u128 * u128::from(*count));
    let authentic: u128 = engaged.iter().filter_map(steps).sum();
    let (engagements_per_post, engagements_deviation, posts_count) = per_post(activity);
    let (terms, terms_count) = words(activity);
    CreatorSketch {
        audience: weights.sketch(listed.iter().copied(), platform),
        basis,
        sampling_share,
        unmeasured_count: listed.iter().filter(|id| !weights.accounts.is_measured(**id)).count() as u64,
        engagers: weights.sketch(engaged.keys().copied(), platform),
        engagements_count: engaged.iter().filter(|(id, _)| weight(**id).is_some()).map(|(_, count)| count).sum(),
        authentic_engagements: authentic as f64 / STEPS,
        engagements_per_post,
        engagements_deviation,
        posts_count,
        terms,
        terms_count,
    }
}

/// Whom a list speaks of; from one that is not random nothing is carried over to others.
fn basis(score: &CreatorScore) -> (AudienceBasis, Option<f64>) {
    let listed = score.audience_listed_count as f64;
    match (score.sampling, score.followers) {
        (Sampling::Complete, _) => (AudienceBasis::Complete, None),
        (Sampling::Random, Some(followers)) if listed >= NEARLY_ALL * followers as f64 => (AudienceBasis::Complete, None),
        (Sampling::Random, Some(followers)) => (AudienceBasis::Random, Some(listed / followers as f64)),
        _ => (AudienceBasis::Listed, None),
    }
}

/// Likes, comments, shares and saves by each account but the creator.
fn engaged(activity: &CreatorActivity<'_>) -> HashMap<AccountId, u64> {
    let mut counts = HashMap::new();
    for action in activity.engagements() {
        if action.kind != EngagementKind::View && action.actor != activity.id() {
            *counts.entry(action.actor).or_default() += 1;
        }
    }
    counts
}

/// Mean and standard deviation of likes and comments of a post, where likes are not hidden, and the posts with both.
fn per_post(activity: &CreatorActivity<'_>) -> (Option<f64>, Option<f64>, u64) {
    let both = |likes: Option<u64>, comments: Option<u64>| Some((likes? + comments?) as f64);
    let mut counts: Vec<f64> = activity.posts().filter_map(|post| both(post.likes(), post.comments())).collect();
    if engagement_rate(activity).is_none() {
        return (None, None, 0);
    }
    counts.sort_unstable_by(f64::total_cmp);
    (mean(&counts), standard_deviation(&counts), counts.len() as u64)
}

/// The most frequent words of captions and biography, by word, and how many words there are in all.
fn words(activity: &CreatorActivity<'_>) -> (Vec<(String, u32)>, u64) {
    let bio = activity.dataset.accounts.bio.get(activity.id().index());
    let mut counts: HashMap<String, u32> = HashMap::new();
    let mut all = 0;
    for term in activity.posts().filter_map(|post| post.caption()).chain(bio).flat_map(terms) {
        *counts.entry(term).or_default() += 1;
        all += 1;
    }
    let mut kept: Vec<(String, u32)> = counts.into_iter().collect();
    kept.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    kept.truncate(MAX_TERMS);
    kept.sort_unstable();
    (kept, all)
}

#[cfg(test)]
mod tests {
    use crate::audit::trial;
    use crate::domain::{AccountId, Sampling};
    use crate::sketch::{AudienceBasis, union};

    #[test]
    fn an_audience_weighs_what_its_accounts_do_and_unmeasured_ones_the_mean() {
        let dataset = trial::dataset(Sampling::Random, false);
        let audit = trial::audit(&dataset);
        let sketch = &audit.sketches[0];
        let audience = sketch.audience.as_ref().unwrap();
        assert_eq!((audience.count(), sketch.unmeasured_count, sketch.basis), (210, 10, AudienceBasis::Random));
        assert_eq!(sketch.sampling_share, Some(210.0 / 10_000.0));
        let weight = |id: AccountId| audit.accounts.p_fake(id).map(|p| 1.0 - p);
        let known: Vec<f64> = dataset.account_ids().filter_map(weight).collect();
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        let listed = |name: &str| name.contains("-inflated-");
        let own: f64 = dataset.account_ids().filter(|id| listed(dataset.name(*id))).filter_map(weight).sum();
        assert!((audience.total_weight() - own - 10.0 * mean).abs() < 1e-6);
        assert!(audit.sketches[3].audience.is_some() && audit.sketches[3].basis == AudienceBasis::Listed);
        let both = union(&[audience, audit.sketches[1].audience.as_ref().unwrap()]);
        let sum = audience.total_weight() + audit.sketches[1].audience.as_ref().unwrap().total_weight();
        assert!((both.value - sum).abs() < 1e-9, "the trial's audiences share nobody");
    }

    #[test]
    fn the_order_of_rows_does_not_matter() {
        let sketches = |reversed| trial::audit(&trial::dataset(Sampling::Complete, reversed)).sketches;
        assert_eq!(sketches(false), sketches(true));
    }
}

//! The fake share of those who like and comment.

use super::account::AccountScores;
use super::creator::NotMeasured;
use super::engager_list::{Action, Engager, EngagerList};
use super::grouped_share::with_weighted;
use super::prevalence::{PrevalenceEstimator, SampleDesign, effective_count};
use super::removed::RemovedFollowers;
use super::set_evidence::evidence_by_platform;
use super::suspicious::most_suspicious;
use super::verdict::{MAX_ABSTAINED_SHARE, MIN_MEASURED_COUNT, MIN_MEASURED_SHARE};
use crate::domain::{AccountId, Dataset, INTERVAL_LEVEL, Platform, Sampling, ShareEstimate};
use crate::model::{SetEvidence, is_incomplete};
use crate::signals::{Activities, CreatorActivity};
use std::collections::BTreeMap;

/// Accounts with a measured profile below which no share of engagers is given: with 20, one account moves the share by 5 points, and the interval of a share of
/// one half is some 40 points wide before any error of the model. Below that it says hardly more than nothing.
pub const MIN_ENGAGERS_COUNT: u64 = 20;

/// The fake share of some engagers, and what it rests on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EngagerShare {
    /// The share; `None` with fewer than [`MIN_ENGAGERS_COUNT`] measured accounts.
    pub estimate: Option<ShareEstimate>,
    /// Distinct accounts listed, the creator left out.
    pub listed_count: u64,
    /// Of these, with a measured profile.
    pub measured_count: u64,
    /// Whether a finding may rest on it: as many are measured as the verdict asks of followers, the model decides on half of them, and their profiles are
    /// like those that it was calibrated on.
    pub is_conclusive: bool,
    /// The measured ones with the highest probability of *fake*, highest first: at most 20, none below one half.
    pub most_suspicious: Vec<AccountId>,
}

/// Who likes and comments on one creator's posts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EngagerShares {
    /// Distinct accounts that liked.
    pub likers: EngagerShare,
    /// Distinct accounts that commented.
    pub commenters: EngagerShare,
    /// Both, each account with the likes and comments that it stands for: the share of engagement.
    pub all: EngagerShare,
}

impl EngagerShares {
    /// Columns that are null, with the data that would fill them.
    pub(super) fn not_measured(&self) -> Vec<NotMeasured> {
        let column = |of: &EngagerShare, what: &'static str, [nobody, few]: [&'static str; 2]| {
            let why = if of.listed_count == 0 { nobody } else { few };
            of.estimate.is_none().then_some(NotMeasured { what, why })
        };
        const ALL: [&str; 2] = [
            "it needs likes or comments on its posts (table engagements), and profiles of those who made them (table accounts)",
            "it needs at least 20 accounts with a profile (table accounts) that liked or commented",
        ];
        const LIKERS: [&str; 2] = [
            "it needs likes on its posts (table engagements), and profiles of those who liked (table accounts)",
            "it needs at least 20 accounts with a profile (table accounts) that liked",
        ];
        const COMMENTERS: [&str; 2] = [
            "it needs comments on its posts (table engagements), and profiles of those who commented (table accounts)",
            "it needs at least 20 accounts with a profile (table accounts) that commented",
        ];
        let columns = [
            column(&self.all, "engagement_fake_share", ALL),
            column(&self.all, "engagement_sample_count", ALL),
            column(&self.likers, "likers_fake_share", LIKERS),
            column(&self.commenters, "commenters_fake_share", COMMENTERS),
        ];
        columns.into_iter().flatten().collect()
    }
}

/// Estimates the fake share of likers, of commenters and of engagement, as that of followers is estimated.
///
/// How scores are shifted on a platform is learnt from the engagers of its other creators, not from followers: people who act have other profiles than people
/// who only follow, and where the same accounts do both, sharing that evidence would count them twice.
///
/// The share of engagement is that of likes and comments: an account weighs as the likes and comments that it is listed with, each of which stands for as many as
/// the platform counts on that post over those listed (1 where it counts none, or where the newest are listed). Its interval is that of an effective sample of
/// (Σw)²/Σw² accounts. A known population narrows an interval only where engagements are stated to be complete and hold what the platform counts.
///
/// # Missing
/// No share with fewer than [`MIN_ENGAGERS_COUNT`] accounts with a measured profile. Where likes or comments alone are known, the share of engagement is theirs.
///
/// # Source
/// As [`PrevalenceEstimator::estimate`]; Horvitz and Thompson 1952 for the likes that one stands for; Kish, *Survey Sampling*, 1965, for the effective sample.
#[derive(Debug)]
pub struct EngagerScorer<'a> {
    activities: &'a Activities<'a>,
    accounts: &'a AccountScores,
    estimator: &'a PrevalenceEstimator,
    evidence: BTreeMap<Platform, SetEvidence>,
}

impl<'a> EngagerScorer<'a> {
    /// Gathers what the engagers of all creators say together.
    ///
    /// # Cost
    /// One pass over the engagements, and a millisecond a creator that has any, on all threads.
    pub fn new(activities: &'a Activities<'a>, accounts: &'a AccountScores, estimator: &'a PrevalenceEstimator) -> Self {
        let mut scorer = Self { activities, accounts, estimator, evidence: BTreeMap::new() };
        scorer.evidence = evidence_by_platform(scorer.dataset(), |row| scorer.evidence_of(&EngagerList::of(&activities.of(row))));
        scorer
    }

    fn dataset(&self) -> &'a Dataset {
        self.activities.dataset()
    }

    /// Shares of the engagers of the creator in this row of the dataset.
    ///
    /// # Cost
    /// O(engagements), and some milliseconds.
    pub fn score(&self, row: usize) -> EngagerShares {
        self.score_part(row, |_| true)
    }

    /// The same of a part of these accounts: do two halves say the same?
    pub fn score_part(&self, row: usize, is_in: impl Fn(AccountId) -> bool) -> EngagerShares {
        let activity = self.activities.of(row);
        let mut list = EngagerList::of(&activity);
        let others = self.evidence[&activity.platform()].without(&self.evidence_of(&list));
        list.engagers.retain(|engager| is_in(engager.account));
        let share = |acted: &[Action]| {
            let weight = |of: &Engager| if acted.len() > 1 { of.weight() } else { 1.0 };
            let engaged = list.engagers.iter().filter(|of| acted.iter().any(|action| of.stands_for(*action) > 0.0));
            let engaged: Vec<(AccountId, f64)> = engaged.map(|of| (of.account, weight(of))).collect();
            self.share_of(&engaged, sampling(&activity, &list, acted), &others)
        };
        EngagerShares {
            likers: share(&[Action::Like]),
            commenters: share(&[Action::Comment]),
            all: share(&[Action::Like, Action::Comment]),
        }
    }

    /// The creator's engagers by ascending id, each with the likes and with the comments that it stands for.
    pub fn engagers(&self, row: usize) -> Vec<(AccountId, [f64; 2])> {
        let list = EngagerList::of(&self.activities.of(row));
        list.engagers.iter().map(|of| (of.account, [Action::Like, Action::Comment].map(|action| of.stands_for(action)))).collect()
    }

    /// What all engagers of a creator say of the shift, each once.
    fn evidence_of(&self, list: &EngagerList) -> SetEvidence {
        let measured: Vec<AccountId> =
            list.engagers.iter().map(|of| of.account).filter(|&id| self.accounts.is_measured(id)).collect();
        let decisions: Vec<f64> = measured.iter().map(|&id| self.decision(id)).collect();
        self.estimator.evidence(&decisions, &self.design(&measured, Sampling::Unknown, 0))
    }

    fn decision(&self, id: AccountId) -> f64 {
        self.accounts.predictions.decisions[id.index()]
    }

    fn design(&self, measured: &[AccountId], sampling: Sampling, listed_count: u64) -> SampleDesign {
        let counts = measured.iter().map(|id| self.accounts.predictions.measured_count[id.index()]);
        SampleDesign { sampling, listed_count, followers: None, is_incomplete: is_incomplete(counts) }
    }

    /// Members of groups count with their posterior, as among followers.
    fn share_of(&self, engaged: &[(AccountId, f64)], sampling: Sampling, others: &SetEvidence) -> EngagerShare {
        let measured: Vec<(AccountId, f64)> = engaged.iter().copied().filter(|of| self.accounts.is_measured(of.0)).collect();
        let ids: Vec<AccountId> = measured.iter().map(|of| of.0).collect();
        let counts =
            EngagerShare { listed_count: engaged.len() as u64, measured_count: measured.len() as u64, ..EngagerShare::default() };
        if counts.measured_count < MIN_ENGAGERS_COUNT {
            return counts;
        }
        let (by_group, by_profile): (Vec<_>, Vec<_>) =
            measured.iter().partition(|of| self.accounts.raised_by_group.contains_key(&of.0));
        let sample = sorted(by_profile.iter().map(|&(id, weight)| (self.decision(id), weight)));
        let grouped = sorted(by_group.iter().map(|&(id, weight)| (self.accounts.p_fake[id.index()], weight)));
        let sums = [weight_of(&sample), sample.iter().map(|of| of.1 * of.1).sum()];
        let listed = sorted(engaged.iter().map(|of| (0.0, of.1)));
        let effective = effective_count(sample.iter().map(|of| of.1)).unwrap_or(0.0);
        let population = (effective * weight_of(&listed) / sums[0].max(f64::MIN_POSITIVE)).round() as u64;
        let design = self.design(&ids, sampling, population);
        let prevalence = self.estimator.estimate_weighted(&sample, &design, others);
        let is_like_training = !design.is_incomplete && !prevalence.as_ref().is_some_and(|of| of.is_unlike_training);
        let joined = with_weighted(prevalence.map(|of| (of.estimate, sums)), &grouped, INTERVAL_LEVEL);
        let all: Vec<AccountId> = engaged.iter().map(|of| of.0).collect();
        let removed = RemovedFollowers::count(self.dataset(), &all);
        EngagerShare {
            estimate: joined.map(|fake| ShareEstimate { interval: removed.stretched(fake.interval), ..fake }),
            is_conclusive: is_like_training && !removed.is_large_part() && self.is_enough(&counts, &ids),
            most_suspicious: most_suspicious(self.dataset(), self.accounts, ids),
            ..counts
        }
    }

    fn is_enough(&self, counts: &EngagerShare, measured: &[AccountId]) -> bool {
        let (n_measured, n_listed) = (counts.measured_count as f64, counts.listed_count as f64);
        let abstained = measured.iter().filter(|id| self.accounts.predictions.is_abstained[id.index()]).count() as f64;
        counts.measured_count >= MIN_MEASURED_COUNT
            && n_measured >= MIN_MEASURED_SHARE * n_listed
            && abstained <= MAX_ABSTAINED_SHARE * n_measured
    }
}

/// Complete only where that is stated and the platform does not count more; of every other design no population of accounts is known.
fn sampling(activity: &CreatorActivity<'_>, list: &EngagerList, acted: &[Action]) -> Sampling {
    let is_whole = acted.iter().all(|action| !list.is_short(*action));
    if activity.engagements_sampling() == Sampling::Complete && is_whole { Sampling::Complete } else { Sampling::Unknown }
}

/// In an order that does not depend on that of rows, so that sums do not either.
fn sorted(values: impl Iterator<Item = (f64, f64)>) -> Vec<(f64, f64)> {
    let mut values: Vec<(f64, f64)> = values.collect();
    values.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    values
}

fn weight_of(values: &[(f64, f64)]) -> f64 {
    values.iter().map(|of| of.1).sum()
}

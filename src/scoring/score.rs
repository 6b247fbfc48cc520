//! From an audience's account scores to the creator's score.

use super::account::AccountScores;
use super::arrivals::Arrivals;
use super::audience::Audiences;
use super::audience_profile::{AudienceProfile, MIN_FIELD_COUNT};
use super::class_shares::class_shares;
use super::creator::{CreatorScore, Estimate};
use super::detectable::DetectableShares;
use super::engagers::{EngagerScorer, EngagerShares};
use super::grouped_share::with_grouped;
use super::not_measured::not_measured;
use super::prevalence::{PrevalenceEstimator, SampleDesign};
use super::set_evidence::evidence_by_platform;
use super::suspicious::most_suspicious;
use super::verdict::MIN_MEASURED_COUNT;
use crate::domain::{
    AccountId, CoordinatedGroup, Dataset, GroupKind, INTERVAL_LEVEL, Interval, Platform, Sampling, ShareEstimate, Tier,
};
use crate::model::{SetEvidence, is_incomplete};
use crate::signals::{Activities, CreatorActivity, EngagementBands, engagement_rate};
use crate::statistics::median;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Share of the platform's count that a list stated to be complete must hold: some accounts are always missing.
const COMPLETE_SHARE: f64 = 0.9;

/// A creator's score with what findings and features need beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredCreator {
    /// The score.
    pub score: CreatorScore,
    /// The audience as a whole.
    pub profile: AudienceProfile,
    /// Creators tied to it in pods; `None` where no engagement has a time.
    pub pod_ties_count: Option<u64>,
    /// Commenters in groups of those who copy one another; `None` where no comment has a text.
    pub copiers_count: Option<u64>,
    /// Accounts in groups that act on posts in lockstep, of all that act on its posts; `None` where none does, or where fewer than three creators have
    /// engagements with a time.
    pub engaged_in_lockstep: Option<EngagedInLockstep>,
    /// What order and times of its followers show.
    pub arrivals: Arrivals,
    /// Trust that reaches the follower in the middle over mutual links; `None` where fewer than 20 have one.
    pub median_trust: Option<f64>,
    /// Listed followers with the highest probability of *fake*, highest first: at most 20, none below one half.
    pub most_suspicious: Vec<AccountId>,
    /// Who likes and comments.
    pub engagers: EngagerShares,
}

/// Accounts that act on posts of one creator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EngagedInLockstep {
    /// In groups that act in lockstep.
    pub grouped_count: u64,
    /// All but the creator.
    pub engagers_count: u64,
}

/// The followers of one creator that say something.
struct Sample {
    measured: Vec<AccountId>,
    /// Decision values of those that no group speaks of.
    decisions: Vec<f64>,
    /// Probabilities of *fake* of those whom a group has changed.
    grouped: Vec<f64>,
    design: SampleDesign,
}

/// Scores the creators of one dataset, each independently of the others.
#[derive(Debug)]
pub struct CreatorScorer<'a> {
    dataset: &'a Dataset,
    audiences: &'a Audiences,
    accounts: &'a AccountScores,
    estimator: &'a PrevalenceEstimator,
    detectable: DetectableShares<'a>,
    activities: &'a Activities<'a>,
    /// Followers of each creator that groups brought; `None` where no follow has a time.
    coordinated: Option<HashMap<AccountId, u64>>,
    /// Ties of each creator in pods.
    pod_ties: Option<HashMap<AccountId, u64>>,
    /// Commenters of each creator in groups of those who copy one another.
    copiers: Option<HashMap<AccountId, u64>>,
    /// Accounts that act in lockstep on posts of each creator; `None` where the data could not show any.
    engaged_together: Option<HashMap<AccountId, u64>>,
    arrivals: &'a [Arrivals],
    /// What all audiences of a platform say together of how its scores are shifted.
    evidence: BTreeMap<Platform, SetEvidence>,
    engagers: EngagerScorer<'a>,
}

impl<'a> CreatorScorer<'a> {
    /// Gathers what all creators need.
    ///
    /// # Shape
    /// `arrivals`: one slot a creator in the dataset's order; those beyond its end have everything missing.
    pub fn new(
        activities: &'a Activities<'a>,
        audiences: &'a Audiences,
        accounts: &'a AccountScores,
        estimator: &'a PrevalenceEstimator,
        (groups, arrivals): (&[CoordinatedGroup], &'a [Arrivals]),
    ) -> Self {
        let dataset = activities.dataset();
        let detectable = DetectableShares::new(estimator);
        let evidence = BTreeMap::new();
        let coordinated = can_show_lockstep(timed_follows(dataset)).then(|| brought(groups, GroupKind::FollowLockstep));
        let engaged_together = can_show_lockstep(timed_engagements(dataset)).then(|| acting_in_lockstep(groups));
        let pod_ties = (!dataset.engagements.at.is_absent()).then(|| brought(groups, GroupKind::Pod));
        let copiers = (!dataset.engagements.text.is_absent()).then(|| brought(groups, GroupKind::CommentCopies));
        let mut scorer = Self {
            dataset,
            audiences,
            accounts,
            estimator,
            detectable,
            activities,
            coordinated,
            pod_ties,
            copiers,
            engaged_together,
            arrivals,
            evidence,
            engagers: EngagerScorer::new(activities, accounts, estimator),
        };
        scorer.evidence = scorer.gather_evidence();
        scorer
    }

    /// Members of groups count by their profiles here as all others do: how scores are shifted on a platform is seen by its visible fakes, and a group at
    /// some creators is no news about everybody else's.
    fn gather_evidence(&self) -> BTreeMap<Platform, SetEvidence> {
        evidence_by_platform(self.dataset, |row| {
            let sample = self.sample(row);
            self.estimator.evidence(&self.decisions_of(&sample.measured), &sample.design)
        })
    }

    fn sample(&self, row: usize) -> Sample {
        let listed = self.audiences.of(row);
        let measured: Vec<AccountId> = listed.iter().copied().filter(|&id| self.accounts.is_measured(id)).collect();
        let predictions = &self.accounts.predictions;
        let is_incomplete = is_incomplete(measured.iter().map(|id| predictions.measured_count[id.index()]));
        let (followers, is_list_short) = (self.followers_of(row), self.is_list_short(row));
        let sampling = if is_list_short { Sampling::Unknown } else { self.dataset.manifest.follows_sampling };
        let design = SampleDesign { sampling, listed_count: listed.len() as u64, followers, is_incomplete };
        let (by_group, by_profile): (Vec<AccountId>, Vec<AccountId>) =
            measured.iter().partition(|id| self.accounts.raised_by_group.contains_key(id));
        let decisions = self.decisions_of(&by_profile);
        let grouped = by_group.iter().map(|id| self.accounts.p_fake[id.index()]).collect();
        Sample { measured, decisions, grouped, design }
    }

    fn decisions_of(&self, accounts: &[AccountId]) -> Vec<f64> {
        accounts.iter().map(|id| self.accounts.predictions.decisions[id.index()]).collect()
    }

    /// Scores the creator in this row of the dataset.
    ///
    /// # Missing
    /// Every figure that the data do not allow is `None`, with its reason in `not_measured`. There is no verdict yet: it needs the judgement of all creators
    /// together.
    ///
    /// # Cost
    /// O(audience), and some milliseconds for the fake share.
    pub fn score(&self, row: usize) -> ScoredCreator {
        let listed = self.audiences.of(row);
        let Sample { measured, decisions, grouped, design } = self.sample(row);
        let SampleDesign { followers, listed_count, .. } = design;
        let set = &self.evidence[&self.dataset.creators[row].platform];
        let prevalence = self.estimator.estimate_part(&decisions, &self.decisions_of(&measured), &design, set);
        let profile = AudienceProfile::measure(self.dataset, listed);
        let stretch = |fake: ShareEstimate| ShareEstimate { interval: profile.removed.stretched(fake.interval), ..fake };
        let by_profile = prevalence.as_ref().map(|prevalence| prevalence.estimate);
        let fake = with_grouped(by_profile, &grouped, INTERVAL_LEVEL).map(stretch);
        let activity = self.activities.of(row);
        let engagers = self.engagers.score(row);
        let engagement_rate = engagement_rate(&activity);
        let is_abstained = |id: &&AccountId| self.accounts.predictions.is_abstained[id.index()];
        let mut score = CreatorScore {
            followers,
            tier: followers.map(Tier::of),
            score: score_of(fake, engagers.all.estimate),
            audience_fake: fake,
            engagement_fake: engagers.all.estimate,
            likers_fake: engagers.likers.estimate,
            commenters_fake: engagers.commenters.estimate,
            audience_inactive_share: profile.inactive_share,
            authentic_followers: followers
                .zip(fake)
                .filter(|_| design.allows_extrapolation() && measured.len() as u64 >= MIN_MEASURED_COUNT)
                .filter(|(followers, _)| !profile.removed.is_large_part() && listed_count <= *followers)
                .and_then(|(followers, fake)| authentic(followers, fake)),
            engagement_rate,
            engagement_rate_percentile: engagement_rate.and_then(|rate| percentile(&activity, rate)),
            coordinated_followers_count: self.coordinated_on(row),
            minimum_detectable_share: self.detectable.of(measured.len() as u64),
            classes: class_shares(&measured, self.accounts, design.population()),
            audience_listed_count: listed_count,
            sampling: design.sampling,
            is_list_short: self.is_list_short(row),
            is_unlike_training: prevalence.is_some_and(|prevalence| prevalence.is_unlike_training),
            is_incomplete: design.is_incomplete,
            audience_measured_count: measured.len() as u64,
            removed: profile.removed,
            audience_abstained_count: measured.iter().filter(is_abstained).count() as u64,
            ..CreatorScore::unmeasured(self.dataset.creators[row].id)
        };
        let engaged_in_lockstep = self.engaged_on(&activity);
        score.not_measured = not_measured(&score, &engagers, engaged_in_lockstep.is_some());
        let of_creator = |counts: &HashMap<AccountId, u64>| counts.get(&score.id).copied().unwrap_or(0);
        let (pod_ties_count, copiers_count) = (self.pod_ties.as_ref().map(of_creator), self.copiers.as_ref().map(of_creator));
        ScoredCreator {
            score,
            profile,
            pod_ties_count,
            copiers_count,
            engaged_in_lockstep,
            arrivals: self.arrivals.get(row).cloned().unwrap_or_default(),
            median_trust: self.median_trust(listed),
            most_suspicious: most_suspicious(self.dataset, self.accounts, measured),
            engagers,
        }
    }

    fn median_trust(&self, listed: &[AccountId]) -> Option<f64> {
        let known: Vec<f64> = listed.iter().filter_map(|&id| self.accounts.trust(id)).collect();
        if known.len() < MIN_FIELD_COUNT { None } else { median(&known) }
    }

    /// Followers that groups brought to the creator.
    fn coordinated_on(&self, row: usize) -> Option<u64> {
        let listed = self.audiences.of(row);
        let counts = self.coordinated.as_ref().filter(|_| !listed.is_empty())?;
        Some(counts.get(&self.dataset.creators[row].id).copied().unwrap_or(0))
    }

    /// Accounts that act on the creator's posts, and how many of them do so in lockstep.
    fn engaged_on(&self, activity: &CreatorActivity<'_>) -> Option<EngagedInLockstep> {
        let together = self.engaged_together.as_ref()?;
        let mut actors: Vec<AccountId> = activity.engagements().map(|engagement| engagement.actor).collect();
        actors.retain(|actor| *actor != activity.id());
        actors.sort_unstable();
        actors.dedup();
        let grouped_count = together.get(&activity.id()).copied().unwrap_or(0);
        (!actors.is_empty()).then_some(EngagedInLockstep { grouped_count, engagers_count: actors.len() as u64 })
    }

    fn followers_of(&self, row: usize) -> Option<u64> {
        self.activities.of(row).followers
    }

    /// Whether the list is said to be complete and lacks more than a tenth of the platform's count.
    fn is_list_short(&self, row: usize) -> bool {
        let (listed, followers) = (self.audiences.of(row).len(), self.followers_of(row));
        let is_short = followers.is_some_and(|count| (listed as f64) < COMPLETE_SHARE * count as f64);
        self.dataset.manifest.follows_sampling == Sampling::Complete && listed > 0 && is_short
    }
}

/// Where an engagement rate lies among real creators of the same size, 0 to 100.
fn percentile(activity: &CreatorActivity<'_>, rate: f64) -> Option<f64> {
    EngagementBands::embedded().ok()?.percentile("engagement.rate", &activity.peers(), rate)
}

/// Creators of follows with a time.
fn timed_follows(dataset: &Dataset) -> impl Iterator<Item = AccountId> {
    let follows = &dataset.follows;
    (0..follows.followed.len()).filter(|&row| follows.followed_at.get(row).is_some()).map(|row| follows.followed[row])
}

/// Creators of engagements with a time.
fn timed_engagements(dataset: &Dataset) -> impl Iterator<Item = AccountId> {
    let engagements = &dataset.engagements;
    let timed = (0..engagements.actor.len()).filter(|&row| engagements.at.get(row).is_some());
    timed.filter_map(|row| engagements.creator.get(row).map(AccountId))
}

/// Whether three creators or more have actions with a time: a group acts on three at least.
fn can_show_lockstep(timed: impl Iterator<Item = AccountId>) -> bool {
    let mut seen = Vec::new();
    for creator in timed {
        if !seen.contains(&creator) {
            seen.push(creator);
        }
        if seen.len() == 3 {
            return true;
        }
    }
    false
}

/// Accounts that act in lockstep on posts of each creator: of several groups on its posts, an account counts once.
fn acting_in_lockstep(groups: &[CoordinatedGroup]) -> HashMap<AccountId, u64> {
    let mut acting: HashMap<AccountId, BTreeSet<AccountId>> = HashMap::new();
    for group in groups.iter().filter(|group| group.kind == GroupKind::EngagementLockstep) {
        for (member, (target, _)) in group.members.iter().flat_map(|member| member.actions.iter().map(move |act| (member, act))) {
            acting.entry(group.targets[*target as usize].creator).or_default().insert(member.account);
        }
    }
    acting.into_iter().map(|(creator, accounts)| (creator, accounts.len() as u64)).collect()
}

/// Accounts that groups of a kind brought to each creator; a follow belongs to one group at most.
fn brought(groups: &[CoordinatedGroup], kind: GroupKind) -> HashMap<AccountId, u64> {
    let mut counts = HashMap::new();
    for target in groups.iter().filter(|group| group.kind == kind).flat_map(|group| &group.targets) {
        *counts.entry(target.creator).or_default() += target.members_count;
    }
    counts
}

/// 100 × the mean of 1 − fake share over those of audience and engagement that were measured. Its ends are the means of theirs: the two rest on the same model and
/// mostly on the same people, so they are taken to err together, which is as wide as it can be.
fn score_of(audience: Option<ShareEstimate>, engagement: Option<ShareEstimate>) -> Option<Estimate> {
    let measured: Vec<ShareEstimate> = audience.into_iter().chain(engagement).collect();
    let authentic =
        |end: fn(&ShareEstimate) -> f64| 100.0 * (1.0 - measured.iter().map(end).sum::<f64>() / measured.len() as f64);
    let interval = Interval::new(authentic(|fake| fake.interval.high()), authentic(|fake| fake.interval.low()))?;
    Some(Estimate { value: authentic(|fake| fake.share), interval })
}

/// Followers × (1 − fake share), with its interval.
fn authentic(followers: u64, fake: ShareEstimate) -> Option<Estimate> {
    let all = followers as f64;
    let interval = Interval::new(all * (1.0 - fake.interval.high()), all * (1.0 - fake.interval.low()))?;
    Some(Estimate { value: all * (1.0 - fake.share), interval })
}

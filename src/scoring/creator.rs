//! Scores of creators.

use super::creator_explanation::CreatorExplanation;
use super::creator_judgement::CreatorJudgement;
use super::removed::RemovedFollowers;
use crate::domain::{AccountClass, AccountId, Interval, Probability, Sampling, ShareEstimate, Tier, Verdict};
use crate::statistics::Z_90;

/// A number with its 90 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Point estimate.
    pub value: f64,
    /// 90 % interval.
    pub interval: Interval,
}

impl Estimate {
    /// The same with an independent standard error upon what the interval holds already; nothing falls below 0.
    ///
    /// # Missing
    /// `None` where the error is no number.
    ///
    /// # Examples
    /// ```
    /// use bonafide::{domain::Interval, scoring::Estimate};
    /// let estimate = Estimate { value: 100.0, interval: Interval::new(97.0, 103.0).unwrap() };
    /// // √(3² + (1.644854 · 2.431827)²) = 5
    /// let wider = estimate.with_independent_error(2.431827).unwrap().interval;
    /// assert!((wider.low() - 95.0).abs() < 1e-5 && (wider.high() - 105.0).abs() < 1e-5);
    /// ```
    pub fn with_independent_error(self, standard_error: f64) -> Option<Self> {
        let wider = |end: f64| (end - self.value).hypot(Z_90 * standard_error);
        let (low, high) = (self.value - wider(self.interval.low()), self.value + wider(self.interval.high()));
        Some(Self { interval: Interval::new(low.max(0.0), high)?, ..self })
    }
}

/// Something that could not be measured, and the data that would allow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotMeasured {
    /// Name of the output column or signal (`engagement_fake_share`).
    pub what: &'static str,
    /// Why, and what data would allow it, in a plain sentence.
    pub why: &'static str,
}

/// Accounts of one class among the audience.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassShare {
    /// The class.
    pub class: AccountClass,
    /// How many of the sampled audience are of it.
    pub count: u64,
    /// Share of the sampled audience, with its 90 % sampling interval.
    pub share: Estimate,
}

/// Everything said of one creator.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatorScore {
    /// The creator.
    pub id: AccountId,
    /// Followers as the platform counts them (or as listed, where the sampling is complete).
    pub followers: Option<u64>,
    /// Size class, where followers are known.
    pub tier: Option<Tier>,
    /// Percentage of what a sponsor would pay for that is authentic, 0..=100.
    pub score: Option<Estimate>,
    /// What a reader may conclude.
    pub verdict: Verdict,
    /// Why the verdict is what it is, in plain sentences.
    pub verdict_reason: String,
    /// Probability that audience or engagement was inflated at all.
    pub p_fake: Option<Probability>,
    /// What that probability rests on.
    pub judgement: Option<CreatorJudgement>,
    /// What that consists of, and what would change the verdict.
    pub explanation: Option<CreatorExplanation>,
    /// Fake share of the audience.
    pub audience_fake: Option<ShareEstimate>,
    /// Share of the sampled audience that is inactive, which is not the same as fake.
    pub audience_inactive_share: Option<f64>,
    /// Fake share of all engagement.
    pub engagement_fake: Option<ShareEstimate>,
    /// Fake share of likers.
    pub likers_fake: Option<ShareEstimate>,
    /// Fake share of commenters.
    pub commenters_fake: Option<ShareEstimate>,
    /// Followers × (1 − fake share).
    pub authentic_followers: Option<Estimate>,
    /// Mean likes and comments of a post over followers.
    pub engagement_rate: Option<f64>,
    /// Where that lies among creators of the same size, 0..=100.
    pub engagement_rate_percentile: Option<f64>,
    /// Followers in coordinated groups.
    pub coordinated_followers_count: Option<u64>,
    /// Smallest fake share that nine in ten samples of this size tell from none; smaller ones may be found or missed.
    pub minimum_detectable_share: Option<f64>,
    /// The sampled audience by class, in the order in which classes are tried.
    pub classes: Vec<ClassShare>,
    /// Unique followers listed.
    pub audience_listed_count: u64,
    /// How followers were sampled.
    pub sampling: Sampling,
    /// Whether the list is stated to be complete and yet holds less than 90 % of the platform's count; its sampling is
    /// then taken for unknown.
    pub is_list_short: bool,
    /// Whether the audience's scores lie further from the calibration's than datasets commonly do.
    pub is_unlike_training: bool,
    /// Whether the typical profile lacks so many of the model's fields that its calibration does not fit.
    pub is_incomplete: bool,
    /// Whether groups act on it in lockstep and the profiles of none bear out that a service sent them: people who were called together act so too.
    pub has_undecided_group: bool,
    /// Accounts of the sampled audience with a measured profile.
    pub audience_measured_count: u64,
    /// Accounts of the sampled audience that the model abstains on.
    pub audience_abstained_count: u64,
    /// Listed followers that the platform has suspended or no longer knows.
    pub removed: RemovedFollowers,
    /// What could not be measured.
    pub not_measured: Vec<NotMeasured>,
}

impl CreatorScore {
    /// Whether more followers are listed than the platform counts: a contradiction, from which nothing is carried over
    /// to a number of followers.
    pub fn lists_more_than_counted(&self) -> bool {
        self.followers.is_some_and(|count| self.audience_listed_count > count)
    }

    /// A creator of whom nothing is known.
    pub fn unmeasured(id: AccountId) -> Self {
        Self {
            id,
            followers: None,
            tier: None,
            score: None,
            verdict: Verdict::Insufficient,
            verdict_reason: String::new(),
            p_fake: None,
            judgement: None,
            explanation: None,
            audience_fake: None,
            audience_inactive_share: None,
            engagement_fake: None,
            likers_fake: None,
            commenters_fake: None,
            authentic_followers: None,
            engagement_rate: None,
            engagement_rate_percentile: None,
            coordinated_followers_count: None,
            minimum_detectable_share: None,
            classes: Vec::new(),
            audience_listed_count: 0,
            sampling: Sampling::Unknown,
            is_list_short: false,
            is_unlike_training: false,
            is_incomplete: false,
            has_undecided_group: false,
            audience_measured_count: 0,
            audience_abstained_count: 0,
            removed: RemovedFollowers::default(),
            not_measured: Vec::new(),
        }
    }
}

//! Numbers with what a reader needs to judge them: unit, interval, cases, meaning.

use super::Subject;
use crate::domain::{AccountId, INTERVAL_LEVEL, ShareEstimate};
use crate::scoring::{CreatorScore, Estimate};
use crate::statistics::wilson;
use serde::Serialize;

/// One number.
#[derive(Debug, Clone, Serialize)]
pub struct Measure {
    /// Stable name, as the column of the run's table `creators`.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// Point estimate.
    pub value: f64,
    /// Lower end of the 90 % interval; null for a plain count or share of the sample.
    pub low: Option<f64>,
    /// Upper end of the 90 % interval.
    pub high: Option<f64>,
    /// `per cent` (0..=100), `share` (0..=1) or `accounts`.
    pub unit: &'static str,
    /// Cases that it rests on.
    pub sample_count: Option<u64>,
    /// What it means.
    pub meaning: &'static str,
}

impl Measure {
    fn of(id: &'static str, name: &'static str, unit: &'static str, meaning: &'static str, value: f64) -> Self {
        Self { id, name, value, low: None, high: None, unit, sample_count: None, meaning }
    }

    fn within(mut self, low: f64, high: f64) -> Self {
        (self.low, self.high) = (Some(low), Some(high));
        self
    }

    fn resting_on(mut self, sample_count: Option<u64>) -> Self {
        self.sample_count = sample_count;
        self
    }
}

pub(super) fn score(subject: &Subject<'_>) -> Option<Measure> {
    let Estimate { value, interval } = subject.score.score?;
    let meaning = "Percentage of what a sponsor would pay for that is authentic.";
    let cases = subject.score.audience_fake.or(subject.score.engagement_fake).map(|estimate| estimate.sample_count);
    let measure = Measure::of("score", "score", "per cent", meaning, value);
    Some(measure.within(interval.low(), interval.high()).resting_on(cases))
}

pub(super) fn others(subject: &Subject<'_>) -> Vec<Measure> {
    let mut measures = fake_shares(subject.score);
    measures.extend(authentic_followers(subject.score));
    measures.extend(plain_numbers(subject));
    measures
}

fn fake_shares(score: &CreatorScore) -> Vec<Measure> {
    let share = |id, name, meaning, estimate: Option<ShareEstimate>| {
        let estimate = estimate?;
        let measure = Measure::of(id, name, "share", meaning, estimate.share);
        Some(measure.within(estimate.interval.low(), estimate.interval.high()).resting_on(Some(estimate.sample_count)))
    };
    let shares = [
        share("audience_fake_share", "fake share of the audience", "Followers that are fake.", score.audience_fake),
        share("engagement_fake_share", "fake share of engagement", "Engagement by fakes.", score.engagement_fake),
        share("likers_fake_share", "fake share of likers", "Accounts that liked.", score.likers_fake),
        share("commenters_fake_share", "fake share of commenters", "Accounts that commented.", score.commenters_fake),
    ];
    shares.into_iter().flatten().collect()
}

fn authentic_followers(score: &CreatorScore) -> Option<Measure> {
    let Estimate { value, interval } = score.authentic_followers?;
    let meaning = "Followers times the authentic share of the audience.";
    let measure = Measure::of("authentic_followers", "authentic followers", "accounts", meaning, value);
    let cases = score.audience_fake.map(|estimate| estimate.sample_count);
    Some(measure.within(interval.low(), interval.high()).resting_on(cases))
}

fn plain_numbers(subject: &Subject<'_>) -> Vec<Measure> {
    let score = subject.score;
    let number = |id, name, unit, meaning, value: Option<f64>| value.map(|value| Measure::of(id, name, unit, meaning, value));
    let (inactive, rate) = (score.audience_inactive_share, score.engagement_rate);
    let (grouped, smallest) = (score.coordinated_followers_count.map(|count| count as f64), score.minimum_detectable_share);
    let idle = "Sampled followers that have done nothing for long. Inactive is not fake.";
    let acting = "Followers that act in lockstep with others.";
    let interactions = "Mean likes and comments of a post over followers.";
    let unseen = "Inflation below this share would not have been seen in this sample.";
    let inactive = number("audience_inactive_share", "inactive share of the audience", "share", idle, inactive);
    let rate = number("engagement_rate", "likes and comments of a post, per follower", "share", interactions, rate);
    let numbers = [
        inactive.map(|measure| of_sample(measure, seen_active_count(subject))),
        rate.map(|measure| measure.resting_on(Some(counted_posts_count(subject)))),
        number("coordinated_followers_count", "followers in coordinated groups", "accounts", acting, grouped),
        number("minimum_detectable_share", "smallest share that could be seen", "share", unseen, smallest),
    ];
    numbers.into_iter().flatten().collect()
}

/// A share of a sample, with its Wilson interval.
fn of_sample(measure: Measure, n: u64) -> Measure {
    let interval = wilson((measure.value * n as f64).round() as u64, n, INTERVAL_LEVEL);
    let measure = measure.resting_on((n > 0).then_some(n));
    match interval {
        Some(interval) => measure.within(interval.low(), interval.high()),
        None => measure,
    }
}

/// Followers of whom it is known when they were last active.
fn seen_active_count(subject: &Subject<'_>) -> u64 {
    let dataset = subject.source.dataset;
    let known = |id: &&AccountId| {
        dataset.accounts.last_active_at.get(id.index()).is_some() && dataset.account_captured_at(**id).is_some()
    };
    subject.followers.iter().filter(known).count() as u64
}

/// The creator's posts with both likes and comments.
fn counted_posts_count(subject: &Subject<'_>) -> u64 {
    let posts = &subject.source.dataset.posts;
    let counted = |post: &usize| posts.likes.get(*post).is_some() && posts.comments.get(*post).is_some();
    let own = |post: &usize| posts.creator[*post] == subject.creator.id;
    (0..posts.creator.len()).filter(own).filter(counted).count() as u64
}

//! Numbers with what a reader needs to judge them: unit, interval, cases, meaning.

use super::Subject;
use crate::domain::{AccountId, INTERVAL_LEVEL, Sampling, ShareEstimate};
use crate::scoring::{CreatorScore, DetectableShares, Estimate, SCORE_MEANING};
use crate::signals::MIN_POST_COUNT;
use crate::statistics::wilson;
use serde::Serialize;
use statrs::distribution::{ContinuousCDF, StudentsT};

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
    /// What these are: `accounts` or `posts`.
    pub sample_unit: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

impl Measure {
    fn of(id: &'static str, name: &'static str, unit: &'static str, meaning: &'static str, value: f64) -> Self {
        Self { id, name, value, low: None, high: None, unit, sample_count: None, sample_unit: "accounts", meaning }
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
    let name = named(subject.score, "score", "score of the newest followers listed");
    let cases = subject.score.audience_fake.or(subject.score.engagement_fake).map(|estimate| estimate.sample_count);
    let measure = Measure::of("score", name, "per cent", SCORE_MEANING, value);
    Some(measure.within(interval.low(), interval.high()).resting_on(cases))
}

pub(super) fn others(subject: &Subject<'_>) -> Vec<Measure> {
    let mut measures = fake_shares(subject.score);
    measures.extend(authentic_followers(subject.score));
    measures.extend(plain_numbers(subject));
    measures
}

/// A name for people that does not speak of an audience where only its newest are listed.
fn named(score: &CreatorScore, whole: &'static str, newest: &'static str) -> &'static str {
    if score.sampling == Sampling::NewestFirst { newest } else { whole }
}

fn fake_shares(score: &CreatorScore) -> Vec<Measure> {
    let share = |id, name, meaning, estimate: Option<ShareEstimate>| {
        let estimate = estimate?;
        let measure = Measure::of(id, name, "share", meaning, estimate.share);
        Some(measure.within(estimate.interval.low(), estimate.interval.high()).resting_on(Some(estimate.sample_count)))
    };
    let audience = named(score, "fake share of the audience", "fake share of the newest followers listed");
    let shares = [
        share("audience_fake_share", audience, "Followers that are fake, of the visible kinds.", score.audience_fake),
        share(
            "engagement_fake_share",
            "fake share of engagement",
            "Likes and comments by fakes, of the visible kinds.",
            score.engagement_fake,
        ),
        share(
            "likers_fake_share",
            "fake share of likers",
            "Distinct accounts that liked and are fake, of the visible kinds.",
            score.likers_fake,
        ),
        share(
            "commenters_fake_share",
            "fake share of commenters",
            "Distinct accounts that commented and are fake, of the visible kinds.",
            score.commenters_fake,
        ),
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
    let inactive_name = named(score, "inactive share of the audience", "inactive share of the newest followers listed");
    let (grouped, smallest) = (score.coordinated_followers_count.map(|count| count as f64), score.minimum_detectable_share);
    let idle = "Sampled followers that did nothing visible for 180 days. Inactive is not fake.";
    let acting = "Followers that act in lockstep with others.";
    let interactions = "Mean likes and comments of a post over followers; the interval is that of the mean over posts.";
    let told = "In 90 % of random samples of so many accounts an audience with this share is told from one without fakes; smaller shares may be found or missed. Beyond some hundred accounts the model's error bounds it, not their number.";
    let inactive = number("audience_inactive_share", inactive_name, "share", idle, inactive);
    let rate = number("engagement_rate", "likes and comments of a post, per follower", "share", interactions, rate);
    let numbers = [
        inactive.map(|measure| of_sample(subject, measure)),
        rate.map(|measure| of_posts(subject, measure)),
        number("coordinated_followers_count", "followers in coordinated groups", "accounts", acting, grouped),
        number("minimum_detectable_share", "smallest share reliably told from none", "share", told, smallest)
            .map(|measure| measure.resting_on(DetectableShares::reckoned_size(score.audience_measured_count))),
    ];
    numbers.into_iter().flatten().collect()
}

/// A share of a sample, with its Wilson interval; without width where every follower is known.
fn of_sample(subject: &Subject<'_>, measure: Measure) -> Measure {
    let n = seen_active_count(subject);
    let measure = measure.resting_on((n > 0).then_some(n));
    if subject.score.sampling == Sampling::Complete && n == subject.score.audience_listed_count {
        let share = measure.value;
        return measure.within(share, share);
    }
    match wilson((measure.value * n as f64).round() as u64, n, INTERVAL_LEVEL) {
        Some(interval) => measure.within(interval.low(), interval.high()),
        None => measure,
    }
}

/// A mean over posts, with the interval of Student's t.
fn of_posts(subject: &Subject<'_>, measure: Measure) -> Measure {
    let rates = post_rates(subject);
    let n = rates.len() as f64;
    let measure = Measure { sample_unit: "posts", ..measure.resting_on(Some(rates.len() as u64)) };
    let Ok(student) = StudentsT::new(0.0, 1.0, n - 1.0) else { return measure };
    if rates.len() < MIN_POST_COUNT {
        return measure;
    }
    let mean = rates.iter().sum::<f64>() / n;
    let variance = rates.iter().map(|rate| (rate - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let half = student.inverse_cdf(0.5 + INTERVAL_LEVEL / 2.0) * (variance / n).sqrt();
    let (value, low) = (measure.value, (measure.value - half).max(0.0));
    measure.within(low, value + half)
}

/// Followers of whom it is known when they were last active.
fn seen_active_count(subject: &Subject<'_>) -> u64 {
    let dataset = subject.source.dataset;
    let known = |id: &&AccountId| {
        dataset.accounts.last_active_at.get(id.index()).is_some() && dataset.account_captured_at(**id).is_some()
    };
    subject.followers.iter().filter(known).count() as u64
}

/// Likes and comments over followers, of each of the creator's posts that has both counts.
fn post_rates(subject: &Subject<'_>) -> Vec<f64> {
    let posts = &subject.source.dataset.posts;
    let followers = subject.score.followers.unwrap_or_default().max(1) as f64;
    let own = (0..posts.creator.len()).filter(|&post| posts.creator[post] == subject.creator.id);
    let counts = own.filter_map(|post| Some(posts.likes.get(post)? as f64 + posts.comments.get(post)? as f64));
    counts.map(|count| count / followers).collect()
}

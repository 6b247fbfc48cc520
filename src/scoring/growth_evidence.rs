//! What else is known of the time in which followers came or went: one outcome an observation, for the likelihoods of causes.

use super::account::AccountScores;
use super::growth_arrivals::Arrivals;
use super::shared_moves::SharedMoves;
use crate::domain::{AccountId, DAY_MS, EngagementKind, Sampling};
use crate::signals::{CreatorActivity, GrowthMeasures, PostActivity};
use crate::statistics::{mean, median};
use crate::text::asks_to_follow;
use crate::timing::causes::{Cause, CauseLikelihoods, CauseOdds, Observed};
use crate::timing::growth::{Course, GrowthAnomaly};
use std::sync::LazyLock;

/// Causes of a gain.
const OF_GAINS: [Cause; 8] = [
    Cause::Inflated,
    Cause::Attack,
    Cause::Viral,
    Cause::Giveaway,
    Cause::Shoutout,
    Cause::Advertisement,
    Cause::Ripple,
    Cause::Recount,
];
/// Causes of a loss: those who leave came by order, or the platform removed them, or it counted anew.
const OF_LOSSES: [Cause; 4] = [Cause::Inflated, Cause::Attack, Cause::Purge, Cause::Recount];

/// The shipped table: `bonafide evaluate growth --fit` makes it from the tuning scenarios.
static LIKELIHOODS: LazyLock<CauseLikelihoods> = LazyLock::new(|| {
    CauseLikelihoods::parse(include_str!("../../models/causes/growth.csv")).expect("a test reads the shipped table")
});

/// The shipped likelihoods of causes.
pub fn growth_likelihoods() -> &'static CauseLikelihoods {
    &LIKELIHOODS
}

/// Causes that compete for a gain, or for a loss.
pub fn growth_causes(is_gain: bool) -> &'static [Cause] {
    if is_gain { &OF_GAINS } else { &OF_LOSSES }
}

/// What a creator's anomalies are held against beside its own rows.
#[derive(Debug, Clone, Copy)]
pub struct GrowthContext<'a> {
    /// Scores of the accounts that came.
    pub accounts: &'a AccountScores,
    /// What happened to other creators.
    pub shared: &'a SharedMoves,
    /// How probable observations are under each cause.
    pub likelihoods: &'a CauseLikelihoods,
}

/// An anomaly with what speaks for its causes.
#[derive(Debug, Clone, PartialEq)]
pub struct ExplainedGrowth {
    /// What happened.
    pub anomaly: GrowthAnomaly,
    /// What else was seen of that time.
    pub evidence: Vec<Observed>,
    /// The causes, best first.
    pub odds: CauseOdds,
    /// When most of those who came did so, in UTC milliseconds, where follows are listed with their times.
    pub core_ms: Option<(i64, i64)>,
    /// Those with the highest probability of *fake* among them, and how many were looked at.
    pub suspicious: (Vec<AccountId>, usize),
}

/// Weighs the causes of every anomaly of a creator.
///
/// # Missing
/// What could not be observed speaks for no cause.
///
/// # Cost
/// O(posts + follows + comments) an anomaly.
pub fn explain_growth(
    activity: &CreatorActivity<'_>,
    measured: &GrowthMeasures,
    context: &GrowthContext<'_>,
) -> Vec<ExplainedGrowth> {
    measured.anomalies.iter().map(|anomaly| explain(activity, anomaly, measured, context)).collect()
}

fn explain(
    activity: &CreatorActivity<'_>,
    anomaly: &GrowthAnomaly,
    measured: &GrowthMeasures,
    context: &GrowthContext<'_>,
) -> ExplainedGrowth {
    let mut evidence = history_evidence(anomaly);
    evidence.extend(context.shared.share_of_others(anomaly).map(|share| seen("elsewhere", elsewhere(share))));
    let arrivals = if anomaly.is_gain() { Arrivals::of(activity, anomaly, &measured.anomalies) } else { None };
    if anomaly.is_gain() {
        evidence.extend(of_posts(activity, anomaly, arrivals.as_ref()));
        if let Some(arrivals) = &arrivals {
            evidence.retain(|seen| seen.observation != "course");
            evidence.extend(of_course(arrivals));
            evidence.push(seen("arrivals", "listed"));
        } else if should_be_listed(activity, anomaly) {
            evidence.push(seen("arrivals", "absent"));
        }
    } else {
        evidence.push(seen("after_gain", if is_after_gain(anomaly, measured) { "yes" } else { "no" }));
    }
    if let Some(arrivals) = &arrivals {
        evidence.extend(of_accounts(activity, arrivals, context.accounts));
        evidence.extend(acts(activity, arrivals).map(|outcome| seen("acts", outcome)));
    }
    let odds = context.likelihoods.weigh(&evidence, growth_causes(anomaly.is_gain()));
    let suspicious = arrivals.as_ref().map_or((Vec::new(), 0), |arrivals| suspicious(arrivals, context.accounts));
    ExplainedGrowth { anomaly: *anomaly, evidence, odds, core_ms: arrivals.map(|arrivals| arrivals.span()), suspicious }
}

/// What the history alone says of an anomaly's causes: size, course, how many left, whether it is a size that is sold.
pub fn history_evidence(anomaly: &GrowthAnomaly) -> Vec<Observed> {
    let mut evidence = vec![seen("size", size(anomaly))];
    if anomaly.is_gain() {
        evidence.extend(anomaly.left_share.map(|share| seen("stay", stay(share))));
        evidence.extend(anomaly.is_listed_size.map(|is_listed| seen("listed_size", if is_listed { "yes" } else { "no" })));
        let course = match anomaly.course {
            Course::Decaying => Some("decaying"),
            Course::Even => Some("even"),
            Course::Sudden => None,
        };
        evidence.extend(course.map(|course| seen("course", course)));
    }
    evidence
}

fn seen(observation: &'static str, outcome: &'static str) -> Observed {
    Observed { observation, outcome }
}

/// The unexpected part over the followers before.
fn size(anomaly: &GrowthAnomaly) -> &'static str {
    match anomaly.share().abs() {
        share if share < 0.05 => "tiny",
        share if share < 0.09 => "small",
        share if share < 0.18 => "middle",
        share if share < 0.5 => "large",
        _ => "huge",
    }
}

fn elsewhere(share: f64) -> &'static str {
    match share {
        share if share < 0.08 => "alone",
        share if share < 0.25 => "some",
        _ => "many",
    }
}

fn stay(left_share: f64) -> &'static str {
    match left_share {
        left if left < 0.08 => "stay",
        left if left < 0.25 => "some_leave",
        _ => "many_leave",
    }
}

/// Whether an unexpected gain lies within ninety days before.
fn is_after_gain(loss: &GrowthAnomaly, measured: &GrowthMeasures) -> bool {
    let is_before = |gain: &&GrowthAnomaly| gain.is_gain() && (0..=90 * DAY_MS).contains(&(loss.from_ms - gain.to_ms));
    measured.anomalies.iter().any(|gain| is_before(&gain))
}

/// When it ran and how, by the arrivals.
fn of_course(arrivals: &Arrivals) -> Vec<Observed> {
    let course = match arrivals.first_half_share() {
        share if share > 0.62 => "decaying",
        share if share < 0.56 => "even",
        _ => "unclear",
    };
    let duration = match arrivals.days() {
        days if days < 0.25 => "hours",
        days if days < 0.6 => "half_day",
        days if days < 1.5 => "day",
        days if days < 6.0 => "days",
        _ => "weeks",
    };
    let hours = arrivals.ln_people_over_clock().map(|ln| match ln {
        ln if ln > 1.5 => "people",
        ln if ln < -1.5 => "clock",
        _ => "unclear",
    });
    let mut evidence = vec![seen("course", course), seen("duration", duration)];
    evidence.extend(hours.map(|hours| seen("hours", hours)));
    evidence
}

/// Time before the first arrivals in which the post that brought them lies.
const POST_BEFORE_MS: i64 = 36 * 3_600_000;
/// Comments on the posts of that time that must be listed.
const LEAST_COMMENTS: usize = 3;

/// Posts of that time against the creator's other posts.
fn of_posts(activity: &CreatorActivity<'_>, anomaly: &GrowthAnomaly, arrivals: Option<&Arrivals>) -> Vec<Observed> {
    let (from, to) = arrivals.map_or((anomaly.from_ms, anomaly.to_ms), |arrivals| arrivals.span());
    let published = |post: &PostActivity<'_>| post.published_at().map(|at| at.ms());
    let times: Vec<i64> = activity.posts().filter_map(|post| published(&post)).collect();
    let covers = |at: i64| {
        times.first().is_some_and(|first| *first <= at - 7 * DAY_MS) && times.last().is_some_and(|last| *last >= at - 14 * DAY_MS)
    };
    if times.len() < 6 || !covers(from) {
        return Vec::new();
    }
    let is_inside = |post: &PostActivity<'_>| published(post).is_some_and(|at| (from - POST_BEFORE_MS..=to).contains(&at));
    let (inside, others): (Vec<PostActivity<'_>>, Vec<PostActivity<'_>>) = activity.posts().partition(is_inside);
    let mut evidence = Vec::new();
    evidence.extend(post_outcome(&inside, &others).map(|outcome| seen("post", outcome)));
    if inside.is_empty() {
        return evidence;
    }
    evidence.extend(comments_outcome(&inside, &others).map(|outcome| seen("comments", outcome)));
    let captions: Vec<&str> = inside.iter().filter_map(|post| post.caption()).collect();
    if !captions.is_empty() {
        let asks = captions.iter().any(|caption| asks_to_follow(caption));
        evidence.push(seen("caption", if asks { "asks_to_follow" } else { "other" }));
    }
    evidence.extend(mentions_outcome(&inside).map(|outcome| seen("mentions", outcome)));
    evidence
}

/// The most liked post of that time over the median of the others.
fn post_outcome(inside: &[PostActivity<'_>], others: &[PostActivity<'_>]) -> Option<&'static str> {
    let likes =
        |posts: &[PostActivity<'_>]| -> Vec<f64> { posts.iter().filter_map(|post| post.likes()).map(|n| n as f64).collect() };
    if inside.is_empty() {
        return Some("none");
    }
    let usual = median(&likes(others)).filter(|usual| *usual > 0.0)?;
    let most = likes(inside).into_iter().reduce(f64::max)?;
    Some(match most / usual {
        ratio if ratio < 2.5 => "usual",
        ratio if ratio < 5.0 => "raised",
        _ => "viral",
    })
}

/// Comments a like of the most commented post of that time over the median of the others.
fn comments_outcome(inside: &[PostActivity<'_>], others: &[PostActivity<'_>]) -> Option<&'static str> {
    let rate = |post: &PostActivity<'_>| Some((post.comments()? as f64 + 0.5) / (post.likes()? as f64 + 1.0));
    let usual = median(&others.iter().filter_map(rate).collect::<Vec<f64>>())?;
    let most = inside.iter().filter_map(rate).reduce(f64::max)?;
    Some(if most < 4.0 * usual { "usual" } else { "many" })
}

/// Comments that name somebody, of those listed on the post of that time with the largest share of them.
fn mentions_outcome(inside: &[PostActivity<'_>]) -> Option<&'static str> {
    let share = |post: &PostActivity<'_>| {
        let texts: Vec<&str> = post
            .engagements()
            .filter(|engagement| engagement.kind == EngagementKind::Comment)
            .filter_map(|engagement| engagement.text)
            .collect();
        let naming = texts.iter().filter(|text| text.contains('@')).count();
        (texts.len() >= LEAST_COMMENTS).then(|| naming as f64 / texts.len() as f64)
    };
    let most = inside.iter().filter_map(share).reduce(f64::max)?;
    Some(if most < 0.5 { "few" } else { "most" })
}

/// Profiles that both sides need for a comparison.
const LEAST_PROFILES: (usize, usize) = (12, 30);
/// An account is young if it was made so few days before it followed.
const YOUNG_DAYS: i64 = 60;

/// Those who came against those who came at other times.
fn of_accounts(activity: &CreatorActivity<'_>, arrivals: &Arrivals, scores: &AccountScores) -> Vec<Observed> {
    let accounts = &activity.dataset.accounts;
    let mut evidence = Vec::new();
    let fake = |&(id, _): &(AccountId, i64)| scores.p_fake_profile(id);
    evidence.extend(difference(arrivals, fake).map(|more| {
        let outcome = match more {
            more if more < 0.12 => "alike",
            more if more < 0.35 => "more_fakes",
            _ => "many_fakes",
        };
        seen("profiles", outcome)
    }));
    let young = |&(id, at): &(AccountId, i64)| {
        accounts.created_at.get(id.index()).map(|made| f64::from(u8::from(at - made < YOUNG_DAYS * DAY_MS)))
    };
    evidence.extend(difference(arrivals, young).map(|more| seen("age", if more < 0.15 { "alike" } else { "younger" })));
    if let Some(home) = activity.language() {
        let speaks =
            |&(id, _): &(AccountId, i64)| accounts.language.get(id.index()).map(|language| f64::from(u8::from(language == home)));
        evidence.extend(difference(arrivals, speaks).map(|more| {
            let outcome = match more {
                more if more < -0.4 => "far",
                more if more < -0.1 => "elsewhere",
                more if more > 0.06 => "home",
                _ => "alike",
            };
            seen("language", outcome)
        }));
    }
    if !scores.groups.is_empty() {
        let grouped = arrivals.core.iter().filter(|(id, _)| scores.groups.contains_key(id)).count();
        let share = grouped as f64 / arrivals.core.len().max(1) as f64;
        evidence.push(seen("grouped", if share < 0.15 { "no" } else { "yes" }));
    }
    evidence
}

/// Chance that one who was ordered acts on later posts, over that of one who came by itself; half way between the two nothing is said. Assumption.
const ORDERED_ACT: f64 = 0.2;
/// Of those who came, who should have acted on later posts if they were as others are, below which nothing is said.
const LEAST_ACTING: f64 = 4.0;

/// Whether those who came acted on posts published later, against those who were there before.
fn acts(activity: &CreatorActivity<'_>, arrivals: &Arrivals) -> Option<&'static str> {
    let (from, to) = arrivals.span();
    let is_later = |post: &PostActivity<'_>| post.published_at().is_some_and(|at| at.ms() > to);
    let mut acted: Vec<AccountId> = activity
        .posts()
        .filter(is_later)
        .flat_map(|post| post.engagements().map(|engagement| engagement.actor).collect::<Vec<AccountId>>())
        .collect();
    acted.sort_unstable();
    let has_acted = |&&(id, _): &&(AccountId, i64)| acted.binary_search(&id).is_ok();
    let before: Vec<(AccountId, i64)> = arrivals.rest.iter().filter(|follow| follow.1 < from).copied().collect();
    if before.len() < LEAST_PROFILES.1 {
        return None;
    }
    let usual = (before.iter().filter(has_acted).count() as f64 + 0.5) / (before.len() as f64 + 1.0);
    let n = arrivals.core.len() as f64;
    if usual * n < LEAST_ACTING {
        return None;
    }
    let acting = arrivals.core.iter().filter(has_acted).count() as f64;
    let ln_like_others = -acting * ORDERED_ACT.ln() + (n - acting) * ((1.0 - usual) / (1.0 - ORDERED_ACT * usual)).ln();
    Some(match ln_like_others {
        ln if ln < -1.5 => "hardly",
        ln if ln < 1.5 => "less",
        _ => "like_others",
    })
}

/// Listed follows with a time within a gain of which at least so many should be, were it a gain of followers. Assumption: twice what is looked into.
const LEAST_LISTED: f64 = 24.0;

/// Whether so many of those who came should be listed with their times that their absence says something.
fn should_be_listed(activity: &CreatorActivity<'_>, anomaly: &GrowthAnomaly) -> bool {
    let Some(followers) = activity.followers.filter(|followers| *followers > 0) else { return false };
    let timed = activity.follows().filter(|follow| follow.at.is_some()).count();
    let is_complete_in_time = activity.dataset.manifest.follows_sampling != Sampling::NewestFirst;
    is_complete_in_time && anomaly.excess() * timed as f64 / followers as f64 >= LEAST_LISTED
}

/// Mean of the core less that of the rest.
fn difference(arrivals: &Arrivals, value: impl Fn(&(AccountId, i64)) -> Option<f64>) -> Option<f64> {
    let core: Vec<f64> = arrivals.core.iter().filter_map(&value).collect();
    let rest: Vec<f64> = arrivals.rest.iter().filter_map(&value).collect();
    if core.len() < LEAST_PROFILES.0 || rest.len() < LEAST_PROFILES.1 {
        return None;
    }
    Some(mean(&core)? - mean(&rest)?)
}

/// At most twenty of the core, those most probably fake first, none below one half; and how many have a score.
fn suspicious(arrivals: &Arrivals, scores: &AccountScores) -> (Vec<AccountId>, usize) {
    let mut scored: Vec<(f64, AccountId)> =
        arrivals.core.iter().filter_map(|&(id, _)| Some((scores.p_fake_profile(id)?, id))).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let n = scored.len();
    let named = scored.into_iter().take_while(|(p, _)| *p >= 0.5).map(|(_, id)| id);
    (named.take(super::suspicious::MAX_EVIDENCE_COUNT).collect(), n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_whole_and_knows_every_outcome() {
        let table = growth_likelihoods();
        let outcomes = [
            ("post", ["none", "usual", "raised", "viral"].as_slice()),
            ("comments", &["usual", "many"]),
            ("caption", &["other", "asks_to_follow"]),
            ("mentions", &["few", "most"]),
            ("course", &["decaying", "unclear", "even"]),
            ("duration", &["hours", "half_day", "day", "days", "weeks"]),
            ("hours", &["people", "unclear", "clock"]),
            ("profiles", &["alike", "more_fakes", "many_fakes"]),
            ("age", &["alike", "younger"]),
            ("language", &["far", "elsewhere", "alike", "home"]),
            ("acts", &["hardly", "less", "like_others"]),
            ("arrivals", &["listed", "absent"]),
            ("stay", &["stay", "some_leave", "many_leave"]),
            ("elsewhere", &["alone", "some", "many"]),
            ("listed_size", &["no", "yes"]),
            ("grouped", &["no", "yes"]),
            ("size", &["tiny", "small", "middle", "large", "huge"]),
            ("after_gain", &["no", "yes"]),
        ];
        for (observation, names) in outcomes {
            for &outcome in names {
                assert_eq!(table.weigh(&[seen(observation, outcome)], &OF_GAINS).n_observed(), 1, "{observation} {outcome}");
            }
        }
    }
}

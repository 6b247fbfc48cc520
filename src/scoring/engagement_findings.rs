//! What the engagement of posts proposes as findings.

use super::engagement_causes::{ENGAGEMENT_CAUSES, engagement_likelihoods, observe_engagement};
use super::proposal::{Proposal, weighed};
use super::wording::{count, count_of, percent};
use crate::domain::{Finding, Interval, Severity, Timestamp, WeighedCause};
use crate::signals::{Band, BandBasis, CreatorActivity, EngagementMeasures, PostAnomaly, creator_signal};
use crate::timing::causes::{CauseOdds, TOLD_APART};

/// Robust standard deviations from which the likes of one post are said. This and the next: chosen on one half of real creators; see
/// `bonafide evaluate engagement`.
pub const LIKES_EXCESS_Z: f64 = 6.5;
/// Weight of the upper tail from which posts with too many likes together are said.
pub const LIKES_UPPER_TAIL: f64 = 0.9;
/// Robust standard deviations from which the views of one post are a notice: no real series of views is at hand to say how often it errs.
pub const VIEWS_EXCESS_Z: f64 = 6.5;
/// Standard deviations from which likes that came in one window are said. This and the next: chosen on simulated worlds kept for tuning.
pub const ARRIVAL_EXCESS_Z: f64 = 6.0;
/// Share of a post's likes that must have come in it.
pub const ARRIVAL_EXCESS_SHARE: f64 = 0.1;
/// Times the others' engagement from which that of sponsored posts is said, and its inverse. Assumption.
const SPONSORED_RATIO: f64 = 2.0;

/// Findings about one creator. A rate outside its band is a notice at most: one creator in ten lies outside. A warning says that
/// likes stand out against the creator's own posts, with what the data say of the causes; where they clearly favour an innocent one it is a notice.
pub fn engagement_findings(activity: &CreatorActivity<'_>, measured: &EngagementMeasures) -> Vec<Finding> {
    let banded = [
        ("engagement.rate", "engagement rate", measured.rate),
        ("engagement.likes_spread", "unevenness of likes across posts", measured.likes_spread),
        ("engagement.comments_per_like", "number of comments for each like", measured.comments_per_like),
        ("engagement.likes_per_view", "number of likes for each view", measured.likes_per_view),
    ];
    let of_bands = banded.into_iter().filter_map(|(id, name, value)| outside_band(activity, (id, name), value?));
    let plain = |proposal: Option<Proposal>| proposal.map(|proposal| (proposal, Vec::new()));
    let others = [
        likes_excess(activity, measured),
        likes_upper_tail(activity, measured),
        plain(views_excess(activity, measured)),
        arrival_excess(activity, measured),
        plain(sponsored(measured)),
        plain(contradiction(measured)),
    ];
    let all = of_bands.map(|proposal| (proposal, Vec::new())).chain(others.into_iter().flatten());
    all.map(|(proposal, weighed_causes)| Finding { weighed_causes, ..proposal.about(activity.id()) }).collect()
}

/// A proposal with the causes that were weighed.
type Weighed = (Proposal, Vec<WeighedCause>);

fn outside_band(activity: &CreatorActivity<'_>, (id, name): (&'static str, &str), value: f64) -> Option<Proposal> {
    let band: Band = creator_signal(id)?.band.and_then(|rule| rule(&activity.peers()))?;
    if band.interval.contains(value) {
        return None;
    }
    let side = if value < band.interval.low() { "below" } else { "above" };
    let (severity, basis) = match band.basis {
        BandBasis::Fitted(creators) => (Severity::Notice, format!("{}; {}", count_of(creators, "real account"), band.source)),
        BandBasis::Prior => (Severity::Info, band.source.to_owned()),
    };
    let shown = |value: f64| if id == "engagement.likes_spread" { format!("{value:.2}") } else { percent(value) };
    let statement = format!(
        "The {name} is {}, {side} the {} to {} within which nine in ten of that platform and size lie (middle {}; {basis}).",
        shown(value),
        shown(band.interval.low()),
        shown(band.interval.high()),
        shown(band.median)
    );
    Some(Proposal {
        signal: id,
        severity,
        value: Some(value),
        expected: Some(band.interval),
        window: None,
        statement,
        evidence: Vec::new(),
    })
}

fn likes_excess(activity: &CreatorActivity<'_>, measured: &EngagementMeasures) -> Option<Weighed> {
    let post = measured.likes_excess.filter(|post| post.z >= LIKES_EXCESS_Z)?;
    let (window, id) = published(activity, post.row);
    let why = why(activity, measured, post.row);
    let statement = format!(
        "Post {id} drew {:.1} times the likes that its neighbours and its comments lead one to expect, {:.1} robust standard deviations above \
         (n = {}). {}",
        post.ratio,
        post.z,
        count_of(post.compared_count, "post"),
        why.statement
    );
    let proposal = stands_out(("engagement.likes_excess", why.severity), (post.z, LIKES_EXCESS_Z), window, statement, vec![id]);
    Some((proposal, why.weighed))
}

fn likes_upper_tail(activity: &CreatorActivity<'_>, measured: &EngagementMeasures) -> Option<Weighed> {
    let post: PostAnomaly = measured.likes_excess.filter(|post| post.upper_tail >= LIKES_UPPER_TAIL)?;
    let (_, id) = published(activity, post.row);
    let why = why(activity, measured, post.row);
    let statement = format!(
        "{} of {} posts have far more likes than their neighbours and comments lead one to expect, and hardly any has far fewer; {id} stands out \
         most. Of that one: {}",
        count(post.posts_count),
        count(post.compared_count),
        why.statement
    );
    let bounds = (post.upper_tail, LIKES_UPPER_TAIL);
    let proposal = stands_out(("engagement.likes_upper_tail", why.severity), bounds, None, statement, vec![id]);
    Some((proposal, why.weighed))
}

fn views_excess(activity: &CreatorActivity<'_>, measured: &EngagementMeasures) -> Option<Proposal> {
    let post = measured.views_excess.filter(|post| post.z >= VIEWS_EXCESS_Z)?;
    let (window, id) = published(activity, post.row);
    let statement = format!(
        "Post {id} has {:.1} times the views that its neighbours and its likes lead one to expect, {:.1} robust standard deviations above \
         (n = {}). Views that bring no likes are also counted where a video plays by itself or is advertised; which it was, these counts do not say.",
        post.ratio,
        post.z,
        count_of(post.compared_count, "post"),
    );
    Some(stands_out(("engagement.views_excess", Severity::Notice), (post.z, VIEWS_EXCESS_Z), window, statement, vec![id]))
}

fn arrival_excess(activity: &CreatorActivity<'_>, measured: &EngagementMeasures) -> Option<Weighed> {
    let arrivals = measured.arrivals.as_ref()?;
    let (row, excess) =
        arrivals.widest.filter(|(_, excess)| excess.z >= ARRIVAL_EXCESS_Z && excess.share >= ARRIVAL_EXCESS_SHARE)?;
    let (published, id) = published(activity, row);
    let why = why(activity, measured, row);
    let at = |seconds: f64| published.and_then(|(at, _)| Timestamp::from_ms(at.ms() + (seconds * 1e3) as i64));
    let window = at(excess.window_s.0).zip(at(excess.window_s.1));
    let when = window.map_or_else(String::new, |(from, until)| format!(" between {from} and {until}"));
    let statement = format!(
        "{} likes of post {id} with a time came{when}, where its other likes, the creator's other posts and the hours of the day lead one to expect {:.0}: \
         {} of the post's likes of its first three days. {}",
        count(excess.count),
        excess.expected,
        percent(excess.share),
        why.statement
    );
    let bounds = (excess.z, ARRIVAL_EXCESS_Z);
    let proposal = stands_out(("engagement.arrival_excess", why.severity), bounds, window, statement, vec![id]);
    Some((proposal, why.weighed))
}

fn sponsored(measured: &EngagementMeasures) -> Option<Proposal> {
    let ratio = measured.sponsored_ratio.filter(|ratio| *ratio >= SPONSORED_RATIO || *ratio <= 1.0 / SPONSORED_RATIO)?;
    let (paid, other) = measured.sponsored_counts;
    let statement = format!(
        "The middle one of {} drew {ratio:.1} times the likes and comments of the middle one of {} others.",
        count_of(paid, "sponsored post"),
        count(other)
    );
    Some(Proposal {
        signal: "engagement.sponsored_ratio",
        severity: Severity::Notice,
        value: Some(ratio),
        expected: Interval::new(1.0 / SPONSORED_RATIO, SPONSORED_RATIO),
        window: None,
        statement,
        evidence: Vec::new(),
    })
}

fn contradiction(measured: &EngagementMeasures) -> Option<Proposal> {
    let (both, above) = measured.more_likes_than_views;
    if above == 0 {
        return None;
    }
    let statement = format!(
        "{} of {} have more likes than views, which cannot be: the two were counted at different times or mean different things.",
        count(above),
        count_of(both, "post")
    );
    Some(Proposal {
        signal: "engagement.likes_per_view",
        severity: Severity::Info,
        value: None,
        expected: None,
        window: None,
        statement,
        evidence: Vec::new(),
    })
}

/// Whether the data favour an innocent cause of a post that stands out clearly enough over an order, so that it is a notice and no warning.
pub fn is_excused(odds: &CauseOdds) -> bool {
    odds.ordered_over_innocent().is_some_and(|ordered| ordered <= 1.0 / TOLD_APART)
}

/// What the data say of why a post stands out, and how much that weighs.
struct Why {
    severity: Severity,
    statement: String,
    weighed: Vec<WeighedCause>,
}

fn why(activity: &CreatorActivity<'_>, measured: &EngagementMeasures, row: usize) -> Why {
    let own = measured.arrivals.as_ref().filter(|own| own.widest.is_some_and(|(of, _)| of == row));
    let odds = engagement_likelihoods().weigh(&observe_engagement(activity, row, own), &ENGAGEMENT_CAUSES);
    let odds = Some(odds).filter(|odds| odds.n_observed() > 0);
    let is_innocent = odds.as_ref().is_some_and(is_excused);
    Why {
        severity: if is_innocent { Severity::Notice } else { Severity::Warning },
        weighed: odds.as_ref().map_or_else(Vec::new, weighed),
        statement: odds.map_or_else(
            || "Nothing else is known of that post, so its causes cannot be told apart.".to_owned(),
            |odds| odds.statement(),
        ),
    }
}

fn stands_out(
    (signal, severity): (&'static str, Severity),
    (value, bound): (f64, f64),
    window: Option<(Timestamp, Timestamp)>,
    statement: String,
    evidence: Vec<String>,
) -> Proposal {
    let expected = Interval::new(0.0, bound);
    Proposal { signal, severity, value: Some(value), expected, window, statement, evidence }
}

/// When a post was published, as a window, and its id.
fn published(activity: &CreatorActivity<'_>, row: usize) -> (Option<(Timestamp, Timestamp)>, String) {
    let posts = &activity.dataset.posts;
    let at = posts.published_at.get(row).and_then(Timestamp::from_ms);
    (at.map(|at| (at, at)), posts.ids.name(row as u32).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DAY_MS, Dataset, DatasetBuilder, Manifest, Platform, Table};
    use crate::signals::Activities;
    use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
    use std::sync::Arc;

    const START_MS: i64 = 1_600_000_000_000;

    /// One creator on Instagram with a post a day: likes, comments, views of each.
    fn dataset(followers: u64, posts: &[(u64, u64, u64)]) -> Dataset {
        let manifest = Manifest { platform: Some(Platform::Instagram), ..Manifest::default() };
        let mut builder = DatasetBuilder::new(manifest);
        let name = |names: Vec<String>| Arc::new(StringArray::from(names)) as ArrayRef;
        let number = |of: fn(&(u64, u64, u64)) -> u64| Arc::new(UInt64Array::from_iter_values(posts.iter().map(of))) as ArrayRef;
        let times = (0..posts.len() as i64).map(|post| START_MS + post * DAY_MS);
        let mut push = |table, columns: Vec<(&str, ArrayRef)>| {
            builder.push(table, &RecordBatch::try_from_iter(columns).unwrap());
        };
        push(Table::Creators, vec![("creator_id", name(vec!["a".into()]))]);
        let count: ArrayRef = Arc::new(UInt64Array::from(vec![followers]));
        push(Table::Accounts, vec![("account_id", name(vec!["a".into()])), ("followers", count)]);
        push(
            Table::Posts,
            vec![
                ("post_id", name((0..posts.len()).map(|post| format!("p{post}")).collect())),
                ("creator_id", name(posts.iter().map(|_| "a".to_owned()).collect())),
                ("published_at", Arc::new(TimestampMillisecondArray::from_iter_values(times))),
                ("likes", number(|post| post.0)),
                ("comments", number(|post| post.1)),
                ("views", number(|post| post.2)),
            ],
        );
        builder.finish()
    }

    fn findings(followers: u64, posts: &[(u64, u64, u64)]) -> Vec<Finding> {
        let dataset = dataset(followers, posts);
        let activities = Activities::gather(&dataset);
        engagement_findings(&activities.of(0), &EngagementMeasures::of(&activities.of(0)))
    }

    fn found<'a>(findings: &'a [Finding], signal: &str) -> Option<&'a Finding> {
        findings.iter().find(|finding| finding.signal == signal)
    }

    /// 20 posts that differ a little; post 9 as given.
    fn series(ninth: (u64, u64, u64)) -> Vec<(u64, u64, u64)> {
        let post = |place: u64| (36_000 + place % 7 * 1_500, 400 + place % 5 * 10, 300_000 + place % 3 * 9_000);
        (0..20).map(|place| if place == 9 { ninth } else { post(place) }).collect()
    }

    #[test]
    fn likes_that_came_alone_are_a_warning_and_those_of_a_viral_post_a_notice() {
        let alone = findings(2_000_000, &series((400_000, 410, 300_000)));
        let warning = found(&alone, "engagement.likes_excess").unwrap();
        assert_eq!((warning.severity, warning.evidence.as_slice()), (Severity::Warning, ["p9".to_owned()].as_slice()));
        assert!(warning.statement.contains("accounts that somebody ordered"), "{}", warning.statement);
        assert!(warning.window.is_some() && !warning.benign_causes.is_empty());
        let viral = findings(2_000_000, &series((400_000, 900, 3_000_000)));
        let notice = found(&viral, "engagement.likes_excess").unwrap();
        assert_eq!(notice.severity, Severity::Notice, "{}", notice.statement);
    }

    #[test]
    fn a_rate_outside_its_band_is_a_notice_with_the_band() {
        let usual = findings(2_000_000, &series((36_000, 400, 300_000)));
        assert!(found(&usual, "engagement.rate").is_none() && usual.iter().all(|finding| finding.severity < Severity::Warning));
        let low = findings(15_000_000, &series((36_000, 400, 300_000)));
        let notice = found(&low, "engagement.rate").unwrap();
        assert_eq!(notice.severity, Severity::Notice);
        assert!(notice.statement.contains("below the") && notice.statement.contains("514 real accounts"), "{}", notice.statement);
        // Where there are published tables only, it is no more than an information.
        let small = findings(50_000, &series((36_000, 400, 300_000)));
        assert_eq!(found(&small, "engagement.rate").unwrap().severity, Severity::Info);
    }

    #[test]
    fn impossible_and_hidden_counts_are_said_and_not_judged() {
        let odd: Vec<(u64, u64, u64)> = vec![(5_000, 40, 10); 20];
        let said = findings(100_000, &odd);
        assert!(found(&said, "engagement.likes_per_view").unwrap().statement.starts_with("20 of 20 posts"));
        assert!(findings(100_000, &[(0, 5, 100); 20]).is_empty());
        assert!(findings(0, &[]).is_empty());
    }
}

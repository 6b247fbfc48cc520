//! What the posts of one creator drew, measured.

use super::activity::{CreatorActivity, EngagementOf, PostActivity};
use super::post_figures::{PostCount, comments_per_like, likes_per_view, likes_spread, mean_interactions, ratio};
use crate::domain::{AccountId, EngagementKind, Sampling, Timestamp};
use crate::statistics::median;
use crate::timing::engagement::{ArrivalExcess, Arrivals, PostExcess, PostTimes, compare_arrivals};

/// Posts below which nothing is said of sponsored ones, and of the others.
const MIN_SPONSORED: (usize, usize) = (3, 5);
/// Distinct actors below which nothing is said of those outside.
const MIN_ACTORS: usize = 20;
/// Share of the platform's count that a list stated to be complete must hold.
const COMPLETE_SHARE: f64 = 0.9;
/// Robust standard deviations from which a post counts as one that stands out.
const STANDS_OUT: f64 = 2.5;

/// A post whose count stands out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PostAnomaly {
    /// Row of the table `posts`.
    pub row: usize,
    /// Residual in robust standard deviations.
    pub z: f64,
    /// Count over what was to be expected.
    pub ratio: f64,
    /// Heaviness of the upper tail over the lower, all posts together.
    pub upper_tail: f64,
    /// Posts that stand out.
    pub posts_count: u64,
    /// Posts compared.
    pub compared_count: u64,
}

/// Arrivals of likes beside the creator's own response.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrivalMeasures {
    /// What was compared.
    pub arrivals: Arrivals,
    /// The window that stands out most, with its post's row.
    pub widest: Option<(usize, ArrivalExcess)>,
    /// Comments in that window over what the post's comments outside it lead one to expect, where at least five were to be expected.
    pub comments_ratio: Option<f64>,
}

/// What the posts of one creator drew.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EngagementMeasures {
    /// Mean of likes and comments over followers.
    pub rate: Option<f64>,
    /// Unevenness of likes.
    pub likes_spread: Option<f64>,
    /// Comments for each like.
    pub comments_per_like: Option<f64>,
    /// Likes for each view.
    pub likes_per_view: Option<f64>,
    /// Saves for each like.
    pub saves_per_like: Option<f64>,
    /// Shares for each like.
    pub shares_per_like: Option<f64>,
    /// Median interactions of sponsored posts over those of others.
    pub sponsored_ratio: Option<f64>,
    /// Posts behind it: sponsored, others.
    pub sponsored_counts: (u64, u64),
    /// Share of actors that do not follow, with the number of actors.
    pub outside: Option<(f64, u64)>,
    /// The post with most likes beyond expectation.
    pub likes_excess: Option<PostAnomaly>,
    /// The post with most views beyond expectation.
    pub views_excess: Option<PostAnomaly>,
    /// Arrivals of likes.
    pub arrivals: Option<ArrivalMeasures>,
    /// Posts with both likes and views, and those of them with more likes than views, which cannot be.
    pub more_likes_than_views: (u64, u64),
    /// Whether likes are hidden: none on any post, though others did something there.
    pub are_likes_hidden: bool,
}

impl EngagementMeasures {
    /// Measures one creator.
    ///
    /// # Cost
    /// O(posts + engagements + follows), and a sort of each.
    pub fn of(activity: &CreatorActivity<'_>) -> Self {
        let posts: Vec<PostActivity<'_>> = activity.posts().filter(|post| post.row.is_some()).collect();
        let are_likes_hidden = are_likes_hidden(&posts);
        let likes = |post: &PostActivity<'_>| post.likes().filter(|_| !are_likes_hidden);
        let counts = counts(&posts, are_likes_hidden);
        let pairs = counts.iter().filter_map(|post| Some((post.likes?, post.views?)));
        let (both, above) = pairs.fold((0, 0), |(all, above), (likes, views)| (all + 1, above + u64::from(likes > views)));
        let per_like =
            |of: fn(&PostActivity<'_>) -> Option<u64>| ratio(posts.iter().filter_map(|post| Some((of(post)?, likes(post)?))));
        let (sponsored_ratio, sponsored_counts) = sponsored(&posts, &counts);
        let series = |of: fn(&PostCount) -> Option<u64>| counts.iter().map(of).collect::<Vec<_>>();
        let (likes, comments, views) = (series(|post| post.likes), series(|post| post.comments), series(|post| post.views));
        Self {
            rate: rate(activity, &counts),
            likes_spread: likes_spread(&counts),
            comments_per_like: comments_per_like(&counts),
            likes_per_view: likes_per_view(&counts).filter(|_| 2 * above < both),
            saves_per_like: per_like(|post| post.saves()),
            shares_per_like: per_like(|post| post.shares()),
            sponsored_ratio,
            sponsored_counts,
            outside: outside(activity),
            likes_excess: anomaly(&posts, &likes, &comments),
            views_excess: anomaly(&posts, &views, &likes),
            arrivals: ArrivalMeasures::of(activity, &like_times(activity)),
            more_likes_than_views: (both, above),
            are_likes_hidden,
        }
    }

    /// The value of one of the family's signals.
    pub(super) fn value(&self, id: &str) -> Option<f64> {
        let arrivals = self.arrivals.as_ref();
        match id {
            "engagement.rate" => self.rate,
            "engagement.likes_spread" => self.likes_spread,
            "engagement.comments_per_like" => self.comments_per_like,
            "engagement.likes_per_view" => self.likes_per_view,
            "engagement.saves_per_like" => self.saves_per_like,
            "engagement.shares_per_like" => self.shares_per_like,
            "engagement.sponsored_ratio" => self.sponsored_ratio,
            "engagement.outside_share" => self.outside.map(|outside| outside.0),
            "engagement.likes_excess" => self.likes_excess.map(|post| post.z),
            "engagement.likes_upper_tail" => self.likes_excess.map(|post| post.upper_tail),
            "engagement.views_excess" => self.views_excess.map(|post| post.z),
            "engagement.arrival_excess" => arrivals.and_then(|own| own.widest).map(|(_, excess)| excess.z),
            "engagement.response_misfit" => arrivals.and_then(|own| own.arrivals.misfit),
            "engagement.first_minute_share" => arrivals.map(|own| own.arrivals.first_minute_share),
            "engagement.late_ratio" => arrivals.and_then(|own| own.arrivals.late_ratio),
            _ => None,
        }
    }
}

/// Mean of likes and comments of a post over followers.
///
/// # Missing
/// `None` with fewer than three posts that have both, where likes are hidden, or followers are unknown or none.
pub fn engagement_rate(activity: &CreatorActivity<'_>) -> Option<f64> {
    let posts: Vec<PostActivity<'_>> = activity.posts().filter(|post| post.row.is_some()).collect();
    rate(activity, &counts(&posts, are_likes_hidden(&posts)))
}

fn rate(activity: &CreatorActivity<'_>, counts: &[PostCount]) -> Option<f64> {
    let followers = activity.followers.filter(|&followers| followers > 0)?;
    mean_interactions(counts).map(|mean| mean / followers as f64)
}

fn counts(posts: &[PostActivity<'_>], are_likes_hidden: bool) -> Vec<PostCount> {
    let count = |post: &PostActivity<'_>| PostCount {
        likes: post.likes().filter(|_| !are_likes_hidden),
        comments: post.comments(),
        views: post.views(),
    };
    posts.iter().map(count).collect()
}

/// No like on any of at least three posts, though somebody commented or viewed: platforms show hidden likes as none or as 0.
fn are_likes_hidden(posts: &[PostActivity<'_>]) -> bool {
    let known: Vec<u64> = posts.iter().filter_map(PostActivity::likes).collect();
    let others = posts.iter().any(|post| post.comments().max(post.views()).unwrap_or(0) > 0);
    known.len() >= 3 && others && known.iter().all(|&likes| likes == 0)
}

fn sponsored(posts: &[PostActivity<'_>], counts: &[PostCount]) -> (Option<f64>, (u64, u64)) {
    let of = |wanted: bool| -> Vec<f64> {
        let own = posts.iter().zip(counts).filter(|(post, _)| post.is_sponsored() == Some(wanted));
        own.filter_map(|(_, count)| Some((count.likes? + count.comments?) as f64)).collect()
    };
    let (paid, other) = (of(true), of(false));
    let is_enough = paid.len() >= MIN_SPONSORED.0 && other.len() >= MIN_SPONSORED.1;
    let ratio = median(&paid).zip(median(&other).filter(|&median| median > 0.0)).map(|(paid, other)| paid / other);
    (ratio.filter(|_| is_enough), (paid.len() as u64, other.len() as u64))
}

/// Share of the distinct actors that are not listed as followers.
fn outside(activity: &CreatorActivity<'_>) -> Option<(f64, u64)> {
    let distinct = |ids: &mut dyn Iterator<Item = AccountId>| {
        let mut ids: Vec<AccountId> = ids.filter(|id| *id != activity.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    if activity.follows_sampling() != Sampling::Complete {
        return None;
    }
    let followers = distinct(&mut activity.follows().map(|follow| follow.follower));
    let is_short = activity.followers.is_some_and(|counted| (followers.len() as f64) < COMPLETE_SHARE * counted as f64);
    let actors = distinct(&mut activity.engagements().map(|engagement| engagement.actor));
    if is_short || followers.is_empty() || actors.len() < MIN_ACTORS {
        return None;
    }
    let outside = actors.iter().filter(|id| followers.binary_search(id).is_err()).count();
    Some((outside as f64 / actors.len() as f64, actors.len() as u64))
}

fn anomaly(posts: &[PostActivity<'_>], counts: &[Option<u64>], beside: &[Option<u64>]) -> Option<PostAnomaly> {
    let excess = PostExcess::of(counts, beside)?;
    let (post, z) = excess.top()?;
    Some(PostAnomaly {
        row: posts[post].row?,
        z,
        ratio: excess.residuals[post]?.exp(),
        upper_tail: excess.upper_tail(),
        posts_count: excess.above(STANDS_OUT).len() as u64,
        compared_count: excess.residuals.iter().flatten().count() as u64,
    })
}

/// Times of the likes of one post.
#[derive(Debug, Clone, PartialEq)]
pub struct LikeTimes {
    /// Row of the table `posts`.
    pub row: usize,
    /// When the post was published.
    pub published: Timestamp,
    /// Seconds from there to each like with a time.
    pub delays_s: Vec<f64>,
    /// Seconds from there to the capture.
    pub observed_s: f64,
}

impl LikeTimes {
    /// As arrivals are compared.
    pub fn as_times(&self) -> PostTimes<'_> {
        let published_s = self.published.ms().div_euclid(1_000);
        PostTimes { published_s, delays_s: &self.delays_s, observed_s: self.observed_s }
    }
}

/// Times of the likes of each post that was published before the capture and has a like with a time. Likes before the post are left out.
///
/// # Missing
/// Empty where no time of capture is known.
pub fn like_times(activity: &CreatorActivity<'_>) -> Vec<LikeTimes> {
    let Some(captured) = activity.captured_at() else { return Vec::new() };
    let times = activity.posts().filter_map(|post| {
        let (row, published) = (post.row?, post.published_at().filter(|&at| at < captured)?);
        let delays_s = delays_s(&post, EngagementKind::Like, published);
        let observed_s = (captured.ms() - published.ms()) as f64 / 1e3;
        Some(LikeTimes { row, published, delays_s, observed_s })
    });
    times.filter(|times| !times.delays_s.is_empty()).collect()
}

/// Seconds from a post to each action of a kind; what has no time, or precedes the post, is left out.
fn delays_s(post: &PostActivity<'_>, kind: EngagementKind, published: Timestamp) -> Vec<f64> {
    let of_kind = post.engagements().filter(|engagement: &EngagementOf<'_>| engagement.kind == kind);
    let delays = of_kind.filter_map(|engagement| Some((engagement.at?.ms() - published.ms()) as f64 / 1e3));
    delays.filter(|&delay| delay >= 0.0).collect()
}

impl ArrivalMeasures {
    /// Compares the times of likes of one creator's posts.
    ///
    /// # Missing
    /// As [`compare_arrivals`].
    pub fn of(activity: &CreatorActivity<'_>, timed: &[LikeTimes]) -> Option<Self> {
        let times: Vec<PostTimes<'_>> = timed.iter().map(LikeTimes::as_times).collect();
        let arrivals = compare_arrivals(&times)?;
        let widest = arrivals.excesses.iter().max_by(|a, b| a.z.total_cmp(&b.z)).copied();
        let comments = |excess: &ArrivalExcess| {
            let own = &timed[excess.post];
            let post = activity.posts().find(|post| post.row == Some(own.row))?;
            comments_ratio(&delays_s(&post, EngagementKind::Comment, own.published), excess, &own.delays_s)
        };
        Some(Self {
            comments_ratio: widest.as_ref().and_then(comments),
            widest: widest.map(|excess| (timed[excess.post].row, excess)),
            arrivals,
        })
    }
}

/// Comments in a window over those to be expected from the post's comments outside it and the creator's share of likes there.
fn comments_ratio(comments: &[f64], excess: &ArrivalExcess, likes: &[f64]) -> Option<f64> {
    let is_inside = |delay: &&f64| (excess.window_s.0..excess.window_s.1).contains(*delay);
    let inside = comments.iter().filter(is_inside).count() as f64;
    let likes_outside = likes.len() as f64 - excess.count as f64;
    let expected = (comments.len() as f64 - inside) * excess.expected / likes_outside.max(1.0);
    (expected >= 5.0).then(|| inside / expected)
}

#[cfg(test)]
mod tests {
    use super::super::activities::Activities;
    use super::*;
    use crate::domain::{DAY_MS, Dataset, DatasetBuilder, Manifest, Platform, Table};
    use arrow_array::{ArrayRef, BooleanArray, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
    use std::sync::Arc;

    const START_MS: i64 = 1_600_000_000_000;

    fn text(values: impl IntoIterator<Item = String>) -> ArrayRef {
        Arc::new(values.into_iter().map(Some).collect::<StringArray>())
    }

    fn number(values: impl IntoIterator<Item = u64>) -> ArrayRef {
        Arc::new(UInt64Array::from_iter_values(values))
    }

    fn time(values: impl IntoIterator<Item = i64>) -> ArrayRef {
        Arc::new(TimestampMillisecondArray::from_iter_values(values))
    }

    /// One creator of 1,000 followers with a post a day; likes of each by day.
    fn dataset(likes: &[u64], views: &[u64], actions: &[(usize, i64)]) -> Dataset {
        let manifest = Manifest { platform: Some(Platform::Instagram), ..Manifest::default() };
        let mut builder = DatasetBuilder::new(manifest);
        let mut push = |table, columns: Vec<(&str, ArrayRef)>| {
            builder.push(table, &RecordBatch::try_from_iter(columns).unwrap());
        };
        push(Table::Creators, vec![("creator_id", text(["a".to_owned()]))]);
        push(Table::Accounts, vec![("account_id", text(["a".to_owned()])), ("followers", number([1_000]))]);
        let n = likes.len();
        let paid: ArrayRef = Arc::new((0..n).map(|post| Some(post % 4 == 0)).collect::<BooleanArray>());
        push(
            Table::Posts,
            vec![
                ("post_id", text((0..n).map(|post| format!("p{post}")))),
                ("creator_id", text((0..n).map(|_| "a".to_owned()))),
                ("published_at", time((0..n as i64).map(|post| START_MS + post * DAY_MS))),
                ("likes", number(likes.iter().copied())),
                ("comments", number(likes.iter().map(|_| 10))),
                ("views", number(views.iter().copied())),
                ("is_sponsored", paid),
            ],
        );
        push(
            Table::Engagements,
            vec![
                ("actor_id", text((0..actions.len()).map(|actor| format!("u{actor}")))),
                ("post_id", text(actions.iter().map(|action| format!("p{}", action.0)))),
                ("kind", text(actions.iter().map(|_| "like".to_owned()))),
                ("at", time(actions.iter().map(|action| START_MS + action.0 as i64 * DAY_MS + action.1 * 1_000))),
            ],
        );
        builder.finish()
    }

    fn measured(likes: &[u64], views: &[u64], actions: &[(usize, i64)]) -> EngagementMeasures {
        let dataset = dataset(likes, views, actions);
        EngagementMeasures::of(&Activities::gather(&dataset).of(0))
    }

    #[test]
    fn figures_of_a_series_by_hand() {
        let mut likes = [100; 16];
        likes[7] = 900;
        let of = measured(&likes, &[1_000; 16], &[]);
        assert_eq!(of.rate, Some((15.0 * 110.0 + 910.0) / 16.0 / 1_000.0));
        assert_eq!((of.comments_per_like, of.likes_per_view), (Some(160.0 / 2_400.0), Some(0.15)));
        assert_eq!((of.sponsored_ratio, of.sponsored_counts), (Some(1.0), (4, 12)));
        let post = of.likes_excess.unwrap();
        assert_eq!((post.row, post.posts_count, post.compared_count), (7, 1, 16));
        assert!((post.ratio - 900.5 / 100.5).abs() < 1e-9 && post.z > 10.0);
        assert_eq!((of.saves_per_like, of.outside, of.arrivals), (None, None, None));
    }

    #[test]
    fn hidden_likes_are_missing_and_impossible_counts_are_counted() {
        let hidden = measured(&[0; 16], &[1_000; 16], &[]);
        assert!(hidden.are_likes_hidden && hidden.rate.is_none() && hidden.comments_per_like.is_none());
        assert!(hidden.likes_excess.is_none() && hidden.likes_spread.is_none() && hidden.likes_per_view.is_none());
        let odd = measured(&[100; 16], &[5; 16], &[]);
        assert_eq!((odd.more_likes_than_views, odd.likes_per_view), ((16, 16), None));
    }

    #[test]
    fn arrivals_point_at_the_post_and_the_hours() {
        let organic = |post: usize| (0..60).map(move |i: i64| (post, 60 + i * i * i / 2));
        let mut actions: Vec<(usize, i64)> = (0..8).flat_map(organic).collect();
        actions.extend((0..60).map(|i| (5, 50_000 + i * 100)));
        let of = measured(&[120; 12], &[1_000; 12], &actions).arrivals.unwrap();
        let (row, excess) = of.widest.unwrap();
        assert_eq!(row, 5);
        assert!(excess.z > 5.0 && excess.share > 0.3 && (excess.window_s.0 - 50_000.0).abs() <= 1_800.0, "{excess:?}");
        assert_eq!(of.comments_ratio, None);
    }

    #[test]
    fn posts_after_the_capture_and_actions_before_the_post_are_left_out() {
        let before: Vec<(usize, i64)> = (0..8).flat_map(|post| (1..40).map(move |i| (post, -i))).collect();
        assert_eq!(measured(&[120; 12], &[1_000; 12], &before).arrivals, None);
    }
}

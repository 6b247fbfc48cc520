//! Posts and their counts on the platform.

use super::captions::{Occasion, caption};
use super::creators::{Plan, Story};
use super::habits::Habits;
use super::packages::Ordered;
use super::scenario::Scenario;
use super::seed::{Stream, normal, pick_weighted, stream};
use crate::domain::PostKind;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

const DAY_S: f64 = 86_400.0;
/// Share of the posts whose likes are hidden though their creator shows them elsewhere. Assumption.
const HIDDEN_POSTS: f64 = 0.03;

/// One post.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Post {
    pub nth: u32,
    pub at_s: i64,
    pub kind: PostKind,
    pub caption: String,
    /// Likes by people.
    pub organic_likes: u64,
    /// Comments by people.
    pub organic_comments: u64,
    /// What was ordered for it.
    pub ordered: Ordered,
    pub shares: u64,
    pub saves: u64,
    pub views: Option<u64>,
    pub is_sponsored: bool,
    pub is_giveaway: bool,
    pub is_viral: bool,
    /// Whether the platform hides the number of likes.
    pub hides_likes: bool,
}

impl Post {
    /// Likes that the platform counts.
    pub(super) fn likes(&self) -> u64 {
        self.organic_likes + self.ordered.likes
    }

    /// Comments that the platform counts.
    pub(super) fn comments(&self) -> u64 {
        self.organic_comments + self.ordered.comments
    }

    /// Views that the platform counts.
    pub(super) fn viewed(&self) -> Option<u64> {
        self.views.map(|views| views + self.ordered.views)
    }
}

/// What the posts of one creator have in common.
struct Manner {
    habits: Habits,
    hides_likes: bool,
    organic: u64,
}

/// The newest posts of a creator, oldest first.
pub(super) fn plan_posts(scenario: &Scenario, (seed, captured_s): (u64, i64), plan: &Plan, organic: u64) -> Vec<Post> {
    let mut rng = stream(seed, Stream::Posts, u64::from(plan.index));
    let manner = Manner {
        habits: Habits::draw(&scenario.organic, organic, &mut rng),
        hides_likes: rng.random_bool(scenario.organic.hidden_likes_share),
        organic,
    };
    let times = post_times(scenario, captured_s, (plan, &manner.habits), &mut rng);
    let middle = times.len() / 2;
    (0..)
        .zip(times)
        .map(|(nth, at_s)| {
            let behind = f64::from(nth) - middle as f64;
            draw_post(scenario, plan, (nth, at_s, behind), (&manner, &mut rng))
        })
        .collect()
}

fn post_times(scenario: &Scenario, captured_s: i64, (plan, habits): (&Plan, &Habits), rng: &mut ChaCha8Rng) -> Vec<i64> {
    let gap_s = 7.0 * DAY_S / scenario.organic.posts_per_week;
    let offset_h = plan.community.place().utc_offset_h;
    // The newest post is a day old or more, so that most of its engagement has arrived.
    let mut back_s = DAY_S;
    let mut times: Vec<i64> = (0..scenario.sampling.posts_per_creator)
        .map(|_| {
            back_s += gap_s * habits.gap(rng);
            habits.instant(captured_s - back_s as i64, offset_h, rng).min(captured_s - DAY_S as i64)
        })
        .filter(|&at_s| at_s > plan.started_s)
        .collect();
    times.sort_unstable();
    times
}

fn draw_post(
    scenario: &Scenario,
    plan: &Plan,
    (nth, at_s, behind): (u32, i64, f64),
    (manner, rng): (&Manner, &mut ChaCha8Rng),
) -> Post {
    let organic = &scenario.organic;
    let is_event = behind == 0.0;
    let is_sponsored = rng.random_bool(organic.sponsored_share);
    let is_giveaway = is_event && plan.story == Story::Giveaway;
    let is_viral = is_event && plan.story == Story::Viral;
    // A viral post goes far beyond the audience; sponsored posts are liked less. The factors are assumptions.
    let boost = match is_sponsored {
        _ if is_viral => 9.0,
        _ if is_giveaway => 2.5,
        true => 0.75,
        false => 1.0,
    };
    // Not everything that a post will ever get has come by the capture.
    let arrived = organic.response().arrived_share((plan.captured_s - at_s) as f64);
    let rate = manner.habits.rate(behind, rng).min(0.6) * boost * arrived;
    let organic_likes = (rate * manner.organic as f64).round() as u64;
    let comments = manner.habits.comments(organic_likes, if is_giveaway { 12.0 } else { 1.0 }, rng);
    let mut a_like = |rate: f64, sd: f64| (organic_likes as f64 * rate * (sd * normal(rng)).exp()).round() as u64;
    let shares = a_like(organic.shares_per_like * if is_viral { 4.0 } else { 1.0 }, 0.5);
    let saves = a_like(organic.saves_per_like, 0.5);
    let viewers = a_like(10.0, 0.5).max(organic_likes);
    // Photos, videos and carousels in ig_influencers_2020: 50, 29 and 22 %.
    let kind = [PostKind::Photo, PostKind::Reel, PostKind::Carousel][pick_weighted(rng, [0.5, 0.29, 0.21].into_iter())];
    let occasion = match (is_giveaway, is_sponsored) {
        (true, _) => Occasion::Giveaway,
        (false, true) => Occasion::Sponsored,
        (false, false) => Occasion::Everyday,
    };
    Post {
        nth,
        at_s,
        kind,
        caption: caption(plan.community, occasion, rng),
        organic_likes,
        organic_comments: comments,
        ordered: Ordered::default(),
        shares,
        saves,
        views: (kind == PostKind::Reel).then_some(viewers),
        is_sponsored,
        is_giveaway,
        is_viral,
        hides_likes: manner.hides_likes || rng.random_bool(HIDDEN_POSTS),
    }
}

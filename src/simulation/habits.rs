//! The habits of one creator: how much its posts are liked and talked about, how evenly, and when they come.

use super::scenario::Organic;
use super::seed::normal;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Poisson};

const DAY_S: i64 = 86_400;
/// Change of the standard deviation of ln(rate) between creators with ln(followers), from the size at which it is the
/// scenario's own: .47 about 350 followers in instafake (n = 590 creators), 1.27 about three million in ig_influencers_2020 (n = 523).
const RATE_SD_BY_SIZE: f64 = 0.1;
const LN_RATE_SD_PIVOT: f64 = 6.4;
/// The same of the spread within a creator: medians of the newest 24 posts, trend taken off, .29 and .72.
const SPREAD_BY_SIZE: f64 = 0.096;
const LN_SPREAD_PIVOT: f64 = 12.7;
/// Standard deviation of ln(spread) between creators: .49 and .42, sampling error in both.
const SPREAD_SD: f64 = 0.4;
/// Standard deviation between creators of the change of ln(likes) from post to post: .038 and .033 with sampling error.
const TREND_SD: f64 = 0.028;
/// Its mean for the smallest: .027 in instafake, nothing in ig_influencers_2020.
const TREND: f64 = 0.024;
/// The same of comments a like: medians .021 and .007.
const TALK_BY_SIZE: f64 = -0.106;
const LN_TALK_PIVOT: f64 = 6.4;
/// Standard deviation of ln(comments a like) between creators: .72 and .86.
const TALKERS_SD: f64 = 0.65;
/// Standard deviation of ln(comments a like) between a creator's posts beyond chance: from the overdispersion of counts, median
/// .75 and .26, which is e^(σ²) − 1; with its own spread between creators.
const TALK_SD: [f64; 2] = [0.6, 0.4];
/// Standard deviation of ln(gap between posts), and of its ln between creators: coefficients of variation 1.2 and .9.
const GAP_SD: [f64; 2] = [0.95, 0.25];
/// Local hour at which a creator posts: mean and standard deviation between creators. The means of both sets lie at 19 h and 16 h
/// where most of their creators live.
const HOUR: [f64; 2] = [17.5, 2.5];
/// Hours about it, with the standard deviation of the ln between creators: mean resultant length .56 and .61.
const HOURS_SD: [f64; 2] = [4.1, 0.3];
/// How much likelier a post is on Saturday or Sunday: their share is .36 and .33, against 2/7.
const WEEKEND: f64 = 1.3;

/// What the posts of a creator have in common.
///
/// # Source
/// Aggregates of instafake (Akyon and Kalfaoglu 2019) and ig_influencers_2020 over the newest 24 posts of each creator,
/// computed 2026-11-23.
#[derive(Debug, Clone)]
pub(super) struct Habits {
    /// ln of likes a follower of an ordinary post.
    ln_rate: f64,
    post_sd: f64,
    trend: f64,
    comments_per_like: f64,
    talk_sd: f64,
    gap_sd: f64,
    hour: f64,
    hours_sd: f64,
}

impl Habits {
    /// Of a creator with so many organic followers.
    pub(super) fn draw(parameters: &Organic, organic: u64, rng: &mut ChaCha8Rng) -> Self {
        let ln_size = (organic.max(1) as f64).ln();
        let by_size = |slope: f64, pivot: f64| (slope * (ln_size - pivot)).exp();
        let small = (1.0 - (ln_size - 6.0) / 9.0).clamp(0.0, 1.0);
        let mut spread = |[middle, sd]: [f64; 2]| middle * (sd * normal(rng)).exp();
        Self {
            ln_rate: parameters.engagement_intercept
                + parameters.engagement_slope * ln_size
                + spread([1.0, parameters.engagement_sd * by_size(RATE_SD_BY_SIZE, LN_RATE_SD_PIVOT)]).ln(),
            post_sd: spread([parameters.post_sd * by_size(SPREAD_BY_SIZE, LN_SPREAD_PIVOT), SPREAD_SD]),
            trend: TREND * small + TREND_SD * spread([1.0, 1.0]).ln(),
            comments_per_like: spread([parameters.comments_per_like * by_size(TALK_BY_SIZE, LN_TALK_PIVOT), TALKERS_SD]),
            talk_sd: spread(TALK_SD),
            gap_sd: spread(GAP_SD),
            hour: HOUR[0] + HOUR[1] * spread([1.0, 1.0]).ln(),
            hours_sd: spread(HOURS_SD),
        }
    }

    /// Likes a follower of the post that lies so many posts behind the middle one.
    pub(super) fn rate(&self, behind: f64, rng: &mut ChaCha8Rng) -> f64 {
        (self.ln_rate + self.trend * behind + self.post_sd * normal(rng)).exp()
    }

    /// Comments on a post with so many likes; `talk` times as many as usual.
    pub(super) fn comments(&self, likes: u64, talk: f64, rng: &mut ChaCha8Rng) -> u64 {
        let expected = likes as f64 * self.comments_per_like * talk * (self.talk_sd * normal(rng)).exp();
        Poisson::new(expected.min(likes as f64 * talk)).map_or(0, |comments| comments.sample(rng) as u64)
    }

    /// Days to the next post beside the mean.
    pub(super) fn gap(&self, rng: &mut ChaCha8Rng) -> f64 {
        (self.gap_sd * normal(rng) - self.gap_sd * self.gap_sd / 2.0).exp()
    }

    /// An instant near another at this creator's hour, rather on a weekend, where clocks are `utc_offset_h` ahead.
    pub(super) fn instant(&self, near_s: i64, utc_offset_h: i64, rng: &mut ChaCha8Rng) -> i64 {
        loop {
            let local_day = (near_s + utc_offset_h * 3_600).div_euclid(DAY_S) + i64::from(rng.random_range(-1..2i32));
            let is_weekend = (local_day + 3).rem_euclid(7) >= 5;
            if is_weekend || rng.random::<f64>() * WEEKEND < 1.0 {
                let hour = (self.hour + self.hours_sd * normal(rng)).rem_euclid(24.0);
                return local_day * DAY_S + (hour * 3_600.0) as i64 - utc_offset_h * 3_600;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed::{Stream, stream};
    use super::*;

    fn median(mut values: Vec<f64>) -> f64 {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    }

    #[test]
    fn large_creators_are_liked_less_evenly_and_talked_about_less() {
        let mut rng = stream(1, Stream::Posts, 0);
        let mut all =
            |followers| -> Vec<Habits> { (0..2_000).map(|_| Habits::draw(&Organic::default(), followers, &mut rng)).collect() };
        for (followers, spread, talk, trend) in [(350, 0.29, 0.019, 0.025), (3_000_000, 0.70, 0.0072, 0.0)] {
            let habits = all(followers);
            let of = |read: fn(&Habits) -> f64| median(habits.iter().map(read).collect());
            assert!((of(|habits| habits.post_sd) / spread - 1.0).abs() < 0.1, "{}", of(|habits| habits.post_sd));
            assert!(
                (of(|habits| habits.comments_per_like) / talk - 1.0).abs() < 0.1,
                "{}",
                of(|habits| habits.comments_per_like)
            );
            assert!((of(|habits| habits.trend) - trend).abs() < 0.004);
        }
    }

    #[test]
    fn posts_come_at_the_creators_hour_and_more_at_weekends() {
        let mut rng = stream(2, Stream::Posts, 0);
        let habits = Habits { hour: 18.0, hours_sd: 1.0, ..Habits::draw(&Organic::default(), 5_000, &mut rng) };
        let times: Vec<i64> = (0..6_000).map(|day| habits.instant(day * DAY_S, 7, &mut rng) + 7 * 3_600).collect();
        let share = |test: fn(i64) -> bool| times.iter().filter(|&&local| test(local)).count() as f64 / times.len() as f64;
        assert!(share(|local| (15..21).contains(&(local.rem_euclid(DAY_S) / 3_600))) > 0.98);
        // 2 · 1.3 / (2 · 1.3 + 5)
        assert!((share(|local| (local.div_euclid(DAY_S) + 3).rem_euclid(7) >= 5) - 0.342).abs() < 0.03);
        assert_eq!(habits.comments(0, 1.0, &mut rng), 0);
    }
}

//! Profiles of accounts: classes of accounts with a joint distribution of their counts.

use super::scenario::within;
use super::seed::{normal, normal_between, pick_weighted};
use crate::error::{Error, Result};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

/// Days that an account is old, least and most: the platforms are some fourteen years old. Assumption.
pub(super) const AGES: [f64; 2] = [2.0, 5_000.0];
/// Instagram's limit of accounts that one account may follow.
const FOLLOWING_MAX: f64 = 7_500.0;

/// One class of accounts: ln(1 + count) of the three counts is a trivariate normal, flags are independent within the class.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileClass {
    /// Name of the class.
    pub name: String,
    /// Relative weight.
    pub weight: f64,
    /// Mean and standard deviation of ln(1 + followers).
    pub followers: [f64; 2],
    /// Mean and standard deviation of ln(1 + following).
    pub following: [f64; 2],
    /// Mean and standard deviation of ln(1 + posts); `[0, 0]` for a class that never posts.
    pub posts: [f64; 2],
    /// Correlations of those logs: followers–following, followers–posts, following–posts.
    pub correlation: [f64; 3],
    /// Share with a picture.
    pub avatar: f64,
    /// Share of private accounts.
    pub private: f64,
    /// Share with a biography.
    pub bio: f64,
    /// Share whose handle holds digits.
    pub digits: f64,
    /// Mean and standard deviation of ln(age in days); not used where a vendor makes accounts in batches.
    pub age: [f64; 2],
}

/// The counts and flags of one account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Profile {
    pub followers: u64,
    pub following: u64,
    pub posts: u64,
    pub has_avatar: bool,
    pub is_private: bool,
    pub has_bio: bool,
    pub has_digits: bool,
}

/// Correlation within a class between what decides how many creators of the export an account follows and how many accounts
/// it follows in all. Assumption: the creators of one export are a small part of what people follow.
const FOLLOWING_FROM_ACTIVITY: f64 = 0.4;

/// Name and weight; mean and standard deviation of ln(1 + count) of followers, following and posts; their correlations; shares with
/// picture, privacy, biography and digits; mean and standard deviation of ln(age in days).
type Row = (&'static str, f64, [[f64; 2]; 3], [f64; 3], [f64; 4], [f64; 2]);

/// Mean and standard deviation of ln(age in days) of those who post.
const KNOWN: [f64; 2] = [7.1, 0.8];

#[rustfmt::skip]
const FITTED: [Row; 6] = [
    ("among friends", 0.368, [[6.01, 0.58], [6.15, 0.53], [3.93, 1.22]], [0.71, 0.35, 0.44], [0.994, 0.729, 0.72, 0.078], KNOWN),
    ("of every kind", 0.245, [[5.80, 1.24], [6.30, 1.26], [4.30, 1.42]], [0.62, 0.48, 0.34], [0.997, 0.350, 0.64, 0.265], KNOWN),
    ("well known", 0.185, [[7.94, 1.38], [6.78, 1.17], [5.12, 1.18]], [0.10, 0.32, 0.22], [0.999, 0.024, 0.92, 0.087], KNOWN),
    ("small circle", 0.099, [[5.10, 0.74], [5.31, 0.76], [2.14, 0.83]], [0.87, -0.04, -0.04], [0.985, 0.720, 0.36, 0.248], KNOWN),
    ("seldom posts", 0.065, [[4.77, 1.82], [5.77, 1.62], [1.58, 0.63]], [0.56, 0.19, 0.35], [0.971, 0.222, 0.63, 0.380], KNOWN),
    ("silent", 0.038, [[3.89, 1.69], [4.75, 1.30], [0.0, 0.0]], [0.59, 0.0, 0.0], [0.915, 0.523, 0.29, 0.167], [6.6, 1.1]),
];

/// Organic classes: a mixture of five normals of ln(1 + count) and independent flags, and the accounts that never post.
///
/// Fitted by expectation and maximisation to 2,170 genuine accounts: SRF Data 2017 (n = 877), instafake (965, duplicates
/// dropped) and the Kaggle set (328; twenty with more than 100,000 followers left out, who are no audience), each set of one
/// weight. Five classes: the likelihood of left-out fifths hardly rises beyond. Silent accounts: n = 92, 3.8 % of the weight; in all
/// three sets the label was judged from these very fields, so that silent people are rarer there than they are. Ages are those
/// of genuine accounts of cresci_2017 (mean 6.76, standard deviation .95 at the end of 2014), moved up since the
/// platforms are older now (assumption).
///
/// # Source
/// Aggregates of SRF Data (2017), Akyon and Kalfaoglu (2019), Kaggle free4ever1, Cresci et al. (2017), fitted 2026-11-23.
pub fn organic_classes() -> Vec<ProfileClass> {
    let class = |(name, weight, counts, correlation, shares, age): Row| ProfileClass {
        name: name.into(),
        weight,
        followers: counts[0],
        following: counts[1],
        posts: counts[2],
        correlation,
        avatar: shares[0],
        private: shares[1],
        bio: shares[2],
        digits: shares[3],
        age,
    };
    FITTED.into_iter().map(class).collect()
}

impl ProfileClass {
    /// Draws the class of an account.
    pub(super) fn choose<'a>(classes: &'a [Self], rng: &mut ChaCha8Rng) -> &'a Self {
        &classes[pick_weighted(rng, classes.iter().map(|class| class.weight))]
    }

    /// Draws counts and flags; `activity` is the standard normal that also decides how many creators are followed.
    pub(super) fn draw(&self, activity: f64, rng: &mut ChaCha8Rng) -> Profile {
        let [followers_following, followers_posts, following_posts] = self.correlation;
        let other = (1.0 - FOLLOWING_FROM_ACTIVITY * FOLLOWING_FROM_ACTIVITY).sqrt();
        let following = FOLLOWING_FROM_ACTIVITY * activity + other * normal(rng);
        let rest = (1.0 - followers_following * followers_following).max(0.0).sqrt();
        let own = normal(rng);
        let followers = followers_following * following + rest * own;
        let slope = if rest > 0.0 { (followers_posts - followers_following * following_posts) / rest } else { 0.0 };
        let left = (1.0 - following_posts * following_posts - slope * slope).max(0.0).sqrt();
        let posts = following_posts * following + slope * own + left * normal(rng);
        let count = |[mean, sd]: [f64; 2], z: f64| (mean + sd * z).exp() - 1.0;
        let is_silent = self.posts == [0.0, 0.0];
        Profile {
            followers: count(self.followers, followers).clamp(0.0, 5e6).round() as u64,
            following: count(self.following, following).clamp(0.0, FOLLOWING_MAX).round() as u64,
            posts: if is_silent { 0 } else { count(self.posts, posts).clamp(0.0, 3e4).round() as u64 },
            has_avatar: rng.random_bool(self.avatar),
            is_private: rng.random_bool(self.private),
            has_bio: rng.random_bool(self.bio),
            has_digits: rng.random_bool(self.digits),
        }
    }

    /// Draws an age in days, of those that are at least so old; the law is cut at its ends, so that nothing piles up there.
    pub(super) fn draw_age_days(&self, at_least: f64, rng: &mut ChaCha8Rng) -> f64 {
        let [mean, sd] = self.age;
        let (youngest, oldest) = (at_least.max(AGES[0]), AGES[1]);
        if sd <= 0.0 || youngest >= oldest {
            return mean.exp().clamp(youngest, oldest.max(youngest));
        }
        let bounds = ((youngest.ln() - mean) / sd, (oldest.ln() - mean) / sd);
        (mean + sd * normal_between(bounds, rng)).exp()
    }

    pub(super) fn validate_all(place: &str, classes: &[Self]) -> Result<()> {
        if classes.is_empty() {
            return Err(Error::invalid_argument(place, "empty", "at least one class"));
        }
        classes.iter().try_for_each(|class| class.validate(&format!("{place} `{}`", class.name)))
    }

    fn validate(&self, place: &str) -> Result<()> {
        within(format!("{place}: weight"), self.weight, 1e-9, 1e9)?;
        for (name, [mean, sd]) in [("followers", self.followers), ("following", self.following), ("posts", self.posts)] {
            within(format!("{place}: mean of {name}"), mean, 0.0, 16.0)?;
            within(format!("{place}: spread of {name}"), sd, 0.0, 5.0)?;
        }
        for (name, share) in [("avatar", self.avatar), ("private", self.private), ("bio", self.bio), ("digits", self.digits)] {
            within(format!("{place}: {name}"), share, 0.0, 1.0)?;
        }
        within(format!("{place}: mean of age"), self.age[0], 0.0, 9.0)?;
        within(format!("{place}: spread of age"), self.age[1], 0.0, 5.0)?;
        let [a, b, c] = self.correlation;
        let determinant = 1.0 + 2.0 * a * b * c - a * a - b * b - c * c;
        within(format!("{place}: determinant of the correlations"), determinant, 0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed::{Stream, stream};
    use super::*;

    fn quantile(values: &mut [u64], share: f64) -> u64 {
        values.sort_unstable();
        values[(share * (values.len() - 1) as f64) as usize]
    }

    #[test]
    fn organic_quantiles_are_those_of_real_genuine_accounts() {
        let classes = organic_classes();
        let mut rng = stream(1, Stream::Account, 0);
        let drawn: Vec<Profile> = (0..20_000)
            .map(|_| {
                let z = normal(&mut rng);
                ProfileClass::choose(&classes, &mut rng).draw(z, &mut rng)
            })
            .collect();
        // Tenth, quarter, half, three quarters and nine tenths of the 2,170 accounts fitted to, each set of one weight.
        let real = [[82, 197, 403, 847, 2_598], [124, 261, 466, 827, 1_882], [3, 12, 51, 142, 349]];
        let reads: [fn(&Profile) -> u64; 3] = [|p| p.followers, |p| p.following, |p| p.posts];
        for (real, read) in real.iter().zip(reads) {
            let mut values: Vec<u64> = drawn.iter().map(read).collect();
            for (share, &expected) in [0.1, 0.25, 0.5, 0.75, 0.9].into_iter().zip(real) {
                let found = quantile(&mut values, share);
                assert!(
                    (((found + 1) as f64).ln() - f64::from(expected + 1).ln()).abs() < 0.22,
                    "{share}: {found}, not {expected}"
                );
            }
        }
        let share = |test: fn(&Profile) -> bool| drawn.iter().filter(|p| test(p)).count() as f64 / drawn.len() as f64;
        assert!((0.985..0.996).contains(&share(|p| p.has_avatar)));
        assert!((0.43..0.48).contains(&share(|p| p.is_private)));
        assert!((0.035..0.06).contains(&share(|p| p.posts == 0)), "silent accounts exist");
    }

    #[test]
    fn ages_do_not_pile_up_at_their_bounds() {
        let mut rng = stream(3, Stream::Account, 0);
        for class in organic_classes() {
            for at_least in [0.0, 400.0] {
                let mut days: Vec<i64> = (0..4_000).map(|_| class.draw_age_days(at_least, &mut rng) as i64).collect();
                days.sort_unstable();
                assert!(days[0] >= at_least.max(2.0) as i64 && days[3_999] < 5_000);
                let most = days.chunk_by(|a, b| a == b).map(<[i64]>::len).max();
                assert!(most < Some(30), "{most:?} of 4,000 on one day, {}", class.name);
            }
        }
    }

    #[test]
    fn the_counts_are_correlated_as_asked_and_with_activity_loosely() {
        let class = &organic_classes()[1];
        let mut rng = stream(2, Stream::Account, 0);
        let rows: Vec<[f64; 3]> = (0..8_000)
            .map(|_| {
                let z = normal(&mut rng);
                let p = class.draw(z, &mut rng);
                [z, (p.followers as f64).ln_1p(), (p.following as f64).ln_1p()]
            })
            .collect();
        let correlation = |a: usize, b: usize| {
            let mean = |column: usize| rows.iter().map(|row| row[column]).sum::<f64>() / rows.len() as f64;
            let (mean_a, mean_b) = (mean(a), mean(b));
            let product = |a: usize, b: usize, x: f64, y: f64| rows.iter().map(|row| (row[a] - x) * (row[b] - y)).sum::<f64>();
            product(a, b, mean_a, mean_b) / (product(a, a, mean_a, mean_a) * product(b, b, mean_b, mean_b)).sqrt()
        };
        assert!((correlation(1, 2) - 0.62).abs() < 0.04, "{}", correlation(1, 2));
        assert!((correlation(0, 2) - FOLLOWING_FROM_ACTIVITY).abs() < 0.04, "{}", correlation(0, 2));
    }
}

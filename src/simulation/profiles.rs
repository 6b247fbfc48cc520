//! Profiles of accounts: classes of accounts with a joint distribution of their counts.

use super::scenario::within;
use super::seed::{normal, pick_weighted};
use crate::error::{Error, Result};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

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

/// Organic classes, fitted to means and standard deviations of real genuine accounts.
///
/// Public and private posters: SRF Data 2017 (n = 668 / 165) and instafake (n = 261 / 691), their ln(1 + count) averaged.
/// Silent accounts: SRF (n = 44) and instafake (n = 42), 5 % and 4 % of those sets. The weight of 10 % and the share
/// without picture are raised by assumption: in both sets the label was judged from these very fields, so silent
/// people are under-represented. Ages: genuine accounts of cresci_2017 have mean 6.76, standard deviation .95 at the
/// end of 2014; moved up since the platforms are older now (assumption).
///
/// # Source
/// Aggregates of SRF Data (2017), Akyon and Kalfaoglu (2019), Cresci et al. (2017), computed 2026-11-22.
pub fn organic_classes() -> Vec<ProfileClass> {
    let class = |name: &str, weight, counts: [[f64; 2]; 3], correlation, shares: [f64; 4], age| ProfileClass {
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
    vec![
        class(
            "public poster",
            0.50,
            [[6.25, 1.5], [6.40, 1.12], [3.9, 1.6]],
            [0.6, 0.56, 0.34],
            [0.985, 0.0, 0.70, 0.16],
            [7.1, 0.8],
        ),
        class(
            "private poster",
            0.40,
            [[5.55, 0.95], [6.05, 0.85], [3.6, 1.45]],
            [0.7, 0.52, 0.46],
            [0.985, 1.0, 0.62, 0.16],
            [7.1, 0.8],
        ),
        class("silent", 0.10, [[3.8, 1.7], [4.9, 1.35], [0.0, 0.0]], [0.65, 0.0, 0.0], [0.80, 0.5, 0.30, 0.20], [6.6, 1.1]),
    ]
}

impl ProfileClass {
    /// Draws the class of an account.
    pub(super) fn choose<'a>(classes: &'a [Self], rng: &mut ChaCha8Rng) -> &'a Self {
        &classes[pick_weighted(rng, classes.iter().map(|class| class.weight))]
    }

    /// Draws counts and flags; `activity` is the standard normal that also decides how many creators are followed.
    pub(super) fn draw(&self, activity: f64, rng: &mut ChaCha8Rng) -> Profile {
        let [followers_following, followers_posts, following_posts] = self.correlation;
        let rest = (1.0 - followers_following * followers_following).max(0.0).sqrt();
        let followers = followers_following * activity + rest * normal(rng);
        let slope = if rest > 0.0 { (followers_posts - followers_following * following_posts) / rest } else { 0.0 };
        let own = (followers - followers_following * activity) / rest.max(1e-9);
        let left = (1.0 - following_posts * following_posts - slope * slope).max(0.0).sqrt();
        let posts = following_posts * activity + slope * own + left * normal(rng);
        let count = |[mean, sd]: [f64; 2], z: f64| (mean + sd * z).exp() - 1.0;
        let is_silent = self.posts == [0.0, 0.0];
        Profile {
            followers: count(self.followers, followers).clamp(0.0, 5e6).round() as u64,
            following: count(self.following, activity).clamp(0.0, FOLLOWING_MAX).round() as u64,
            posts: if is_silent { 0 } else { count(self.posts, posts).clamp(0.0, 3e4).round() as u64 },
            has_avatar: rng.random_bool(self.avatar),
            is_private: rng.random_bool(self.private),
            has_bio: rng.random_bool(self.bio),
            has_digits: rng.random_bool(self.digits),
        }
    }

    /// Draws an age in days.
    pub(super) fn draw_age_days(&self, rng: &mut ChaCha8Rng) -> f64 {
        (self.age[0] + self.age[1] * normal(rng)).exp().clamp(2.0, 5_000.0)
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
    fn organic_quantiles_lie_between_those_of_the_two_real_sets() {
        let classes = organic_classes();
        let mut rng = stream(1, Stream::Account, 0);
        let drawn: Vec<Profile> = (0..20_000)
            .map(|_| {
                let z = normal(&mut rng);
                ProfileClass::choose(&classes, &mut rng).draw(z, &mut rng)
            })
            .collect();
        // Medians: SRF genuine 421 / 604 / 74, instafake genuine 345 / 420 / 30; quartiles of followers 135..1382 and 218..516.
        let mut followers: Vec<u64> = drawn.iter().map(|p| p.followers).collect();
        let mut following: Vec<u64> = drawn.iter().map(|p| p.following).collect();
        let mut posts: Vec<u64> = drawn.iter().map(|p| p.posts).collect();
        assert!((250..450).contains(&quantile(&mut followers, 0.5)));
        assert!((100..220).contains(&quantile(&mut followers, 0.25)));
        assert!((500..1400).contains(&quantile(&mut followers, 0.75)));
        assert!((380..620).contains(&quantile(&mut following, 0.5)));
        assert!((25..75).contains(&quantile(&mut posts, 0.5)));
        let share = |test: fn(&Profile) -> bool| drawn.iter().filter(|p| test(p)).count() as f64 / drawn.len() as f64;
        assert!((0.95..0.99).contains(&share(|p| p.has_avatar)));
        assert!((0.08..0.16).contains(&share(|p| p.posts == 0)), "silent accounts exist");
    }

    #[test]
    fn the_counts_are_correlated_as_asked() {
        let class = &organic_classes()[1];
        let mut rng = stream(2, Stream::Account, 0);
        let pairs: Vec<(f64, f64)> = (0..5_000)
            .map(|_| {
                let z = normal(&mut rng);
                let p = class.draw(z, &mut rng);
                ((p.followers as f64).ln_1p(), (p.following as f64).ln_1p())
            })
            .collect();
        let n = pairs.len() as f64;
        let (mx, my) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
        let cov = pairs.iter().map(|p| (p.0 - mx) * (p.1 - my)).sum::<f64>();
        let (vx, vy) =
            (pairs.iter().map(|p| (p.0 - mx).powi(2)).sum::<f64>(), pairs.iter().map(|p| (p.1 - my).powi(2)).sum::<f64>());
        assert!((cov / (vx * vy).sqrt() - 0.7).abs() < 0.05);
    }
}

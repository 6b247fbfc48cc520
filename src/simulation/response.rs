//! How long people take to react to a post.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// The law of reaction times: a constant density up to `cutoff_s`, then a power law with exponent −(1 + `theta`).
///
/// # Source
/// Zhao, Erdogdu, He, Rajaraman and Leskovec (KDD 2015), SEISMIC, §4; values fitted to Twitter as in their R package
/// `seismic` 1.1 (`memory.pdf`): cutoff 300 s, theta .2314843, density below the cutoff .0006265725 a second. Crane and
/// Sornette (PNAS 2008) found the same shape with exponents .4 to 1.4 for views of videos.
#[derive(Debug, Clone, Copy)]
pub(super) struct Response {
    pub cutoff_s: f64,
    pub theta: f64,
}

impl Response {
    /// Share of all reactions that have come this many seconds after the post.
    pub(super) fn arrived_share(&self, age_s: f64) -> f64 {
        let density = self.theta / (self.cutoff_s * (1.0 + self.theta));
        if age_s <= self.cutoff_s {
            return density * age_s.max(0.0);
        }
        1.0 - (age_s / self.cutoff_s).powf(-self.theta) / (1.0 + self.theta)
    }

    /// Seconds after the post of one of the reactions that came within `age_s`.
    pub(super) fn draw_s(&self, age_s: f64, rng: &mut ChaCha8Rng) -> f64 {
        let share = rng.random::<f64>() * self.arrived_share(age_s);
        let at_cutoff = self.theta / (1.0 + self.theta);
        if share <= at_cutoff {
            return share / at_cutoff * self.cutoff_s;
        }
        (self.cutoff_s * ((1.0 - share) * (1.0 + self.theta)).powf(-1.0 / self.theta)).min(age_s)
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed::{Stream, stream};
    use super::*;

    const TWITTER: Response = Response { cutoff_s: 300.0, theta: 0.231_484_3 };

    #[test]
    fn the_law_is_that_of_the_r_package() {
        // density · cutoff = .0006265725 · 300; the rest is the integral of the power law.
        assert!((TWITTER.arrived_share(300.0) - 0.187_971_75).abs() < 1e-6);
        // memory.ccdf(86400) = c · cutoff / theta · (86400/300)^−theta = .0006265725 · 300 / .2314843 · 288^−.2314843.
        let later = 0.000_626_572_5 * 300.0 / 0.231_484_3 * 288f64.powf(-0.231_484_3);
        assert!((1.0 - TWITTER.arrived_share(86_400.0) - later).abs() < 1e-6);
    }

    #[test]
    fn draws_follow_the_law_up_to_the_age_of_the_post() {
        let mut rng = stream(1, Stream::Posts, 0);
        let age = 40_000.0;
        let drawn: Vec<f64> = (0..8_000).map(|_| TWITTER.draw_s(age, &mut rng)).collect();
        assert!(drawn.iter().all(|&at| (0.0..=age).contains(&at)));
        for at in [150.0, 300.0, 2_000.0, 20_000.0] {
            let found = drawn.iter().filter(|&&other| other <= at).count() as f64 / drawn.len() as f64;
            let wanted = TWITTER.arrived_share(at) / TWITTER.arrived_share(age);
            assert!((found - wanted).abs() < 0.022, "{at}: {found} against {wanted}");
        }
    }
}

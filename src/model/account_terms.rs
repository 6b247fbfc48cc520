//! The terms of the account model: which signals it rests on, and where their functions may bend.

use super::ramps::{Ramps, Scale};
use crate::error::Result;
use crate::signals::{ACCOUNT_SIGNALS, account_signal_column};

/// Signal, scale, and knots in the signal's unit. Round numbers set by hand before fitting: the same on every platform.
const TERMS: [(&str, Scale, &[f64]); 9] = [
    ("audience.avatar", Scale::Linear, &[0.0, 1.0]),
    ("audience.followers", Scale::Log1p, &[0.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 10_000.0]),
    ("audience.following", Scale::Log1p, &[0.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 2000.0, 7500.0]),
    ("audience.posts", Scale::Log1p, &[0.0, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0]),
    // e^−2, e^−1 … e^5 accounts followed per follower
    (
        "audience.following_ratio",
        Scale::Log,
        &[
            0.135_335_283_236_612_7,
            0.367_879_441_171_442_33,
            1.0,
            std::f64::consts::E,
            7.389_056_098_930_65,
            20.085_536_923_187_668,
            54.598_150_033_144_236,
            148.413_159_102_576_6,
        ],
    ),
    ("audience.bio_length", Scale::Log1p, &[0.0, 1.0, 20.0, 60.0, 150.0]),
    ("audience.handle_digits", Scale::Linear, &[0.0, 0.1, 0.2, 0.3, 0.45, 0.7]),
    ("audience.handle_surprise", Scale::Linear, &[2.0, 2.4, 2.8, 3.2, 3.8]),
    ("audience.age", Scale::Log, &[30.0, 90.0, 365.0, 1000.0, 2000.0]),
];

/// Ids of the model's signals, and their terms with the trend that the catalogue gives.
///
/// # Errors
/// Never, as long as the knots above increase.
///
/// # Panics
/// If a term names a signal that the catalogue lacks.
pub fn account_terms() -> Result<(Vec<String>, Vec<Ramps>)> {
    let mut terms = (Vec::new(), Vec::new());
    for (id, scale, knots) in TERMS {
        let column = account_signal_column(id).expect("a term's signal is in the catalogue");
        terms.0.push(id.to_owned());
        terms.1.push(Ramps::new(scale, knots, ACCOUNT_SIGNALS[column].signal.trend)?);
    }
    Ok(terms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_says_which_signals_the_model_uses() {
        let (ids, _) = account_terms().unwrap();
        let listed: Vec<&str> = ACCOUNT_SIGNALS.iter().filter(|entry| entry.is_in_model).map(|entry| entry.signal.id).collect();
        assert_eq!(ids, listed);
    }
}

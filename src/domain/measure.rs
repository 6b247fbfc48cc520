//! Checked numbers: a probability, an interval, an estimate.

use serde::{Deserialize, Serialize};

/// Level of every interval that bonafide prints for an estimate.
pub const INTERVAL_LEVEL: f64 = 0.90;

/// A probability: finite, within 0..=1.
///
/// # Examples
/// ```
/// use bonafide::domain::Probability;
/// let p = Probability::from_log_odds(0.0);
/// assert_eq!((p.get(), p.log_odds()), (0.5, 0.0));
/// assert!(Probability::new(1.2).is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Probability(f64);

impl Probability {
    /// `None` unless finite and within 0..=1.
    pub fn new(value: f64) -> Option<Self> {
        (0.0..=1.0).contains(&value).then_some(Self(value))
    }

    /// The probability 1 / (1 + e^−x); a NaN becomes one half.
    pub fn from_log_odds(log_odds: f64) -> Self {
        let value = 1.0 / (1.0 + (-log_odds).exp());
        Self(if value.is_nan() { 0.5 } else { value })
    }

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }

    /// ln p/(1 − p); infinite at 0 and 1.
    pub fn log_odds(self) -> f64 {
        (self.0 / (1.0 - self.0)).ln()
    }
}

impl TryFrom<f64> for Probability {
    type Error = &'static str;

    fn try_from(value: f64) -> Result<Self, Self::Error> {
        Self::new(value).ok_or("a probability must lie within 0..=1")
    }
}

impl From<Probability> for f64 {
    fn from(probability: Probability) -> Self {
        probability.0
    }
}

/// A closed interval with finite ends in order.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    low: f64,
    high: f64,
}

impl Interval {
    /// `None` unless both ends are finite and in order.
    pub fn new(low: f64, high: f64) -> Option<Self> {
        (low.is_finite() && high.is_finite() && low <= high).then_some(Self { low, high })
    }

    /// Lower end.
    pub fn low(self) -> f64 {
        self.low
    }

    /// Upper end.
    pub fn high(self) -> f64 {
        self.high
    }

    /// Length.
    pub fn width(self) -> f64 {
        self.high - self.low
    }

    /// Whether a value lies inside, ends included.
    pub fn contains(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// The interval of 1 − x.
    #[must_use]
    pub fn complement(self) -> Self {
        Self { low: 1.0 - self.high, high: 1.0 - self.low }
    }
}

/// A share with its interval and the number of cases it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ShareEstimate {
    /// Point estimate, 0..=1.
    pub share: f64,
    /// 90 % interval.
    pub interval: Interval,
    /// Cases measured.
    pub sample_count: u64,
}

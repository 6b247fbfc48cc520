//! Ramps: the pieces that a monotone piecewise-linear function is made of.

use crate::error::{Error, Result};
use crate::signals::Trend;
use serde::{Deserialize, Serialize};

/// The scale on which a function of a signal is piecewise linear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// x.
    Linear,
    /// ln x; values of 0 and below count as the first knot.
    Log,
    /// ln(1 + x).
    Log1p,
}

impl Scale {
    fn apply(self, value: f64) -> f64 {
        match self {
            Self::Linear => value,
            Self::Log => value.max(f64::MIN_POSITIVE).ln(),
            Self::Log1p => value.max(0.0).ln_1p(),
        }
    }
}

/// Ramps b_k(x) = clip((s(x) − s(t_k)) / (s(t_{k+1}) − s(t_k)), 0, 1) between neighbouring knots t on a scale s.
/// A function Σ w_k b_k is monotone where all w have one sign, and flat beyond the outer knots.
///
/// # Examples
/// ```
/// use bonafide::model::{Ramps, Scale};
/// use bonafide::signals::Trend;
/// let ramps = Ramps::new(Scale::Linear, &[0.0, 1.0, 3.0], Trend::Increasing).unwrap();
/// let mut out = [0.0; 2];
/// ramps.fill(2.0, &mut out);
/// assert_eq!(out, [1.0, 0.5]);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "RampsWire", into = "RampsWire")]
pub struct Ramps {
    scale: Scale,
    knots: Vec<f64>,
    scaled: Vec<f64>,
    trend: Trend,
}

#[derive(Clone, Serialize, Deserialize)]
struct RampsWire {
    scale: Scale,
    knots: Vec<f64>,
    trend: TrendWire,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum TrendWire {
    Increasing,
    Decreasing,
    Free,
}

impl Ramps {
    /// Between knots given in the signal's unit.
    ///
    /// # Errors
    /// `InvalidArgument` unless there are two knots or more, finite and increasing on the scale.
    pub fn new(scale: Scale, knots: &[f64], trend: Trend) -> Result<Self> {
        let scaled: Vec<f64> = knots.iter().map(|&knot| scale.apply(knot)).collect();
        if knots.len() < 2 || !scaled.iter().all(|knot| knot.is_finite()) || !scaled.is_sorted_by(|a, b| a < b) {
            return Err(Error::invalid_argument("knots", format!("{knots:?}"), "two or more finite numbers in increasing order"));
        }
        Ok(Self { scale, knots: knots.to_vec(), scaled, trend })
    }

    /// How many ramps there are.
    pub fn count(&self) -> usize {
        self.knots.len() - 1
    }

    /// The knots, in the signal's unit.
    pub fn knots(&self) -> &[f64] {
        &self.knots
    }

    /// Which way the function may go.
    pub fn trend(&self) -> Trend {
        self.trend
    }

    /// The range of a weight that the trend allows.
    pub(super) fn bounds(&self) -> (f64, f64) {
        match self.trend {
            Trend::Increasing => (0.0, f64::INFINITY),
            Trend::Decreasing => (f64::NEG_INFINITY, 0.0),
            Trend::Free => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }

    /// The value of every ramp at x.
    ///
    /// # Panics
    /// If `out` has another length than [`Ramps::count`].
    pub fn fill(&self, value: f64, out: &mut [f64]) {
        assert_eq!(out.len(), self.count(), "one slot a ramp");
        let x = self.scale.apply(value);
        for (slot, knots) in out.iter_mut().zip(self.scaled.windows(2)) {
            *slot = ((x - knots[0]) / (knots[1] - knots[0])).clamp(0.0, 1.0);
        }
    }

    /// Σ w_k (b_k(x) − m_k).
    pub(super) fn weigh(&self, value: f64, weights: &[f64], means: &[f64]) -> f64 {
        let x = self.scale.apply(value);
        let ramps = self.scaled.windows(2).map(|knots| ((x - knots[0]) / (knots[1] - knots[0])).clamp(0.0, 1.0));
        ramps.zip(weights).zip(means).map(|((ramp, weight), mean)| weight * (ramp - mean)).sum()
    }
}

impl From<Ramps> for RampsWire {
    fn from(ramps: Ramps) -> Self {
        let trend = match ramps.trend {
            Trend::Increasing => TrendWire::Increasing,
            Trend::Decreasing => TrendWire::Decreasing,
            Trend::Free => TrendWire::Free,
        };
        Self { scale: ramps.scale, knots: ramps.knots, trend }
    }
}

impl TryFrom<RampsWire> for Ramps {
    type Error = Error;

    fn try_from(wire: RampsWire) -> Result<Self> {
        let trend = match wire.trend {
            TrendWire::Increasing => Trend::Increasing,
            TrendWire::Decreasing => Trend::Decreasing,
            TrendWire::Free => Trend::Free,
        };
        Self::new(wire.scale, &wire.knots, trend)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_flat_beyond_the_outer_knots() {
        let ramps = Ramps::new(Scale::Log1p, &[0.0, 9.0, 99.0], Trend::Decreasing).unwrap();
        let at = |value: f64| {
            let mut out = [0.0; 2];
            ramps.fill(value, &mut out);
            out
        };
        assert_eq!((at(-5.0), at(9.0), at(1e9)), ([0.0, 0.0], [1.0, 0.0], [1.0, 1.0]));
        // (ln 31 − ln 10) / (ln 100 − ln 10)
        assert!((at(30.0)[1] - 3.1_f64.log10()).abs() < 1e-12);
    }

    #[test]
    fn refuses_knots_out_of_order() {
        for knots in [&[1.0][..], &[1.0, 1.0], &[2.0, 1.0], &[0.0, f64::NAN]] {
            assert!(Ramps::new(Scale::Linear, knots, Trend::Free).is_err(), "{knots:?}");
        }
        assert!(Ramps::new(Scale::Log1p, &[-3.0, -2.0], Trend::Free).is_err());
    }

    #[test]
    fn survives_save_and_load() {
        let ramps = Ramps::new(Scale::Log, &[0.1, 1.0, 7.5], Trend::Increasing).unwrap();
        let text = serde_json::to_string(&ramps).unwrap();
        assert_eq!(serde_json::from_str::<Ramps>(&text).unwrap(), ramps);
        assert!(serde_json::from_str::<Ramps>(r#"{"scale":"log","knots":[2,1],"trend":"free"}"#).is_err());
    }
}

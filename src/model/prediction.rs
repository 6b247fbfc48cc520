//! What the account model says of accounts.

/// Predictions for a table of accounts, one slot a row of the signal table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccountPredictions {
    /// Decision values: base plus contributions, before calibration and before any shift of this set was taken into
    /// account. What shares are estimated from.
    pub decisions: Vec<f64>,
    /// Calibrated log-odds of *fake*; missing evidence leaves the platform's prior.
    pub log_odds: Vec<f64>,
    /// Lower end of the 90 % interval of the log-odds (model and calibration uncertainty).
    pub log_odds_low: Vec<f64>,
    /// Upper end of that interval.
    pub log_odds_high: Vec<f64>,
    /// Whether the model declines to decide (too few fields, or too unlike its training data).
    pub is_abstained: Vec<bool>,
    /// How many of the model's signals were measured.
    pub measured_count: Vec<u16>,
    /// The three contributions largest in size, largest first.
    pub reasons: Vec<[Option<Reason>; 3]>,
}

/// One signal's share in an account's log-odds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason {
    /// Column of the signal table.
    pub signal: u16,
    /// Contribution to the log-odds; positive speaks for *fake*.
    pub log_odds: f32,
}

/// The whole of one account's decision value: the parts add up to it exactly (to rounding).
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What an account without any measurement would get.
    pub base_log_odds: f64,
    /// One contribution a signal, in column order; 0 where the signal is missing.
    pub contributions: Vec<f64>,
}

impl Explanation {
    /// Base plus all contributions.
    pub fn log_odds(&self) -> f64 {
        self.base_log_odds + self.contributions.iter().sum::<f64>()
    }
}

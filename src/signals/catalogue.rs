//! The one list of signals: what each means, how it is measured, when it is missing, where it comes from.

use super::band::BandRule;

/// Which way a signal pushes the probability of *fake* where its sign is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// Larger values never lower the probability.
    Increasing,
    /// Larger values never raise it.
    Decreasing,
    /// The sign is not known beforehand.
    Free,
}

/// One signal of the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Signal {
    /// Stable id, beginning with its family.
    pub id: &'static str,
    /// Short name for people ("share of digits in the handle").
    pub name: &'static str,
    /// Unit of its value ("share", "accounts", "characters", "log10 ratio" …).
    pub unit: &'static str,
    /// What it means and why it speaks of authenticity.
    pub meaning: &'static str,
    /// Formula over the contract's columns.
    pub measured: &'static str,
    /// When it is missing.
    pub missing: &'static str,
    /// Innocent reasons for an extreme value.
    pub benign_causes: &'static [&'static str],
    /// Where it comes from.
    pub source: &'static str,
    /// Which way it pushes.
    pub trend: Trend,
    /// How the band of creators of the same size and platform is found, where one is known.
    pub band: Option<BandRule>,
}

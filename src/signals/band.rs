//! What creators of the same size and platform commonly show.

use crate::domain::{Interval, Platform};

/// The creators that one is held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Peers<'a> {
    /// Where it publishes.
    pub platform: Platform,
    /// How many follow it.
    pub followers: Option<u64>,
    /// What it publishes on, as given.
    pub category: Option<&'a str>,
}

/// Where a band comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BandBasis {
    /// Fitted to this many real creators.
    Fitted(u64),
    /// Taken from published tables that disagree with one another: a prior, no measurement of ours.
    Prior,
}

/// The band in which a signal of nine creators in ten of the same size and platform lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// From the 5th to the 95th of a hundred.
    pub interval: Interval,
    /// The middle one.
    pub median: f64,
    /// What it rests on.
    pub basis: BandBasis,
    /// Data or table, and year.
    pub source: &'static str,
}

/// How the band of a signal is found; `None` where none is known for such creators.
pub type BandRule = fn(&Peers<'_>) -> Option<Band>;

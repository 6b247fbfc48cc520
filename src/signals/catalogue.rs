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

impl Signal {
    /// Why no band of creators of the same size and platform is stated; `None` where there is one, and for accounts, which have no size.
    pub fn why_no_band(&self) -> Option<&'static str> {
        let family = self.id.split('.').next().unwrap_or_default();
        WITHOUT_BAND.iter().find(|(of, _)| *of == family && self.band.is_none()).map(|(_, why)| *why)
    }
}

/// By family, what is missing for a band.
const WITHOUT_BAND: [(&str, &str); 6] = [
    ("audience", "no band: no public set holds audiences of creators of known size that are known to be clean"),
    ("coordination", "no band: no public set holds timed follows or likes of the audiences of several creators"),
    ("growth", "no band: public histories of real creators hold two to five readings, and these measures need seven"),
    (
        "timing",
        "no band: public sets hold times of single accounts, or of a week on one platform, and none those of a creator's audience with its size",
    ),
    ("comments", "no band: public sets hold comments of five videos, or of authors without the creator's size"),
    (
        "engagement",
        "no band: public series of posts hold likes and comments, and for this measure nothing or no creators of known size",
    ),
];

#[cfg(test)]
mod tests {
    use crate::signals::CREATOR_SIGNALS;

    #[test]
    fn a_creator_signal_has_a_band_or_says_why_not_and_the_documentation_too() {
        let documented = include_str!("../../datasets/RUN.md");
        for signal in CREATOR_SIGNALS {
            assert_eq!(signal.band.is_some(), signal.why_no_band().is_none(), "{}", signal.id);
            let is_documented = |why: &str| documented.contains(why.trim_start_matches("no band: "));
            assert!(signal.why_no_band().is_none_or(is_documented), "{}", signal.id);
        }
    }
}

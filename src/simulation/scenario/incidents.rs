//! What happens to whom without anybody ordering it.

use super::within;
use crate::error::Result;
use serde::Deserialize;

/// Shares of creators to which something happens; each is rounded to whole creators.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Incidents {
    /// Share of creators with a viral post and its burst of organic followers.
    pub viral_share: f64,
    /// Share of creators with a giveaway: a burst of organic followers, many of whom leave.
    pub giveaway_share: f64,
    /// Share of creators that a larger creator tells its audience about.
    pub shoutout_share: f64,
    /// Share of creators with an article or an advertisement: arrivals over days.
    pub press_share: f64,
}

impl Default for Incidents {
    fn default() -> Self {
        Self { viral_share: 0.025, giveaway_share: 0.025, shoutout_share: 0.025, press_share: 0.025 }
    }
}

impl Incidents {
    pub(super) fn validate(&self) -> Result<()> {
        for (name, share) in [
            ("incidents.viral_share", self.viral_share),
            ("incidents.giveaway_share", self.giveaway_share),
            ("incidents.shoutout_share", self.shoutout_share),
            ("incidents.press_share", self.press_share),
        ] {
            within(name, share, 0.0, 1.0)?;
        }
        Ok(())
    }
}

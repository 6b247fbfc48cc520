//! What happens to whom.

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
    /// Share of creators with an inflated audience that was ordered on their side.
    pub inflated_share: f64,
    /// Share of ordered followers in the audience of the mildest case.
    pub strength_from: f64,
    /// The same for the strongest case; between them the steps are geometric.
    pub strength_to: f64,
    /// Share of creators for whom a third party orders followers.
    pub attacked_share: f64,
    /// Share of ordered followers in the audience of an attacked creator.
    pub attack_strength: f64,
    /// Orders are placed only for creators with at most this many followers.
    pub ordered_followers_max: u64,
    /// Share of creators with an inflated audience that also order likes.
    pub likes_share: f64,
}

impl Default for Incidents {
    fn default() -> Self {
        Self {
            viral_share: 0.025,
            giveaway_share: 0.025,
            inflated_share: 0.2,
            strength_from: 0.05,
            strength_to: 0.6,
            attacked_share: 0.025,
            attack_strength: 0.25,
            ordered_followers_max: 20_000,
            likes_share: 0.5,
        }
    }
}

impl Incidents {
    pub(super) fn validate(&self) -> Result<()> {
        for (name, share) in [
            ("incidents.viral_share", self.viral_share),
            ("incidents.giveaway_share", self.giveaway_share),
            ("incidents.inflated_share", self.inflated_share),
            ("incidents.attacked_share", self.attacked_share),
            ("incidents.likes_share", self.likes_share),
        ] {
            within(name, share, 0.0, 1.0)?;
        }
        within("incidents.strength_from", self.strength_from, 0.001, 0.95)?;
        within("incidents.strength_to", self.strength_to, self.strength_from, 0.95)?;
        within("incidents.attack_strength", self.attack_strength, 0.001, 0.95)
    }
}

//! What the creator model rests on: signals by block, and where their functions may bend.

use super::ramps::{Ramps, Scale};
use crate::error::Result;
use crate::signals::{Trend, creator_signal};

/// Signals that the same data allow, and that fall together: a block is measured or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CreatorBlock {
    /// Profiles of followers.
    Audience,
    /// Accounts that act together.
    Coordination,
    /// Followers over time.
    Growth,
    /// What posts drew.
    Engagement,
    /// What was written.
    Comments,
}

impl CreatorBlock {
    /// All, in the order of the model's blocks.
    pub const ALL: [Self; 5] = [Self::Audience, Self::Coordination, Self::Growth, Self::Engagement, Self::Comments];

    /// The word used in tables and texts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Audience => "audience",
            Self::Coordination => "coordination",
            Self::Growth => "growth",
            Self::Engagement => "engagement",
            Self::Comments => "comments",
        }
    }

    /// The block of an input.
    ///
    /// # Missing
    /// `None` for a signal that is no input.
    pub fn of(id: &str) -> Option<Self> {
        CREATOR_INPUTS.iter().find(|input| input.id == id).map(|input| input.block)
    }

    /// Columns of its signals among [`CREATOR_INPUTS`].
    pub fn columns(self) -> std::ops::Range<usize> {
        let first = CREATOR_INPUTS.iter().position(|input| input.block == self).unwrap_or(0);
        first..first + CREATOR_INPUTS.iter().filter(|input| input.block == self).count()
    }
}

/// One input.
#[derive(Debug, Clone, Copy)]
pub struct CreatorInput {
    /// Id of its signal.
    pub id: &'static str,
    /// Its block.
    pub block: CreatorBlock,
    scale: Scale,
    knots: &'static [f64],
}

impl CreatorInput {
    /// The value up to which it says nothing more: what shows no sign.
    pub fn least(&self) -> f64 {
        self.knots[0]
    }

    /// The value beyond which it says nothing more.
    pub fn most(&self) -> f64 {
        self.knots[self.knots.len() - 1]
    }
}

const fn input(id: &'static str, block: CreatorBlock, scale: Scale, knots: &'static [f64]) -> CreatorInput {
    CreatorInput { id, block, scale, knots }
}

/// The inputs, block by block. More of any never lowers the probability. Knots are round numbers set by hand before fitting.
pub const CREATOR_INPUTS: [CreatorInput; 14] = [
    input("audience.fake_share_low", CreatorBlock::Audience, Scale::Linear, &[0.0, 0.01, 0.03, 0.1, 0.2, 0.35]),
    input("audience.fake_share", CreatorBlock::Audience, Scale::Linear, &[0.03, 0.06, 0.1, 0.2, 0.35, 0.6]),
    input("audience.suspended_share", CreatorBlock::Audience, Scale::Linear, &[0.0, 0.02, 0.1]),
    input("coordination.follow_lockstep", CreatorBlock::Coordination, Scale::Linear, &[0.0, 0.01, 0.05, 0.2]),
    input("coordination.engagement_lockstep", CreatorBlock::Coordination, Scale::Linear, &[0.0, 0.01, 0.05, 0.2]),
    input("coordination.pod", CreatorBlock::Coordination, Scale::Linear, &[0.0, 3.0]),
    input("growth.ordered_odds", CreatorBlock::Growth, Scale::Linear, &[-4.0, -1.0, 0.0, 1.0, 3.0, 6.0]),
    input("growth.churn", CreatorBlock::Growth, Scale::Linear, &[0.0, 1.0, 3.0]),
    input("engagement.likes_excess", CreatorBlock::Engagement, Scale::Log, &[3.0, 5.0, 8.0, 15.0]),
    input("engagement.likes_upper_tail", CreatorBlock::Engagement, Scale::Linear, &[0.5, 0.9, 1.0]),
    input("engagement.arrival_excess", CreatorBlock::Engagement, Scale::Log, &[4.0, 6.0, 10.0, 20.0]),
    input("comments.generic_share", CreatorBlock::Comments, Scale::Linear, &[0.4, 0.5, 0.7]),
    input("comments.concentration", CreatorBlock::Comments, Scale::Linear, &[0.01, 0.02, 0.05]),
    input("comments.same_order", CreatorBlock::Comments, Scale::Linear, &[0.0, 0.05, 0.2]),
];

/// Ramps of a block's inputs, all increasing.
///
/// # Errors
/// Never, as long as the knots above increase.
///
/// # Panics
/// If an input names a signal that the catalogue lacks.
pub(super) fn block_ramps(block: CreatorBlock) -> Result<Vec<Ramps>> {
    let of = |input: &CreatorInput| {
        creator_signal(input.id).expect("an input's signal is in the catalogue");
        Ramps::new(input.scale, input.knots, Trend::Increasing)
    };
    CREATOR_INPUTS[block.columns()].iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_their_signals_side_by_side() {
        let mut covered = 0;
        for block in CreatorBlock::ALL {
            assert_eq!(block.columns().start, covered);
            assert!(CREATOR_INPUTS[block.columns()].iter().all(|input| input.id.starts_with(block.word())));
            assert_eq!(block_ramps(block).unwrap().len(), block.columns().len());
            covered = block.columns().end;
        }
        assert_eq!(covered, CREATOR_INPUTS.len());
    }

    #[test]
    fn no_input_runs_against_the_catalogue() {
        for input in CREATOR_INPUTS {
            assert_ne!(creator_signal(input.id).unwrap().trend, Trend::Decreasing, "{}", input.id);
        }
    }
}

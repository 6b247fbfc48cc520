//! From predictions to scores: account classes, the fake share of an audience, creator scores and verdicts.

mod account;
mod creator;

pub use account::AccountScores;
pub use creator::{ClassShare, CreatorScore, Estimate, NotMeasured};

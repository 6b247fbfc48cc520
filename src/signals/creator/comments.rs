//! Signals of what comments say.

mod catalogue;
mod measures;
#[cfg(test)]
mod tests;

pub(super) use catalogue::SIGNALS;
pub use measures::{CommentMeasures, CommentedLanguage, RepeatedText};

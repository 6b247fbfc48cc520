//! Creator signals: what the table `features` holds, one column a signal; a family a file.

mod activities;
mod activity;
mod arrivals;
mod audience;
mod comment_corpus;
mod comments;
mod coordination;
mod engagement;
mod engagement_signals;
mod engagers;
mod growth;
mod measures;
mod post_figures;
mod timing;

pub use activities::Activities;
pub use activity::{CreatorActivity, EngagementOf, FollowOf, PostActivity};
pub use comment_corpus::{CommentCorpus, CommentForm, CommentText};
pub use comments::{CommentMeasures, CommentedLanguage, RepeatedText};
pub use engagement::{ArrivalMeasures, EngagementMeasures, LikeTimes, PostAnomaly, engagement_rate, like_times};
pub use growth::{GrowthBasis, GrowthMeasures};
pub use measures::CreatorMeasures;
pub use post_figures::{MIN_POST_COUNT, PostCount, comments_per_like, likes_per_view, likes_spread, mean_interactions};
pub use timing::{MIN_CLOCKS, MIN_TIMED_ACTIONS, MIN_TIMED_ENGAGERS, SharedBy, TimingMeasures};

use super::catalogue::Signal;

/// The families, in the order of their columns.
const FAMILIES: [&[Signal]; 8] = [
    audience::SIGNALS,
    coordination::SIGNALS,
    arrivals::SIGNALS,
    engagement_signals::SIGNALS,
    growth::SIGNALS,
    timing::SIGNALS,
    comments::SIGNALS,
    engagers::SIGNALS,
];

/// Every creator signal, in the order of the columns of the table `features`.
pub static CREATOR_SIGNALS: &[Signal] = &end_to_end::<{ count() }>();

const fn count() -> usize {
    let (mut count, mut family) = (0, 0);
    while family < FAMILIES.len() {
        count += FAMILIES[family].len();
        family += 1;
    }
    count
}

const fn end_to_end<const N: usize>() -> [Signal; N] {
    let mut all = [audience::SIGNALS[0]; N];
    let (mut column, mut family) = (0, 0);
    while family < FAMILIES.len() {
        let mut row = 0;
        while row < FAMILIES[family].len() {
            all[column] = FAMILIES[family][row];
            column += 1;
            row += 1;
        }
        family += 1;
    }
    all
}

/// A creator signal by its id.
pub fn creator_signal(id: &str) -> Option<&'static Signal> {
    CREATOR_SIGNALS.iter().find(|signal| signal.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_begin_with_their_family() {
        for (index, signal) in CREATOR_SIGNALS.iter().enumerate() {
            assert!(
                ["audience.", "growth.", "engagement.", "timing.", "coordination.", "comments."]
                    .iter()
                    .any(|family| signal.id.starts_with(family))
            );
            assert!(CREATOR_SIGNALS[index + 1..].iter().all(|other| other.id != signal.id), "{}", signal.id);
        }
        assert!(creator_signal("audience.fake_share").is_some() && creator_signal("audience.nothing").is_none());
    }
}

//! All families' measurements of one creator.

use super::activity::CreatorActivity;
use super::comments::CommentMeasures;
use super::engagement::EngagementMeasures;
use super::growth::GrowthMeasures;
use super::timing::TimingMeasures;

/// What is measured of one creator from its posts, its history and what others did, beside what its audience's scores say.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatorMeasures {
    /// How it grew.
    pub growth: GrowthMeasures,
    /// What its posts drew.
    pub engagement: EngagementMeasures,
    /// When others acted.
    pub timing: TimingMeasures,
    /// What they wrote.
    pub comments: CommentMeasures,
}

impl CreatorMeasures {
    /// Measures one creator.
    ///
    /// # Cost
    /// What the families say; all are linear in the creator's own rows, but for sorting.
    pub fn of(activity: &CreatorActivity<'_>) -> Self {
        Self {
            growth: GrowthMeasures::of(activity),
            engagement: EngagementMeasures::of(activity),
            timing: TimingMeasures::of(activity),
            comments: CommentMeasures::of(activity),
        }
    }

    /// The value of a signal, in its unit.
    ///
    /// # Missing
    /// Where the data do not allow it, and for a signal of a family that is not measured here.
    pub fn value(&self, id: &str) -> Option<f64> {
        match id.split_once('.')?.0 {
            "growth" => self.growth.value(id),
            "engagement" => self.engagement.value(id),
            "timing" => self.timing.value(id),
            "comments" => self.comments.value(id),
            _ => None,
        }
    }
}

//! What a run says of its creators, joined.

use super::run_creator::RunCreator;
use crate::domain::{Interval, nearest};
use crate::error::{Error, ErrorKind, Result};
use crate::scoring::Estimate;
use crate::sketch::{AudienceBasis, CreatorSketch};
use crate::statistics::Z_90;
use crate::tables::RunColumns;
use std::collections::HashMap;

/// Creators with their sketches, in the order of their ids, so that the order of a run's rows does not matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SelectionInput {
    /// Creators.
    pub creators: Vec<RunCreator>,
    /// Their sketches.
    pub sketches: Vec<CreatorSketch>,
}

impl SelectionInput {
    /// Joins a run's tables.
    ///
    /// # Errors
    /// `Malformed` where a creator has no sketch, or a cell is wrong.
    pub fn join(creators: &RunColumns, sketches: Vec<(String, CreatorSketch)>) -> Result<Self> {
        Self::new(RunCreator::read_all(creators)?, sketches)
    }

    /// From creators and sketches by id.
    ///
    /// # Errors
    /// `Malformed` where a creator has no sketch.
    pub fn new(mut creators: Vec<RunCreator>, sketches: Vec<(String, CreatorSketch)>) -> Result<Self> {
        creators.sort_by(|a, b| a.id.cmp(&b.id));
        let mut by_id: HashMap<String, CreatorSketch> = sketches.into_iter().collect();
        let sketch = |creator: &RunCreator| {
            by_id
                .remove(&creator.id)
                .ok_or_else(|| Error::malformed("the sketches of this run", format!("none of `{}`", creator.id)))
        };
        let sketches = creators.iter().map(sketch).collect::<Result<_>>()?;
        Ok(Self { creators, sketches })
    }

    /// A creator by id, else by handle (with or without `@`, whatever its case).
    ///
    /// # Errors
    /// `NotFound` with the nearest name, `InvalidArgument` for a handle of several.
    pub fn find(&self, argument: &str, wanted: &str) -> Result<usize> {
        if let Ok(row) = self.creators.binary_search_by(|creator| creator.id.as_str().cmp(wanted)) {
            return Ok(row);
        }
        let handle = wanted.trim_start_matches('@');
        let same = |row: &usize| self.creators[*row].handle.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(handle));
        let mut rows = (0..self.creators.len()).filter(same);
        match (rows.next(), rows.next()) {
            (Some(row), None) => Ok(row),
            (Some(_), Some(_)) => Err(Error::invalid_argument(argument, wanted, "a handle of one creator only, or a creator_id")),
            (None, _) => {
                let known =
                    self.creators.iter().flat_map(|creator| [Some(creator.id.as_str()), creator.handle.as_deref()]).flatten();
                let hint = nearest(handle, known).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
                Err(Error::new(ErrorKind::NotFound {
                    what: "creator",
                    name: wanted.to_owned(),
                    hint: format!("{hint} ({argument})"),
                }))
            }
        }
    }

    /// Authentic people that a creator reaches: all followers where the list speaks for them, else those listed.
    ///
    /// # Missing
    /// `None` where nobody is listed or the audience could not be measured.
    pub fn reach(&self, row: usize) -> Option<Estimate> {
        let (creator, sketch) = (&self.creators[row], &self.sketches[row]);
        let audience = sketch.audience.as_ref().filter(|audience| audience.total_weight() > 0.0)?;
        let of = |count: f64| {
            let share = creator.audience_fake?;
            scaled(count, Estimate { value: 1.0 - share.value, interval: share.interval.complement() })
        };
        let listed = audience.count() as f64;
        match sketch.basis {
            AudienceBasis::Listed => of(listed),
            AudienceBasis::Complete | AudienceBasis::Random => {
                creator.authentic_followers.or_else(|| match sketch.sampling_share {
                    Some(share) => of(listed / share),
                    None => of(listed),
                })
            }
        }
    }

    /// Likes and comments by authentic people on one post: what the platform counts × the authentic part. That part is 1 − the fake share of
    /// engagement where the run has one, else the weight of the engagements seen.
    ///
    /// # Missing
    /// `None` without counts on posts, or without an engager seen.
    pub fn engagements(&self, row: usize) -> Option<Estimate> {
        let (creator, sketch) = (&self.creators[row], &self.sketches[row]);
        let per_post = sketch.engagements_per_post.filter(|count| *count > 0.0)?;
        let share = match creator.engagement_fake {
            Some(fake) => Estimate { value: 1.0 - fake.value, interval: fake.interval.complement() },
            None => seen_share(sketch)?,
        };
        let spread = sketch.engagements_deviation.unwrap_or(per_post) / (sketch.posts_count.max(1) as f64).sqrt() / per_post;
        let half = Interval::new(share.interval.low(), share.interval.high())?;
        let relative = |end: f64| ((end / share.value - 1.0) / Z_90).abs();
        let (below, above) = if share.value > 0.0 { (relative(half.low()), relative(half.high())) } else { (0.0, 0.0) };
        let value = per_post * share.value;
        let end = |side: f64, part: f64| (value * (1.0 + side * Z_90 * part.hypot(spread))).max(0.0);
        Some(Estimate { value, interval: Interval::new(end(-1.0, below), end(1.0, above))? })
    }
}

/// The authentic part of the engagements seen, each engager counting as one case.
fn seen_share(sketch: &CreatorSketch) -> Option<Estimate> {
    let engagers = sketch.engagers.as_ref().filter(|engagers| engagers.count() > 0 && sketch.engagements_count > 0)?;
    let value = (sketch.authentic_engagements / sketch.engagements_count as f64).clamp(0.0, 1.0);
    let error = (value * (1.0 - value) / engagers.count() as f64).sqrt();
    Some(Estimate { value, interval: Interval::new((value - Z_90 * error).max(0.0), (value + Z_90 * error).min(1.0))? })
}

fn scaled(count: f64, share: Estimate) -> Option<Estimate> {
    let interval = Interval::new(count * share.interval.low(), count * share.interval.high())?;
    Some(Estimate { value: count * share.value, interval })
}

//! What the creator model says of each creator of a dataset, held against the others of its platform.

use super::creator::CreatorScore;
use super::unlike_inputs::unlike_inputs;
use super::verdict::MIN_MEASURED_COUNT;
use crate::domain::{Interval, Platform, Probability};
use crate::model::{CREATOR_INPUTS, CreatorBlock, CreatorModel, CreatorPrediction};
use crate::signals::SignalTable;
use crate::statistics::quantile;
use std::collections::BTreeMap;

/// Creators of one platform, of whom the same is measured, from which they say something of the platform as a whole.
pub const MIN_PEERS: usize = 30;
/// Place of the creator by whom a platform is anchored: where at most half of the creators are inflated, the quarter with the lowest log-odds
/// ends among the untouched.
pub(super) const ANCHOR_QUANTILE: f64 = 0.25;
/// Share of strongly inflated creators that must be found for data to count as able to show inflation.
const LEAST_FOUND_SHARE: f64 = 0.5;
/// Log-odds by which a platform may lie above untouched creators before nothing is concluded.
pub const MAX_ANCHOR_SHIFT: f64 = 2.0;

/// Inputs that tell of groups in lockstep.
const LOCKSTEP: [&str; 2] = ["coordination.follow_lockstep", "coordination.engagement_lockstep"];

/// What the model says of one creator.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatorJudgement {
    /// What the model was given, one an input of [`CREATOR_INPUTS`].
    pub values: Vec<Option<f64>>,
    /// The prediction, lowered by `anchor_shift`.
    pub prediction: CreatorPrediction,
    /// Log-odds by which the creators of the platform lie above untouched ones that the model knows: taken off. Never negative: creators that
    /// score lower than known ones are not raised.
    pub anchor_shift: f64,
    /// The prediction if a service sent the groups that act in lockstep on the creator and that no profiles bear out; `None` where there are none. The
    /// prediction itself takes them for people who were called together.
    pub if_sent: Option<CreatorPrediction>,
    /// Measured signals in which the creators of the platform are unlike any untouched ones that the model knows ([`unlike_inputs`]).
    pub unlike: Vec<&'static str>,
}

/// Log-odds below which a part hardly counts: a tenth of the odds.
pub const LEAST_REASON: f64 = 0.1;

impl CreatorJudgement {
    /// What the model was given, NaN where missing.
    pub fn inputs(&self) -> Vec<f64> {
        self.values.iter().map(|value| value.unwrap_or(f64::NAN)).collect()
    }

    /// Probability that audience or engagement was inflated.
    pub fn p_fake(&self) -> Probability {
        self.prediction.p_fake()
    }

    /// Its 90 % interval; the shift taken off widens it, as it may be inflation after all.
    pub fn interval(&self) -> Option<Interval> {
        let interval = self.prediction.interval()?;
        let high = Probability::new(interval.high())?.log_odds() + self.anchor_shift;
        let high = Probability::from_log_odds(high).get();
        let sent = self.if_sent.as_ref().and_then(CreatorPrediction::interval).map_or(high, |sent| sent.high());
        Interval::new(interval.low(), high.max(sent))
    }

    /// Whether the platform's creators lie so far above known ones, together or in a single signal, that nothing can be concluded.
    pub fn is_unlike(&self) -> bool {
        self.anchor_shift > MAX_ANCHOR_SHIFT || !self.unlike.is_empty()
    }

    /// Whether inflation would have been found with what is measured: at least half of the strongly inflated creators of whom the same was measured
    /// reach the threshold of `fail`.
    pub fn could_find(&self) -> bool {
        self.prediction.found_share.is_some_and(|share| share >= LEAST_FOUND_SHARE)
    }

    /// Whether the probability reaches the threshold that keeps the rate of false accusations.
    pub fn is_failed(&self) -> bool {
        !self.is_unlike() && self.prediction.fail_from.is_some_and(|from| self.p_fake().get() >= from)
    }

    /// Whether it lies below the threshold under which strong inflation is rare; without followers' profiles, only where the data could have shown it.
    pub fn is_passed(&self) -> bool {
        let p = self.if_sent.as_ref().map_or(self.p_fake(), CreatorPrediction::p_fake);
        let is_below = self.prediction.pass_below.is_some_and(|below| p.get() < below);
        let has_audience = self.prediction.blocks.contains(&CreatorBlock::Audience);
        is_below && !self.is_unlike() && (has_audience || self.could_find())
    }

    /// The inputs that raise the probability most over what it would be without a sign of them, strongest first: at most three, none that hardly counts.
    pub fn reasons(&self) -> Vec<(&'static str, f64)> {
        let mut raising: Vec<(&'static str, f64)> =
            self.prediction.contributions.iter().copied().filter(|(_, part)| *part >= LEAST_REASON).collect();
        raising.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        raising.truncate(3);
        raising
    }
}

/// Judges every creator, then anchors each platform.
///
/// # Shape
/// One slot a creator, in the order of `scores` and of the rows of `signals`.
///
/// # Missing
/// `None` where no block of signals is measured. Shares of an audience whose scores are unlike what the account model knows, whose profiles lack too
/// much, or of which too few were measured, count as not measured.
///
/// # Cost
/// O(creators).
pub fn judge_creators(
    scores: &[CreatorScore],
    platforms: &[Platform],
    signals: &SignalTable,
    model: &CreatorModel,
) -> Vec<Option<CreatorJudgement>> {
    let inputs: Vec<Vec<f64>> = scores.iter().enumerate().map(|(row, score)| creator_inputs(score, signals, row)).collect();
    let mut judged = judge_inputs(&inputs, platforms, model);
    for (row, (judgement, score)) in judged.iter_mut().zip(scores).enumerate().filter(|(_, (_, score))| score.has_undecided_group)
    {
        if let Some(judgement) = judgement {
            let sent = model.predict(&all_inputs(score, signals, row));
            judgement.if_sent = sent.map(|sent| sent.lowered(judgement.anchor_shift));
        }
    }
    judged
}

/// The same of creators whose inputs are at hand ([`creator_inputs`]).
///
/// # Shape
/// One slot a creator, in the order of `inputs` and of `platforms`.
pub fn judge_inputs(inputs: &[Vec<f64>], platforms: &[Platform], model: &CreatorModel) -> Vec<Option<CreatorJudgement>> {
    let predictions: Vec<Option<CreatorPrediction>> = inputs.iter().map(|values| model.predict(values)).collect();
    let shifts = anchor_shifts(&predictions, platforms);
    let unlike = unlike_inputs(inputs, platforms, model.untouched_bounds());
    let judge = |(row, prediction): (usize, Option<CreatorPrediction>)| {
        let (prediction, platform) = (prediction?, platforms[row]);
        let anchor_shift = shifts.get(&(platform, prediction.blocks.clone())).copied().unwrap_or(0.0);
        let unlike = unlike.get(&platform).into_iter().flatten().copied().filter(|column| !inputs[row][*column].is_nan());
        let unlike = unlike.map(|column| CREATOR_INPUTS[column].id).collect();
        let values = inputs[row].iter().map(|value| Some(*value).filter(|value| !value.is_nan())).collect();
        Some(CreatorJudgement { values, prediction: prediction.lowered(anchor_shift), anchor_shift, if_sent: None, unlike })
    };
    predictions.into_iter().enumerate().map(judge).collect()
}

/// The values that the creator model takes, one an input of [`CREATOR_INPUTS`], NaN where missing or not sound. Groups in lockstep count where the profiles
/// of one bear out that a service sent it.
pub fn creator_inputs(score: &CreatorScore, signals: &SignalTable, row: usize) -> Vec<f64> {
    let mut values = all_inputs(score, signals, row);
    for (value, input) in values.iter_mut().zip(&CREATOR_INPUTS) {
        if score.has_undecided_group && LOCKSTEP.contains(&input.id) && !value.is_nan() {
            *value = 0.0;
        }
    }
    values
}

/// The same with every group in lockstep.
fn all_inputs(score: &CreatorScore, signals: &SignalTable, row: usize) -> Vec<f64> {
    let is_sound = is_share_sound(score);
    let value = |id: &str| {
        let column = signals.column_of(id).filter(|_| is_sound || !id.starts_with("audience.fake_share"))?;
        signals.get(row, column)
    };
    CREATOR_INPUTS.iter().map(|input| value(input.id).unwrap_or(f64::NAN)).collect()
}

fn is_share_sound(score: &CreatorScore) -> bool {
    !score.is_unlike_training && !score.is_incomplete && score.audience_measured_count >= MIN_MEASURED_COUNT
}

/// By platform and measured blocks, how far the lowest quarter lies above untouched creators.
fn anchor_shifts(
    predictions: &[Option<CreatorPrediction>],
    platforms: &[Platform],
) -> BTreeMap<(Platform, Vec<CreatorBlock>), f64> {
    let mut peers: BTreeMap<(Platform, Vec<CreatorBlock>), (f64, Vec<f64>)> = BTreeMap::new();
    for (prediction, &platform) in predictions.iter().zip(platforms) {
        if let Some(prediction) = prediction {
            let known = peers.entry((platform, prediction.blocks.clone()));
            known.or_insert_with(|| (prediction.untouched_median, Vec::new())).1.push(prediction.log_odds);
        }
    }
    let shift = |(median, values): (f64, Vec<f64>)| {
        let quarter = quantile(&values, ANCHOR_QUANTILE).filter(|_| values.len() >= MIN_PEERS)?;
        Some((quarter - median).max(0.0))
    };
    peers.into_iter().filter_map(|(key, known)| Some((key, shift(known)?))).collect()
}

//! What a creator's probability consists of, and what would change the verdict: counterfactuals of the model itself.

use super::creator::CreatorScore;
use super::creator_judgement::CreatorJudgement;
use super::verdict::{is_sufficient, verdict_of};
use crate::domain::{Interval, Probability, Sampling, Verdict};
use crate::model::{CREATOR_INPUTS, CreatorBlock, CreatorModel, CreatorPrediction};

/// Changes by other signs that are kept: those that need the smallest part of a block's room.
const MOST_SIGNS: usize = 2;
/// Part of the way beyond a threshold at which the verdict is looked at: on it, `fail` still holds and `pass` does not.
const BEYOND: f64 = 1.0 + 1e-4;

/// What a judgement consists of, and what would change it.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatorExplanation {
    /// One a measured block, in the order of [`CreatorBlock::ALL`]; with the judgement's base they add up to its log-odds.
    pub blocks: Vec<BlockExplanation>,
    /// What would make the verdict another, the most telling first.
    pub changes: Vec<VerdictChange>,
}

/// One block's part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlockExplanation {
    /// The block.
    pub block: CreatorBlock,
    /// What it adds to the log-odds.
    pub log_odds: f64,
    /// Probability if it showed no sign, all else being as it is.
    pub p_without: Probability,
    /// The verdict then.
    pub verdict_without: Verdict,
}

/// Something that would make the verdict another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum VerdictChange {
    /// If the data sufficed for a verdict.
    Sufficient {
        /// The verdict then.
        verdict: Verdict,
    },
    /// If the list of followers were a random sample instead of the newest.
    Random {
        /// The verdict then.
        verdict: Verdict,
    },
    /// If the signals of a block were nearer to what shows no sign, or further from it, all in proportion.
    Signs {
        /// The signal of the block that matters most on that way.
        signal: &'static str,
        /// Its value, in its unit.
        value: f64,
        /// The value at which the verdict changes.
        needed: f64,
        /// Other signals of the block that move along.
        others_count: usize,
        /// The verdict then.
        verdict: Verdict,
    },
    /// If a block that is missing were measured: of all that are missing, the one that would narrow the probability's interval most if it showed no sign,
    /// as most creators' do.
    Measured {
        /// The block.
        block: CreatorBlock,
        /// Probability if it showed no sign, and if it showed all that it can.
        p: [Probability; 2],
        /// The verdicts then.
        verdicts: [Verdict; 2],
        /// The 90 % interval of the probability if it showed no sign.
        interval: Interval,
    },
}

/// One creator with its judgement.
struct Judged<'a> {
    score: &'a CreatorScore,
    judgement: &'a CreatorJudgement,
    /// What the model was given, NaN where missing.
    values: Vec<f64>,
    model: &'a CreatorModel,
    is_sufficient: bool,
}

/// Takes a judgement apart and looks for what would change the verdict.
///
/// # Missing
/// `None` where no block of signals is measured.
///
/// # Cost
/// Some ten predictions.
pub fn explain_creator(score: &CreatorScore, model: &CreatorModel) -> Option<CreatorExplanation> {
    let judgement = score.judgement.as_ref()?;
    let judged = Judged { score, judgement, values: judgement.inputs(), model, is_sufficient: is_sufficient(score) };
    let blocks: Vec<BlockExplanation> =
        judgement.prediction.block_contributions().into_iter().filter_map(|(block, part)| judged.block(block, part)).collect();
    let mut changes: Vec<VerdictChange> = judged.data().into_iter().collect();
    changes.extend(judged.signs());
    changes.extend(judged.missing());
    Some(CreatorExplanation { blocks, changes })
}

impl Judged<'_> {
    fn block(&self, block: CreatorBlock, log_odds: f64) -> Option<BlockExplanation> {
        let without = self.model.predict(&CreatorModel::moved(&self.values, block, 1.0))?;
        let without = self.judged(without);
        Some(BlockExplanation { block, log_odds, p_without: without.p_fake(), verdict_without: self.verdict(&without) })
    }

    /// Another prediction for the same creator as a judgement, lowered as the present one is.
    fn judged(&self, prediction: CreatorPrediction) -> CreatorJudgement {
        let anchor_shift = self.judgement.anchor_shift;
        let unlike = self.judgement.unlike.clone();
        let if_sent = self.judgement.if_sent.clone();
        CreatorJudgement { values: Vec::new(), prediction: prediction.lowered(anchor_shift), anchor_shift, if_sent, unlike }
    }

    fn verdict(&self, other: &CreatorJudgement) -> Verdict {
        // Without profiles it is what else is measured that could have shown inflation.
        let is_sufficient =
            self.is_sufficient || (self.score.audience_measured_count == 0 && other.could_find() && !other.is_unlike());
        verdict_of(Some(other), is_sufficient, self.score.sampling)
    }

    /// What the data themselves stand in the way of.
    fn data(&self) -> Option<VerdictChange> {
        let with = |is_sufficient: bool, sampling: Sampling| verdict_of(Some(self.judgement), is_sufficient, sampling);
        let now = with(self.is_sufficient, self.score.sampling);
        let sufficient = with(true, self.score.sampling);
        let random = with(self.is_sufficient, Sampling::Random);
        match (sufficient != now, random != now) {
            (true, _) => Some(VerdictChange::Sufficient { verdict: sufficient }),
            (_, true) => Some(VerdictChange::Random { verdict: random }),
            _ => None,
        }
    }

    /// The first other verdict on each block's way to a threshold; those for which the least must change.
    fn signs(&self) -> Vec<VerdictChange> {
        let mut found: Vec<(f64, VerdictChange)> = Vec::new();
        for &block in &self.judgement.prediction.blocks {
            let nearest = self.thresholds().into_iter().filter_map(|log_odds| self.crossed(block, log_odds));
            found.extend(nearest.min_by(|a, b| a.0.total_cmp(&b.0)));
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found.truncate(MOST_SIGNS);
        found.into_iter().map(|(_, change)| change).collect()
    }

    /// The model's thresholds as log-odds before the platform's shift is taken off.
    fn thresholds(&self) -> Vec<f64> {
        let CreatorPrediction { fail_from, pass_below, .. } = self.judgement.prediction;
        let probabilities = [fail_from, pass_below].into_iter().flatten().filter_map(Probability::new);
        probabilities.map(|p| p.log_odds() + self.judgement.anchor_shift).collect()
    }

    /// What a block must show for a threshold to be crossed, with the part of its room that this takes; `None` where the verdict stays.
    fn crossed(&self, block: CreatorBlock, log_odds: f64) -> Option<(f64, VerdictChange)> {
        let values = self.values.as_slice();
        let now = self.judgement.prediction.log_odds + self.judgement.anchor_shift;
        let part = (self.model.reaches(values, now, block, log_odds)? * BEYOND).clamp(-1.0, 1.0);
        let moved = CreatorModel::moved(values, block, part);
        let there = self.model.predict(&moved)?;
        let signal = most_moved(&self.judgement.prediction, &there)?;
        let verdict = self.verdict(&self.judged(there));
        let column = CREATOR_INPUTS.iter().position(|input| input.id == signal)?;
        let moved_count = block.columns().filter(|&column| values[column] != moved[column] && !values[column].is_nan()).count();
        let change = VerdictChange::Signs {
            signal,
            value: values[column],
            needed: moved[column],
            others_count: moved_count.saturating_sub(1),
            verdict,
        };
        (verdict != self.score.verdict).then_some((part.abs(), change))
    }

    /// The missing block that would narrow the interval most.
    fn missing(&self) -> Option<VerdictChange> {
        let is_missing = |block: &CreatorBlock| {
            // Profiles that are there and do not suffice are spoken of as such.
            !self.judgement.prediction.blocks.contains(block)
                && (*block != CreatorBlock::Audience || self.score.audience_fake.is_none())
        };
        let known = CreatorBlock::ALL.into_iter().filter(is_missing).filter_map(|block| {
            let [least, most] = self.model.if_measured(&self.values, block)?.map(|said| self.judged(said));
            let verdicts = [&least, &most].map(|said| self.verdict(said));
            Some((least.interval()?, block, [least.p_fake(), most.p_fake()], verdicts))
        });
        let (interval, block, p, verdicts) = known.min_by(|a, b| a.0.width().total_cmp(&b.0.width()))?;
        Some(VerdictChange::Measured { block, p, verdicts, interval })
    }
}

/// The signal whose contribution differs most between two predictions.
fn most_moved(before: &CreatorPrediction, after: &CreatorPrediction) -> Option<&'static str> {
    let both = before.contributions.iter().zip(&after.contributions);
    let largest = both.max_by(|a, b| (a.0.1 - a.1.1).abs().total_cmp(&(b.0.1 - b.1.1).abs()));
    largest.filter(|(a, b)| (a.1 - b.1).abs() > 0.0).map(|(before, _)| before.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AccountId, ShareEstimate};
    use crate::scoring::decide;

    /// A creator with 500 measured followers of whom so many are fake, nobody in lockstep, and an unexpected gain with these log-odds of an order.
    fn creator(model: &CreatorModel, share: f64, ordered: f64) -> CreatorScore {
        let mut values = vec![f64::NAN; CREATOR_INPUTS.len()];
        let given = [
            ("audience.fake_share", share),
            ("audience.fake_share_low", 0.7 * share),
            ("coordination.follow_lockstep", 0.0),
            ("growth.ordered_odds", ordered),
        ];
        for (id, value) in given {
            values[CREATOR_INPUTS.iter().position(|input| input.id == id).unwrap()] = value;
        }
        let prediction = model.predict(&values).unwrap();
        let values = values.into_iter().map(|value: f64| Some(value).filter(|value| !value.is_nan())).collect();
        let interval = Interval::new(0.7 * share, 1.3 * share).unwrap();
        let mut score = CreatorScore {
            audience_fake: Some(ShareEstimate { share, interval, sample_count: 500 }),
            audience_listed_count: 500,
            audience_measured_count: 500,
            minimum_detectable_share: Some(0.06),
            sampling: Sampling::Random,
            judgement: Some(CreatorJudgement { values, prediction, anchor_shift: 0.0, if_sent: None, unlike: Vec::new() }),
            ..CreatorScore::unmeasured(AccountId(0))
        };
        (score.verdict, score.verdict_reason) = decide(&score);
        score
    }

    #[test]
    fn the_named_value_is_where_the_verdict_changes() {
        let model = CreatorModel::embedded().unwrap();
        let mut seen = 0;
        for (share, ordered) in [(0.02, -4.0), (0.1, 0.5), (0.3, 1.0), (0.3, 4.0), (0.5, 6.0)] {
            let score = creator(&model, share, ordered);
            let explained = explain_creator(&score, &model).unwrap();
            for change in &explained.changes {
                let VerdictChange::Signs { signal: "growth.ordered_odds", needed, verdict, .. } = *change else { continue };
                assert_eq!(creator(&model, share, needed).verdict, verdict, "{share} {ordered}: {change:?}");
                let short = needed + 0.05 * (ordered - needed);
                assert_eq!(creator(&model, share, short).verdict, score.verdict, "{share} {ordered}: {change:?}");
                seen += 1;
            }
        }
        assert!(seen > 0);
    }

    #[test]
    fn blocks_add_up_and_without_a_sign_nothing_is_likelier() {
        let model = CreatorModel::embedded().unwrap();
        let score = creator(&model, 0.3, 4.0);
        let judged = score.judgement.as_ref().unwrap();
        let explained = explain_creator(&score, &model).unwrap();
        let sum: f64 = explained.blocks.iter().map(|block| block.log_odds).sum();
        assert!((judged.prediction.base + sum - judged.prediction.log_odds).abs() < 1e-9);
        assert!(explained.blocks.iter().all(|block| block.p_without.get() <= judged.p_fake().get()));
        // As if nothing had been ordered by the history: the same value as given.
        let without = explained.blocks.iter().find(|block| block.block == CreatorBlock::Growth).unwrap().p_without;
        assert_eq!(without, creator(&model, 0.3, -4.0).judgement.unwrap().p_fake());
    }

    #[test]
    fn what_is_missing_is_named_with_what_it_could_bring() {
        let model = CreatorModel::embedded().unwrap();
        let explained = explain_creator(&creator(&model, 0.1, 0.0), &model).unwrap();
        let missing = explained.changes.iter().find_map(|change| match change {
            VerdictChange::Measured { block, p, interval, .. } => Some((*block, *p, *interval)),
            _ => None,
        });
        let (block, [low, high], interval) = missing.unwrap();
        assert!([CreatorBlock::Engagement, CreatorBlock::Comments].contains(&block));
        assert!(low < high && interval.contains(low.get()));
    }

    #[test]
    fn too_few_profiles_and_newest_lists_are_named_as_what_stands_in_the_way() {
        let model = CreatorModel::embedded().unwrap();
        let few = CreatorScore { audience_measured_count: 20, verdict: Verdict::Insufficient, ..creator(&model, 0.02, -4.0) };
        let first = explain_creator(&few, &model).unwrap().changes[0];
        assert!(matches!(first, VerdictChange::Sufficient { verdict } if verdict == creator(&model, 0.02, -4.0).verdict));
        let newest = CreatorScore { sampling: Sampling::NewestFirst, verdict: Verdict::Review, ..creator(&model, 0.02, -4.0) };
        let first = explain_creator(&newest, &model).unwrap().changes[0];
        assert!(matches!(first, VerdictChange::Random { verdict: Verdict::Pass }), "{first:?}");
    }
}

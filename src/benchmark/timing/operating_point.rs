//! How many of those called bots are bots.

use super::folds::{Decisions, left_out};
use super::{figure, size};
use crate::benchmark::figure::{Bar, decimal_to, optional, small, with_interval};
use crate::benchmark::{EvaluationSettings, EvaluationTable};
use crate::domain::Label;
use crate::error::Result;
use crate::model::LabelledHistory;

/// Recall of the paper's own table: 9 of 14 bots.
const PUBLISHED_RECALL: f64 = 9.0 / 14.0;
/// What a false alarm costs against a bot that is missed, as the paper has it.
const FALSE_ALARM_COST: f64 = 10.0;
/// Halvings of the set.
const N_HALVINGS: u32 = 20;

/// Precision at the highest threshold that reaches the recall of the published table.
pub(super) fn at_published_recall(model: &Decisions, settings: &EvaluationSettings, unmet: &mut Vec<String>) -> EvaluationTable {
    let caption = "Precision at the recall of the paper's own table (tenfold as above); its table calls 9 bots rightly and one person wrongly, its text says \
                   “precision higher than 94 %” of a larger set that is not public";
    let columns = ["measure", "n (fake)", "reached", "to reach", "outcome", "the paper's table"];
    let mut table = EvaluationTable::new(caption, &columns);
    let (value, interval) = figure(model, settings, precision_at_recall);
    let bar = Bar::AtLeast(0.94);
    if let Some(short) = value.and_then(|value| bar.shortfall(value)) {
        unmet.push(format!("precision at recall 9/14 short by {}", small(short)));
    }
    let cells = [with_interval(value, interval), bar.text(), bar.outcome(value), ".900".to_owned()];
    table.push(["precision at recall ≥ 9/14".to_owned(), size(model)].into_iter().chain(cells));
    table
}

/// Precision of the rows at or above the score of the last bot that is needed for the recall.
fn precision_at_recall(scores: &[f64], labels: &[Label]) -> Option<f64> {
    let mut bots: Vec<f64> =
        scores.iter().zip(labels).filter(|(_, label)| **label == Label::Fake).map(|(score, _)| *score).collect();
    bots.sort_by(|a, b| b.total_cmp(a));
    let needed = (PUBLISHED_RECALL * bots.len() as f64).ceil() as usize;
    let threshold = *bots.get(needed.checked_sub(1)?)?;
    let called: Vec<Label> =
        scores.iter().zip(labels).filter(|(score, _)| **score >= threshold).map(|(_, label)| *label).collect();
    Some(called.iter().filter(|&&label| label == Label::Fake).count() as f64 / called.len() as f64)
}

/// The paper's protocol: fitted on one half, called on the other from the probability at which a false alarm costs ten missed bots.
pub(super) fn halves(rows: &[LabelledHistory], settings: &EvaluationSettings) -> Result<EvaluationTable> {
    let n_fold_repeats = N_HALVINGS.min(4 * settings.n_fold_repeats);
    let decisions = left_out(rows, 2, &EvaluationSettings { n_fold_repeats, ..*settings })?;
    let threshold = FALSE_ALARM_COST.ln();
    let caption = format!(
        "The paper's protocol: fitted on one half, called on the other where the probability is at least 10/11 (a false alarm costs ten bots missed). \
         Counts are means a half over {n_fold_repeats} halvings; its README prints one half"
    );
    let mut table = EvaluationTable::new(
        caption,
        &["", "bots called", "bots missed", "people called", "people not called", "precision", "recall"],
    );
    let halves = f64::from(2 * n_fold_repeats);
    let mean = |class: Label, is_called: bool| {
        let counted = decisions.repeats.iter().flat_map(|repeat| repeat.iter().zip(&decisions.labels));
        counted.filter(|(score, label)| **label == class && (**score >= threshold) == is_called).count() as f64 / halves
    };
    let [hit, missed, accused, spared] =
        [(Label::Fake, true), (Label::Fake, false), (Label::Genuine, true), (Label::Genuine, false)]
            .map(|(class, called)| mean(class, called));
    let precision = Some(hit / (hit + accused)).filter(|value| value.is_finite());
    let counts = [hit, missed, accused, spared].map(|count| decimal_to(count, 1));
    table.push(
        ["this model".to_owned()].into_iter().chain(counts).chain([optional(precision), optional(Some(hit / (hit + missed)))]),
    );
    table.push(["RSC, README", "9", "5", "1", "498", ".900", ".643"].map(str::to_owned));
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Label::{Fake, Genuine};

    #[test]
    fn precision_by_hand() {
        // two of three bots are needed: .9 and .7, with one person between
        let scores = [0.9, 0.8, 0.7, 0.6, 0.1];
        assert_eq!(precision_at_recall(&scores, &[Fake, Genuine, Fake, Genuine, Fake]), Some(2.0 / 3.0));
        assert_eq!(precision_at_recall(&scores, &[Genuine; 5]), None);
    }
}

//! What each measure ranks by itself.

use crate::benchmark::figure::with_interval;
use crate::benchmark::scored::Scored;
use crate::benchmark::{EvaluationSettings, EvaluationTable};
use crate::model::LabelledHistory;
use crate::statistics::median;
use crate::timing::TIMING_MEASURES;

/// AUC of each measure alone, with no fit: above ½ where larger values are bots', below where smaller ones are.
pub(super) fn table(rows: &[LabelledHistory], settings: &EvaluationSettings) -> EvaluationTable {
    let caption = "Each measure alone, with nothing fitted: above .5 where bots have larger values, below where they have smaller ones; \
                   accounts of which it is missing are left out";
    let columns = ["measure", "n (fake)", "AUC", "median of people", "median of bots"];
    let mut table = EvaluationTable::new(caption, &columns);
    for measure in TIMING_MEASURES {
        let (decisions, labels) = rows.iter().filter_map(|row| Some((row.history.measures.get(measure)?, row.label))).unzip();
        let scored = Scored { decisions, labels };
        let (area, interval) = scored.auc(settings);
        let middle = |class| median(&scored.decisions_of(class)).map_or_else(String::new, |value| format!("{value:.3}"));
        let middles = [middle(crate::domain::Label::Genuine), middle(crate::domain::Label::Fake)];
        table.push([measure.id().to_owned(), scored.size(), with_interval(area, interval)].into_iter().chain(middles));
    }
    table
}

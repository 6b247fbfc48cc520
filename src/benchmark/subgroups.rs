//! Whom the model accuses falsely: genuine accounts of left-out sets, by group.

use super::EvaluationTable;
use super::figure::{count, decimal};
use super::left_out::LeftOut;
use super::settings::ACCURACY_LEVEL;
use crate::domain::{Label, Platform};
use crate::signals::SignalTable;
use crate::statistics::clopper_pearson;
use crate::text::HandleModel;
use crate::training::LabelledRows;

/// Fewest genuine accounts of which a rate is told.
const MIN_COUNT: usize = 30;

type Test = fn(&SignalTable, usize) -> Option<bool>;

/// Names of the group and of the rest, and who belongs to it.
const GROUPS: [(&str, &str, Test); 5] = [
    ("private", "public", |table, row| Some(value(table, row, "audience.private")? > 0.0)),
    ("followed by more than 5,000", "followed by at most 5,000", |table, row| {
        Some(value(table, row, "audience.followers")? > 5_000.0)
    }),
    ("follows more than 1,500", "follows at most 1,500", |table, row| Some(value(table, row, "audience.following")? > 1_500.0)),
    ("younger than a year", "a year or older", |table, row| Some(value(table, row, "audience.age")? < 365.0)),
    ("without a biography", "with a biography", |table, row| Some(value(table, row, "audience.bio_length")? == 0.0)),
];

fn value(table: &SignalTable, row: usize, id: &str) -> Option<f64> {
    table.get(row, table.column_of(id)?)
}

/// Genuine accounts, and how many of them were called fake.
#[derive(Clone, Copy, Default)]
struct Accused {
    accused: usize,
    genuine: usize,
}

impl Accused {
    fn count(&mut self, is_accused: bool) {
        self.genuine += 1;
        self.accused += usize::from(is_accused);
    }

    fn cell(self) -> String {
        if self.genuine < MIN_COUNT {
            return format!("too few ({})", self.genuine);
        }
        let rate = self.accused as f64 / self.genuine as f64;
        let interval = clopper_pearson(self.accused as u64, self.genuine as u64, ACCURACY_LEVEL);
        let brackets =
            interval.map_or_else(String::new, |interval| format!(" [{}, {}]", decimal(interval.low()), decimal(interval.high())));
        format!("{}{brackets} of {}", decimal(rate), count(self.genuine))
    }
}

/// False accusations among genuine accounts of left-out sets of sold followers, by group and platform.
pub(super) fn false_accusations(rows: &LabelledRows, sets: &[LeftOut]) -> EvaluationTable {
    let caption = "False accusations: share of genuine accounts called fake (p ≥ .7), in left-out sets of sold followers \
                   (each audience as the set is). Brackets: 95 % (Clopper–Pearson)";
    let mut columns = vec!["left out".to_owned(), "all genuine".to_owned()];
    columns.extend(GROUPS.iter().flat_map(|(name, rest, _)| [(*name).to_owned(), (*rest).to_owned()]));
    let mut table = EvaluationTable { caption: caption.to_owned(), columns, rows: Vec::new() };
    for set in sets.iter().filter(|set| set.is_core()) {
        let signals = rows.table(&set.plan.test, &HandleModel::default());
        let platform = rows.platforms(&set.plan.test).first().copied().flatten().map_or("", Platform::word);
        let mut all = Accused::default();
        let mut groups = [[Accused::default(); 2]; GROUPS.len()];
        let statements = &set.stated.statements;
        for row in (0..statements.labels.len()).filter(|&row| statements.labels[row] == Label::Genuine) {
            let is_accused = statements.probabilities[row] >= set.threshold;
            all.count(is_accused);
            for ((_, _, test), group) in GROUPS.iter().zip(&mut groups) {
                if let Some(is_in) = test(&signals, row) {
                    group[usize::from(!is_in)].count(is_accused);
                }
            }
        }
        let cells = groups.iter().flatten().map(|group| group.cell());
        table.push([format!("{}, {platform}", set.title()), all.cell()].into_iter().chain(cells));
    }
    table
}

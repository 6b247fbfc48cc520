//! Whom the model accuses falsely: genuine accounts of left-out sets, by group.

use super::EvaluationTable;
use super::figure::{count, decimal};
use super::left_out::LeftOut;
use super::settings::ACCURACY_LEVEL;
use crate::domain::Label;
use crate::signals::SignalTable;
use crate::statistics::clopper_pearson;
use crate::text::HandleModel;
use crate::training::LabelledRows;

/// Fewest genuine accounts of which a rate is told.
const MIN_COUNT: usize = 30;

/// What is known of an account: its signals, and the language that its source states.
struct Known<'a> {
    signals: &'a SignalTable,
    row: usize,
    language: Option<&'a str>,
}

impl Known<'_> {
    fn value(&self, id: &str) -> Option<f64> {
        self.signals.get(self.row, self.signals.column_of(id)?)
    }
}

type Test = fn(&Known<'_>) -> Option<bool>;

/// Names of the group and of the rest, and who belongs to it.
const GROUPS: [(&str, &str, Test); 6] = [
    ("private", "public", |known| Some(known.value("audience.private")? > 0.0)),
    ("followed by more than 5,000", "followed by at most 5,000", |known| Some(known.value("audience.followers")? > 5_000.0)),
    ("follows more than 1,500", "follows at most 1,500", |known| Some(known.value("audience.following")? > 1_500.0)),
    ("younger than a year", "a year or older", |known| Some(known.value("audience.age")? < 365.0)),
    ("without a biography", "with a biography", |known| Some(known.value("audience.bio_length")? == 0.0)),
    ("set to another language than English", "set to English", |known| Some(!known.language?.starts_with("en"))),
];

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
            return if self.genuine == 0 { "not known".to_owned() } else { format!("too few ({})", self.genuine) };
        }
        let rate = self.accused as f64 / self.genuine as f64;
        let interval = clopper_pearson(self.accused as u64, self.genuine as u64, ACCURACY_LEVEL);
        let brackets =
            interval.map_or_else(String::new, |interval| format!(" [{}, {}]", decimal(interval.low()), decimal(interval.high())));
        format!("{}{brackets} of {}", decimal(rate), count(self.genuine))
    }
}

/// Counts of one left-out set: all, then each group and its rest.
fn counts(rows: &LabelledRows, set: &LeftOut) -> Vec<Accused> {
    let signals = rows.table(&set.plan.test, &HandleModel::default());
    let statements = &set.stated.statements;
    let mut accused = vec![Accused::default(); 1 + 2 * GROUPS.len()];
    for row in (0..statements.labels.len()).filter(|&row| statements.labels[row] == Label::Genuine) {
        let is_accused = statements.probabilities[row] >= set.threshold;
        accused[0].count(is_accused);
        for (group, (_, _, test)) in GROUPS.iter().enumerate() {
            let known = Known { signals: &signals, row, language: rows.language(set.plan.test[row]) };
            if let Some(is_in) = test(&known) {
                accused[1 + 2 * group + usize::from(!is_in)].count(is_accused);
            }
        }
    }
    accused
}

/// False accusations among genuine accounts of left-out sets of sold followers, by group.
pub(super) fn false_accusations(rows: &LabelledRows, sets: &[LeftOut]) -> EvaluationTable {
    let caption = "False accusations: share of genuine accounts called fake (p ≥ .7), in left-out sets of sold followers, each audience \
                   as the set is. Brackets: 95 % (Clopper–Pearson)";
    let core: Vec<&LeftOut> = sets.iter().filter(|set| set.is_core()).collect();
    let columns = std::iter::once("genuine accounts".to_owned()).chain(core.iter().map(|set| set.title())).collect();
    let mut table = EvaluationTable { caption: caption.to_owned(), columns, rows: Vec::new() };
    let counted: Vec<Vec<Accused>> = core.iter().map(|set| counts(rows, set)).collect();
    let names = std::iter::once("all").chain(GROUPS.iter().flat_map(|(name, rest, _)| [*name, *rest]));
    for (group, name) in names.enumerate() {
        table.push(std::iter::once(name.to_owned()).chain(counted.iter().map(|accused| accused[group].cell())));
    }
    table
}

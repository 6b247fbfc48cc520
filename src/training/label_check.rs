//! What labels must keep before anything is fitted to them or measured on them.

use crate::domain::{Dataset, Label, LabelSubject, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::signals::SignalTable;
use crate::statistics::auc;

/// Labels of either class at which a signal that separates them without one exception is taken for the label itself.
pub const MIN_LEAK_COUNT: usize = 20;
/// Ids named in a message.
const N_NAMED: usize = 3;

/// Refuses a table of labels that is not there, speaks of one class only, or contradicts itself.
///
/// # Errors
/// `MissingTable` without labels of the subject; `Malformed` where an id has two labels; `NotEnoughData` where one class is missing.
pub fn check_labels(dataset: &Dataset, subject: LabelSubject) -> Result<()> {
    let labels: Vec<Label> = dataset.labels.iter().filter(|row| row.subject == subject).map(|row| row.label).collect();
    let what = match subject {
        LabelSubject::Account => "accounts",
        LabelSubject::Creator => "creators",
    };
    if labels.is_empty() {
        let why = match subject {
            LabelSubject::Account => "it must name accounts (subject `account`) to measure the model on",
            LabelSubject::Creator => "it must name creators (subject `creator`) to measure the model on",
        };
        return Err(Error::new(ErrorKind::MissingTable { table: Table::Labels.name(), why }));
    }
    let contradictory: Vec<&str> =
        (dataset.contradictory_labels.iter()).filter(|(of, _)| *of == subject).map(|(_, id)| dataset.name(*id)).collect();
    if !contradictory.is_empty() {
        let named = contradictory[..contradictory.len().min(N_NAMED)].join(", ");
        let detail =
            format!("{} of the {what} are labelled genuine in one row and fake in another ({named})", contradictory.len());
        return Err(Error::malformed("a consistent table of labels", detail));
    }
    for label in [Label::Fake, Label::Genuine] {
        if !labels.contains(&label) {
            let detail = format!("none of the {} labelled {what} is {}: both classes are needed", labels.len(), label.word());
            return Err(Error::new(ErrorKind::NotEnoughData { purpose: "learn from labels or measure on them", detail }));
        }
    }
    Ok(())
}

/// Refuses signals that hold the label: one that separates the classes without an exception, or is measured of the one class only.
///
/// # Shape
/// One label a row of the table.
///
/// # Missing
/// Fewer than [`MIN_LEAK_COUNT`] labels of either class refuse nothing.
///
/// # Errors
/// `Malformed`, with the signal's name.
///
/// # Cost
/// A sort a signal.
pub fn check_leaks(table: &SignalTable, labels: &[Label]) -> Result<()> {
    let of_class = |rows: &[usize], class: Label| rows.iter().filter(|&&row| labels[row] == class).count();
    let all: Vec<usize> = (0..labels.len()).collect();
    let is_enough = |rows: &[usize]| [Label::Fake, Label::Genuine].iter().all(|&class| of_class(rows, class) >= MIN_LEAK_COUNT);
    for (column, signal) in table.signals().iter().enumerate().filter(|_| is_enough(&all)) {
        let measured: Vec<usize> = all.iter().copied().filter(|&row| table.get(row, column).is_some()).collect();
        let values: Vec<f64> = measured.iter().filter_map(|&row| table.get(row, column)).collect();
        let own: Vec<Label> = measured.iter().map(|&row| labels[row]).collect();
        let separates = is_enough(&measured) && auc(&values, &own).is_some_and(|area| area == 0.0 || area == 1.0);
        let [fake, genuine] = [Label::Fake, Label::Genuine].map(|class| (of_class(&measured, class), of_class(&all, class)));
        let is_of_one = |some: (usize, usize), none: (usize, usize)| some.0 == some.1 && none.0 == 0;
        if separates {
            let detail = format!("{} ({}) tells all {} apart without one exception", signal.id, signal.name, own.len());
            return Err(leak(&detail));
        }
        if is_of_one(fake, genuine) || is_of_one(genuine, fake) {
            let detail = format!("{} ({}) is there for one class only, and for all of it", signal.id, signal.name);
            return Err(leak(&detail));
        }
    }
    Ok(())
}

fn leak(detail: &str) -> Error {
    let why = "no honest measurement does that: it was filled from the label, or the two classes were collected in two ways";
    Error::malformed("honestly labelled data", format!("{detail}; {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DatasetBuilder, Manifest};
    use crate::signals::ACCOUNT_SIGNALS;
    use arrow_array::{ArrayRef, RecordBatch, StringArray};
    use ndarray::Array2;
    use std::sync::Arc;

    fn labelled(rows: &[(&str, &str, &str)]) -> Dataset {
        let mut builder = DatasetBuilder::new(Manifest::default());
        let column = |of: fn(&(&str, &str, &str)) -> String| -> ArrayRef {
            Arc::new(rows.iter().map(|row| Some(of(row))).collect::<StringArray>())
        };
        let columns = [
            ("subject", column(|row| row.0.to_owned())),
            ("id", column(|row| row.1.to_owned())),
            ("label", column(|row| row.2.to_owned())),
        ];
        builder.push(Table::Labels, &RecordBatch::try_from_iter(columns).unwrap());
        builder.finish()
    }

    fn refused(rows: &[(&str, &str, &str)], subject: LabelSubject) -> String {
        check_labels(&labelled(rows), subject).unwrap_err().to_string()
    }

    #[test]
    fn labels_of_one_class_or_none_are_refused() {
        let one =
            refused(&[("account", "a", "fake"), ("account", "b", "fake"), ("creator", "c", "genuine")], LabelSubject::Account);
        assert!(one.contains("none of the 2 labelled accounts is genuine"), "{one}");
        assert!(refused(&[("account", "a", "fake")], LabelSubject::Creator).contains("subject `creator`"));
    }

    #[test]
    fn an_id_with_two_labels_is_refused_and_the_same_label_twice_is_not() {
        let rows = [("account", "a", "fake"), ("account", "b", "genuine"), ("account", "a", "genuine"), ("account", "c", "fake")];
        let said = refused(&rows, LabelSubject::Account);
        assert!(said.contains("1 of the accounts are labelled genuine in one row and fake in another (a)"), "{said}");
        let twice =
            [("account", "a", "fake"), ("account", "b", "genuine"), ("account", "a", "fake"), ("creator", "a", "genuine")];
        assert!(check_labels(&labelled(&twice), LabelSubject::Account).is_ok());
    }

    /// Rows of 25 of either class with one signal of followers.
    fn table(of: impl Fn(usize) -> f64) -> (SignalTable, Vec<Label>) {
        let labels: Vec<Label> = (0..50).map(|row| if row < 25 { Label::Fake } else { Label::Genuine }).collect();
        (SignalTable::new(vec![&ACCOUNT_SIGNALS[0].signal], Array2::from_shape_fn((50, 1), |(row, _)| of(row))), labels)
    }

    #[test]
    fn a_signal_that_is_the_label_is_refused_by_name() {
        for of in [(|row| row as f64) as fn(usize) -> f64, |row| f64::from(u8::from(row < 25))] {
            let (table, labels) = table(of);
            let said = check_leaks(&table, &labels).unwrap_err().to_string();
            assert!(said.contains(ACCOUNT_SIGNALS[0].signal.id) && said.contains("without one exception"), "{said}");
        }
        let (missing, labels) = table(|row| if row < 25 { f64::NAN } else { (row % 7) as f64 });
        assert!(check_leaks(&missing, &labels).unwrap_err().to_string().contains("one class only"));
        let (honest, labels) = table(|row| (row * 7 % 50) as f64);
        assert!(check_leaks(&honest, &labels).is_ok());
        let few: Vec<usize> = (15..35).collect();
        let rows = Array2::from_shape_fn((20, 1), |(row, _)| few[row] as f64);
        let few_labels: Vec<Label> = few.iter().map(|&row| labels[row]).collect();
        assert!(check_leaks(&SignalTable::new(vec![&ACCOUNT_SIGNALS[0].signal], rows), &few_labels).is_ok());
    }
}

//! From profiles to the account table.

use super::account::ACCOUNT_SIGNALS;
use super::catalogue::Signal;
use super::profile::Profile;
use super::table::SignalTable;
use crate::domain::{AccountId, Dataset, Platform};
use crate::text::HandleModel;
use ndarray::Array2;
use rayon::prelude::*;
use std::ops::Range;

/// Measures every account signal of every account.
///
/// # Shape
/// One row an [`AccountId`], one column an entry of [`ACCOUNT_SIGNALS`].
///
/// # Missing
/// Each signal by its own rule; a missing value is never a number.
///
/// # Cost
/// O(accounts × signals), on all threads; 8 bytes a cell.
pub fn measure_accounts(dataset: &Dataset, handles: &HandleModel) -> SignalTable {
    measure_account_range(dataset, &dataset.account_platforms(), handles, 0..dataset.n_accounts())
}

/// The same for a range of accounts, to bound memory; `platforms` is [`Dataset::account_platforms`].
///
/// # Shape
/// Row 0 is the first account of the range.
///
/// # Panics
/// If the range or `platforms` does not fit the dataset.
pub fn measure_account_range(
    dataset: &Dataset,
    platforms: &[Option<Platform>],
    handles: &HandleModel,
    range: Range<usize>,
) -> SignalTable {
    let width = ACCOUNT_SIGNALS.len();
    let mut values = vec![f64::NAN; range.len() * width];
    values.par_chunks_mut(width).enumerate().with_min_len(256).for_each(|(row, cells)| {
        let index = range.start + row;
        let profile = Profile::new(dataset, AccountId(index as u32), platforms[index], handles);
        for (cell, entry) in cells.iter_mut().zip(&ACCOUNT_SIGNALS) {
            *cell = (entry.measure)(&profile).unwrap_or(f64::NAN);
        }
    });
    let values = Array2::from_shape_vec((range.len(), width), values).expect("one cell a row and signal");
    SignalTable::new(ACCOUNT_SIGNALS.iter().map(|entry| &entry.signal).collect(), values)
}

/// For how many accounts each account signal can be measured.
///
/// # Cost
/// That of [`measure_accounts`].
pub fn measurable(dataset: &Dataset) -> Vec<(&'static Signal, usize)> {
    let table = measure_accounts(dataset, &HandleModel::default());
    table.signals().iter().enumerate().map(|(column, &signal)| (signal, table.measured_count(column))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DatasetBuilder, Manifest, Table, Timestamp};
    use crate::signals::account_signal_column;
    use arrow_array::{ArrayRef, BooleanArray, Float64Array, RecordBatch, StringArray, TimestampMillisecondArray, UInt64Array};
    use std::sync::Arc;

    const CREATED_MS: i64 = 1_700_000_000_000;
    const DAY_MS: i64 = 86_400_000;

    /// Account 0 has text, account 1 lengths only, account 2 nothing.
    fn dataset(platform: Platform) -> Dataset {
        let counts = |values: [Option<u64>; 3]| Arc::new(UInt64Array::from(values.to_vec())) as ArrayRef;
        let texts = |values: [Option<&str>; 3]| Arc::new(StringArray::from(values.to_vec())) as ArrayRef;
        let flags = |values: [Option<bool>; 3]| Arc::new(BooleanArray::from(values.to_vec())) as ArrayRef;
        let times = |values: [Option<i64>; 3]| {
            Arc::new(TimestampMillisecondArray::from(values.to_vec()).with_timezone("UTC")) as ArrayRef
        };
        let batch = RecordBatch::try_from_iter_with_nullable([
            ("account_id", texts([Some("a"), Some("b"), Some("c")]), false),
            ("handle", texts([Some("Anna.B_92"), None, None]), true),
            ("display_name", texts([Some("Anna Berg"), None, None]), true),
            ("bio", texts([Some("thé"), None, None]), true),
            ("has_avatar", flags([Some(true), Some(false), None]), true),
            ("followers", counts([Some(9), Some(0), None]), true),
            ("following", counts([Some(99), None, None]), true),
            ("posts", counts([Some(50), Some(0), None]), true),
            ("created_at", times([Some(CREATED_MS), Some(CREATED_MS + 40 * DAY_MS), None]), true),
            ("handle_length", counts([None, Some(8), None]), true),
            ("handle_digit_count", counts([None, Some(2), None]), true),
            ("handle_digit_share", Arc::new(Float64Array::from(vec![None, Some(0.9), Some(0.4)])) as ArrayRef, true),
            ("display_name_words", counts([None, Some(1), None]), true),
            ("bio_length", counts([None, Some(0), None]), true),
        ])
        .unwrap();
        let captured_at = Timestamp::from_ms(CREATED_MS + 25 * DAY_MS);
        let mut builder = DatasetBuilder::new(Manifest { platform: Some(platform), captured_at, ..Manifest::default() });
        builder.push(Table::Accounts, &batch);
        builder.finish()
    }

    fn value(table: &SignalTable, row: usize, id: &str) -> Option<f64> {
        table.get(row, account_signal_column(id).unwrap())
    }

    #[test]
    fn every_signal_by_hand() {
        let table = measure_accounts(&dataset(Platform::Instagram), &HandleModel::default());
        for (id, expected) in [
            ("audience.avatar", Some(1.0)),
            ("audience.followers", Some(9.0)),
            ("audience.following", Some(99.0)),
            ("audience.posts", Some(50.0)),
            ("audience.following_ratio", Some(10.0)),
            ("audience.bio_length", Some(3.0)),
            ("audience.handle_digits", Some(2.0 / 9.0)),
            ("audience.age", Some(25.0)),
            ("audience.handle_length", Some(9.0)),
            ("audience.handle_trailing_digits", Some(2.0)),
            ("audience.handle_separators", Some(2.0)),
            ("audience.name_similarity", Some(1.0)),
            ("audience.name_words", Some(2.0)),
            ("audience.posts_per_day", Some(2.0)),
            ("audience.following_per_day", Some(3.96)),
            ("audience.followers_per_day", Some(0.36)),
            ("audience.link", None),
            ("audience.private", None),
            ("audience.verified", None),
            ("audience.business", None),
            ("audience.idle_days", None),
        ] {
            assert_eq!(value(&table, 0, id), expected, "{id}");
        }
        // nothing known of handles: 30 symbols equally likely
        assert!((value(&table, 0, "audience.handle_surprise").unwrap() - 30.0_f64.ln()).abs() < 1e-12);
        // "anna.b_92": a and n twice, five others once
        let evenness = (4.0 / 9.0 * 4.5_f64.ln() + 5.0 / 9.0 * 9.0_f64.ln()) / 9.0_f64.ln();
        assert!((value(&table, 0, "audience.handle_evenness").unwrap() - evenness).abs() < 1e-12);
    }

    #[test]
    fn lengths_stand_in_for_absent_text_and_nothing_is_invented() {
        let table = measure_accounts(&dataset(Platform::Instagram), &HandleModel::default());
        assert_eq!(value(&table, 1, "audience.handle_digits"), Some(0.25));
        assert_eq!(value(&table, 1, "audience.bio_length"), Some(0.0));
        assert_eq!(value(&table, 1, "audience.name_words"), Some(1.0));
        assert_eq!(value(&table, 1, "audience.handle_surprise"), None);
        assert_eq!(value(&table, 1, "audience.following_ratio"), None);
        assert_eq!(value(&table, 1, "audience.age"), None, "made after the capture");
        assert_eq!(value(&table, 2, "audience.handle_digits"), Some(0.4));
        assert_eq!(table.row(2).iter().filter(|value| value.is_finite()).count(), 1);
    }

    #[test]
    fn posts_of_platforms_with_reposts_are_scaled() {
        let table = measure_accounts(&dataset(Platform::X), &HandleModel::default());
        assert_eq!(value(&table, 0, "audience.posts"), Some(5.0));
        assert_eq!(value(&table, 0, "audience.posts_per_day"), Some(2.0));
    }

    #[test]
    fn a_range_is_a_part_of_the_whole() {
        let dataset = dataset(Platform::X);
        let handles = HandleModel::fit(["anna"]);
        let (whole, platforms) = (measure_accounts(&dataset, &handles), dataset.account_platforms());
        let part = measure_account_range(&dataset, &platforms, &handles, 1..3);
        for (row, column) in (0..2).flat_map(|row| (0..ACCOUNT_SIGNALS.len()).map(move |column| (row, column))) {
            assert_eq!(part.get(row, column), whole.get(row + 1, column));
        }
    }

    #[test]
    fn measurable_counts_accounts() {
        let counts = measurable(&dataset(Platform::X));
        assert_eq!(counts[account_signal_column("audience.followers").unwrap()].1, 2);
        assert_eq!(counts[account_signal_column("audience.private").unwrap()].1, 0);
    }

    #[test]
    fn the_catalogue_is_whole() {
        let mut ids: Vec<&str> = ACCOUNT_SIGNALS.iter().map(|entry| entry.signal.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), ACCOUNT_SIGNALS.len());
        for Signal { id, name, unit, meaning, measured, missing, benign_causes, source, .. } in
            ACCOUNT_SIGNALS.iter().map(|entry| entry.signal)
        {
            assert!(id.starts_with("audience."), "{id}");
            assert!([name, unit, meaning, measured, missing, source].iter().all(|text| !text.is_empty()), "{id}");
            assert!(!benign_causes.is_empty(), "{id}");
        }
    }
}

//! The same accounts with fields taken away.

use super::settings::EvaluationSettings;
use crate::signals::SignalTable;
use rand::RngExt;
use std::collections::BTreeSet;

/// Fields of a profile, each with the signals of the model that go with it.
const FIELDS: [&[&str]; 7] = [
    &["audience.avatar"],
    &["audience.followers", "audience.following_ratio"],
    &["audience.following", "audience.following_ratio"],
    &["audience.posts"],
    &["audience.bio_length"],
    &["audience.handle_digits", "audience.handle_surprise"],
    &["audience.age"],
];
/// What remains where only the three counts are known.
const COUNTS: [&str; 4] = ["audience.followers", "audience.following", "audience.following_ratio", "audience.posts"];
/// Probability with which a field of an account is taken away.
pub(super) const MASKED_SHARE: f64 = 0.3;
const STREAM: u32 = 3;

/// Each field of each account taken away with a probability of 30 %.
pub(super) fn with_random_gaps(table: &SignalTable, settings: &EvaluationSettings) -> SignalTable {
    let mut random = settings.random(STREAM, 0);
    let fields: Vec<Vec<usize>> = FIELDS.iter().map(|ids| ids.iter().filter_map(|id| table.column_of(id)).collect()).collect();
    let mut values = table.values().clone();
    for mut row in values.rows_mut() {
        for columns in &fields {
            if random.random_bool(MASKED_SHARE) {
                columns.iter().for_each(|&column| row[column] = f64::NAN);
            }
        }
    }
    SignalTable::new(table.signals().to_vec(), values)
}

/// Followers, following and posts alone.
pub(super) fn counts_alone(table: &SignalTable) -> SignalTable {
    let kept: BTreeSet<usize> = COUNTS.iter().filter_map(|id| table.column_of(id)).collect();
    let mut values = table.values().clone();
    for (column, mut cells) in values.columns_mut().into_iter().enumerate() {
        if !kept.contains(&column) {
            cells.fill(f64::NAN);
        }
    }
    SignalTable::new(table.signals().to_vec(), values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::ACCOUNT_SIGNALS;
    use ndarray::Array2;

    fn full(n_rows: usize) -> SignalTable {
        let signals: Vec<_> = ACCOUNT_SIGNALS.iter().map(|entry| &entry.signal).collect();
        let values = Array2::ones((n_rows, signals.len()));
        SignalTable::new(signals, values)
    }

    #[test]
    fn takes_away_whole_fields() {
        let table = with_random_gaps(&full(2_000), &EvaluationSettings::quick(1));
        let column = |id: &str| table.column_of(id).unwrap();
        let avatars = table.measured_count(column("audience.avatar"));
        assert!((1_340..=1_460).contains(&avatars), "{avatars}");
        let ratio = column("audience.following_ratio");
        for row in 0..table.n_rows() {
            let both = ["audience.followers", "audience.following"].iter().all(|id| table.get(row, column(id)).is_some());
            assert_eq!(table.get(row, ratio).is_some(), both);
        }
    }

    #[test]
    fn leaves_the_counts() {
        let table = counts_alone(&full(3));
        let measured = (0..table.signals().len()).filter(|&column| table.measured_count(column) == 3);
        let ids: Vec<&str> = measured.map(|column| table.signals()[column].id).collect();
        assert_eq!(ids, ["audience.followers", "audience.following", "audience.posts", "audience.following_ratio"]);
    }
}

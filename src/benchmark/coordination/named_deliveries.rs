//! The deliveries that have a bar to meet, repeated.

use super::delivery::Begins;
use super::trial::{Field, Found};
use super::{Background, Camouflage, CoordinationSettings, Delivery};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{ABSENT, count, decimal_to, with_interval};
use crate::error::Result;
use crate::statistics::mean;

/// Accounts, creators, density, hours, whether each begins at its own time, and what is to be met.
const DELIVERIES: [(u32, u32, f64, f64, Begins, &str); 10] = [
    (50, 20, 0.8, 24.0, Begins::Apart, "F1 .95"),
    (50, 20, 0.8, 168.0, Begins::Apart, "F1 .95"),
    (200, 20, 0.8, 24.0, Begins::Apart, "F1 .95"),
    (200, 20, 0.8, 168.0, Begins::Apart, "F1 .95"),
    (1_000, 100, 0.05, 24.0, Begins::Apart, "recall .95 at precision .95"),
    (1_000, 100, 0.05, 1.0, Begins::Apart, "recall .95 at precision .95"),
    (25, 12, 0.9, 12.0, Begins::Apart, "precision .95"),
    (300, 40, 0.15, 24.0, Begins::Apart, "precision .95"),
    (25, 12, 0.9, 12.0, Begins::Together, "precision .95"),
    (300, 40, 0.15, 24.0, Begins::Together, "precision .95"),
];

/// One row a background and delivery: means over repeats with other creators, accounts and hours.
pub(super) fn named_deliveries<'a>(
    backgrounds: impl Iterator<Item = &'a Background>,
    settings: &CoordinationSettings,
) -> Result<EvaluationTable> {
    let caption = format!(
        "Deliveries to be found, no camouflage: means over {} draws of accounts, creators and hours, 95 % bootstrap intervals over draws",
        settings.n_repeats
    );
    let mut table = EvaluationTable::new(
        caption,
        &["background", "accounts × creators at density", "within", "creators", "edge recall", "edge precision", "F1", "to meet"],
    );
    for background in backgrounds {
        let field = Field::survey(background)?;
        for (n_accounts, n_creators, density, hours, begins, bar) in DELIVERIES {
            let delivery = Delivery { n_accounts, n_creators, density, hours, begins, camouflage: Camouflage::None };
            let found: Vec<Found> = (0..settings.n_repeats)
                .map(|repeat| field.lockstep(&delivery, settings.seed + u64::from(repeat)))
                .collect::<Result<_>>()?;
            table.push([
                format!("{} ({} edges)", background.name, count(background.edges.len())),
                delivery.block_name(),
                format!("{} h", decimal_to(hours, 0)),
                begins.name().to_owned(),
                over(&found, |found| Some(found.recall), settings),
                over(&found, |found| found.precision, settings),
                over(&found, |found| Some(found.f1()), settings),
                bar.to_owned(),
            ]);
        }
    }
    Ok(table)
}

/// Mean of a figure over all that have it, with its interval by resampling.
pub(super) fn over<T: Sync>(found: &[T], figure: impl Fn(&T) -> Option<f64> + Sync, settings: &CoordinationSettings) -> String {
    let values: Vec<f64> = found.iter().filter_map(&figure).collect();
    if values.is_empty() {
        return ABSENT.to_owned();
    }
    let interval =
        settings.bootstrap().over_rows(values.len(), |rows| mean(&rows.iter().map(|&row| values[row]).collect::<Vec<_>>()));
    with_interval(mean(&values), interval)
}

//! Whether a learner can tell the simulation from real data, and by what.

use super::account_features::{AccountSample, handle_model};
use super::line::Line;
use super::series_features::{NAMES, rate_point, series_features};
use super::simulated::SimulatedWorld;
use super::two_sample_test::{TwoSampleTest, two_sample_test};
use super::{Part, WorldSettings};
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{count, decimal, with_interval};
use crate::error::Result;
use crate::tables::reference::{PostSeries, ReferenceWorld};
use crate::text::HandleModel;

/// Telling features that are named.
const NAMED: usize = 3;
/// The least fall of the area that is worth naming.
const WORTH_NAMING: f64 = 0.002;
const COLUMNS: [&str; 5] =
    ["told apart", "n of each", "forest AUC", "logistic AUC", "what gives it away (fall of the forest's AUC)"];

pub(super) fn compare(real: &ReferenceWorld, simulated: &SimulatedWorld, settings: &WorldSettings) -> Result<Part> {
    let mut part = Part::default();
    part.tables.extend(accounts(real, simulated, settings)?);
    part.tables.extend(series(real, simulated, settings)?);
    Ok(part)
}

fn accounts(real: &ReferenceWorld, simulated: &SimulatedWorld, settings: &WorldSettings) -> Result<Option<EvaluationTable>> {
    // Handles are judged by the real ones of the one set that holds them as text.
    let with_handles = real.profiles.iter().find(|set| !set.data.accounts.handle.is_absent());
    let handles = with_handles.map_or_else(HandleModel::default, |set| handle_model(&set.data));
    let sets: Vec<(&str, AccountSample)> =
        real.profiles.iter().map(|set| (set.source, AccountSample::genuine(&set.data, &handles))).collect();
    if sets.is_empty() {
        return Ok(None);
    }
    let ours = AccountSample::simulated(simulated, &handles, settings.n_accounts);
    let caption = "Classifier two-sample test on accounts: area under the ROC curve of telling simulated from real genuine accounts by \
                   the account signals that both have (ages apart), five-fold, on rows not fitted on; .5 cannot be told, lower is \
                   better. A set told from another real set is the yardstick: nothing simulated can be like both";
    let mut table = EvaluationTable::new(caption, &COLUMNS);
    if sets.len() > 1 {
        table.push(all_sets(&sets, &ours, settings)?);
    }
    for (name, sample) in &sets {
        table.push(account_row(&format!("simulated from {name}"), (sample, &ours), settings)?);
    }
    for (place, (name, sample)) in sets.iter().enumerate() {
        for (other, others) in &sets[place + 1..] {
            table.push(account_row(&format!("yardstick: {other} from {name}"), (sample, others), settings)?);
        }
    }
    Ok(Some(table))
}

fn account_row(name: &str, (a, b): (&AccountSample, &AccountSample), settings: &WorldSettings) -> Result<Vec<String>> {
    let columns = AccountSample::shared_columns(&[a, b]);
    let names: Vec<&str> = columns.iter().map(|&column| a.names[column]).collect();
    let test = two_sample_test(&a.complete(&columns), &b.complete(&columns), settings)?;
    Ok(row(name, &names, &test))
}

/// Simulated accounts against all real sets together, each set with as many as the smallest has.
fn all_sets(sets: &[(&str, AccountSample)], ours: &AccountSample, settings: &WorldSettings) -> Result<Vec<String>> {
    let mut samples: Vec<&AccountSample> = sets.iter().map(|(_, sample)| sample).collect();
    samples.push(ours);
    let columns = AccountSample::shared_columns(&samples);
    let complete: Vec<Vec<Vec<f64>>> = sets.iter().map(|(_, sample)| sample.complete(&columns)).collect();
    let least = complete.iter().map(Vec::len).min().unwrap_or(0);
    // Rows of a set stand in no order that matters; a stride takes them from all of it.
    let even = |rows: &Vec<Vec<f64>>| -> Vec<Vec<f64>> { (0..least).map(|nth| rows[nth * rows.len() / least].clone()).collect() };
    let pooled: Vec<Vec<f64>> = complete.iter().flat_map(even).collect();
    let names: Vec<&str> = columns.iter().map(|&column| ours.names[column]).collect();
    let test = two_sample_test(&pooled, &ours.complete(&columns), settings)?;
    Ok(row("simulated from all real sets, equal parts", &names, &test))
}

fn series(real: &ReferenceWorld, simulated: &SimulatedWorld, settings: &WorldSettings) -> Result<Option<EvaluationTable>> {
    let all: Vec<(f64, f64)> = real.series.iter().flat_map(|set| &set.data).filter_map(rate_point).collect();
    let Some(line) = Line::fit(&all) else { return Ok(None) };
    let features =
        |series: &[PostSeries]| -> Vec<Vec<f64>> { series.iter().filter_map(|series| series_features(series, &line)).collect() };
    let ours = features(&simulated.series());
    let sets: Vec<(&str, Vec<Vec<f64>>)> = real.series.iter().map(|set| (set.source, features(&set.data))).collect();
    let caption = "The same on creators, by the newest 24 posts of each (at least 12): rate beside the line fitted to all real \
                   creators, spread, trend and extremes of likes, comments, weekends, hours and gaps of posting";
    let mut table = EvaluationTable::new(caption, &COLUMNS);
    let mut push = |name: String, a: &[Vec<f64>], b: &[Vec<f64>]| -> Result<()> {
        table.push(row(&name, &NAMES, &two_sample_test(a, b, settings)?));
        Ok(())
    };
    if sets.len() > 1 {
        let pooled: Vec<Vec<f64>> = sets.iter().flat_map(|(_, rows)| rows.iter().cloned()).collect();
        push("simulated from all real creators".to_owned(), &pooled, &ours)?;
    }
    for (name, rows) in &sets {
        push(format!("simulated from {name}"), rows, &ours)?;
    }
    for (place, (name, rows)) in sets.iter().enumerate() {
        for (other, others) in &sets[place + 1..] {
            push(format!("yardstick: {other} from {name}"), rows, others)?;
        }
    }
    Ok(Some(table))
}

fn row(name: &str, features: &[&str], test: &TwoSampleTest) -> Vec<String> {
    let telling = test.telling.iter().take(NAMED).filter(|(_, fall)| *fall >= WORTH_NAMING);
    let telling: Vec<String> = telling.map(|&(feature, fall)| format!("{} ({})", features[feature], decimal(fall))).collect();
    vec![
        name.to_owned(),
        count(test.n_each),
        with_interval(test.forest.0, test.forest.1),
        with_interval(test.logistic.0, test.logistic.1),
        if telling.is_empty() { "nothing much".to_owned() } else { telling.join(", ") },
    ]
}

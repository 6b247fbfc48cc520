//! A fitted model on anybody's labelled accounts.

use super::composition::open_design;
use super::figure::{ABSENT, count, optional, share, with_interval};
use super::label_plots::{Stated, label_plots};
use super::operating_point::Statements;
use super::scored::{Scored, stratified};
use super::settings::EvaluationSettings;
use super::world::Plot;
use super::{EvaluationReport, EvaluationTable};
use crate::domain::{Dataset, Label, LabelSubject, Platform};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{AccountModel, AccountPredictions};
use crate::scoring::PrevalenceEstimator;
use crate::signals::{SignalTable, measure_accounts};
use crate::statistics::{brier, sensitivity_at_specificity};
use crate::training::{check_labels, check_leaks};
use ndarray::Axis;
use std::collections::BTreeMap;

/// Specificities at which sensitivity is told.
const SPECIFICITIES: [f64; 2] = [0.95, 0.99];

/// One labelled account of which something was measured.
struct LabelledAccount {
    row: usize,
    label: Label,
    source: String,
    platform: Option<Platform>,
}

/// Accounts that are looked at together.
struct Group {
    name: String,
    scored: Scored,
    statements: Statements,
    measured_counts: Vec<u16>,
}

/// What was measured on labels, as tables and pictures.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelReport {
    /// Tables and notes.
    pub evaluation: EvaluationReport,
    /// Reliability diagram and operating points, where both classes are there.
    pub plots: Vec<Plot>,
}

/// Measures a fitted model on the accounts that the table `labels` names: ranking, probabilities, decisions and the
/// estimated share of fakes, for all of them, by source of the label and by platform, each with a 95 % bootstrap
/// interval. Probabilities are those that `score` would give: the whole dataset is predicted at once.
///
/// # Missing
/// A figure that needs both classes is `not measured` in a group that holds one; labelled accounts without any
/// measurement are left out and counted in a note.
///
/// # Errors
/// As [`check_labels`]; `NotEnoughData` where nothing is measured of any of them.
pub fn evaluate_dataset(dataset: &Dataset, model: &AccountModel, settings: &EvaluationSettings) -> Result<LabelReport> {
    check_labels(dataset, LabelSubject::Account)?;
    let n_labelled = dataset.labels.iter().filter(|row| row.subject == LabelSubject::Account).count();
    let platforms = dataset.account_platforms();
    let table = measure_accounts(dataset, model.handles());
    let predictions = model.predict(&table, &platforms);
    let accounts = labelled(dataset, &predictions, &platforms);
    if accounts.is_empty() {
        let detail = format!("none of the {n_labelled} labelled accounts has a profile");
        return Err(Error::new(ErrorKind::NotEnoughData { purpose: "measure the account model", detail }));
    }
    let groups = groups(&accounts, &predictions);
    let estimator = PrevalenceEstimator::new(model.prevalence().clone())?;
    let tables = vec![
        ranking(&groups, settings),
        probabilities(&groups, settings),
        decisions(&groups, model.suspicious_threshold(), settings),
        prevalence(&groups, &estimator),
    ];
    let mut notes = vec![
        format!(
            "Model {}; seed {}; {} resamples behind each 95 % interval.",
            model.sha256(),
            settings.seed,
            settings.n_bootstrap
        ),
        "Fake is the positive class. Accounts that the model was fitted on, if there are any among these, flatter it.".to_owned(),
    ];
    if accounts.len() < n_labelled {
        notes.push(format!("{} labelled accounts without a profile are left out.", count(n_labelled - accounts.len())));
    }
    if let Err(leak) = check_leaks(&of_rows(&table, &accounts), &accounts.iter().map(|of| of.label).collect::<Vec<_>>()) {
        notes.push(format!("These figures may say nothing: {leak}."));
    }
    let statements = &groups[0].statements;
    let plots = label_plots(&[Stated {
        name: "accounts".to_owned(),
        probabilities: &statements.probabilities,
        labels: &statements.labels,
    }]);
    let title = "The account model on labelled accounts".to_owned();
    Ok(LabelReport { evaluation: EvaluationReport { title, tables, notes }, plots })
}

/// The rows of some accounts.
fn of_rows(table: &SignalTable, accounts: &[LabelledAccount]) -> SignalTable {
    let rows: Vec<usize> = accounts.iter().map(|account| account.row).collect();
    SignalTable::new(table.signals().to_vec(), table.values().select(Axis(0), &rows))
}

fn labelled(dataset: &Dataset, predictions: &AccountPredictions, platforms: &[Option<Platform>]) -> Vec<LabelledAccount> {
    let rows = dataset.labels.iter().filter(|row| row.subject == LabelSubject::Account);
    rows.filter(|row| predictions.measured_count[row.id.index()] > 0)
        .map(|row| LabelledAccount {
            row: row.id.index(),
            label: row.label,
            source: row.source.as_deref().unwrap_or("no source named").to_owned(),
            platform: platforms[row.id.index()],
        })
        .collect()
}

/// All, then by source and by platform where there are several.
fn groups(accounts: &[LabelledAccount], predictions: &AccountPredictions) -> Vec<Group> {
    let mut groups = vec![group("all", accounts.iter(), predictions)];
    let mut by_source: BTreeMap<&str, Vec<&LabelledAccount>> = BTreeMap::new();
    let mut by_platform: BTreeMap<&str, Vec<&LabelledAccount>> = BTreeMap::new();
    for account in accounts {
        by_source.entry(&account.source).or_default().push(account);
        by_platform.entry(account.platform.map_or("platform unknown", Platform::word)).or_default().push(account);
    }
    for parts in [by_source, by_platform].into_iter().filter(|parts| parts.len() > 1) {
        groups.extend(parts.into_iter().map(|(name, members)| group(name, members.into_iter(), predictions)));
    }
    groups
}

fn group<'a>(name: &str, members: impl Iterator<Item = &'a LabelledAccount>, predictions: &AccountPredictions) -> Group {
    let (rows, labels): (Vec<usize>, Vec<Label>) = members.map(|account| (account.row, account.label)).unzip();
    let decisions = rows.iter().map(|&row| predictions.decisions[row]).collect();
    let statements = Statements::select(predictions, &rows, &labels);
    let measured_counts = rows.iter().map(|&row| predictions.measured_count[row]).collect();
    Group { name: name.to_owned(), scored: Scored { decisions, labels }, statements, measured_counts }
}

impl Group {
    fn size(&self) -> String {
        self.scored.size()
    }

    /// A figure of the statements with its interval.
    fn figure(&self, settings: &EvaluationSettings, of: impl Fn(&Statements) -> Option<f64> + Sync) -> String {
        let interval = stratified(&self.scored.labels, settings, |rows| of(&self.statements.drawn(rows)));
        with_interval(of(&self.statements), interval)
    }
}

fn ranking(groups: &[Group], settings: &EvaluationSettings) -> EvaluationTable {
    let caption = "How well fakes are told from genuine accounts: area under the ROC curve, and the share of fakes found at \
                   the threshold that leaves 95 % or 99 % of these genuine accounts alone";
    let columns = ["accounts", "n (fake)", "AUC", "sensitivity at specificity ≥ .95", "sensitivity at specificity ≥ .99"];
    let mut table = EvaluationTable::new(caption, &columns);
    for group in groups {
        let (area, interval) = group.scored.auc(settings);
        let mut row = vec![group.name.clone(), group.size(), with_interval(area, interval)];
        for specificity in SPECIFICITIES {
            let found =
                |scored: &Scored| Some(sensitivity_at_specificity(&scored.decisions, &scored.labels, specificity)?.sensitivity);
            let interval = stratified(&group.scored.labels, settings, |rows| found(&group.scored.select(rows)));
            row.push(with_interval(found(&group.scored), interval));
        }
        table.push(row);
    }
    table
}

fn probabilities(groups: &[Group], settings: &EvaluationSettings) -> EvaluationTable {
    let caption = "How honest the probabilities are: expected calibration error over bins of equal mass (sampling error taken \
                   off; at least 40 accounts) of the accounts that the model decides on, the share of these, and over all";
    let columns = ["accounts", "n (fake)", "decided on", "ECE of decided", "ECE of all", "Brier score of all"];
    let mut table = EvaluationTable::new(caption, &columns);
    for group in groups {
        table.push([
            group.name.clone(),
            group.size(),
            group.figure(settings, |statements| Some(statements.coverage())),
            group.figure(settings, Statements::kept_error),
            group.figure(settings, Statements::error),
            group.figure(settings, |statements| brier(&statements.probabilities, &statements.labels)),
        ]);
    }
    table
}

fn decisions(groups: &[Group], threshold: f64, settings: &EvaluationSettings) -> EvaluationTable {
    let caption = format!(
        "Decisions at the class threshold, P(fake) ≥ {threshold}: accounts that reach it are called fake; those abstained on are not"
    );
    let columns = [
        "accounts",
        "n (fake)",
        "fake, called fake",
        "fake, not called",
        "genuine, called fake",
        "genuine, not called",
        "precision",
        "recall",
    ];
    let mut table = EvaluationTable::new(caption, &columns);
    for group in groups {
        let [hit, missed, accused, spared] = group.statements.confusion(threshold).map(count);
        table.push([
            group.name.clone(),
            group.size(),
            hit,
            missed,
            accused,
            spared,
            group.figure(settings, |statements| statements.precision_and_recall(threshold).0),
            group.figure(settings, |statements| statements.precision_and_recall(threshold).1),
        ]);
    }
    table
}

fn prevalence(groups: &[Group], estimator: &PrevalenceEstimator) -> EvaluationTable {
    let caption = "The share of fakes, estimated without labels (90 % interval) and as the labels have it";
    let columns = ["accounts", "n (fake)", "share by labels", "estimated share", "interval holds it"];
    let mut table = EvaluationTable::new(caption, &columns);
    for group in groups {
        let truth = group.scored.fake_share();
        let found = estimator.estimate(&group.scored.decisions, &open_design(&group.measured_counts)).map(|found| found.estimate);
        let (estimate, holds) = found.map_or((ABSENT.to_owned(), ABSENT), |found| {
            (share(found.share, found.interval), if found.interval.contains(truth) { "yes" } else { "no" })
        });
        table.push([group.name.clone(), group.size(), optional(Some(truth)), estimate, holds.to_owned()]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::benchmark::testing::set;
    use crate::domain::DatasetBuilder;

    fn evaluated(families: &[crate::benchmark::testing::Family]) -> EvaluationReport {
        let dataset = set("mine", Platform::Instagram, families).dataset;
        evaluate_dataset(&dataset, &AccountModel::embedded().unwrap(), &EvaluationSettings::quick(1)).unwrap().evaluation
    }

    #[test]
    fn tells_ranking_probabilities_decisions_and_share_by_source() {
        let report = evaluated(&[("vendor", Label::Fake, 60), ("panel", Label::Genuine, 90)]);
        assert_eq!(report.tables.len(), 4);
        for table in &report.tables {
            let names: Vec<&str> = table.rows.iter().map(|row| row[0].as_str()).collect();
            assert_eq!(names, ["all", "panel", "vendor"], "{}", table.caption);
        }
        assert!(report.tables[0].rows[0][2].starts_with('.'), "{:?}", report.tables[0].rows[0]);
        assert_eq!(report.tables[0].rows[1][2], ABSENT, "one class cannot be ranked");
        let counts: usize = report.tables[2].rows[0][2..6].iter().map(|cell| cell.parse::<usize>().unwrap()).sum();
        assert_eq!(counts, 150);
        assert_eq!(report.tables[3].rows[0][2], ".400");
    }

    #[test]
    fn without_labels_there_is_nothing_to_measure() {
        let dataset = DatasetBuilder::new(crate::domain::Manifest::default()).finish();
        let error = evaluate_dataset(&dataset, &AccountModel::embedded().unwrap(), &EvaluationSettings::quick(1)).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::MissingTable { table: "labels", .. }));
    }
}

//! An account model moved towards labels of one's own, beside the shipped one on labels that neither was moved towards.

use super::figure::{count, with_interval};
use super::label_plots::{Stated, label_plots};
use super::own_labels::LabelReport;
use super::scored::{Scored, calibration_error, stratified};
use super::settings::EvaluationSettings;
use super::{EvaluationReport, EvaluationTable};
use crate::domain::{Dataset, Interval, Label, LabelSubject, Probability};
use crate::error::Result;
use crate::model::AccountModel;
use crate::statistics::{auc, brier, stratified_split};
use crate::training::{LabelledRows, LabelledSet, check_labels, check_leaks, update_accounts};

/// Part of the labels that is held out for the comparison.
const HELD_OUT_SHARE: f64 = 0.3;

/// A fitted model with what it is worth.
#[derive(Debug, Clone)]
pub struct OwnModel {
    /// Fitted on all labels.
    pub model: AccountModel,
    /// Both models beside the labels held out from a first fit.
    pub report: LabelReport,
}

/// What one model says of the held-out accounts.
struct Said {
    name: &'static str,
    scored: Scored,
    probabilities: Vec<f64>,
}

/// Moves the shipped account model towards the accounts that the table `labels` names, and measures whether that made it better: fitted on seven tenths,
/// both models beside the other three, differences with paired 95 % bootstrap intervals. The model that is given back is fitted on all.
///
/// # Errors
/// As [`check_labels`], [`check_leaks`] and [`update_accounts`].
///
/// # Cost
/// Two fits by [`update_accounts`] and the resamples.
pub fn fit_own_accounts(dataset: Dataset, shipped: &AccountModel, settings: &EvaluationSettings) -> Result<OwnModel> {
    check_labels(&dataset, LabelSubject::Account)?;
    let rows = LabelledRows::gather(&[LabelledSet { name: "own".to_owned(), dataset }]);
    let all: Vec<usize> = measured(&rows, shipped);
    let labels: Vec<Label> = all.iter().map(|&row| rows.labels()[row]).collect();
    check_leaks(&rows.table(&all, shipped.handles()), &labels)?;
    let model = update_accounts(shipped, &rows, &all, settings.seed)?;
    let split = stratified_split(&labels, HELD_OUT_SHARE, settings.seed, 0);
    let at = |places: &[usize]| -> Vec<usize> { places.iter().map(|&place| all[place]).collect() };
    let first = update_accounts(shipped, &rows, &at(&split.train), settings.seed);
    let report = match first {
        Ok(first) => compared(&rows, &at(&split.test), [("shipped", shipped), ("yours", &first)], settings),
        // What suffices for a fit may not suffice for a fit and a comparison.
        Err(error) => LabelReport {
            evaluation: EvaluationReport {
                title: TITLE.to_owned(),
                tables: Vec::new(),
                notes: vec![format!(
                    "Whether yours is better than the shipped model is not measured, with a part held out: {error}."
                )],
            },
            plots: Vec::new(),
        },
    };
    Ok(OwnModel { model, report })
}

const TITLE: &str = "Your account model beside the shipped one";

/// Rows of which the model measures something.
fn measured(rows: &LabelledRows, shipped: &AccountModel) -> Vec<usize> {
    let all: Vec<usize> = (0..rows.len()).collect();
    let table = rows.table(&all, shipped.handles());
    let columns: Vec<usize> = shipped.scorer().signals().iter().filter_map(|id| table.column_of(id)).collect();
    all.into_iter().filter(|&row| columns.iter().any(|&column| table.get(row, column).is_some())).collect()
}

fn compared(
    rows: &LabelledRows,
    test: &[usize],
    models: [(&'static str, &AccountModel); 2],
    settings: &EvaluationSettings,
) -> LabelReport {
    let labels: Vec<Label> = test.iter().map(|&row| rows.labels()[row]).collect();
    let said = models.map(|(name, model)| {
        let predictions = model.predict(&rows.table(test, model.handles()), &rows.platforms(test));
        let probabilities = predictions.log_odds.iter().map(|&odds| Probability::from_log_odds(odds).get()).collect();
        Said { name, scored: Scored { decisions: predictions.decisions, labels: labels.clone() }, probabilities }
    });
    let [ranking, honesty] = [Figure::Auc, Figure::Brier].map(|figure| figure.difference(&said, settings));
    let notes = vec![
        verdict(ranking, honesty),
        format!(
            "Both models beside {} labelled accounts ({} of them fake) that were held out from the fit on the others; the model that is written is fitted on all \
             labels. Seed {}, {} paired resamples.",
            count(labels.len()),
            count(said[0].scored.n_fake()),
            settings.seed,
            settings.n_bootstrap
        ),
        "Held out were accounts of the same collection: on another one yours may be worse than these figures say, and than the shipped model.".to_owned(),
    ];
    let plots = label_plots(&said.each_ref().map(|said| Stated {
        name: said.name.to_owned(),
        probabilities: &said.probabilities,
        labels: &said.scored.labels,
    }));
    LabelReport { evaluation: EvaluationReport { title: TITLE.to_owned(), tables: vec![table(&said, settings)], notes }, plots }
}

/// A figure by which two models are compared.
#[derive(Clone, Copy)]
enum Figure {
    Auc,
    CalibrationError,
    Brier,
}

impl Figure {
    fn of(self, said: &Said, rows: &[usize]) -> Option<f64> {
        let drawn = said.scored.select(rows);
        let p: Vec<f64> = rows.iter().map(|&row| said.probabilities[row]).collect();
        match self {
            Self::Auc => auc(&drawn.decisions, &drawn.labels),
            Self::CalibrationError => calibration_error(&p, &drawn.labels),
            Self::Brier => brier(&p, &drawn.labels),
        }
    }

    /// Yours less shipped, on the same resamples.
    fn difference(self, [shipped, own]: &[Said; 2], settings: &EvaluationSettings) -> (Option<f64>, Option<Interval>) {
        let of = |rows: &[usize]| Some(self.of(own, rows)? - self.of(shipped, rows)?);
        let all: Vec<usize> = (0..own.scored.len()).collect();
        (of(&all), stratified(&own.scored.labels, settings, of))
    }
}

fn table(said: &[Said; 2], settings: &EvaluationSettings) -> EvaluationTable {
    let caption = "Labelled accounts held out: area under the ROC curve, expected calibration error (bins of equal mass, sampling error taken off), Brier score, \
                   with 95 % bootstrap intervals; differences are paired";
    let mut table = EvaluationTable::new(caption, &["model", "n (fake)", "AUC", "calibration error", "Brier score"]);
    let figures = [Figure::Auc, Figure::CalibrationError, Figure::Brier];
    for model in said {
        let all: Vec<usize> = (0..model.scored.len()).collect();
        let cells = figures.map(|figure| {
            let interval = stratified(&model.scored.labels, settings, |rows| figure.of(model, rows));
            with_interval(figure.of(model, &all), interval)
        });
        let [area, error, score] = cells;
        table.push([model.name.to_owned(), model.scored.size(), area, error, score]);
    }
    let [area, error, score] = figures.map(|figure| {
        let (value, interval) = figure.difference(said, settings);
        with_interval(value, interval)
    });
    table.push(["yours less shipped".to_owned(), String::new(), area, error, score]);
    table
}

/// Whether yours is better, worse, or not told apart: a difference counts where its interval does not hold 0.
fn verdict(ranking: (Option<f64>, Option<Interval>), honesty: (Option<f64>, Option<Interval>)) -> String {
    let side = |interval: Option<Interval>, less_is_better: bool| {
        let interval = interval.filter(|interval| interval.low() > 0.0 || interval.high() < 0.0)?;
        Some((interval.low() > 0.0) != less_is_better)
    };
    let (ranks, states) = (side(ranking.1, false), side(honesty.1, true));
    let ranked = match ranks {
        Some(true) => "Yours tells fakes from genuine accounts better than the shipped model",
        Some(false) => "Yours tells fakes from genuine accounts worse than the shipped model",
        None => "Yours and the shipped model cannot be told apart in how well they tell fakes from genuine accounts",
    };
    let stated = match states {
        Some(true) => "its probabilities are nearer to the truth",
        Some(false) => "its probabilities are further from the truth",
        None => "in their probabilities they cannot be told apart",
    };
    let advice = match (ranks, states) {
        (Some(false), _) | (None, Some(false)) => " Keep the shipped one.",
        (Some(true), Some(false)) => " Use yours to rank, not for its probabilities.",
        (Some(true), _) | (None, Some(true)) => " Use yours for accounts such as these.",
        (None, None) => " There is no reason to prefer yours.",
    };
    format!("{ranked}; {stated}.{advice}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::benchmark::testing::set;
    use crate::domain::Platform;

    fn fit(families: &[crate::benchmark::testing::Family]) -> Result<OwnModel> {
        let mut dataset = set("mine", Platform::Instagram, families).dataset;
        // People err: eight labels of either class are wrong.
        for class in [Label::Fake, Label::Genuine] {
            let of_class = dataset.labels.iter_mut().filter(|row| row.label == class && row.source.as_deref() != Some("wrong"));
            of_class.take(8).for_each(|row| {
                row.label = if class == Label::Fake { Label::Genuine } else { Label::Fake };
                row.source = Some("wrong".into());
            });
        }
        fit_own_accounts(dataset, &AccountModel::embedded().unwrap(), &EvaluationSettings::quick(1))
    }

    #[test]
    fn two_hundred_labels_make_a_model_and_a_comparison_on_those_held_out() {
        let own = fit(&[("vendor", Label::Fake, 150), ("panel", Label::Genuine, 250)]).unwrap();
        let table = &own.report.evaluation.tables[0];
        let names: Vec<&str> = table.rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(names, ["shipped", "yours", "yours less shipped"]);
        assert_eq!(table.rows[0][1], "120 (45)", "three tenths of either class");
        let sources = &own.model.provenance().sources;
        assert_eq!(sources.last().map(|source| (source.n_fake, source.n_genuine)), Some((150, 250)));
        assert_ne!(own.model.sha256(), AccountModel::embedded().unwrap().sha256());
        assert!(AccountModel::from_json(&own.model.to_json().unwrap()).is_ok());
    }

    #[test]
    fn fewer_than_two_hundred_are_refused_with_both_numbers() {
        let said = fit(&[("vendor", Label::Fake, 60), ("panel", Label::Genuine, 90)]).unwrap_err().to_string();
        assert!(said.contains("150 labelled accounts have a profile") && said.contains("at least 200"), "{said}");
        let said = fit(&[("vendor", Label::Fake, 20), ("panel", Label::Genuine, 300)]).unwrap_err().to_string();
        assert!(said.contains("20 of them fake") && said.contains("30 of either class"), "{said}");
    }

    #[test]
    fn a_signal_that_separates_all_is_refused() {
        let dataset = set("mine", Platform::Instagram, &[("vendor", Label::Fake, 150), ("panel", Label::Genuine, 250)]).dataset;
        let error = fit_own_accounts(dataset, &AccountModel::embedded().unwrap(), &EvaluationSettings::quick(1)).unwrap_err();
        assert!(error.to_string().contains("tells all 400 apart without one exception"), "{error}");
    }

    #[test]
    fn a_difference_counts_where_its_interval_does_not_hold_nought() {
        let within = |low: f64, high: f64| (Some(f64::midpoint(low, high)), Interval::new(low, high));
        assert!(verdict(within(0.01, 0.05), within(-0.02, 0.01)).ends_with("Use yours for accounts such as these."));
        assert!(
            verdict(within(-0.05, -0.01), within(-0.02, -0.01))
                .contains("worse than the shipped model; its probabilities are nearer")
        );
        assert!(verdict(within(-0.01, 0.01), within(0.01, 0.02)).ends_with("Keep the shipped one."));
        assert!(verdict(within(-0.01, 0.01), within(-0.01, 0.01)).ends_with("no reason to prefer yours."));
    }
}

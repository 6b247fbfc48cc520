//! The shipped models on anybody's labelled creators: probabilities and verdicts beside labels.

use super::figure::{count, with_interval};
use super::label_plots::{Stated, label_plots};
use super::own_labels::LabelReport;
use super::scored::{Scored, calibration_error, stratified};
use super::settings::EvaluationSettings;
use super::{EvaluationReport, EvaluationTable};
use crate::audit::{AuditSettings, audit};
use crate::domain::{Dataset, Interval, Label, LabelSubject, Verdict};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{AccountModel, CreatorModel};
use crate::scoring::CreatorScore;
use crate::statistics::{brier, wilson};
use crate::training::check_labels;
use std::collections::BTreeMap;

/// Level of the intervals of shares.
const LEVEL: f64 = 0.95;

/// One labelled creator with what an audit says of it.
struct LabelledCreator {
    label: Label,
    source: String,
    platform: &'static str,
    verdict: Verdict,
    /// Probability that audience or engagement was inflated, and its log-odds; `None` where nothing is measured.
    p: Option<(f64, f64)>,
}

/// Measures probabilities and verdicts on the creators that the table `labels` names (subject `creator`; *fake* means that audience or engagement was inflated,
/// by whomever): ranking, calibration, false `fail`s, decisions, by source of the label and by platform, with 95 % intervals.
///
/// # Missing
/// Creators of whom nothing is measured have no probability; they count as without a decision.
///
/// # Errors
/// As [`check_labels`]; `NotEnoughData` where no labelled creator is in the table creators.
///
/// # Cost
/// An audit of the dataset.
pub fn evaluate_creator_labels(dataset: &Dataset, model: &AccountModel, settings: &EvaluationSettings) -> Result<LabelReport> {
    check_labels(dataset, LabelSubject::Creator)?;
    let scores = audit(dataset, model, &AuditSettings { seed: settings.seed, prior: None })?.creators;
    let creators = labelled(dataset, &scores);
    if creators.is_empty() {
        let detail = "none of the labelled creators stands in the table creators".to_owned();
        return Err(Error::new(ErrorKind::NotEnoughData { purpose: "measure the creator model", detail }));
    }
    let groups = groups(&creators);
    let creator_model = CreatorModel::embedded()?;
    let rates = creator_model.rates();
    let tables = vec![probabilities(&groups, settings), verdicts(&groups, rates.false_fail_rate)];
    let notes = vec![
        format!(
            "Creator model {}, account model {}; seed {}; {} resamples behind each 95 % interval of ranking and calibration, Wilson's interval for shares.",
            creator_model.sha256(),
            model.sha256(),
            settings.seed,
            settings.n_bootstrap
        ),
        format!(
            "Probabilities assume that {:.0} % of creators are inflated: with another share among these the calibration error holds the difference.",
            100.0 * rates.prior
        ),
        "A label fake says that audience or engagement was inflated, by whomever. How these creators were chosen decides whom the figures speak of.".to_owned(),
    ];
    let title = "The creator model on labelled creators".to_owned();
    let (p, all) = scored(&groups[0].1);
    let plots = label_plots(&[Stated { name: "creators".to_owned(), probabilities: &p, labels: &all.labels }]);
    Ok(LabelReport { evaluation: EvaluationReport { title, tables, notes }, plots })
}

fn labelled(dataset: &Dataset, scores: &[CreatorScore]) -> Vec<LabelledCreator> {
    let places: BTreeMap<u32, usize> =
        dataset.creators.iter().enumerate().map(|(place, creator)| (creator.id.0, place)).collect();
    let rows = dataset.labels.iter().filter(|row| row.subject == LabelSubject::Creator);
    let of = |row: &crate::domain::LabelRow| {
        let place = *places.get(&row.id.0)?;
        let score = &scores[place];
        let p = score.judgement.as_ref().map(|judged| (judged.p_fake().get(), judged.prediction.log_odds));
        let source = row.source.as_deref().unwrap_or("no source named").to_owned();
        Some(LabelledCreator {
            label: row.label,
            source,
            platform: dataset.creators[place].platform.word(),
            verdict: score.verdict,
            p,
        })
    };
    rows.filter_map(of).collect()
}

type Group<'a> = (String, Vec<&'a LabelledCreator>);

/// All, then by source and by platform where there are several.
fn groups(creators: &[LabelledCreator]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = vec![("all".to_owned(), creators.iter().collect())];
    for key in [(|creator| creator.source.as_str()) as fn(&LabelledCreator) -> &str, |creator| creator.platform] {
        let mut parts: BTreeMap<&str, Vec<&LabelledCreator>> = BTreeMap::new();
        creators.iter().for_each(|creator| parts.entry(key(creator)).or_default().push(creator));
        if parts.len() > 1 {
            groups.extend(parts.into_iter().map(|(name, members)| (name.to_owned(), members)));
        }
    }
    groups
}

/// Probabilities of those that have one, with their log-odds and labels.
fn scored(members: &[&LabelledCreator]) -> (Vec<f64>, Scored) {
    let known = || members.iter().filter_map(|creator| creator.p.map(|(p, log_odds)| (p, log_odds, creator.label)));
    let scored = Scored { decisions: known().map(|of| of.1).collect(), labels: known().map(|of| of.2).collect() };
    (known().map(|of| of.0).collect(), scored)
}

fn probabilities(groups: &[Group<'_>], settings: &EvaluationSettings) -> EvaluationTable {
    let caption = "How well inflated creators are told from others, and how honest the probabilities are: area under the ROC curve, expected calibration error \
                   over bins of equal mass (sampling error taken off; at least 40 creators), Brier score";
    let columns = ["creators", "with a probability (inflated)", "AUC", "calibration error", "Brier score"];
    let mut table = EvaluationTable::new(caption, &columns);
    for (name, members) in groups {
        let (p, scored) = scored(members);
        let figure = |of: fn(&[f64], &[Label]) -> Option<f64>| {
            let drawn = |rows: &[usize]| {
                let p: Vec<f64> = rows.iter().map(|&row| p[row]).collect();
                of(&p, &scored.select(rows).labels)
            };
            with_interval(of(&p, &scored.labels), stratified(&scored.labels, settings, drawn))
        };
        let (area, interval) = scored.auc(settings);
        table.push([name.clone(), scored.size(), with_interval(area, interval), figure(calibration_error), figure(brier)]);
    }
    table
}

fn verdicts(groups: &[Group<'_>], rate: f64) -> EvaluationTable {
    let caption = format!(
        "Verdicts, with 95 % intervals. Of genuine creators at most {:.0} % should fail; a decision is pass or fail",
        100.0 * rate
    );
    let columns = [
        "creators",
        "labelled (inflated)",
        "genuine that fail",
        "genuine that pass",
        "inflated that fail",
        "inflated that pass",
        "with a decision",
    ];
    let mut table = EvaluationTable::new(caption, &columns);
    for (name, members) in groups {
        let share = |class: Option<Label>, verdicts: &[Verdict]| {
            let own: Vec<&&LabelledCreator> =
                members.iter().filter(|creator| class.is_none_or(|class| creator.label == class)).collect();
            rate_of(own.iter().filter(|creator| verdicts.contains(&creator.verdict)).count(), own.len())
        };
        let (genuine, fake) = (Some(Label::Genuine), Some(Label::Fake));
        let inflated = members.iter().filter(|creator| creator.label == Label::Fake).count();
        table.push([
            name.clone(),
            format!("{} ({})", count(members.len()), count(inflated)),
            share(genuine, &[Verdict::Fail]),
            share(genuine, &[Verdict::Pass]),
            share(fake, &[Verdict::Fail]),
            share(fake, &[Verdict::Pass]),
            share(None, &[Verdict::Pass, Verdict::Fail]),
        ]);
    }
    table
}

/// `.010 [.003, .030] of 100`.
fn rate_of(k: usize, n: usize) -> String {
    let interval: Option<Interval> = wilson(k as u64, n as u64, LEVEL);
    let value = (n > 0).then(|| k as f64 / n as f64);
    format!("{} of {}", with_interval(value, interval), count(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::trial;
    use crate::domain::{AccountId, LabelRow, Sampling};

    fn label(dataset: &mut Dataset, name: &str, label: Label) {
        let id = AccountId(dataset.ids.find(name).unwrap());
        dataset.labels.push(LabelRow { subject: LabelSubject::Creator, id, label, source: None });
    }

    #[test]
    fn counts_verdicts_beside_labels() {
        let creators = |verdict: Verdict, label: Label, n: usize| -> Vec<LabelledCreator> {
            let one = || LabelledCreator { label, source: "a".into(), platform: "x", verdict, p: Some((0.5, 0.0)) };
            (0..n).map(|_| one()).collect()
        };
        let all: Vec<LabelledCreator> = [
            creators(Verdict::Fail, Label::Fake, 6),
            creators(Verdict::Review, Label::Fake, 4),
            creators(Verdict::Pass, Label::Genuine, 9),
            creators(Verdict::Fail, Label::Genuine, 1),
        ]
        .into_iter()
        .flatten()
        .collect();
        let table = verdicts(&groups(&all), 0.01);
        let row = &table.rows[0];
        assert_eq!(table.rows.len(), 1, "one source and one platform are no groups of their own");
        assert_eq!(row[1], "20 (10)");
        // Wilson, 1 of 10: .018 to .404; 16 of 20: .584 to .919 (statsmodels proportion_confint, method wilson).
        assert_eq!(row[2], ".100 [.018, .404] of 10");
        assert!(row[4].starts_with(".600") && row[5].starts_with(".000"), "{row:?}");
        assert_eq!(row[6], ".800 [.584, .919] of 20");
    }

    #[test]
    fn audits_the_dataset_and_refuses_labels_that_say_nothing() {
        let mut dataset = trial::dataset(Sampling::Random, false);
        let model = AccountModel::embedded().unwrap();
        label(&mut dataset, "inflated", Label::Fake);
        let one = evaluate_creator_labels(&dataset, &model, &EvaluationSettings::quick(1)).unwrap_err();
        assert!(one.to_string().contains("is genuine"), "{one}");
        label(&mut dataset, "untouched", Label::Genuine);
        let report = evaluate_creator_labels(&dataset, &model, &EvaluationSettings::quick(1)).unwrap();
        assert_eq!(report.evaluation.tables[1].rows[0][1], "2 (1)");
    }
}

//! What an artifact says of itself, as tables for people.

use crate::benchmark::{EvaluationReport, EvaluationTable};
use crate::model::{ModelDescription, TermDescription, TrainingSource};
use crate::report::evaluation::EvaluationDocument;
use crate::report::number;
use crate::signals::{ACCOUNT_SIGNALS, account_signal_column};

impl EvaluationDocument {
    /// The facts of an account model's artifact: what it was fitted on and what each signal adds. Intended use, accuracy and
    /// limits stand in the card that is shipped with it.
    ///
    /// # Examples
    /// ```
    /// use bonafide::model::AccountModel;
    /// use bonafide::report::EvaluationDocument;
    /// let model = AccountModel::embedded().unwrap();
    /// let card = EvaluationDocument::of_model(&model.description());
    /// assert!(card.render_markdown(1).starts_with("# Account model"));
    /// ```
    pub fn of_model(model: &ModelDescription<'_>) -> Self {
        Self::from(&EvaluationReport {
            title: "Account model: what its artifact holds".to_owned(),
            tables: vec![sources(&model.provenance.sources), terms(&model.terms)],
            notes: notes(model),
        })
    }
}

fn sources(sources: &[TrainingSource]) -> EvaluationTable {
    let row = |source: &TrainingSource| vec![source.name.clone(), number::count(source.n_fake), number::count(source.n_genuine)];
    EvaluationTable {
        caption: "Fitted on, after exact duplicates were dropped".to_owned(),
        columns: ["labelled set", "fake", "genuine"].map(str::to_owned).to_vec(),
        rows: sources.iter().map(row).collect(),
    }
}

fn terms(terms: &[TermDescription<'_>]) -> EvaluationTable {
    EvaluationTable {
        caption: "Log-odds of fake that each signal gains on its way from one value to the next".to_owned(),
        columns: ["signal", "from", "to", "gains"].map(str::to_owned).to_vec(),
        rows: terms.iter().flat_map(steps).collect(),
    }
}

fn steps(term: &TermDescription<'_>) -> Vec<Vec<String>> {
    let name = account_signal_column(term.signal).map_or(term.signal, |column| ACCOUNT_SIGNALS[column].signal.name);
    let steps = term.knots.windows(2).zip(term.weights);
    let row = |(knots, weight): (&[f64], &f64)| {
        vec![name.to_owned(), number::plain(knots[0]), number::plain(knots[1]), number::log_odds(*weight)]
    };
    steps.map(row).collect()
}

fn notes(model: &ModelDescription<'_>) -> Vec<String> {
    let mut notes = vec![
        format!("sha256 {}, format version {}, seed {}", model.sha256, model.format_version, model.provenance.seed),
        format!("base {}: the decision value of an account without any measurement", number::log_odds(model.base_log_odds)),
        format!("suspicious from a probability of {} on", number::percent(model.suspicious_threshold)),
        format!("shift between datasets: standard deviation {} in log-odds", number::plain(model.shift_sd)),
    ];
    notes.extend(model.provenance.fitted_on.iter().map(|day| format!("fitted on {day}")));
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AccountModel;

    #[test]
    fn lists_every_set_and_every_step() {
        let model = AccountModel::embedded().unwrap();
        let description = model.description();
        let card = EvaluationDocument::of_model(&description);
        assert_eq!(card.tables[0].rows.len(), description.provenance.sources.len());
        assert_eq!(card.tables[1].rows.len(), description.terms.iter().map(|term| term.weights.len()).sum::<usize>());
        let text = card.render_text(80);
        assert!(text.contains(model.sha256()) && text.contains("followers"), "{text}");
    }
}

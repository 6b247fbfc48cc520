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

/// The intended use and what each limit begins with of a card in Markdown, as plain text.
pub fn card_summary(card: &str) -> String {
    let limits: Vec<String> = bullets(section(card, "Limits")).iter().map(|limit| format!("* {}\n", opening(limit))).collect();
    format!("Intended use\n\n{}\n\nLimits\n\n{}", section(card, "Intended use"), limits.concat())
}

/// A card in Markdown without its escapes and marks of emphasis.
pub fn card_text(card: &str) -> String {
    let plain = card.replace("**", "");
    let mut text = String::with_capacity(plain.len());
    let mut letters = plain.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_escape = letter == '\\' && letters.peek().is_some_and(char::is_ascii_punctuation);
        if !is_escape {
            text.push(letter);
        }
    }
    text
}

/// What stands under a heading of the second level.
fn section<'a>(card: &'a str, title: &str) -> &'a str {
    let heading = format!("\n## {title}\n");
    let Some(start) = card.find(&heading).map(|at| at + heading.len()) else { return "" };
    let rest = &card[start..];
    rest[..rest.find("\n## ").unwrap_or(rest.len())].trim()
}

/// The items of a list, each on one line.
fn bullets(text: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("* "), items.last_mut()) {
            (Some(begun), _) => items.push(begun.to_owned()),
            (None, Some(item)) => item.extend([" ", line.trim()]),
            (None, None) => {}
        }
    }
    items
}

/// The first sentence, with the second where the first is no more than a title.
fn opening(text: &str) -> &str {
    const TITLE_CHARS: usize = 40;
    let first = first_sentence(text);
    if first.chars().count() > TITLE_CHARS || first.len() == text.len() {
        return first;
    }
    let rest = &text[first.len()..];
    &text[..first.len() + first_sentence(rest).len()]
}

fn first_sentence(text: &str) -> &str {
    let end = |at: usize| text[at + 1..].starts_with(' ') && text[at + 2..].starts_with(char::is_uppercase);
    text.match_indices('.').find(|(at, _)| end(*at)).map_or(text, |(at, _)| &text[..=at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_up_a_card() {
        let card = card_text(concat!(
            "# Card\n\n## Intended use\n\n* Shares of p ≥ .9.\n\n## Limits\n\n* **Low is not clean.** Fakes that\n  look like people. Not said.\n",
            "* At \\.132 \\[.070\\] of some\n  kind it fails\n\n## Data\n\nfive sets\n",
        ));
        let expected = "Intended use\n\n* Shares of p ≥ .9.\n\nLimits\n\n* Low is not clean. Fakes that look like people.\n* At .132 [.070] of some kind it fails\n";
        assert_eq!(card_summary(&card), expected);
    }
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

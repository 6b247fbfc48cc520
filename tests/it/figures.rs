//! Pages say what the code does: figures are those that were printed, tables those that are read.

use bonafide::audit::{AuditSettings, audit};
use bonafide::domain::{DatasetBuilder, Manifest, ShareEstimate, Table};
use bonafide::model::AccountModel;
use bonafide::report::{RunManifest, RunSettings, run_tables};
use bonafide::signals::{ACCOUNT_SIGNALS, CREATOR_SIGNALS, TIMING_SIGNALS};
use bonafide::tables::{ReadOptions, read_dataset};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// A page as one line, so that a phrase may be wrapped in it.
fn running(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every estimate with its interval: `.933 [.907, .954]`.
fn estimates(text: &str) -> BTreeSet<String> {
    let plain = text.replace('\\', "");
    let mut found = BTreeSet::new();
    for (open, _) in plain.match_indices(" [") {
        let value: String = plain[..open].chars().rev().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let value: String = value.chars().rev().collect();
        let Some(close) = plain[open..].find(']') else { continue };
        let interval = &plain[open + 2..open + close];
        if value.contains('.') && interval.chars().all(|c| c.is_ascii_digit() || "., ".contains(c)) {
            found.insert(format!("{value} [{interval}]"));
        }
    }
    found
}

#[test]
fn every_estimate_of_the_readme_stands_in_the_printed_evaluation() {
    let mut printed = estimates(&page("models/account/evaluation.md"));
    printed.extend(estimates(&page("datasets/simulation/evaluation.md")));
    for part in ["comments", "coordination", "creator", "engagement", "shortlist", "timing"] {
        printed.extend(estimates(&page(&format!("models/{part}/evaluation.md"))));
    }
    let shown = estimates(&page("README.md"));
    assert!(shown.len() >= 8, "{shown:?}");
    let missing: Vec<&String> = shown.difference(&printed).collect();
    assert!(missing.is_empty(), "not printed by the evaluation: {missing:?}");
}

#[test]
fn every_column_of_every_table_is_described() {
    let text = page("datasets/TABLES.md");
    for table in Table::ALL {
        let row = text.lines().find(|line| line.starts_with(&format!("| `{table}` |"))).unwrap();
        for column in table.columns() {
            let mark = if column.required { "*" } else { "" };
            assert!(row.contains(&format!("`{}`{mark}", column.name)), "{table}.{} is not in datasets/TABLES.md", column.name);
        }
    }
}

/// The creators' lines of the README's demo, as the command prints them.
pub fn demo_rows() -> Vec<String> {
    let text = page("README.md");
    let block = text.split("```text\ncreator ").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let has_verdict =
        |line: &&str| [" pass ", " review ", " fail ", " insufficient "].iter().any(|verdict| line.contains(verdict));
    let rows = block.lines().filter(has_verdict);
    rows.map(|line| line.trim_end().to_owned()).collect()
}

/// The sample scored, with the true fake share of each creator's listed followers.
struct Scored {
    handle: String,
    fake: ShareEstimate,
    score: f64,
    truth: f64,
}

fn scored_sample() -> Vec<Scored> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/sample");
    let dataset = read_dataset(&folder, &ReadOptions::default()).unwrap().dataset;
    let audit = audit(&dataset, &AccountModel::embedded().unwrap(), &AuditSettings::default()).unwrap();
    let truth = page("datasets/sample/truth/creators.csv");
    let mut lines = truth.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heads = lines.next().unwrap();
    let column = |name: &str| heads.iter().position(|head| *head == name).unwrap();
    let (id, listed) = (column("creator_id"), column("follows_in_export"));
    // Accounts taken over after they had followed are fakes by now.
    let fakes = ["fakes_in_export", "taken_later_in_export"].map(column);
    let number = |row: &[&str], column: usize| row[column].parse::<f64>().unwrap();
    let share = |row: &[&str]| fakes.iter().map(|&column| number(row, column)).sum::<f64>() / number(row, listed);
    let truths: BTreeMap<String, f64> = lines.map(|row| (row[id].to_owned(), share(&row))).collect();
    let one = |creator: &bonafide::scoring::CreatorScore| Scored {
        handle: dataset.accounts.handle.get(creator.id.index()).unwrap().to_owned(),
        fake: creator.audience_fake.unwrap(),
        score: creator.score.unwrap().value,
        truth: truths[dataset.name(creator.id)],
    };
    let mut scored: Vec<Scored> = audit.creators.iter().map(one).collect();
    scored.sort_by(|a, b| b.score.total_cmp(&a.score));
    scored
}

/// Whoever makes the sample anew copies the sentences that this test prints.
#[test]
fn the_readme_says_of_the_sample_what_its_truth_says() {
    let scored = scored_sample();
    let held = scored.iter().filter(|creator| creator.fake.interval.contains(creator.truth)).count();
    let mut sentences = vec![format!("{held} of the {} intervals hold the true share", scored.len())];
    for creator in &scored[scored.len() - 3..] {
        let verdict = if creator.fake.interval.contains(creator.truth) { "held" } else { "missed" };
        sentences.push(format!("`{}` {:.0} % ({verdict})", creator.handle, 100.0 * creator.truth));
    }
    let readme = running(&page("README.md"));
    let shown = demo_rows();
    for sentence in &sentences {
        assert!(readme.contains(sentence.as_str()), "the README lacks “{sentence}”; all of them: {sentences:#?}");
    }
    let last: Vec<&str> = shown.iter().rev().take(3).map(|line| line.split(' ').next().unwrap()).collect();
    for (creator, name) in scored.iter().rev().zip(last) {
        assert!(creator.handle.starts_with(name), "{name} is not the last but … of the demo");
    }
}

#[test]
fn the_readme_names_the_figures_that_limit_it() {
    let readme = running(&page("README.md"));
    let measured = AccountModel::embedded().unwrap().measured_accuracy().unwrap();
    let short = |share: f64| format!("{share:.3}").trim_start_matches('0').to_owned();
    let coverage =
        format!("coverage at share 0 is {}", format!("{:.2}", measured.coverage_without_fakes).trim_start_matches('0'));
    for part in [
        format!("precision {}", short(measured.precision)),
        format!("recall {}", short(measured.recall)),
        coverage,
        format!("up to {} of genuine accounts without a biography", short(measured.accused_without_biography)),
        bonafide::scoring::SCORE_MEANING.trim_start_matches("Score: ").to_owned(),
    ] {
        assert!(readme.contains(&part), "the README lacks “{part}”");
    }
}

/// The rows of tables in Markdown under a heading that names the table.
fn described(text: &str, table: &str) -> Vec<Vec<String>> {
    let marks = format!("`{table}`");
    let of_table = text.split("\n## ").filter(|part| part.lines().next().is_some_and(|heading| heading.contains(&marks)));
    let rows = of_table.flat_map(str::lines).filter(|line| line.starts_with("| `"));
    rows.map(|line| line.trim_matches('|').split(" | ").map(|cell| cell.trim().replace('`', "")).collect()).collect()
}

#[test]
fn every_column_of_a_run_is_described() {
    let text = page("datasets/RUN.md");
    let dataset = DatasetBuilder::new(Manifest::default()).finish();
    let model = AccountModel::embedded().unwrap();
    let audit = audit(&dataset, &model, &AuditSettings::default()).unwrap();
    for table in run_tables(&dataset, &audit) {
        let rows = described(&text, table.name);
        for field in table.schema.fields() {
            assert!(rows.iter().any(|row| row[0] == *field.name()), "{}.{} is not in datasets/RUN.md", table.name, field.name());
        }
    }
    let manifest = RunManifest::new(&dataset, &model, &RunSettings::default(), Vec::new());
    let keys = described(&text, "run.json");
    for key in serde_json::to_value(&manifest).unwrap().as_object().unwrap().keys() {
        assert!(keys.iter().any(|row| row[0] == *key), "run.json's {key} is not in datasets/RUN.md");
    }
    for signal in CREATOR_SIGNALS {
        let row = described(&text, "features").into_iter().find(|row| row[0] == signal.id).unwrap();
        assert_eq!((row[1].as_str(), row[2].as_str()), (signal.name, signal.unit), "{}", signal.id);
    }
    let signals = text.split("\n## Signals of accounts").nth(1).unwrap();
    for entry in &ACCOUNT_SIGNALS {
        let is_in_model = if entry.is_in_model { "yes" } else { "no" };
        let row = format!("| `{}` | {} | {is_in_model} |", entry.signal.id, entry.signal.name);
        assert!(signals.contains(&row), "{row} is not in datasets/RUN.md");
    }
    let timing = text.split("\n## Timing signals of accounts").nth(1).unwrap();
    for signal in &TIMING_SIGNALS {
        let row = format!("| `{}` | {} | {} |", signal.id, signal.name, signal.unit);
        assert!(timing.contains(&row), "{row} is not in datasets/RUN.md");
    }
}

#[test]
fn the_comparison_of_the_simulation_is_what_the_command_printed() {
    let text = page("datasets/README.md");
    let block =
        text.split("<!-- evaluation:begin -->").nth(1).and_then(|rest| rest.split("<!-- evaluation:end -->").next()).unwrap();
    let evaluation = page("datasets/simulation/evaluation.md");
    let (title, body) = evaluation.split_once('\n').unwrap();
    assert!(title.starts_with("# "), "{title}");
    assert_eq!(block.trim(), body.trim(), "run `bonafide evaluate simulation --out …` and copy what it writes");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/simulation");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(!name.ends_with(".svg") || text.contains(&format!("(simulation/{name})")), "{name} is not shown");
    }
}

/// Every number with a decimal point or a comma, as it is printed: `.998`, `1.000`, `555,481`.
fn figures(text: &str) -> BTreeSet<String> {
    let plain = text.replace('\\', "");
    let words = plain.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','));
    let trimmed = words.map(|word| word.trim_end_matches(['.', ',']));
    let is_figure = |word: &&str| word.contains(['.', ',']) && word.contains(|c: char| c.is_ascii_digit());
    trimmed.filter(is_figure).map(str::to_owned).collect()
}

#[test]
fn every_figure_of_the_coordination_card_stands_in_its_printed_evaluation() {
    let card = page("models/coordination/README.md");
    let quoted = card.split("<!-- figures:begin -->").nth(1).and_then(|rest| rest.split("<!-- figures:end -->").next()).unwrap();
    let (shown, printed) = (figures(quoted), figures(&page("models/coordination/evaluation.md")));
    assert!(shown.len() >= 20, "{shown:?}");
    let missing: Vec<&String> = shown.difference(&printed).collect();
    assert!(missing.is_empty(), "not printed by the evaluation: {missing:?}");
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/coordination")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(!name.ends_with(".svg") || card.contains(&format!("({name})")), "{name} is not shown");
    }
}

#[test]
fn every_estimate_of_engagements_card_stands_in_its_evaluation() {
    let printed = estimates(&page("models/engagement/evaluation.md"));
    let shown = estimates(&page("models/engagement/README.md"));
    assert!(shown.len() >= 6, "{shown:?}");
    let missing: Vec<&String> = shown.difference(&printed).collect();
    assert!(missing.is_empty(), "not printed by the evaluation: {missing:?}");
}

#[test]
fn every_estimate_of_the_shortlists_card_stands_in_its_evaluation() {
    let printed = estimates(&page("models/shortlist/evaluation.md"));
    let shown = estimates(&page("models/shortlist/README.md"));
    assert!(shown.len() >= 6, "{shown:?}");
    let missing: Vec<&String> = shown.difference(&printed).collect();
    assert!(missing.is_empty(), "not printed by the evaluation: {missing:?}");
}

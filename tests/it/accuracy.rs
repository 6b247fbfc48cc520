//! The account model keeps what its card promises.

use crate::real_data;
use bonafide::domain::Label;
use bonafide::statistics::auc;
use bonafide::training::{LabelledRows, TrainingSettings, fit_scorer, load_reference_sets};
use std::fs;
use std::path::Path;

/// Sets of sold followers with genuine accounts of their own.
const SETS: [&str; 3] = ["srf", "instafake", "kaggle-instagram"];

fn model_file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/account").join(name)).unwrap()
}

/// Cells of the first row of the printed evaluation that begins like this.
fn printed_row(begins: &[&str]) -> Vec<String> {
    let text = model_file("evaluation.md").replace('\\', "");
    let rows = text.lines().map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
    rows.into_iter().find(|row| begins.iter().zip(row).all(|(begin, cell)| begin == cell)).unwrap()
}

/// The lower end of `.933 [.910, .953]`.
fn lower_end(cell: &str) -> f64 {
    cell.split(['[', ',']).nth(1).unwrap().parse().unwrap()
}

#[test]
fn the_card_prints_what_the_command_printed() {
    let card = model_file("README.md");
    let block =
        card.split("<!-- evaluation:begin -->").nth(1).and_then(|rest| rest.split("<!-- evaluation:end -->").next()).unwrap();
    let evaluation = model_file("evaluation.md");
    let (title, body) = evaluation.split_once('\n').unwrap();
    assert!(title.starts_with("# "), "{title}");
    assert_eq!(block.trim(), body.trim(), "run `bonafide evaluate accounts --out models/account/evaluation.md` and copy it");
    for heading in ["## Intended use", "## Limits", "## Data", "## How it was measured", "## What was tried and lost"] {
        assert!(card.lines().any(|line| line == heading), "the card lacks `{heading}`");
    }
}

#[test]
fn sets_left_out_are_ranked_as_well_as_the_card_says() {
    let Some(data) = real_data::folder("sets_left_out_are_ranked_as_well_as_the_card_says") else { return };
    let rows = LabelledRows::gather(&load_reference_sets(&data).unwrap());
    for name in SETS {
        let test = rows.rows_of(&[name]);
        let train: Vec<usize> = (0..rows.len()).filter(|row| !test.contains(row)).collect();
        let scorer = fit_scorer(&rows, &train, &TrainingSettings::default()).unwrap();
        let decisions = scorer.decisions(&rows.table(&test, scorer.handles()));
        let labels: Vec<Label> = test.iter().map(|&row| rows.labels()[row]).collect();
        let (area, bound) = (auc(&decisions, &labels).unwrap(), lower_end(&printed_row(&[name, "whole set"])[3]));
        assert!(area >= bound, "{name}: {area} is below the card's {bound}");
    }
}

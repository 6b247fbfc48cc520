//! What is measured of comments stays what the card prints.

use crate::real_data;
use bonafide::domain::Label;
use bonafide::model::{SparseLogisticParams, SparseRows};
use bonafide::statistics::auc;
use bonafide::tables::reference::{LabelledComment, load_labelled_comments};
use bonafide::text::{N_GRAM_BUCKETS, hashed_grams};
use linfa::DatasetBase;
use linfa::traits::Fit;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn card_file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/comments").join(name)).unwrap()
}

#[test]
fn the_card_prints_what_the_command_printed() {
    let card = card_file("README.md");
    let block =
        card.split("<!-- evaluation:begin -->").nth(1).and_then(|rest| rest.split("<!-- evaluation:end -->").next()).unwrap();
    let evaluation = card_file("evaluation.md");
    let (title, body) = evaluation.split_once('\n').unwrap();
    assert!(title.starts_with("# ") && body.len() > 1_000, "{title}");
    assert_eq!(block.trim(), body.trim(), "run `bonafide evaluate comments --out models/comments/evaluation.md` and copy it");
    for heading in ["## Intended use", "## Limits", "## Data", "## How it was measured", "## What was tried and lost"] {
        assert!(card.lines().any(|line| line == heading), "the card lacks `{heading}`");
    }
    assert!(evaluation.contains("all videos (bar met)"));
}

#[test]
fn a_video_left_out_is_ranked_as_well_as_the_card_says() {
    let Some(data) = real_data::folder("a_video_left_out_is_ranked_as_well_as_the_card_says") else { return };
    let comments = load_labelled_comments(&data).unwrap().unwrap();
    let mut seen = BTreeSet::new();
    let distinct: Vec<&LabelledComment> = comments.iter().filter(|comment| seen.insert(comment.text.as_str())).collect();
    let left_out = distinct[distinct.len() - 1].video.clone();
    let row = card_file("evaluation.md").lines().find(|line| line.starts_with(&format!("| {left_out} "))).unwrap().to_owned();
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    let (test, train): (Vec<&LabelledComment>, Vec<&LabelledComment>) =
        distinct.into_iter().partition(|comment| comment.video == left_out);
    let rows = train.iter().map(|comment| hashed_grams(&comment.text)).collect();
    let labels: Vec<Label> = train.iter().map(|comment| comment.label).collect();
    let dataset = DatasetBase::new(SparseRows { rows, n_features: N_GRAM_BUCKETS }, labels.into());
    let model = SparseLogisticParams { loss_weight: cells[4].parse().unwrap() }.fit(&dataset).unwrap();
    let scores: Vec<f64> = test.iter().map(|comment| model.log_odds(&hashed_grams(&comment.text))).collect();
    let labels: Vec<Label> = test.iter().map(|comment| comment.label).collect();
    let low: f64 = cells[7].split(['[', ',']).nth(1).unwrap().parse().unwrap();
    let area = auc(&scores, &labels).unwrap();
    assert!(area >= low, "{left_out}: {area} is below the card's {low}");
}

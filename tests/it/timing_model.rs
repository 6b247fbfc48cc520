//! The timing model keeps what its card promises: figures are those that were printed, the artifact is what the command makes.

use crate::real_data;
use bonafide::model::TimingModel;
use bonafide::tables::reference::load_labelled_timelines;
use bonafide::training::train_timing;
use std::fs;
use std::path::Path;

fn model_file(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/timing").join(name)).unwrap()
}

fn text(name: &str) -> String {
    String::from_utf8(model_file(name)).unwrap()
}

#[test]
fn the_card_of_the_timing_model_prints_what_the_command_printed() {
    let card = text("README.md");
    let block =
        card.split("<!-- evaluation:begin -->").nth(1).and_then(|rest| rest.split("<!-- evaluation:end -->").next()).unwrap();
    let evaluation = text("evaluation.md");
    let (title, body) = evaluation.split_once('\n').unwrap();
    assert!(title.starts_with("# "), "{title}");
    assert_eq!(block.trim(), body.trim(), "run `bonafide evaluate timing --out models/timing/evaluation.md` and copy it");
    for heading in ["## Intended use", "## Limits", "## Data", "## How it was measured"] {
        assert!(card.lines().any(|line| line == heading), "the card lacks `{heading}`");
    }
}

#[test]
fn training_makes_the_shipped_timing_model_again() {
    let Some(data) = real_data::folder("training_makes_the_shipped_timing_model_again") else { return };
    let seed = TimingModel::embedded().unwrap().provenance().seed;
    let model = train_timing(&load_labelled_timelines(&data).unwrap(), seed).unwrap();
    let is_same = model.to_json().unwrap() == model_file("model.json");
    assert!(is_same, "run `bonafide train timing --out models/timing/model.json --force`");
}

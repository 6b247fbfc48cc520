//! Labels of one's own: measuring the shipped models on them, and moving the account model towards them.

use super::cli::{bonafide, failure, names, stdout};
use bonafide::domain::{LabelRow, LabelSubject};
use bonafide::tables::{ReadOptions, read_dataset};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/sample")
}

/// A copy of the sample with a table of labels of its own.
fn with_labels(place: &TempDir, labels: &str) -> PathBuf {
    let folder = place.path().join("d");
    fs::create_dir(&folder).unwrap();
    for name in ["accounts.parquet", "creators.csv", "follows.parquet", "dataset.toml"] {
        fs::copy(sample().join(name), folder.join(name)).unwrap();
    }
    fs::write(folder.join("labels.csv"), labels).unwrap();
    folder
}

#[test]
fn verdicts_are_measured_on_labelled_creators_with_plots() {
    let place = TempDir::new().unwrap();
    let sample = sample();
    let mut command = bonafide(place.path());
    command.args(["evaluate", "creators", "--quick", "--plots", "p", "--out", "e.md", "--dataset"]).arg(&sample);
    let text = stdout(&mut command);
    assert!(text.contains("genuine that fail") && text.contains("calibration error"), "{text}");
    assert_eq!(names(place.path()), ["e.md", "p"]);
    assert_eq!(names(&place.path().join("p")), ["reliability.svg", "roc.svg"]);
    let picture = fs::read_to_string(place.path().join("p/roc.svg")).unwrap();
    assert!(picture.starts_with("<svg") && picture.matches("<polyline").count() == 2 && !picture.contains("NaN"));
}

#[test]
fn labels_that_say_nothing_or_contradict_themselves_are_refused() {
    for (labels, reason) in [
        ("subject,id,label\ncreator,1847148518,fake\n", "is genuine"),
        (
            "subject,id,label\ncreator,1847148518,fake\ncreator,1847148518,genuine\n",
            "labelled genuine in one row and fake in another",
        ),
        ("subject,id,label\naccount,1847148518,fake\n", "subject `creator`"),
    ] {
        let place = TempDir::new().unwrap();
        let folder = with_labels(&place, labels);
        let message = failure(bonafide(place.path()).args(["evaluate", "creators", "--out", "e.md", "--dataset"]).arg(folder));
        assert!(message.contains(reason), "{message}");
        assert_eq!(names(place.path()), ["d"], "nothing is left behind");
    }
}

/// Every thirtieth labelled account of the sample.
fn some_labels() -> String {
    let dataset = read_dataset(&sample(), &ReadOptions::default()).unwrap().dataset;
    let accounts = dataset.labels.iter().filter(|row| row.subject == LabelSubject::Account);
    let line = |row: &LabelRow| format!("account,{},{}\n", dataset.name(row.id), row.label.word());
    accounts.step_by(30).map(line).fold("subject,id,label\n".to_owned(), |text, line| text + &line)
}

#[test]
fn an_own_model_scores_and_one_that_was_edited_is_refused() {
    let place = TempDir::new().unwrap();
    let sample = sample();
    let folder = with_labels(&place, &some_labels());
    let mut command = bonafide(place.path());
    command.args(["train", "accounts", "--quick", "--report", "r.md", "--out", "m.json", "--dataset"]).arg(&folder);
    let text = stdout(&mut command);
    assert!(text.contains("yours less shipped") && text.contains("Yours "), "{text}");
    assert!(fs::read_to_string(place.path().join("r.md")).unwrap().starts_with("# Your account model beside the shipped one"));
    let score = |model: &str| {
        let mut command = bonafide(place.path());
        command.args(["score", "--format", "csv", "--model", model, "--out", "run"]).arg(&sample);
        command
    };
    stdout(&mut score("m.json"));
    fs::remove_dir_all(place.path().join("run")).unwrap();
    let model = fs::read_to_string(place.path().join("m.json")).unwrap();
    fs::write(
        place.path().join("edited.json"),
        model.replacen("\"suspicious_threshold\":0.7", "\"suspicious_threshold\":0.9", 1),
    )
    .unwrap();
    fs::write(place.path().join("cut.json"), &model[..model.len() / 2]).unwrap();
    for damaged in ["edited.json", "cut.json"] {
        let message = failure(&mut score(damaged));
        assert!(message.contains("edited or damaged") && message.contains(damaged), "{message}");
    }
    assert!(!place.path().join("run").exists());
}

#[test]
fn too_few_labels_make_no_model() {
    let place = TempDir::new().unwrap();
    let labels: String =
        (0..40).map(|row| format!("account,nobody{row},{}\n", if row % 2 == 0 { "fake" } else { "genuine" })).collect();
    let folder = with_labels(&place, &format!("subject,id,label\n{labels}"));
    let message = failure(bonafide(place.path()).args(["train", "accounts", "--out", "m.json", "--dataset"]).arg(folder));
    assert!(message.contains("at least 200"), "{message}");
    assert_eq!(names(place.path()), ["d"]);
}

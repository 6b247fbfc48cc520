//! The command line, as a person meets it: few tests, end to end.

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

pub(super) fn bonafide(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("bonafide").unwrap();
    command.current_dir(folder).env_remove("BONAFIDE_DATA");
    command
}

pub(super) fn stdout(command: &mut Command) -> String {
    String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
}

pub(super) fn failure(command: &mut Command) -> String {
    let assert = command.arg("--quiet").assert().code(2);
    let message = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(message.starts_with("error: "), "{message}");
    message
}

/// What `verify` says of a run that differs: a result, with exit code 1.
fn difference(folder: &Path) -> String {
    let assert = bonafide(folder).args(["verify", "demo/run", "demo/dataset", "--quiet"]).assert().code(1);
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

/// The demo's dataset, run and report, made once for all tests.
static DEMO: LazyLock<TempDir> = LazyLock::new(|| {
    let place = TempDir::new().unwrap();
    bonafide(place.path()).args(["demo", "--out", "demo", "--quiet"]).assert().success();
    place
});

/// A folder of one test's own, with a copy of the demo.
fn demo() -> TempDir {
    let place = TempDir::new().unwrap();
    for part in ["dataset", "run"] {
        let (from, to) = (DEMO.path().join("demo").join(part), place.path().join("demo").join(part));
        fs::create_dir_all(&to).unwrap();
        for name in names(&from).into_iter().filter(|name| from.join(name).is_file()) {
            fs::copy(from.join(&name), to.join(&name)).unwrap();
        }
    }
    place
}

/// Names in a folder, hidden ones included.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn demo_does_the_whole_job_from_any_folder() {
    let place = TempDir::new().unwrap();
    let text = stdout(bonafide(place.path()).arg("demo"));
    let path = text.lines().find_map(|line| line.strip_prefix("report")).unwrap().trim().to_owned();
    let page = fs::read_to_string(&path).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"));
    assert!(names(place.path()).is_empty(), "the demo left something in the current folder");
    let dataset = Path::new(&path).parent().unwrap().join("dataset");
    assert!(dataset.join("README.md").is_file() && dataset.join("truth/creators.csv").is_file());
    for line in crate::figures::demo_rows() {
        assert!(text.contains(&line), "the README shows a line that the demo does not print:\n{line}\n{text}");
    }
    fs::remove_dir_all(Path::new(&path).parent().unwrap()).unwrap();
}

#[test]
fn a_run_holds_every_table_of_the_contract() {
    let place = demo();
    let expected = [
        "accounts.csv",
        "creators.csv",
        "features.csv",
        "findings.csv",
        "group_members.csv",
        "groups.csv",
        "run.json",
        "sketches.parquet",
    ];
    assert_eq!(names(&place.path().join("demo/run")), expected);
}

#[test]
fn a_run_can_be_verified_and_a_changed_one_is_told() {
    let place = demo();
    let text = stdout(bonafide(place.path()).args(["verify", "demo/run", "demo/dataset"]));
    assert!(text.starts_with("identical"), "{text}");
    assert!(failure(bonafide(place.path()).args(["verify", "demo/run", "nowhere"])).contains("nowhere"));
    let table = place.path().join("demo/run/creators.csv");
    let changed = fs::read_to_string(&table).unwrap().replacen("micro", "macro", 1);
    fs::write(&table, changed).unwrap();
    let message = difference(place.path());
    assert!(message.starts_with("different: creators.csv"), "{message}");
    let json = bonafide(place.path()).args(["verify", "demo/run", "demo/dataset", "--json"]).assert().code(1);
    let json: serde_json::Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    assert!(json["identical"] == false && json["difference"].as_str().unwrap().contains("creators.csv"), "{json}");
    fs::remove_file(&table).unwrap();
    assert!(difference(place.path()).contains("creators.csv is not there"));
}

#[test]
fn a_run_with_a_changed_manifest_or_an_extra_file_is_told() {
    let place = demo();
    let manifest = place.path().join("demo/run/run.json");
    let whole = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, whole.replacen("\"captured_at\": \"2026", "\"captured_at\": \"2025", 1)).unwrap();
    let message = difference(place.path());
    assert!(message.contains("captured_at"), "{message}");
    fs::write(&manifest, whole).unwrap();
    fs::write(place.path().join("demo/run/notes.txt"), "x").unwrap();
    let message = difference(place.path());
    assert!(message.contains("notes.txt"), "{message}");
}

#[test]
fn what_the_data_hold_does_not_steer_the_terminal() {
    let place = TempDir::new().unwrap();
    let dataset = place.path().join("d");
    fs::create_dir(&dataset).unwrap();
    fs::write(dataset.join("creators.csv"), "creator_id,platform\nc\u{1b}[31m,instagram\n").unwrap();
    fs::write(dataset.join("accounts.csv"), "account_id,bio\u{1b}[2J\na,x\n").unwrap();
    let output = bonafide(place.path()).args(["audit", "d", "--creator", "x", "--out", "x.html"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!output.stderr.contains(&0x1b), "{}", String::from_utf8_lossy(&output.stderr).escape_debug());
}

#[test]
fn a_table_of_creators_without_rows_is_an_error() {
    let place = TempDir::new().unwrap();
    let dataset = place.path().join("d");
    fs::create_dir(&dataset).unwrap();
    fs::write(dataset.join("creators.csv"), "creator_id,platform\n").unwrap();
    fs::write(dataset.join("accounts.csv"), "account_id\na\n").unwrap();
    let message = failure(bonafide(place.path()).args(["score", "d", "--out", "run"]));
    assert!(message.contains("creators"), "{message}");
    assert_eq!(names(place.path()), ["d"]);
}

#[test]
fn a_run_inside_its_dataset_and_a_report_of_no_known_format_are_refused() {
    let place = demo();
    let message = failure(bonafide(place.path()).args(["score", "demo/dataset", "--out", "demo/dataset/run"]));
    assert!(message.contains("outside"), "{message}");
    let mut command = bonafide(place.path());
    command.args(["audit", "demo/dataset", "--creator", "x", "--out", "report.pdf"]);
    assert!(failure(&mut command).contains(".html"));
}

#[cfg(unix)]
#[test]
fn an_interrupted_command_leaves_nothing_behind() {
    let place = TempDir::new().unwrap();
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("bonafide"));
    command.current_dir(place.path()).args(["simulate", "--out", "world", "--accounts", "2000000", "--quiet"]);
    let mut child = command.stdout(std::process::Stdio::null()).spawn().unwrap();
    while names(place.path()).is_empty() {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it could be interrupted");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(names(place.path()), Vec::<String>::new());
}

#[test]
fn the_threads_do_not_change_a_single_byte() {
    let place = demo();
    for threads in ["1", "2"] {
        let out = format!("run-{threads}");
        let mut command = bonafide(place.path());
        command.args(["score", "demo/dataset", "--format", "csv", "--threads", threads, "--out", &out, "--quiet"]);
        command.assert().success();
    }
    for table in ["accounts.csv", "creators.csv", "features.csv", "findings.csv"] {
        let read = |run: &str| fs::read(place.path().join(run).join(table)).unwrap();
        assert_eq!(read("run-1"), read("run-2"), "{table}");
    }
}

#[test]
fn a_report_comes_as_page_text_and_data() {
    let place = demo();
    let creators = fs::read_to_string(place.path().join("demo/dataset/creators.csv")).unwrap();
    let id = creators.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    for name in ["report.html", "report.md", "report.json"] {
        bonafide(place.path()).args(["audit", "demo/dataset", "--creator", &id, "--out", name, "--quiet"]).assert().success();
        assert!(fs::read_to_string(place.path().join(name)).unwrap().contains(&id), "{name}");
    }
    let json: serde_json::Value = serde_json::from_slice(&fs::read(place.path().join("report.json")).unwrap()).unwrap();
    assert!(json.is_object());
    let again = ["audit", "demo/dataset", "--creator", &id, "--out", "report.md"];
    let message = failure(bonafide(place.path()).args(again));
    assert!(message.contains("already exists") && message.contains("--force"), "{message}");
    bonafide(place.path()).args(again).arg("--force").assert().success();
}

#[test]
fn an_unknown_creator_is_named_with_examples_of_known_ones() {
    let place = demo();
    let mut command = bonafide(place.path());
    command.args(["audit", "demo/dataset", "--creator", "nobody-of-that-name", "--out", "x.html"]);
    let message = failure(&mut command);
    assert!(message.contains("nobody-of-that-name") && message.contains("such as"), "{message}");
    assert!(!place.path().join("x.html").exists());
}

#[test]
fn fail_on_sets_the_exit_code_and_still_writes_the_run() {
    let place = demo();
    let mut command = bonafide(place.path());
    command.args(["score", "demo/dataset", "--out", "run", "--fail-on", "review,insufficient", "--quiet"]);
    command.assert().code(1);
    assert!(place.path().join("run/run.json").exists());
}

#[test]
fn a_dataset_that_is_not_there_or_holds_nothing_is_an_error_that_leaves_nothing_behind() {
    let place = TempDir::new().unwrap();
    assert!(failure(bonafide(place.path()).args(["score", "nowhere", "--out", "run"])).contains("nowhere"));
    fs::create_dir(place.path().join("empty")).unwrap();
    assert!(failure(bonafide(place.path()).args(["score", "empty", "--out", "run"])).contains("no table found"));
    assert_eq!(names(place.path()), ["empty"]);
}

#[test]
fn too_many_unreadable_rows_stop_the_run_before_scoring() {
    let place = TempDir::new().unwrap();
    let dataset = place.path().join("d");
    fs::create_dir(&dataset).unwrap();
    fs::write(dataset.join("creators.csv"), "creator_id,platform\nc,instagram\n").unwrap();
    fs::write(dataset.join("accounts.csv"), "account_id,followers\na,5\nb,-3\n").unwrap();
    let message = failure(bonafide(place.path()).args(["score", "d", "--out", "run"]));
    for part in ["accounts.csv", "row 3", "followers"] {
        assert!(message.contains(part), "{part} is not in: {message}");
    }
    assert!(!place.path().join("run").exists());
    assert!(message.contains("bonafide check"), "{message}");
    let text = stdout(bonafide(place.path()).args(["check", "d"])).replace('\n', " ");
    for part in ["accounts.followers: 1 row rejected", "accounts.csv row 3", "nothing would be scored"] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
    bonafide(place.path()).args(["score", "d", "--out", "run", "--max-rejected", "50"]).assert().success();
    let rejected = fs::read_to_string(place.path().join("run/rejected/accounts.ndjson")).unwrap();
    assert!(rejected.contains("followers"), "{rejected}");
}

#[test]
fn a_place_that_cannot_be_written_is_an_error_before_any_work() {
    let place = demo();
    fs::write(place.path().join("file"), "").unwrap();
    let message = failure(bonafide(place.path()).args(["score", "demo/dataset", "--out", "file/run"]));
    assert!(message.contains("file/run"), "{message}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let place = demo();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("bonafide"));
    let status = command.current_dir(place.path()).args(["check", "demo/dataset"]).stdout(full).output().unwrap().status;
    assert_eq!(status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let place = demo();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("bonafide"));
    let output = command.current_dir(place.path()).args(["check", "demo/dataset"]).stdout(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn check_says_what_is_there_and_what_is_missing() {
    let place = demo();
    let text = stdout(bonafide(place.path()).args(["check", "demo/dataset"]));
    for word in ["creators", "accounts", "follows", "share of digits in the handle", "growth pictures"] {
        assert!(text.contains(word), "{word} is not in:\n{text}");
    }
    let json = stdout(bonafide(place.path()).args(["check", "demo/dataset", "--json"]));
    assert!(serde_json::from_str::<serde_json::Value>(&json).unwrap().is_object());
}

#[test]
fn a_malformed_source_is_an_error_that_names_file_and_line() {
    let place = TempDir::new().unwrap();
    fs::write(place.path().join("train.csv"), "profile pic,fake\n1,maybe\n").unwrap();
    let message = failure(bonafide(place.path()).args(["import", "kaggle-instagram", "train.csv", "--out", "d"]));
    assert!(message.contains("train.csv"), "{message}");
    assert_eq!(names(place.path()), ["train.csv"]);
    let message = failure(bonafide(place.path()).args(["import", "myspace", "train.csv", "--out", "d"]));
    assert!(message.contains("myspace") && message.contains("srf"), "{message}");
}

#[test]
fn training_without_data_says_what_to_do() {
    let place = TempDir::new().unwrap();
    let message = failure(bonafide(place.path()).args(["train", "accounts", "--out", "m.json"]));
    assert!(message.contains("BONAFIDE_DATA"), "{message}");
    assert!(names(place.path()).is_empty());
}

#[test]
fn the_model_shows_its_card() {
    let place = TempDir::new().unwrap();
    let text = stdout(bonafide(place.path()).args(["model"]));
    for part in ["Intended use", "Limits", "sha256", "--full"] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
    let whole = stdout(bonafide(place.path()).args(["model", "--full"]));
    assert!(text.len() < 4_000 && whole.contains("Leave one data set out") && !whole.contains("\\_"), "{}", text.len());
}

#[test]
fn a_simulated_dataset_can_be_scored() {
    let place = TempDir::new().unwrap();
    let small = ["simulate", "--out", "world", "--creators", "6", "--accounts", "3000", "--tables", "csv", "--seed", "7"];
    bonafide(place.path()).args(small).assert().success();
    bonafide(place.path()).args(["score", "world", "--out", "run", "--format", "ndjson"]).assert().success();
    let creators = fs::read_to_string(place.path().join("run/creators.ndjson")).unwrap();
    assert_eq!(creators.lines().count(), 6);
}

#[test]
fn a_scenario_file_is_simulated_and_a_kind_of_vendor_can_be_held_out() {
    let place = TempDir::new().unwrap();
    let file = place.path().join("scenario.toml");
    let vendors =
        ["bulk", "drip"].map(|kind| format!("[[vendors]]\nkind = '{kind}'\nname = '{kind}'\npool = 'p'\norder = [50, 500]\n"));
    let small = "[organic]\nfollowers_min = 500\nfollowers_max = 2000\n[orders]\ninflated_share = 0.5\nlikes_share = 0.0\n[[pools]]\nname = 'p'\n";
    fs::write(&file, format!("{small}{}", vendors.concat())).unwrap();
    let simulate = |out: &str, more: &[&str]| {
        let mut command = bonafide(place.path());
        command.args(["simulate", "--out", out, "--creators", "20", "--accounts", "4000", "--tables", "csv", "--scenario"]);
        command.arg(&file).args(more);
        command
    };
    simulate("both", &[]).assert().success();
    simulate("one", &["--without-vendor", "drip"]).assert().success();
    let orders = |world: &str| fs::read_to_string(place.path().join(world).join("truth/orders.csv")).unwrap();
    assert!(orders("both").contains(",drip,"));
    assert!(orders("one").contains(",bulk,") && !orders("one").contains(",drip,"));
    assert!(failure(&mut simulate("none", &["--without-vendor", "auction"])).contains("bulk drip churn"));
    assert!(!place.path().join("none").exists());
}

#[test]
fn without_real_data_the_simulation_is_compared_with_nothing_and_says_so() {
    let place = TempDir::new().unwrap();
    fs::create_dir(place.path().join("data")).unwrap();
    let scenario = "creators = 8\naccounts = 1000\n[organic]\nfollowers_max = 5000\n[orders]\nfollowers_max = 5000\n[sampling]\nfollows_per_creator = 50\n";
    fs::write(place.path().join("world.toml"), scenario).unwrap();
    let args = ["evaluate", "simulation", "--quick", "--data", "data", "--scenario", "world.toml", "--out", "out", "--quiet"];
    let text = stdout(bonafide(place.path()).args(args));
    assert_eq!(text.matches("Not compared:").count(), 9, "{text}");
    assert_eq!(names(&place.path().join("out")), ["evaluation.md"]);
    let message = failure(bonafide(place.path()).args(["evaluate", "simulation"]));
    assert!(message.contains("BONAFIDE_DATA"), "{message}");
    let message = failure(bonafide(place.path()).args(["evaluate", "--scenario", "world.toml"]));
    assert!(message.contains("evaluate simulation"), "{message}");
    for given in [["--part", "alarms"].as_slice(), &["--tuning"]] {
        let message = failure(bonafide(place.path()).arg("evaluate").args(given));
        assert!(message.contains("only with `evaluate coordination`"), "{message}");
    }
}

#[test]
fn two_runs_are_compared_with_what_can_be_the_reason() {
    let place = demo();
    let text = stdout(bonafide(place.path()).args(["compare", "demo/run", "demo/run"]));
    assert!(text.contains("same files") && text.contains("40 unchanged"), "{text}");
    let creators = place.path().join("demo/dataset/creators.csv");
    let rows = fs::read_to_string(&creators).unwrap();
    let kept: Vec<&str> = rows.lines().take(40).collect();
    fs::write(&creators, kept.join("\n")).unwrap();
    bonafide(place.path()).args(["score", "demo/dataset", "--out", "later", "--quiet"]).assert().success();
    let json = stdout(bonafide(place.path()).args(["compare", "demo/run", "later", "--json"]));
    let found: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(found["removed"].as_array().unwrap().len(), 1);
    assert!(found["reasons"][0].as_str().unwrap().contains("creators.csv"), "{found}");
    let message = failure(bonafide(place.path()).args(["compare", "demo/run", "demo/dataset"]));
    assert!(message.contains("run.json"), "{message}");
}

#[test]
fn completions_and_manual_pages_are_made() {
    let place = TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(stdout(bonafide(place.path()).args(["completions", shell])).contains("bonafide"), "{shell}");
    }
    bonafide(place.path()).args(["man", "--out", "man1"]).assert().success();
    let pages = names(&place.path().join("man1"));
    assert!(pages.contains(&"bonafide.1".to_owned()) && pages.contains(&"bonafide-score.1".to_owned()), "{pages:?}");
}

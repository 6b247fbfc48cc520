//! `bonafide shortlist`, as a person meets it.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

fn bonafide(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("bonafide").unwrap();
    command.current_dir(folder).env_remove("BONAFIDE_DATA");
    command
}

/// The demo's run, made once.
static DEMO: LazyLock<TempDir> = LazyLock::new(|| {
    let place = TempDir::new().unwrap();
    bonafide(place.path()).args(["demo", "--out", "demo", "--quiet"]).assert().success();
    place
});

fn shortlist(arguments: &[&str]) -> Command {
    let mut command = bonafide(DEMO.path());
    command.args(["shortlist", "demo/run", "--quiet"]).args(arguments);
    command
}

fn json(arguments: &[&str]) -> Value {
    let assert = shortlist(&[&["--json"], arguments].concat()).assert().success();
    serde_json::from_slice(&assert.get_output().stdout).unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let assert = shortlist(arguments).assert().code(2);
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

fn ids(found: &Value) -> Vec<String> {
    let members = found["members"].as_array().unwrap();
    members.iter().map(|member| member["creator"]["creator_id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_budget_buys_a_set_within_it_that_reaches_more_than_one_creator() {
    let found = json(&["--budget", "1000"]);
    let members = found["members"].as_array().unwrap();
    let cost: f64 = members.iter().map(|member| member["cost"].as_f64().unwrap()).sum();
    assert!(members.len() > 1 && cost <= 1_000.0 && (found["cost"].as_f64().unwrap() - cost).abs() < 1e-9);
    let reach = &found["reach"];
    let ends = ["low", "value", "high"].map(|end| reach[end].as_f64().unwrap());
    assert!(ends[0] < ends[1] && ends[1] < ends[2], "{reach}");
    assert!(ends[1] >= found["one"]["worth"]["value"].as_f64().unwrap());
    assert!(ends[1] <= found["reach_sum"].as_f64().unwrap());
    let left_out: u64 = found["removed"].as_array().unwrap().iter().map(|removed| removed["count"].as_u64().unwrap()).sum();
    assert_eq!(found["candidates_count"].as_u64().unwrap() + left_out, found["creators_count"].as_u64().unwrap());
    for member in members {
        assert!((0.0..=1.0).contains(&member["stays_share"].as_f64().unwrap()));
    }
    assert_eq!(json(&["--budget", "1000", "--threads", "1"]), found, "threads change nothing");
}

#[test]
fn every_format_is_written_and_whole() {
    let place = TempDir::new().unwrap();
    for (name, begins) in
        [("a.html", "<!DOCTYPE html>"), ("a.md", "# Shortlist: "), ("a.json", "{"), ("a.csv", "rank,creator_id,")]
    {
        let out = place.path().join(name);
        shortlist(&["--budget", "800", "--k", "2..4", "--out", out.to_str().unwrap()]).assert().success();
        let text = fs::read_to_string(&out).unwrap();
        assert!(text.starts_with(begins), "{name}: {}", &text[..60.min(text.len())]);
        let again = refused(&["--budget", "800", "--out", out.to_str().unwrap()]);
        assert!(again.contains("--force"), "{again}");
    }
    let csv = fs::read_to_string(place.path().join("a.csv")).unwrap();
    assert!((3..=5).contains(&csv.lines().count()), "{csv}");
    let page = fs::read_to_string(place.path().join("a.html")).unwrap();
    assert!(!page.contains("<script") && !page.contains("http-equiv=\"refresh\"") && page.trim_end().ends_with("</html>"));
    assert!(page.len() < 400_000, "{} bytes", page.len());
    assert!(refused(&["--budget", "800", "--out", "a.pdf"]).contains(".html, .md, .json or .csv"));
}

#[test]
fn what_is_asked_for_is_kept() {
    let all = json(&["--budget", "100000"]);
    let first = ids(&all)[0].clone();
    let without = json(&["--budget", "100000", "--exclude", &first]);
    assert!(!ids(&without).contains(&first));
    let with = json(&["--budget", "300", "--include", &ids(&without)[3]]);
    assert!(ids(&with).contains(&ids(&without)[3]));
    let nano = json(&["--budget", "500", "--tier", "nano", "--max-per-category", "1"]);
    let members = nano["members"].as_array().unwrap();
    assert!(members.iter().all(|member| member["creator"]["tier"] == "nano"));
    let mut topics: Vec<&str> = members.iter().filter_map(|member| member["creator"]["category"].as_str()).collect();
    let count = topics.len();
    topics.sort_unstable();
    topics.dedup();
    assert_eq!(topics.len(), count);
    let engaged = json(&["--budget", "1000", "--objective", "engagements"]);
    assert!(engaged["engagements"]["value"].as_f64() >= json(&["--budget", "1000"])["engagements"]["value"].as_f64());
}

#[test]
fn what_cannot_be_bought_is_said_with_its_reason() {
    assert!(refused(&["--budget", "1"]).contains("costs more than the budget"));
    assert!(refused(&["--budget", "-5"]).contains("--budget"));
    let nobody = refused(&["--budget", "1000", "--niche", "philately"]);
    assert!(nobody.contains("no candidate is left") && nobody.contains("another topic"), "{nobody}");
    assert!(refused(&["--budget", "1000", "--max-risk", "0"]).contains("probability of inflation"));
    assert!(refused(&["--budget", "1000", "--currency", "EUR"]).contains("rate for USD"));
    let id = ids(&json(&["--budget", "1000"]))[0].clone();
    assert!(refused(&["--budget", "1000", "--include", &id, "--exclude", &id]).contains("in both"));
    assert!(refused(&["--budget", "1000", "--like", "nobody-of-this-name"]).contains("not found"));
    assert!(refused(&["--budget", "1000", "--k", "4..2"]).contains("--k"));
    assert!(refused(&["--budget", "1000", "--tier", "huge"]).contains("nano"));
}

#[test]
fn prices_and_rates_come_from_files() {
    let place = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let path = place.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let rates = write("rates.csv", "currency,rate\nUSD,0.5\n");
    let half = json(&["--budget", "500", "--currency", "EUR", "--rates", &rates]);
    assert_eq!(ids(&half), ids(&json(&["--budget", "1000"])), "half the price of everybody, half the budget");
    let prices = write("prices.csv", "platform,tier,price,currency\n*,nano,20,USD\n*,micro,200,USD\n*,mid,2000,USD\n");
    let all = json(&["--budget", "100000", "--prices", &prices]);
    assert!(all["unpriced"].as_array().unwrap().is_empty());
    assert!(all["members"].as_array().unwrap().iter().any(|member| member["is_table_price"] == true));
    assert!(refused(&["--budget", "10", "--prices", &rates]).contains("no column `platform`"));
}

#[test]
fn a_folder_that_is_no_run_is_told_so() {
    let place = TempDir::new().unwrap();
    let message = |folder: &str| {
        let assert = bonafide(place.path()).args(["shortlist", folder, "--budget", "10", "--quiet"]).assert().code(2);
        String::from_utf8(assert.get_output().stderr.clone()).unwrap()
    };
    assert!(message("nowhere").contains("run.json"));
    let run = place.path().join("run");
    fs::create_dir(&run).unwrap();
    for name in ["run.json", "creators.csv", "sketches.parquet"] {
        fs::copy(DEMO.path().join("demo/run").join(name), run.join(name)).unwrap();
    }
    fs::remove_file(run.join("sketches.parquet")).unwrap();
    assert!(message("run").contains("score the dataset again"));
    let manifest = fs::read_to_string(run.join("run.json")).unwrap();
    fs::write(run.join("run.json"), manifest.replacen("\"format_version\": 1", "\"format_version\": 9", 1)).unwrap();
    assert!(message("run").contains("format version 9"));
}

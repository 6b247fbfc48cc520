//! `bonafide demo`.

use super::args::{DemoArgs, ReportFormat};
use super::audit::render;
use super::run_folder::{Scored, now, score, write_run};
use super::sample::embedded_files;
use super::score::SHOWN_CREATORS;
use super::{Console, Outcome};
use crate::domain::AccountId;
use crate::error::{Locate, Result};
use crate::report::{RunSettings, Summary};
use crate::tables::{Format, StagedFolder};
use serde_json::json;
use std::path::{Path, PathBuf};

/// The whole job on the embedded sample: dataset, run, report, summary.
///
/// # Errors
/// The folder exists or cannot be written.
pub fn run(args: &DemoArgs, seed: u64, console: Console) -> Result<Outcome> {
    let folder = match &args.out {
        Some(out) => make_folder(out)?,
        None => tempfile::Builder::new().prefix("bonafide-demo-").tempdir()?.keep(),
    };
    let dataset = folder.join("dataset");
    write_sample(&dataset)?;
    let started_at = now();
    let settings = RunSettings { seed, format: Format::Csv, ..RunSettings::default() };
    let mut scored = score(&dataset, None, settings, console)?;
    write_run(&mut scored, StagedFolder::create(&folder.join("run"))?, Format::Csv, started_at)?;
    let report = write_report(&scored, &folder)?;
    let summary = Summary::assemble(&scored.dataset, &scored.audit);
    if console.json() {
        console.print_json(&json!({ "summary": summary, "dataset": dataset, "run": folder.join("run"), "report": report }))?;
    } else {
        console.print(&summary.render_text(console.width(), SHOWN_CREATORS))?;
        console.print(&format!(
            "\nThe sample is invented; see datasets/sample/README.md.\ndataset  {}\nrun      {}\nreport   {}",
            dataset.display(),
            folder.join("run").display(),
            report.display()
        ))?;
    }
    if args.open {
        open(&report)?;
    }
    Ok(Outcome::Done)
}

fn make_folder(out: &Path) -> Result<PathBuf> {
    StagedFolder::create(out)?.commit()?;
    Ok(out.to_path_buf())
}

fn write_sample(folder: &Path) -> Result<()> {
    let staged = StagedFolder::create(folder)?;
    for (name, bytes) in embedded_files() {
        let path = staged.path().join(name);
        std::fs::write(&path, bytes).at_file(&path)?;
    }
    staged.commit()
}

/// The report of the creator with the highest fake share.
fn write_report(scored: &Scored, folder: &Path) -> Result<PathBuf> {
    let path = folder.join("report.html");
    let bytes = match most_inflated(scored) {
        Some(creator) => render(scored, creator, ReportFormat::Html)?,
        None => Vec::new(),
    };
    std::fs::write(&path, bytes).at_file(&path)?;
    Ok(path)
}

fn most_inflated(scored: &Scored) -> Option<AccountId> {
    let share = |audience: crate::domain::ShareEstimate| audience.share;
    let mut ranked: Vec<_> =
        scored.audit.creators.iter().filter_map(|creator| Some((share(creator.audience_fake?), creator.id))).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.first().map(|(_, id)| *id)
}

fn open(report: &Path) -> Result<()> {
    let mut command = if cfg!(target_os = "macos") {
        std::process::Command::new("open")
    } else if cfg!(target_os = "windows") {
        let mut command = std::process::Command::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else {
        std::process::Command::new("xdg-open")
    };
    command.arg(report).spawn().map(drop).at_file(report)
}

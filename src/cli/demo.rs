//! `bonafide demo`.

use super::args::{DemoArgs, ReportFormat};
use super::audit::render;
use super::run_folder::{Scored, now, score, write_run};
use super::sample::{embedded_files, embedded_notes};
use super::score::SHOWN_CREATORS;
use super::{Console, Outcome};
use crate::domain::AccountId;
use crate::error::{Locate, Result};
use crate::report::{Market, RunSettings, Summary};
use crate::tables::{Format, StagedFolder};
use serde_json::json;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The whole job on the embedded sample: dataset, run, report, summary.
///
/// # Errors
/// The folder exists or cannot be written.
pub fn run(args: &DemoArgs, seed: u64, console: Console) -> Result<Outcome> {
    let place = Place::new(args)?;
    let staged = StagedFolder::create(&place.target)?;
    let started_at = now();
    write_sample(&staged.path().join("dataset"))?;
    let settings = RunSettings { seed, format: Format::Csv, ..RunSettings::default() };
    let mut scored = score(&staged.path().join("dataset"), None, settings, console)?;
    write_run(&mut scored, StagedFolder::create(&staged.path().join("run"))?, Format::Csv, started_at)?;
    write_report(&scored, &staged.path().join("report.html"))?;
    staged.commit()?;
    let [dataset, run, report] = ["dataset", "run", "report.html"].map(|name| place.target.join(name));
    place.keep();
    let summary = Summary::assemble(&scored.dataset, &scored.audit);
    if console.json() {
        console.print_json(&json!({ "summary": summary, "dataset": dataset, "run": run, "report": report }))?;
    } else {
        console.print(&summary.render_text(console.width(), SHOWN_CREATORS))?;
        console.print(&format!(
            "\nThe sample is invented: README.md in the dataset's folder describes it, truth/ says what is true of it.\ndataset  {}\nrun      {}\nreport   {}",
            dataset.display(),
            run.display(),
            report.display()
        ))?;
    }
    if args.open {
        open(&report)?;
    }
    Ok(Outcome::Done)
}

/// Where the demo goes: the folder asked for, or one inside a new temporary folder that is removed unless kept.
struct Place {
    target: PathBuf,
    temporary: Option<TempDir>,
}

impl Place {
    fn new(args: &DemoArgs) -> Result<Self> {
        if let Some(out) = &args.out {
            return Ok(Self { target: out.clone(), temporary: None });
        }
        let temporary = tempfile::Builder::new().prefix("bonafide-demo-").tempdir()?;
        Ok(Self { target: temporary.path().join("demo"), temporary: Some(temporary) })
    }

    fn keep(self) {
        if let Some(temporary) = self.temporary {
            let _ = temporary.keep();
        }
    }
}

fn write_sample(folder: &Path) -> Result<()> {
    let staged = StagedFolder::create(folder)?;
    let truth = staged.path().join("truth");
    std::fs::create_dir(&truth).at_file(&truth)?;
    for (name, bytes) in embedded_files().iter().chain(embedded_notes()) {
        let path = staged.path().join(name);
        std::fs::write(&path, bytes).at_file(&path)?;
    }
    staged.commit()
}

/// Writes the report of the creator with the highest fake share.
fn write_report(scored: &Scored, path: &Path) -> Result<()> {
    let Some(creator) = most_inflated(scored) else { return Ok(()) };
    std::fs::write(path, render(scored, creator, &Market::default(), ReportFormat::Html)?).at_file(path)
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

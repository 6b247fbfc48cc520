//! `bonafide score`.

use super::args::{FailOn, ScoreArgs};
use super::run_folder::{now, score, write_run};
use super::{Console, Outcome};
use crate::audit::Audit;
use crate::domain::{AccountId, Severity, Verdict};
use crate::error::{Error, Result};
use crate::report::{RunSettings, Summary};
use crate::tables::StagedFolder;
use std::path::Path;

/// Creators shown on the terminal; the run holds them all.
pub const SHOWN_CREATORS: usize = 50;

/// Scores a dataset into a new run folder.
///
/// # Errors
/// The dataset cannot be read, or the folder not be written; nothing is left behind then.
pub fn run(args: &ScoreArgs, seed: u64, console: Console) -> Result<Outcome> {
    let started_at = now();
    refuse_inside(&args.out, &args.dataset)?;
    let staged = StagedFolder::create(&args.out)?;
    let (max_rejected_percent, prior) = (args.reading.max_rejected, args.assumptions.prior);
    let settings = RunSettings { seed, max_rejected_percent, format: args.format.into(), prior };
    let mut scored = score(&args.dataset, args.model.model.as_deref(), settings, console)?;
    let summary = Summary::assemble(&scored.dataset, &scored.audit);
    write_run(&mut scored, staged, args.format.into(), started_at)?;
    if console.json() {
        console.print_json(&summary)?;
    } else {
        console.print(&summary.render_text(console.width(), SHOWN_CREATORS))?;
        console.note(&format!("run: {}", args.out.display()));
    }
    Ok(outcome(&args.fail_on, &scored.audit, None))
}

/// A run inside the dataset would be read as part of it the next time.
fn refuse_inside(out: &Path, dataset: &Path) -> Result<()> {
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (parent.canonicalize(), dataset.canonicalize()) {
        (Ok(parent), Ok(dataset)) if parent.starts_with(&dataset) => {
            Err(Error::invalid_argument("--out", out.display(), "a place outside the dataset's folder"))
        }
        _ => Ok(()),
    }
}

/// Whether a condition of `--fail-on` holds, for all creators or for one.
pub fn outcome(conditions: &[FailOn], audit: &Audit, only: Option<AccountId>) -> Outcome {
    let concerned = |id: AccountId| only.is_none_or(|creator| creator == id);
    let verdict = |wanted: Verdict| audit.creators.iter().any(|creator| concerned(creator.id) && creator.verdict == wanted);
    let severity = |least: Severity| audit.findings.iter().any(|found| concerned(found.creator) && found.severity >= least);
    let met = conditions.iter().any(|condition| match condition {
        FailOn::Fail => verdict(Verdict::Fail),
        FailOn::Review => verdict(Verdict::Review),
        FailOn::Insufficient => verdict(Verdict::Insufficient),
        FailOn::Warning => severity(Severity::Warning),
        FailOn::Critical => severity(Severity::Critical),
    });
    if met { Outcome::FailOnMet } else { Outcome::Done }
}

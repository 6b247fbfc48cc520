//! `bonafide check`.

use super::args::CheckArgs;
use super::run_folder::read;
use super::{Console, Outcome};
use crate::error::Result;
use crate::report::CheckReport;
use crate::tables::ReadOutcome;

/// Says what a dataset holds and what can be measured with it.
///
/// # Errors
/// The dataset cannot be read at all.
pub fn run(args: &CheckArgs, console: Console) -> Result<Outcome> {
    let ReadOutcome { dataset, rejected } = read(&args.dataset, args.reading.max_rejected, console)?;
    let report = CheckReport::assemble(&dataset, &rejected);
    if console.json() {
        console.print_json(&report)?;
    } else {
        console.print(&report.render_text(console.width()))?;
    }
    Ok(Outcome::Done)
}

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
/// The dataset cannot be read at all; rejected rows, however many, are what it tells of.
pub fn run(args: &CheckArgs, console: Console) -> Result<Outcome> {
    let ReadOutcome { dataset, rejected } = read(&args.dataset, 100.0, console)?;
    let report = CheckReport::assemble(&dataset, &rejected, args.reading.max_rejected);
    if console.json() {
        console.print_json(&report)?;
    } else {
        console.print(&report.render_text(console.width()))?;
    }
    Ok(Outcome::Done)
}

//! What all evaluations have in common: worlds by name or file, and where the tables go.

use super::args::EvaluateArgs;
use super::shipped_scenarios::{ScenarioFile, parsed};
use super::simulate::read_scenario;
use super::{Console, Outcome};
use crate::benchmark::LabelReport;
use crate::error::{Error, Locate, Result};
use crate::report::{EvaluationDocument, render_plot};
use crate::simulation::Scenario;
use crate::tables::{StagedFile, StagedFolder};
use std::io::Write;
use std::path::Path;

/// Refuses a dataset where the evaluation has worlds of its own.
pub(super) fn without_dataset(args: &EvaluateArgs) -> Result<()> {
    match args.dataset {
        Some(_) => Err(Error::invalid_argument("--dataset", "given", "only with `evaluate accounts` and `evaluate creators`")),
        None => Ok(()),
    }
}

/// The scenario that was asked for, else those built in.
pub(super) fn scenarios(args: &EvaluateArgs, built_in: &[ScenarioFile]) -> Result<Vec<Scenario>> {
    match args.scenario.as_deref() {
        Some(file) => Ok(vec![read_scenario(Some(file), "", "")?]),
        None => parsed(built_in),
    }
}

/// The file to write, made before the work begins, so that a path that cannot be written is told at once.
pub(super) fn file(args: &EvaluateArgs) -> Result<Option<StagedFile>> {
    args.out.as_deref().map(StagedFile::create).transpose()
}

/// The folder to write, likewise.
pub(super) fn folder(args: &EvaluateArgs) -> Result<Option<StagedFolder>> {
    args.out.as_deref().map(StagedFolder::create).transpose()
}

/// Writes the tables as Markdown, and prints them.
pub(super) fn to_file(
    document: &EvaluationDocument,
    args: &EvaluateArgs,
    file: Option<StagedFile>,
    console: Console,
) -> Result<Outcome> {
    if let (Some(out), Some(mut file)) = (&args.out, file) {
        file.write_all(document.render_markdown(1).as_bytes()).at_file(out)?;
        file.commit()?;
    }
    print(document, console)
}

/// Writes the tables of what was measured on labels as Markdown and its pictures where these were asked for, and prints the tables.
pub(super) fn of_labels(
    report: &LabelReport,
    args: &EvaluateArgs,
    file: Option<StagedFile>,
    console: Console,
) -> Result<Outcome> {
    plots(report, args.plots.as_deref())?;
    to_file(&EvaluationDocument::from(&report.evaluation), args, file, console)
}

/// Writes pictures into a folder of their own.
pub(super) fn plots(report: &LabelReport, folder: Option<&Path>) -> Result<()> {
    let Some(folder) = folder else { return Ok(()) };
    let staged = StagedFolder::create(folder)?;
    for plot in &report.plots {
        let file = staged.path().join(format!("{}.svg", plot.name));
        std::fs::write(&file, render_plot(plot)).at_file(&file)?;
    }
    staged.commit()
}

/// A picture: its file's name without extension, and the SVG document.
pub(super) type Picture = (String, String);

/// Writes the tables as Markdown beside every picture, and prints them.
pub(super) fn to_folder(
    document: &EvaluationDocument,
    pictures: &[Picture],
    folder: Option<StagedFolder>,
    console: Console,
) -> Result<Outcome> {
    if let Some(folder) = folder {
        write(folder.path(), document, pictures)?;
        folder.commit()?;
    }
    print(document, console)
}

fn write(folder: &Path, document: &EvaluationDocument, pictures: &[Picture]) -> Result<()> {
    let file = folder.join("evaluation.md");
    std::fs::write(&file, document.render_markdown(1)).at_file(&file)?;
    for (name, picture) in pictures {
        let file = folder.join(format!("{name}.svg"));
        std::fs::write(&file, picture).at_file(&file)?;
    }
    Ok(())
}

fn print(document: &EvaluationDocument, console: Console) -> Result<Outcome> {
    if console.json() {
        console.print_json(document)?
    } else {
        console.print(&document.render_text(console.width()))?
    }
    Ok(Outcome::Done)
}

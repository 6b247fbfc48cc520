//! `bonafide train`.

use super::args::{LabelledData, TrainArgs, TrainSubject};
use super::evaluate_creators::creator_data;
use super::evaluation_output;
use super::run_folder::{create_file, read};
use super::{Console, Outcome};
use crate::benchmark::{CreatorEvaluation, EvaluationSettings, draw_training_rows, fit_own_accounts};
use crate::domain::Label;
use crate::error::{Error, Locate, Result};
use crate::model::{AccountModel, CreatorTraining, fit_creator_model, sealed};
use crate::report::EvaluationDocument;
use crate::tables::StagedFile;
use crate::tables::reference::{load_engagement_data, load_labelled_timelines};
use crate::training::{TrainingSettings, load_reference_sets, train_accounts, train_engagement_bands, train_timing};
use std::io::Write;
use std::path::Path;

/// Fits a model, or the bands of engagement, and writes the artifact.
///
/// # Errors
/// The data are not there or cannot be read, or the file cannot be written.
pub fn run(args: &TrainArgs, seed: u64, console: Console) -> Result<Outcome> {
    let mut file = if args.force { StagedFile::replace(&args.out)? } else { create_file(&args.out)? };
    if let Some(folder) = &args.dataset {
        return own_labels(args, folder, (seed, file), console);
    }
    let folder = data_folder(&args.labelled)?;
    let (bytes, sha256) = match args.model {
        TrainSubject::Accounts => accounts(folder, seed, console)?,
        TrainSubject::Timing => timing(folder, seed, console)?,
        TrainSubject::Creators => creators(&args.labelled, seed, console)?,
        TrainSubject::Bands => {
            let bands = train_engagement_bands(&load_engagement_data(folder)?);
            (bands.to_json()?, format!("{} bands", bands.pieces.len()))
        }
    };
    let bytes = if args.model == TrainSubject::Bands { bytes } else { sealed(&bytes) };
    file.write_all(&bytes).at_file(&args.out)?;
    file.commit()?;
    console.print(&format!("{sha256}  {}", args.out.display()))?;
    Ok(Outcome::Done)
}

/// Moves the shipped account model towards the labels of a dataset, and says whether that made it better.
fn own_labels(args: &TrainArgs, folder: &Path, (seed, mut file): (u64, StagedFile), console: Console) -> Result<Outcome> {
    if args.model != TrainSubject::Accounts {
        return Err(Error::invalid_argument("--dataset", "given", "only with `train accounts`"));
    }
    let report_file = args.report.as_deref().map(create_file).transpose()?;
    let settings = if args.quick { EvaluationSettings::quick(seed) } else { EvaluationSettings::published(seed) };
    let own = fit_own_accounts(read(folder, 1.0, console)?.dataset, &AccountModel::embedded()?, &settings)?;
    let document = EvaluationDocument::from(&own.report.evaluation);
    evaluation_output::plots(&own.report, args.plots.as_deref())?;
    if let (Some(path), Some(mut out)) = (&args.report, report_file) {
        out.write_all(document.render_markdown(1).as_bytes()).at_file(path)?;
        out.commit()?;
    }
    file.write_all(&sealed(&own.model.to_json()?)).at_file(&args.out)?;
    file.commit()?;
    console.note(&format!("model: {}, sha256 of its content {}", args.out.display(), own.model.sha256()));
    if console.json() {
        console.print_json(&document)?
    } else {
        console.print(&document.render_text(console.width()))?
    }
    Ok(Outcome::Done)
}

fn accounts(folder: &Path, seed: u64, console: Console) -> Result<(Vec<u8>, String)> {
    let sets = load_reference_sets(folder)?;
    for set in &sets {
        console.note(&format!("read {}: {} labelled accounts", set.name, set.n_labelled()));
    }
    let model = train_accounts(&sets, &TrainingSettings { seed, ..TrainingSettings::default() })?;
    Ok((model.to_json()?, model.sha256().to_owned()))
}

fn creators(labelled: &LabelledData, seed: u64, console: Console) -> Result<(Vec<u8>, String)> {
    console.note("drawing simulated markets, composed audiences and series of posts …");
    let rows = draw_training_rows(&creator_data(labelled)?, &CreatorEvaluation::published(seed))?;
    let n_fake = rows.iter().filter(|row| row.label == Label::Fake).count();
    console.note(&format!("fitting on {} creators, {n_fake} of them inflated", rows.len()));
    let model = fit_creator_model(&rows, &CreatorTraining { seed, ..CreatorTraining::default() })?;
    Ok((model.to_json()?, model.sha256().to_owned()))
}

fn timing(folder: &Path, seed: u64, console: Console) -> Result<(Vec<u8>, String)> {
    let timelines = load_labelled_timelines(folder)?;
    console.note(&format!("read rsc_reddit: {} labelled accounts", timelines.len()));
    let model = train_timing(&timelines, seed)?;
    Ok((model.to_json()?, model.sha256().to_owned()))
}

/// The folder with the public data sets.
pub fn data_folder(labelled: &LabelledData) -> Result<&Path> {
    labelled.data.as_deref().ok_or_else(|| {
        Error::invalid_argument(
            "--data",
            "missing",
            "the folder with the public data sets (or set BONAFIDE_DATA); datasets/README.md says how to obtain them",
        )
    })
}

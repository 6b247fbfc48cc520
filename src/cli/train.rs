//! `bonafide train`.

use super::args::{LabelledData, TrainArgs, TrainSubject};
use super::evaluate_creators::creator_data;
use super::run_folder::create_file;
use super::{Console, Outcome};
use crate::benchmark::{CreatorEvaluation, draw_training_rows};
use crate::domain::Label;
use crate::error::{Error, Locate, Result};
use crate::model::{CreatorTraining, fit_creator_model};
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
    file.write_all(&bytes).at_file(&args.out)?;
    file.commit()?;
    console.print(&format!("{sha256}  {}", args.out.display()))?;
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

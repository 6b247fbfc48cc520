//! `bonafide train`.

use super::args::{LabelledData, TrainArgs};
use super::run_folder::create_file;
use super::{Console, Outcome};
use crate::error::{Error, Locate, Result};
use crate::tables::StagedFile;
use crate::training::{TrainingSettings, load_reference_sets, train_accounts};
use std::io::Write;
use std::path::Path;

/// Fits the account model and writes its artifact.
///
/// # Errors
/// The data are not there or cannot be read, or the file cannot be written.
pub fn run(args: &TrainArgs, seed: u64, console: Console) -> Result<Outcome> {
    let mut file = if args.force { StagedFile::replace(&args.out)? } else { create_file(&args.out)? };
    let sets = load_reference_sets(data_folder(&args.labelled)?)?;
    for set in &sets {
        console.note(&format!("read {}: {} labelled accounts", set.name, set.n_labelled()));
    }
    let model = train_accounts(&sets, &TrainingSettings { seed, ..TrainingSettings::default() })?;
    file.write_all(&model.to_json()?).at_file(&args.out)?;
    file.commit()?;
    console.print(&format!("{}  {}", model.sha256(), args.out.display()))?;
    Ok(Outcome::Done)
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

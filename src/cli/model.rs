//! `bonafide model`.

use super::args::{ModelArgs, ModelName};
use super::run_folder::account_model;
use super::{Console, Outcome};
use crate::error::{Locate, Result};
use crate::model::{CreatorModel, MODEL_FORMAT_VERSION, TimingModel, unsealed};
use crate::report::{card_summary, card_text};
use serde::Serialize;
use std::path::Path;

/// The card of the shipped account model.
const CARD: &str = include_str!("../../models/account/README.md");
/// The card of the shipped timing model.
const TIMING_CARD: &str = include_str!("../../models/timing/README.md");
/// The card of the shipped creator model.
const CREATOR_CARD: &str = include_str!("../../models/creator/README.md");

/// Prints what a model is for and where it fails, or its whole card; with `--json`, or for another artifact, what the artifact
/// says of itself.
///
/// # Errors
/// The artifact cannot be read.
pub fn run(args: &ModelArgs, console: Console) -> Result<Outcome> {
    if args.name == ModelName::Timing {
        return timing(args, console);
    }
    if args.name == ModelName::Creators {
        return creators(args, console);
    }
    let model = account_model(args.model.model.as_deref())?;
    if console.json() || args.model.model.is_some() {
        console.print_json(&model.description())?;
        return Ok(Outcome::Done);
    }
    let card = card_text(CARD);
    if args.full {
        console.print(&card)?;
        console.print(&format!("\nsha256 of this artifact: {}", model.sha256()))?;
    } else {
        let stamp = format!("Account model, format version {MODEL_FORMAT_VERSION}, sha256 {}", model.sha256());
        console.print(&format!(
            "{stamp}\n\n{}\nThe whole card, with data and figures: bonafide model --full",
            card_summary(&card)
        ))?;
    }
    Ok(Outcome::Done)
}

fn creators(args: &ModelArgs, console: Console) -> Result<Outcome> {
    let model = match args.model.model.as_deref() {
        Some(file) => from_file(file, CreatorModel::from_json)?,
        None => CreatorModel::embedded()?,
    };
    show(args, console, &model.description(), (&format!("Creator model, sha256 {}", model.sha256()), CREATOR_CARD))
}

fn timing(args: &ModelArgs, console: Console) -> Result<Outcome> {
    let model = match args.model.model.as_deref() {
        Some(file) => from_file(file, TimingModel::from_json)?,
        None => TimingModel::embedded()?,
    };
    show(args, console, &model.description(), (&format!("Timing model, sha256 {}", model.sha256()), TIMING_CARD))
}

/// The artifact of a model that is another, or for machines; else its card under a headline.
fn show(args: &ModelArgs, console: Console, description: &impl Serialize, (headline, card): (&str, &str)) -> Result<Outcome> {
    if console.json() || args.model.model.is_some() {
        console.print_json(description)?;
        return Ok(Outcome::Done);
    }
    let card = card_text(card);
    let text = if args.full { card } else { card_summary(&card) };
    console.print(&format!("{headline}\n\n{text}"))?;
    Ok(Outcome::Done)
}

/// The model in a file.
fn from_file<T>(file: &Path, read: fn(&[u8]) -> Result<T>) -> Result<T> {
    let bytes = std::fs::read(file).at_file(file)?;
    let artifact = unsealed(&bytes, |bytes| read(bytes).map(|_| ())).at_file(file)?;
    read(&artifact).at_file(file)
}

//! `bonafide model`.

use super::args::ModelArgs;
use super::run_folder::account_model;
use super::{Console, Outcome};
use crate::error::Result;

/// The card of the shipped account model.
const CARD: &str = include_str!("../../models/account/README.md");

/// Prints a model's card; with `--json`, or for another artifact, what the artifact says of itself.
///
/// # Errors
/// The artifact cannot be read.
pub fn run(args: &ModelArgs, console: Console) -> Result<Outcome> {
    let model = account_model(args.model.model.as_deref())?;
    if console.json() || args.model.model.is_some() {
        console.print_json(&model.description())?;
    } else {
        console.print(CARD)?;
        console.print(&format!("\nsha256 of this artifact: {}", model.sha256()))?;
    }
    Ok(Outcome::Done)
}

//! `bonafide evaluate follower-map`.

use super::args::EvaluateArgs;
use super::simulate::read_scenario;
use super::train::data_folder;
use super::{Console, Outcome};
use crate::benchmark::{FollowerMapEvaluation, evaluate_follower_map};
use crate::error::{Error, Locate, Result};
use crate::report::EvaluationDocument;
use crate::simulation::Scenario;
use crate::tables::StagedFile;
use crate::tables::reference::load_follow_order;
use std::io::Write;

/// Worlds where no other is asked for: one with viral bursts and no vendors, and one of each way to deliver.
const WORLDS: [(&str, &str); 4] = [
    ("datasets/scenarios/reporting/clean_viral.toml", include_str!("../../datasets/scenarios/reporting/clean_viral.toml")),
    ("datasets/scenarios/reporting/bulk.toml", include_str!("../../datasets/scenarios/reporting/bulk.toml")),
    ("datasets/scenarios/reporting/drip.toml", include_str!("../../datasets/scenarios/reporting/drip.toml")),
    ("datasets/scenarios/reporting/aged.toml", include_str!("../../datasets/scenarios/reporting/aged.toml")),
];

/// Measures the follower map, batches and follow-time bounds.
///
/// # Errors
/// The data are not there or damaged, a scenario is not valid, or the file cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    if args.dataset.is_some() {
        return Err(Error::invalid_argument("--dataset", "given", "only with `evaluate accounts`"));
    }
    let file = args.out.as_deref().map(StagedFile::create).transpose()?;
    let settings = if args.quick { FollowerMapEvaluation::quick(seed) } else { FollowerMapEvaluation::published(seed) };
    let list = load_follow_order(data_folder(&args.labelled)?)?;
    let report = evaluate_follower_map(&list, &worlds(args)?, &settings)?;
    let document = EvaluationDocument::from(&report);
    if let (Some(out), Some(mut file)) = (&args.out, file) {
        file.write_all(document.render_markdown(1).as_bytes()).at_file(out)?;
        file.commit()?;
    }
    if console.json() {
        console.print_json(&document)?
    } else {
        console.print(&document.render_text(console.width()))?
    }
    Ok(Outcome::Done)
}

fn worlds(args: &EvaluateArgs) -> Result<Vec<Scenario>> {
    match args.scenario.as_deref() {
        Some(file) => Ok(vec![read_scenario(Some(file), "", "")?]),
        None => WORLDS.iter().map(|(name, text)| read_scenario(None, text, name)).collect(),
    }
}

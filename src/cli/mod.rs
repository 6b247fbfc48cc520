//! The command line: what the user typed becomes a call, its result a file or a text. No arithmetic here.

pub mod args;

mod audit;
mod check;
mod compare;
mod completions;
mod console;
mod demo;
mod evaluate;
mod evaluate_comments;
mod evaluate_coordination;
mod evaluate_creators;
mod evaluate_engagement;
mod evaluate_follower_map;
mod evaluate_growth;
mod evaluate_pods;
mod evaluate_shortlist;
mod evaluate_simulation;
mod evaluate_timing;
mod evaluation_output;
mod import;
mod man;
mod model;
mod run_folder;
pub(crate) mod sample;
mod score;
mod shipped_scenarios;
mod shortlist;
mod simulate;
mod train;
mod verify;

use crate::error::{Error, Result};
use args::{Cli, Command};
pub use console::{Console, STANDARD_OUTPUT, printable};

/// How a command ended that could be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, and a condition of `--fail-on` holds.
    FailOnMet,
    /// Done: a run was repeated, or looked at, and something differs.
    DifferenceFound,
}

/// Runs one command.
///
/// # Errors
/// Whatever kept the command from being done.
pub fn run(cli: &Cli) -> Result<Outcome> {
    let console = Console::new(&cli.global);
    rayon::ThreadPoolBuilder::new()
        .num_threads(usize::from(cli.global.threads))
        .build_global()
        .map_err(|error| Error::invalid_argument("--threads", cli.global.threads, error.to_string()))?;
    let seed = cli.global.seed;
    match &cli.command {
        Command::Demo(args) => demo::run(args, seed, console),
        Command::Import(args) => import::run(args, console),
        Command::Check(args) => check::run(args, console),
        Command::Score(args) => score::run(args, seed, console),
        Command::Audit(args) => audit::run(args, seed, console),
        Command::Shortlist(args) => shortlist::run(args, seed, console),
        Command::Compare(args) => compare::run(args, console),
        Command::Verify(args) => verify::run(args, console),
        Command::Train(args) => train::run(args, seed, console),
        Command::Evaluate(args) => evaluate::run(args, seed, console),
        Command::Model(args) => model::run(args, console),
        Command::Simulate(args) => simulate::run(args, seed, console),
        Command::Completions(args) => completions::run(args, console),
        Command::Man(args) => man::run(args, console),
    }
}

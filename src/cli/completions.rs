//! `bonafide completions`.

use super::args::{Cli, CompletionsArgs};
use super::{Console, Outcome};
use crate::error::Result;
use clap::CommandFactory;

/// Prints the completions of one shell.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(args: &CompletionsArgs, console: Console) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "bonafide", &mut script);
    console.print_bytes(&script)?;
    Ok(Outcome::Done)
}

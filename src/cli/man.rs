//! `bonafide man`.

use super::args::{Cli, ManArgs};
use super::{Console, Outcome};
use crate::error::{Locate, Result};
use crate::tables::StagedFolder;
use clap::CommandFactory;
use std::path::Path;

/// Prints the main page, or writes one page a command into a folder.
///
/// # Errors
/// The folder exists or cannot be written.
pub fn run(args: &ManArgs, console: Console) -> Result<Outcome> {
    let command = Cli::command();
    match &args.out {
        None => console.print_bytes(&page(command)?)?,
        Some(out) => write_pages(command, out, console)?,
    }
    Ok(Outcome::Done)
}

fn write_pages(command: clap::Command, out: &Path, console: Console) -> Result<()> {
    let staged = StagedFolder::create(out)?;
    clap_mangen::generate_to(command, staged.path()).at_file(out)?;
    staged.commit()?;
    console.note(&format!("manual pages: {}", out.display()));
    Ok(())
}

fn page(command: clap::Command) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    clap_mangen::Man::new(command).render(&mut bytes)?;
    Ok(bytes)
}

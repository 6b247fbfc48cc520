//! The command line of bonafide.

use bonafide::ErrorKind;
use bonafide::cli::{Outcome, args::Cli, run};
use clap::Parser;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::FailOnMet) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr().lock(), "error: {error}");
            ExitCode::from(2)
        }
    }
}

/// A reader that has seen enough (`bonafide … | head`) is no failure.
fn is_closed_pipe(error: &bonafide::Error) -> bool {
    matches!(error.kind(), ErrorKind::Io(cause) if cause.kind() == std::io::ErrorKind::BrokenPipe) && error.place().file.is_none()
}

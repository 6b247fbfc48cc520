//! The command line of bonafide.

use bonafide::ErrorKind;
use bonafide::cli::{Outcome, STANDARD_OUTPUT, args::Cli, printable, run};
use bonafide::tables::remove_unfinished;
use clap::Parser;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Exit code of a command ended by a signal, as shells give it for an interrupt.
const INTERRUPTED: i32 = 130;

fn main() -> ExitCode {
    let cli = Cli::parse();
    // Without a handler an interrupted command would leave what it had begun; if none can be set, it still works.
    let _ = ctrlc::set_handler(|| {
        remove_unfinished();
        std::process::exit(INTERRUPTED);
    });
    match run(&cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::FailOnMet | Outcome::DifferenceFound) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr().lock(), "error: {}", printable(&error.to_string()));
            ExitCode::from(2)
        }
    }
}

/// A reader that has seen enough (`bonafide … | head`) is no failure.
fn is_closed_pipe(error: &bonafide::Error) -> bool {
    let is_broken = matches!(error.kind(), ErrorKind::Io(cause) if cause.kind() == std::io::ErrorKind::BrokenPipe);
    is_broken && error.place().file.as_deref() == Some(Path::new(STANDARD_OUTPUT))
}

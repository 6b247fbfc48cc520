//! Where results, notes and progress go.

use crate::cli::args::Global;
use crate::error::{Locate, Result, Shown};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::io::{IsTerminal, Write};

/// What errors call the place that results go to.
pub const STANDARD_OUTPUT: &str = "standard output";

/// Text with all but its line breaks fit to be shown: data must not steer the terminal.
pub fn printable(text: &str) -> String {
    text.split('\n').map(|line| Shown(line).to_string()).collect::<Vec<_>>().join("\n")
}

/// Results to standard output; notes and progress to standard error.
#[derive(Debug, Clone, Copy)]
pub struct Console {
    json: bool,
    quiet: bool,
}

impl Console {
    /// As the global flags ask.
    pub fn new(global: &Global) -> Self {
        Self { json: global.json, quiet: global.quiet }
    }

    /// Whether results are to be JSON.
    pub fn json(self) -> bool {
        self.json
    }

    /// Columns of the terminal, or a width that suits a file.
    pub fn width(self) -> u16 {
        const IN_A_FILE: u16 = 140;
        terminal_size::terminal_size().map_or(IN_A_FILE, |(columns, _)| columns.0.max(40))
    }

    /// Prints a result.
    ///
    /// # Errors
    /// Standard output cannot be written; a closed pipe is told apart by `main`.
    pub fn print(self, text: &str) -> Result<()> {
        self.print_bytes(text.as_bytes())?;
        if !text.ends_with('\n') {
            self.print_bytes(b"\n")?;
        }
        Ok(())
    }

    /// Prints bytes as they are.
    ///
    /// # Errors
    /// As [`Console::print`].
    pub fn print_bytes(self, bytes: &[u8]) -> Result<()> {
        let mut out = std::io::stdout().lock();
        out.write_all(bytes).and_then(|()| out.flush()).at_file(STANDARD_OUTPUT)
    }

    /// Prints a value as indented JSON.
    ///
    /// # Errors
    /// As [`Console::print`].
    pub fn print_json(self, value: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string_pretty(value).map_err(std::io::Error::from)?;
        self.print(&text)
    }

    /// Says something on standard error, unless quiet. A message that cannot be said is lost.
    pub fn note(self, text: &str) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr().lock(), "{}", printable(text));
        }
    }

    /// A line that shows how many bytes of a step are done; silent unless standard error is a terminal.
    pub fn progress(self, message: &'static str) -> ProgressBar {
        if self.quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(0).with_message(message);
        if let Ok(style) = ProgressStyle::with_template("{msg:<12} {wide_bar} {bytes}/{total_bytes} {eta}") {
            bar.set_style(style);
        }
        bar
    }
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn control_characters_are_spelt_out() {
        assert_eq!(printable("a\u{1b}[31mb\u{7}\nc"), "a\\u{1b}[31mb\\u{7}\nc");
    }
}

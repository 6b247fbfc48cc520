//! Where the real data stand that no repository may hold.

use std::path::PathBuf;

/// The folder that `BONAFIDE_DATA` names; without it, a note, and the caller passes.
#[allow(clippy::print_stderr, reason = "a test that is passed over says so")]
pub fn folder(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("BONAFIDE_DATA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("{test}: passed over, BONAFIDE_DATA is not set");
    }
    folder
}

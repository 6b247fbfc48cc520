//! Markdown, in GitHub's dialect.

mod escape;
mod table;

#[allow(unused_imports)]
pub use escape::{name, prose};
pub use table::table;

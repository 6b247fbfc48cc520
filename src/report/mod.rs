//! Renders results to bytes: HTML with SVG charts, Markdown, JSON and terminal text. No disk, no clock.

mod evaluation;
mod json;
#[allow(dead_code)]
mod markdown;
#[allow(dead_code)]
mod neutral;
#[allow(dead_code)]
mod number;
mod summary;
mod terminal;

pub use evaluation::{EvaluationDocument, EvaluationTableDocument};
pub use json::render_json;
pub use summary::{Summary, SummaryRow};

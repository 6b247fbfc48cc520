//! `bonafide evaluate comments`.

use super::args::EvaluateArgs;
use super::shipped_scenarios::reporting;
use super::train::data_folder;
use super::{Console, Outcome, evaluation_output};
use crate::benchmark::{CommentData, CommentEvaluation, evaluate_comments};
use crate::error::Result;
use crate::report::EvaluationDocument;
use crate::tables::reference::{load_labelled_comments, load_page_comments};

/// Measures what is said of comments.
///
/// # Errors
/// The data are damaged, a scenario is not valid, or the file cannot be written.
pub fn run(args: &EvaluateArgs, seed: u64, console: Console) -> Result<Outcome> {
    evaluation_output::without_dataset(args)?;
    let file = evaluation_output::file(args)?;
    let root = data_folder(&args.labelled)?;
    let data = CommentData {
        labelled: load_labelled_comments(root)?,
        pages: load_page_comments(root)?,
        scenarios: evaluation_output::scenarios(args, &reporting::EXTREMES)?,
    };
    let settings = if args.quick { CommentEvaluation::quick(seed) } else { CommentEvaluation::published(seed) };
    evaluation_output::to_file(&EvaluationDocument::from(&evaluate_comments(&data, &settings)?), args, file, console)
}

//! What names say: how likely a handle is, how it is built, how near it is to the display name.

mod handle;
mod handle_model;
mod handle_template;
mod similarity;

pub use handle::{HandleShape, evenness, is_digit, is_separator};
pub use handle_model::HandleModel;
pub use handle_template::handle_template;
pub use similarity::{folded_letters, name_similarity};

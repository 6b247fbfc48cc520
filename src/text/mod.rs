//! What names say: how likely a handle is, how it is built, how near it is to the display name. What comments are made of, and which are copies.

mod asks_to_follow;
mod comment;
mod contact;
mod copies;
mod disguise;
mod handle;
mod handle_model;
mod handle_template;
mod hashed_grams;
mod language;
mod near_duplicates;
mod promotion;
mod similarity;
mod stock_praise;
mod templates;
mod terms;

pub use asks_to_follow::asks_to_follow;
pub use comment::{CONTACT, Comment, MAX_COMMENT_CHARS, MENTION};
pub use contact::is_contact;
pub use copies::{CopyGroup, Writing, find_copies};
pub use disguise::Disguise;
pub use handle::{HandleShape, evenness, is_digit, is_separator};
pub use handle_model::HandleModel;
pub use handle_template::handle_template;
pub use hashed_grams::{N_GRAM_BUCKETS, hashed_grams};
pub use language::Language;
pub use near_duplicates::near_duplicates;
pub use promotion::is_promotion;
pub use similarity::{folded_letters, name_similarity};
pub use stock_praise::is_stock_praise;
pub use templates::are_templates;
pub use terms::terms;

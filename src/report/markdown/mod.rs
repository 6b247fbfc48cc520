//! Markdown, in GitHub's dialect.

mod audience;
mod background;
mod comments;
mod creator;
mod escape;
mod explanation;
mod follower_map;
mod groups;
mod letter;
mod places;
mod shortlist;
mod table;

pub use creator::render_markdown;
pub use escape::{name, prose};
pub use shortlist::render_shortlist_markdown;
pub use table::table;

//! One signal's part in a decision value, as a bar to either side of zero.

use super::{px, stroke};
use maud::{Markup, html};

const WIDTH: f64 = 120.0;

/// A bar to the right for *fake*, to the left against it, on a scale that ends at `largest`. The number stands beside it in
/// the table, so the picture is hidden from screen readers.
pub fn contribution_bar(log_odds: f64, largest: f64) -> Markup {
    let middle = WIDTH / 2.0;
    let length = (log_odds.abs() / largest.max(f64::MIN_POSITIVE)).min(1.0) * (middle - 2.0);
    let (class, left) = if log_odds > 0.0 { ("fill-suspicious", middle) } else { ("fill-real", middle - length) };
    html! {
        svg class="part" viewBox="0 0 120 12" aria-hidden="true" {
            rect class=(class) x=(px(left)) y="2" width=(px(length)) height="8" {}
            (stroke("axis", (middle, 0.0), (middle, 12.0)))
        }
    }
}

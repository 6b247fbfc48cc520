//! Two pictures of a coordinated group: its accounts over time, and which account acts on which creator.

use super::axis::{Scale, days};
use super::{WIDTH, picture, px, stroke, words};
use crate::report::creator::GroupText;
use maud::{Markup, html};
use std::fmt::Write as _;

const LEFT: f64 = 12.0;
const RIGHT: f64 = WIDTH - 10.0;
const TOP: f64 = 12.0;
/// Height of the band of accounts.
const BAND: f64 = 180.0;

/// A mark for every action: accounts from top to bottom by their first action, time from left to right; actions on the report's creator in
/// another colour. Bursts that accounts share stand as upright stripes.
pub fn group_raster(group: &GroupText) -> Markup {
    let times = || group.accounts.iter().flat_map(|account| &account.actions).filter_map(|action| action.at_ms);
    let (Some(first), Some(last)) = (times().min(), times().max()) else { return html! {} };
    let across = Scale { values: (first as f64, last as f64), place: (LEFT, RIGHT - 3.0) };
    let row = BAND / group.accounts.len().max(1) as f64;
    let marks = |of_this: bool| {
        let mut path = String::new();
        for (place, account) in group.accounts.iter().enumerate() {
            let wanted = account.actions.iter().filter(|action| group.creators[action.creator].is_this == of_this);
            for at in wanted.filter_map(|action| action.at_ms) {
                block(&mut path, (across.at(at as f64), TOP + place as f64 * row), (2.6, (row * 0.85).min(6.0)));
            }
        }
        path
    };
    let content = html! {
        path class="fill-real" d=(marks(false)) {}
        path class="fill-suspicious" d=(marks(true)) {}
        (stroke("axis", (LEFT, TOP + BAND + 4.0), (RIGHT, TOP + BAND + 4.0)))
        (days(across, TOP + BAND + 24.0))
    };
    picture(TOP + BAND + 34.0, "Accounts of the group over time: one mark an action", &content)
}

/// A filled cell where an account acts on a creator: creators from top to bottom, accounts from left to right.
pub fn group_matrix(group: &GroupText) -> Markup {
    let (row, column) =
        ((BAND / group.creators.len().max(1) as f64).min(14.0), (RIGHT - LEFT) / group.accounts.len().max(1) as f64);
    let cells = |of_this: bool| {
        let mut path = String::new();
        for (place, account) in group.accounts.iter().enumerate() {
            for action in account.actions.iter().filter(|action| group.creators[action.creator].is_this == of_this) {
                let corner = (LEFT + place as f64 * column, TOP + action.creator as f64 * row);
                block(&mut path, corner, ((column * 0.85).min(14.0), row * 0.85));
            }
        }
        path
    };
    let bottom = TOP + row * group.creators.len() as f64;
    let content = html! {
        path class="fill-real" d=(cells(false)) {}
        path class="fill-suspicious" d=(cells(true)) {}
        (stroke("axis", (LEFT, bottom + 4.0), (RIGHT, bottom + 4.0)))
        (words("tick", (LEFT, bottom + 22.0), "start", "accounts →"))
        (words("tick", (RIGHT, bottom + 22.0), "end", "one row a creator, this one first"))
    };
    picture(bottom + 32.0, "Creators by accounts of the group: a cell where the account acts on the creator", &content)
}

fn block(path: &mut String, (x, y): (f64, f64), (width, height): (f64, f64)) {
    let _ = write!(path, "M{} {}h{}v{}h-{}z", px(x), px(y), px(width), px(height.max(0.6)), px(width));
}

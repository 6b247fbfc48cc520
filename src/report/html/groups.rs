//! Coordinated groups: who, on whom, when.

use super::elements::{self, Head, figure, name, table, text};
use crate::report::chart::{group_matrix, group_raster};
use crate::report::creator::{GroupSection, GroupText};
use crate::report::number;
use maud::{Markup, html};

/// At most five groups, each with two pictures.
pub fn section(groups: Option<&GroupSection>) -> Markup {
    let Some(section) = groups else { return html! {} };
    let more = section.total_count - section.groups.len() as u64;
    let content = html! {
        @for group in &section.groups { (one(group)) }
        @if more > 0 { p.quiet { (number::count(more)) " more groups are in the run's table groups." } }
    };
    elements::section("groups", "Coordinated groups", &content)
}

fn one(group: &GroupText) -> Markup {
    let window = group.window_start.as_deref().zip(group.window_end.as_deref());
    html! {
        h3 { "Group " (group.group_id) }
        p {
            (group.statement)
            @if let Some((start, end)) = window { " First and last action: " (start) " and " (end) "." }
            " " (group.chance_note)
        }
        @if let Some(note) = &group.price_note { p.quiet { (note) } }
        @if group.accounts.iter().any(|account| !account.actions.is_empty()) { div.pair {
            (figure(&group_raster(group), "Bursts that accounts share stand as stripes.", &text("Actions on this creator in another colour; accounts by their first action."), &accounts(group)))
            (figure(&group_matrix(group), "Which account acts on which creator.", &text("This creator is the first row."), &creators(group)))
        } } @else { (accounts(group)) }
    }
}

fn accounts(group: &GroupText) -> Markup {
    let rows: Vec<Vec<Markup>> = group
        .accounts
        .iter()
        .map(|account| {
            let here = account.actions.iter().find(|action| group.creators[action.creator].is_this);
            vec![
                name(&account.account_id),
                text(&account.p_fake.map_or_else(|| "–".to_owned(), number::percent)),
                text(&account.actions.len().to_string()),
                text(here.and_then(|action| action.at.as_deref()).unwrap_or("–")),
            ]
        })
        .collect();
    let heads = [
        Head::Text("account"),
        Head::Number("probability of fake"),
        Head::Number("actions shown"),
        Head::Text("on this creator (UTC)"),
    ];
    table("Members", &heads, &rows)
}

fn creators(group: &GroupText) -> Markup {
    let rows: Vec<Vec<Markup>> = group
        .creators
        .iter()
        .map(|creator| {
            vec![
                name(&creator.creator_id),
                text(&number::count(creator.members_count)),
                text(creator.first_at.as_deref().unwrap_or("–")),
                text(creator.last_at.as_deref().unwrap_or("–")),
            ]
        })
        .collect();
    table(
        "Creators",
        &[Head::Text("creator"), Head::Number("members"), Head::Text("first (UTC)"), Head::Text("last (UTC)")],
        &rows,
    )
}

//! Coordinated groups: who, on whom, when.

use super::elements::{self, Head, figure, handle_or_id, name, table, text};
use crate::report::chart::{group_matrix, group_raster};
use crate::report::creator::{GroupSection, GroupText};
use crate::report::neutral::{PROSE_CHARS, visible};
use crate::report::number;
use maud::{Markup, html};

/// Rows and columns of the table of times at most: forty accounts by ten creators stay a page.
const N_TIMES: (usize, usize) = (40, 10);

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
            bdi { (visible(&group.statement, PROSE_CHARS)) }
            @if let Some((start, end)) = window { " First and last action: " (start) " and " (end) "." }
            " " (group.chance_note)
        }
        (facts(group))
        @if let Some(note) = &group.price_note { p.quiet { (note) } }
        @if group.accounts.iter().any(|account| !account.actions.is_empty()) { div.pair {
            (figure(&group_raster(group), "Bursts that accounts share stand as stripes.", &text("Actions on this creator in another colour; accounts by their first action."), &accounts(group)))
            (figure(&group_matrix(group), "Which account acts on which creator.", &text("This creator is the first row."), &creators(group)))
        } (times(group)) } @else { (accounts(group)) }
    }
}

fn facts(group: &GroupText) -> Markup {
    html! {
        @if !group.facts.is_empty() {
            p.quiet { "What would tell accounts that a service sends from people who were called together, as far as these data show. None of it decides." }
            dl.gaps {
                @for fact in &group.facts {
                    div {
                        dt { (fact.name) }
                        dd { span.fact { (fact.statement) } " " (fact.reading) }
                    }
                }
            }
        }
    }
}

/// `2024-06-14 13:05`, or a dash where it is not known.
fn minute(at: Option<&str>) -> String {
    at.map_or_else(|| "–".to_owned(), |at| at.chars().take(16).collect::<String>().replace('T', " "))
}

/// Which account acted on which creator, to the minute.
fn times(group: &GroupText) -> Markup {
    let creators = &group.creators[..group.creators.len().min(N_TIMES.1)];
    let mut heads = vec![Head::Text("account"), Head::Number("probability of fake")];
    heads.extend(creators.iter().map(|creator| Head::Name(creator.handle.as_deref().unwrap_or(&creator.creator_id))));
    let cell =
        |account: usize, creator: usize| {
            let action = group.accounts[account].actions.iter().find(|action| action.creator == creator);
            text(&action.map_or_else(
                || minute(None),
                |action| action.at.as_deref().map_or_else(|| "yes".to_owned(), |at| minute(Some(at))),
            ))
        };
    let row = |account: usize| -> Vec<Markup> {
        let known = &group.accounts[account];
        let first = [name(&known.account_id), text(&known.p_fake.map_or_else(|| "–".to_owned(), number::percent))];
        first.into_iter().chain((0..creators.len()).map(|creator| cell(account, creator))).collect()
    };
    let n_rows = group.accounts.len().min(N_TIMES.0);
    let rows: Vec<Vec<Markup>> = (0..n_rows).map(row).collect();
    let caption = format!(
        "{} of {} by {} of {}, times in UTC; a dash where the account did not act. All members stand in the run's table group_members.",
        number::count(n_rows as u64),
        number::count_of(group.members_count, "account"),
        number::count(creators.len() as u64),
        number::count_of(group.creators_count, "creator")
    );
    html! { details { summary { "Who acted on whom, to the minute" } (table(&caption, &heads, &rows)) } }
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
                text(&minute(here.and_then(|action| action.at.as_deref()))),
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
                handle_or_id(creator.handle.as_deref(), &creator.creator_id),
                text(&number::count(creator.members_count)),
                text(&minute(creator.first_at.as_deref())),
                text(&minute(creator.last_at.as_deref())),
            ]
        })
        .collect();
    table(
        "Creators",
        &[Head::Text("creator"), Head::Number("members"), Head::Text("first (UTC)"), Head::Text("last (UTC)")],
        &rows,
    )
}

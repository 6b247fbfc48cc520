//! Countries and languages of the audience, as tables.

use super::{name, prose, table};
use crate::report::creator::{PlaceShare, PlaceTable, PlacesSection};
use crate::report::number;

/// Nothing where neither is in the data.
pub fn places(section: Option<&PlacesSection>) -> String {
    let Some(section) = section else { return String::new() };
    let statements: String = section.statements.iter().map(|statement| format!("{}\n\n", prose(statement))).collect();
    let tables = [("country", &section.countries), ("language", &section.languages)];
    let tables: String = tables.into_iter().filter_map(|(what, own)| Some(rows(what, own.as_ref()?))).collect();
    format!("## Where the audience is\n\n{statements}{tables}")
}

fn rows(what: &str, own: &PlaceTable) -> String {
    let row = |share: &PlaceShare| {
        let range = number::percent_range(share.share_low, share.share_high);
        vec![name(&share.name), number::count(share.count), number::percent(share.share), range]
    };
    let mut rows: Vec<Vec<String>> = own.rows.iter().map(row).collect();
    if own.others_count > 0 {
        rows.push(vec!["others".to_owned(), number::count(own.others_count), String::new(), String::new()]);
    }
    table(&[what, ">followers", ">share", ">90 % interval"], &rows) + "\n"
}

//! Rows that pages, Markdown and terminals share, and the list as CSV.

use super::{AlternativeRow, MissedRow, Range, ShortlistReport, people, range_text};
use crate::report::number;

/// Headings of the list; numbers begin with `>`.
pub const LIST_HEADS: [&str; 8] =
    ["creator", "size", ">score", ">price", ">authentic people", ">adds", ">engagements", ">stays in"];

/// The numbers of a member: size, score, price, people, gain, engagements, stays.
pub fn one_line(report: &ShortlistReport, place: usize) -> Vec<String> {
    let member = &report.members[place];
    let missing = || "–".to_owned();
    let short = |range: Option<Range>| {
        range.map_or_else(missing, |range| format!("{} ({}–{})", people(range.value), people(range.low), people(range.high)))
    };
    let score =
        member.creator.score.map_or_else(missing, |score| format!("{:.0} ({:.0}–{:.0})", score.value, score.low, score.high));
    let table = if member.is_table_price { " (table)" } else { "" };
    vec![
        member.creator.tier.map_or_else(missing, str::to_owned),
        score,
        format!("{}{table}", report.money(member.cost)),
        short(member.reach),
        people(member.gain),
        short(member.engagements),
        format!("{:.0} %", 100.0 * member.stays_share),
    ]
}

/// Why a candidate was not bought, in a sentence.
pub fn why_missed(report: &ShortlistReport, missed: &MissedRow) -> String {
    let already = if missed.already_share >= 0.005 {
        format!(", {} of what it brings is in the set", number::percent(missed.already_share))
    } else {
        String::new()
    };
    let stays = if missed.stays_share > 0.0 {
        format!("; bought in {:.0} of {} draws", missed.stays_share * report.draws_count as f64, report.draws_count)
    } else {
        String::new()
    };
    format!("costs {}, would add {}{already}: {}{stays}", report.money(missed.cost), people(missed.gain), missed.because)
}

/// The set, the one creator and the simple rules: name, creators, cost, worth.
pub fn one_and_rules(report: &ShortlistReport) -> Vec<Vec<String>> {
    let missing = || "–".to_owned();
    let ours = AlternativeRow {
        name: "this set".to_owned(),
        members_count: report.members.len(),
        cost: Some(report.cost),
        worth: report.worth(),
        kept_out_because: None,
    };
    let rows = std::iter::once(&ours).chain(&report.one).chain(&report.rules);
    rows.map(|row| {
        vec![
            row.name.clone(),
            row.members_count.to_string(),
            row.cost.map_or_else(missing, |cost| report.money(cost)),
            row.worth.map_or_else(missing, range_text),
        ]
    })
    .collect()
}

impl ShortlistReport {
    /// The list as CSV, one row a member. Texts that a spreadsheet would take for a formula begin with an apostrophe.
    ///
    /// # Panics
    /// Never: memory takes every row.
    pub fn render_csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let heads = "rank,creator_id,handle,platform,tier,category,country,verdict,p_fake,score,score_low,score_high,followers,basis,audience_sample_count,cost,currency,is_table_price,\
            authentic_people,authentic_people_low,authentic_people_high,adds,engagements,engagements_low,engagements_high,stays_share,fit,likeness";
        let rows = self.members.iter().enumerate().map(|(place, member)| {
            let creator = &member.creator;
            let real = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
            let text = |value: Option<&str>| value.map_or_else(String::new, harmless);
            let range = |range: Option<Range>| {
                range.map_or_else(
                    || [const { String::new() }; 3],
                    |range| [range.value, range.low, range.high].map(|value| value.to_string()),
                )
            };
            let mut row = vec![(place + 1).to_string(), harmless(&creator.creator_id), text(creator.handle.as_deref())];
            row.extend([creator.platform.to_owned(), creator.tier.unwrap_or("").to_owned()]);
            row.extend([
                text(creator.category.as_deref()),
                text(creator.country.as_deref()),
                creator.verdict.to_owned(),
                real(creator.p_fake),
            ]);
            row.extend(range(creator.score));
            row.extend([
                real(creator.followers),
                creator.basis.to_owned(),
                creator.audience_sample_count.map_or_else(String::new, |count| count.to_string()),
            ]);
            row.extend([member.cost.to_string(), text(self.currency.as_deref()), member.is_table_price.to_string()]);
            row.extend(range(member.reach));
            row.push(member.gain.to_string());
            row.extend(range(member.engagements));
            row.extend([member.stays_share.to_string(), real(member.fit), real(member.likeness)]);
            row
        });
        let heads: Vec<String> = heads.split(',').map(|head| head.trim().to_owned()).collect();
        for row in std::iter::once(heads).chain(rows) {
            writer.write_record(row).expect("memory takes every row, and all have one length");
        }
        writer.into_inner().expect("memory takes every row")
    }
}

/// Text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

//! What `demo` and `score` print: creators, the most authentic first.

use crate::audit::Audit;
use crate::domain::{Creator, Dataset, Sampling, Severity, ShareEstimate, Verdict};
use crate::report::neutral::visible;
use crate::report::number;
use crate::report::terminal::{self, Align};
use crate::scoring::{CreatorScore, SCORE_MEANING};
use serde::Serialize;
use std::collections::BTreeMap;

/// Longest handle in the table, in characters.
const HANDLE_CHARS: usize = 24;
/// Room that findings need to stand in the table; in less they are left out.
const FINDING_WIDTH: u16 = 26;

/// Wire form of a run's summary: one row a creator, by score, unscored ones last.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// Creators by score, the most authentic first.
    pub creators: Vec<SummaryRow>,
    /// How follows are stated to be sampled; from `newest_first` scores and shares speak of the listed followers only.
    pub follows_sampling: &'static str,
    /// How many creators got each verdict.
    pub verdict_counts: BTreeMap<&'static str, u64>,
    /// Accounts seen, creators included.
    pub accounts_count: u64,
    /// Rows of all tables that could not be read.
    pub rejected_rows_count: u64,
}

/// One creator of a [`Summary`]; names as in the table `creators` of a run.
#[derive(Debug, Clone, Serialize)]
pub struct SummaryRow {
    /// Id in the dataset.
    pub creator_id: String,
    /// Handle, where the table `accounts` has it.
    pub handle: Option<String>,
    /// Platform.
    pub platform: &'static str,
    /// Size class.
    pub tier: Option<&'static str>,
    /// Followers as the platform counts them.
    pub followers: Option<u64>,
    /// Percentage of what a sponsor would pay for that is authentic, 0..=100.
    pub score: Option<f64>,
    /// Lower end of its 90 % interval.
    pub score_low: Option<f64>,
    /// Upper end of its 90 % interval.
    pub score_high: Option<f64>,
    /// Fake share of the audience, 0..=1.
    pub audience_fake_share: Option<f64>,
    /// Lower end of its 90 % interval.
    pub audience_fake_share_low: Option<f64>,
    /// Upper end of its 90 % interval.
    pub audience_fake_share_high: Option<f64>,
    /// Accounts that share rests on.
    pub audience_sample_count: Option<u64>,
    /// Fake share of engagement, 0..=1.
    pub engagement_fake_share: Option<f64>,
    /// Lower end of its 90 % interval.
    pub engagement_fake_share_low: Option<f64>,
    /// Upper end of its 90 % interval.
    pub engagement_fake_share_high: Option<f64>,
    /// Accounts that share rests on.
    pub engagement_sample_count: Option<u64>,
    /// What a reader may conclude.
    pub verdict: &'static str,
    /// The weightiest finding, a notice or more.
    pub top_finding: Option<String>,
    /// Why nothing can be concluded, where the verdict is `insufficient`.
    pub insufficient_because: Option<String>,
}

impl Summary {
    /// Of an audit, creators by score (the most authentic first), unscored ones last, equal ones by id.
    pub fn assemble(dataset: &Dataset, audit: &Audit) -> Self {
        let mut top_findings: BTreeMap<u32, &str> = BTreeMap::new();
        for finding in audit.findings.iter().filter(|finding| finding.severity >= Severity::Notice) {
            top_findings.entry(finding.creator.0).or_insert(&finding.statement);
        }
        let mut creators: Vec<SummaryRow> = (dataset.creators.iter().zip(&audit.creators))
            .map(|(creator, score)| row(dataset, creator, score, top_findings.get(&score.id.0).copied()))
            .collect();
        creators.sort_by(|a, b| {
            let key = |row: &SummaryRow| row.score.unwrap_or(f64::NEG_INFINITY);
            key(b).total_cmp(&key(a)).then_with(|| a.creator_id.cmp(&b.creator_id))
        });
        let mut verdict_counts = BTreeMap::new();
        for creator in &creators {
            *verdict_counts.entry(creator.verdict).or_default() += 1;
        }
        Self {
            creators,
            follows_sampling: dataset.manifest.follows_sampling.word(),
            verdict_counts,
            accounts_count: dataset.n_accounts() as u64,
            rejected_rows_count: dataset.summaries.values().map(|summary| summary.rejected).sum(),
        }
    }

    fn is_of_newest(&self) -> bool {
        self.follows_sampling == Sampling::NewestFirst.word()
    }

    /// As a plain table no wider than `width` columns where that is possible, at most `max_rows` creators.
    pub fn render_text(&self, width: u16, max_rows: usize) -> String {
        let shown = &self.creators[..self.creators.len().min(max_rows)];
        let rows: Vec<Vec<String>> = shown.iter().map(SummaryRow::cells).collect();
        let narrow = terminal::table(&HEADINGS[..HEADINGS.len() - 1], &rows, u16::MAX);
        let used = narrow.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        let has_room = used + usize::from(FINDING_WIDTH) <= usize::from(width);
        let mut text = if has_room { terminal::table(HEADINGS, &rows, width) } else { narrow };
        text.push('\n');
        if shown.len() < self.creators.len() {
            text.push_str(&format!(" … and {} more\n", number::count((self.creators.len() - shown.len()) as u64)));
        }
        text.push('\n');
        let verdicts: Vec<String> =
            self.verdict_counts.iter().map(|(verdict, count)| format!("{} {verdict}", number::count(*count))).collect();
        text.push_str(&terminal::paragraph(
            &format!(
                "{}: {}. {}. {SCORE_MEANING}{} Fake share: of the audience. Ranges are 90 % intervals; n: followers sampled.",
                number::count_of(self.creators.len() as u64, "creator"),
                verdicts.join(", "),
                number::count_of(self.accounts_count, "account"),
                if self.is_of_newest() { NEWEST_ONLY } else { "" },
            ),
            width,
        ));
        text.push('\n');
        if self.rejected_rows_count > 0 {
            let rows = number::count(self.rejected_rows_count);
            text.push_str(&terminal::paragraph(
                &format!(
                    "{rows} rows could not be read and are left out; the run's folder rejected/ holds them with their reasons."
                ),
                width,
            ));
            text.push('\n');
        }
        text
    }
}

const NEWEST_ONLY: &str = " Scores and shares speak of the newest followers listed (n), not of whole audiences.";

const HEADINGS: &[(&str, Align)] = &[
    ("creator", Align::Left),
    ("platform", Align::Left),
    ("tier", Align::Left),
    ("followers", Align::Right),
    ("score", Align::Right),
    ("fake share", Align::Right),
    ("n", Align::Right),
    ("verdict", Align::Left),
    ("top finding", Align::Wrap),
];

fn row(dataset: &Dataset, creator: &Creator, score: &CreatorScore, top_finding: Option<&str>) -> SummaryRow {
    let share = |get: fn(&ShareEstimate) -> f64| score.audience_fake.as_ref().map(get);
    SummaryRow {
        creator_id: dataset.name(creator.id).to_owned(),
        handle: dataset.accounts.handle.get(creator.id.index()).map(str::to_owned),
        platform: creator.platform.word(),
        tier: score.tier.map(|tier| tier.word()),
        followers: score.followers,
        score: score.score.map(|score| score.value),
        score_low: score.score.map(|score| score.interval.low()),
        score_high: score.score.map(|score| score.interval.high()),
        audience_fake_share: share(|estimate| estimate.share),
        audience_fake_share_low: share(|estimate| estimate.interval.low()),
        audience_fake_share_high: share(|estimate| estimate.interval.high()),
        audience_sample_count: score.audience_fake.map(|estimate| estimate.sample_count),
        engagement_fake_share: score.engagement_fake.map(|estimate| estimate.share),
        engagement_fake_share_low: score.engagement_fake.map(|estimate| estimate.interval.low()),
        engagement_fake_share_high: score.engagement_fake.map(|estimate| estimate.interval.high()),
        engagement_sample_count: score.engagement_fake.map(|estimate| estimate.sample_count),
        verdict: score.verdict.word(),
        top_finding: top_finding.map(str::to_owned),
        insufficient_because: (score.verdict == Verdict::Insufficient).then(|| score.verdict_reason.clone()),
    }
}

impl SummaryRow {
    /// The weightiest finding, else why nothing can be concluded.
    fn remark(&self) -> &str {
        self.top_finding.as_deref().or(self.insufficient_because.as_deref()).map_or("–", first_clause)
    }

    fn cells(&self) -> Vec<String> {
        let missing = || "–".to_owned();
        let name = self.handle.as_deref().filter(|handle| !handle.trim().is_empty()).unwrap_or(&self.creator_id);
        let score = self.score.zip(self.score_low).zip(self.score_high);
        let share = self.audience_fake_share.zip(self.audience_fake_share_low).zip(self.audience_fake_share_high);
        vec![
            visible(name, HANDLE_CHARS),
            self.platform.to_owned(),
            self.tier.map_or_else(missing, str::to_owned),
            self.followers.map_or_else(missing, number::count),
            score.map_or_else(missing, |((value, low), high)| format!("{value:.0} ({low:.0}–{high:.0})")),
            share.map_or_else(missing, |((value, low), high)| {
                format!("{} ({})", number::percent(value), number::percent_range(low, high))
            }),
            self.audience_sample_count.map_or_else(missing, number::count),
            self.verdict.to_owned(),
            visible(self.remark(), 120),
        ]
    }
}

/// A statement up to its first comma or semicolon, brackets left whole: the table has no room for more.
fn first_clause(statement: &str) -> &str {
    let mut depth = 0;
    for (at, character) in statement.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' | ';' if depth == 0 && statement[at + 1..].starts_with(' ') => {
                return &statement[..at];
            }
            _ => {}
        }
    }
    statement
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Fixture, Names};

    fn summary(names: &Names) -> Summary {
        let fixture = Fixture::new(names);
        Summary::assemble(&fixture.dataset, &fixture.audit)
    }

    #[test]
    fn ranks_the_most_authentic_first() {
        let scores: Vec<Option<f64>> = summary(&Names::default()).creators.iter().map(|row| row.score).collect();
        assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "{scores:?}");
    }

    #[test]
    fn leaves_findings_out_where_there_is_no_room() {
        let summary = summary(&Names::default());
        assert!(summary.render_text(140, 50).contains("top finding"));
        let narrow = summary.render_text(96, 2);
        assert!(!narrow.contains("top finding") && narrow.contains("and 3 more"), "{narrow}");
    }

    #[test]
    fn hostile_handles_cannot_steer_the_terminal() {
        let names = Names { handle: "\u{1b}[2J\u{202e}evil\n".repeat(100), ..Names::default() };
        let text = summary(&names).render_text(140, 50);
        assert!(!text.chars().any(|c| c != '\n' && crate::report::neutral::is_deceptive(c)), "{text:?}");
        assert_eq!(text.lines().filter(|line| line.contains("evil")).count(), 1, "{text}");
    }

    #[test]
    fn golden_summary_is_as_reviewed() {
        insta::with_settings!({ snapshot_path => "golden", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_binary_snapshot!("summary.txt", summary(&Names::default()).render_text(140, 50).into_bytes());
        });
    }
}

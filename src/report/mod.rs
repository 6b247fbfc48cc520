//! Renders results to bytes: HTML with SVG charts, Markdown, JSON and terminal text. No disk, no clock.

mod chart;
mod check;
mod creator;
mod evaluation;
mod html;
mod json;
mod markdown;
mod model_card;
mod neutral;
mod number;
mod plot;
mod run_comparison;
mod run_manifest;
mod run_tables;
mod shortlist;
mod summary;
mod terminal;
mod verdict_change;

pub use check::{CheckReport, RejectExample, RejectReason, ResultNeed, SignalReach, TableReach, TimeSpan};
pub use creator::{
    AdditiveExplanation, AudienceSection, BlockText, CausesText, ClassCount, CommonSign, ComparisonRow, ComparisonSection,
    Contribution, CreatorReport, DataSection, Distribution, DistributionBin, ExplanationSection, FindingText, Identity,
    InputTable, LetterText, Market, Measure, NotMeasuredText, PlaceShare, PlaceTable, PlacesSection, PostPoint, PostSection,
    Provenance, REPORT_VERSION, ReasonText, ReportSource, SeriesPoint, SuspiciousAccount, SuspiciousAccounts, TimeSeries,
    VerdictText, WeighedCauseText,
};
pub use evaluation::{EvaluationDocument, EvaluationTableDocument};
pub use html::{render_html, render_shortlist_html};
pub use json::render_json;
pub use markdown::{render_markdown, render_shortlist_markdown};
pub use model_card::{card_summary, card_text};
pub use plot::{render_heat_map, render_plot};
pub use run_comparison::{Change, CreatorChange, RunComparison};
pub use run_manifest::{InputStamp, ModelStamp, OutputFile, RUN_FORMAT_VERSION, RunManifest, RunSettings, TableStamp};
pub use run_tables::{LIST_SEPARATOR, RunTable, run_tables};
pub use shortlist::{
    AlternativeRow, CurveRow, KeptOutRow, MemberRow, MissedRow, PairRow, Range, RemovedRow, RunStamp, SHORTLIST_VERSION,
    ShortlistCreator, ShortlistReport,
};
pub use summary::{Summary, SummaryRow};

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod html_check;
#[cfg(test)]
mod tests;

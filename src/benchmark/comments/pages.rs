//! What the signals of comments show of pages as they are.

use crate::audit::find_comment_copies;
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{ABSENT, count, decimal};
use crate::domain::{Dataset, DatasetBuilder, Label, Manifest, Severity, Table};
use crate::scoring::comment_findings;
use crate::signals::{Activities, CREATOR_SIGNALS, CommentMeasures};
use crate::statistics::quantile;
use crate::tables::reference::{LabelledComment, PageComment};
use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampMillisecondArray};
use std::sync::Arc;

/// One comment: page, user, when, what.
pub(super) struct Row {
    pub page: u32,
    pub user: String,
    pub at_ms: Option<i64>,
    pub text: String,
}

/// Pages with their comments.
pub(super) struct CommentedPages {
    pub name: &'static str,
    pub rows: Vec<Row>,
}

impl CommentedPages {
    pub(super) fn of_news(comments: &[PageComment]) -> Self {
        let row = |comment: &PageComment| Row {
            page: comment.page,
            user: format!("u{}", comment.user),
            at_ms: Some(comment.at.ms()),
            text: comment.text.clone(),
        };
        Self { name: "news pages (vk_market)", rows: comments.iter().map(row).collect() }
    }

    /// Comments that people did not judge spam; who wrote them is not read, so that each has an author of its own.
    pub(super) fn of_videos(comments: &[LabelledComment]) -> Self {
        let mut videos: Vec<&str> = comments.iter().map(|comment| comment.video.as_str()).collect();
        videos.dedup();
        let row = |(number, comment): (usize, &LabelledComment)| Row {
            page: videos.iter().position(|video| *video == comment.video).unwrap_or(0) as u32,
            user: format!("v{number}"),
            at_ms: None,
            text: comment.text.clone(),
        };
        let genuine = comments.iter().enumerate().filter(|(_, comment)| comment.label == Label::Genuine);
        Self { name: "videos without their spam (youtube_spam_uci)", rows: genuine.map(row).collect() }
    }

    /// As a dataset: a page is a creator with one post.
    pub(super) fn dataset(&self, planted: &[Row]) -> Dataset {
        let texts = |values: Vec<String>| -> ArrayRef { Arc::new(StringArray::from(values)) };
        let rows: Vec<&Row> = self.rows.iter().chain(planted).collect();
        let n_pages = rows.iter().map(|row| row.page + 1).max().unwrap_or(0);
        let pages: Vec<String> = (0..n_pages).map(|page| format!("page-{page}")).collect();
        let posts: Vec<String> = (0..n_pages).map(|page| format!("post-{page}")).collect();
        let mut builder = DatasetBuilder::new(Manifest::default());
        let mut push = |table, columns: Vec<(&str, ArrayRef)>| {
            if let Ok(batch) = RecordBatch::try_from_iter(columns) {
                builder.push(table, &batch);
            }
        };
        let platform = texts(vec!["other".to_owned(); pages.len()]);
        push(Table::Creators, vec![("creator_id", texts(pages.clone())), ("platform", platform)]);
        push(Table::Posts, vec![("post_id", texts(posts)), ("creator_id", texts(pages))]);
        let at: ArrayRef = Arc::new(rows.iter().map(|row| row.at_ms).collect::<TimestampMillisecondArray>().with_timezone("UTC"));
        let of = |value: fn(&Row) -> String| texts(rows.iter().map(|row| value(row)).collect());
        let columns = vec![
            ("actor_id", of(|row| row.user.clone())),
            ("post_id", of(|row| format!("post-{}", row.page))),
            ("kind", of(|_| "comment".to_owned())),
            ("at", at),
            ("text", of(|row| row.text.clone())),
        ];
        push(Table::Engagements, columns);
        builder.finish()
    }
}

/// For each source, where its pages lie on each signal, and what is said of them.
pub(super) fn tables(sources: &[CommentedPages]) -> Vec<EvaluationTable> {
    let caption = "What pages as they are show: quantiles over the pages on which a signal could be measured. A page of news or of music is no creator's account: the figures bound the rules, they are no band";
    let mut signals = EvaluationTable::new(caption, &["source", "signal", "pages", "lowest", "median", "highest"]);
    let caption =
        "Findings and groups on the same pages. None is labelled, so that a finding is an alarm only if nothing is behind it";
    let mut alarms = EvaluationTable::new(
        caption,
        &[
            "source",
            "pages",
            "comments",
            "pages with a notice",
            "pages of which anything is told",
            "copy groups",
            "accounts in them",
        ],
    );
    for source in sources {
        let dataset = source.dataset(&[]);
        let activities = Activities::gather(&dataset);
        let measured: Vec<CommentMeasures> = (0..activities.len()).map(|row| CommentMeasures::of(&activities.of(row))).collect();
        for signal in CREATOR_SIGNALS.iter().filter(|signal| signal.id.starts_with("comments.")) {
            let values: Vec<f64> = measured.iter().filter_map(|of| of.value(signal.id)).collect();
            let at = |q: f64| quantile(&values, q).map_or_else(|| ABSENT.to_owned(), decimal);
            signals.push([source.name.to_owned(), signal.name.to_owned(), count(values.len()), at(0.0), at(0.5), at(1.0)]);
        }
        let with = |least: Severity| {
            let said = (0..measured.len()).filter(|&row| {
                comment_findings(&activities.of(row), &measured[row]).iter().any(|finding| finding.severity >= least)
            });
            count(said.count())
        };
        let groups = find_comment_copies(&dataset, activities.comments());
        let n_members: usize = groups.iter().map(|group| group.members.len()).sum();
        alarms.push([
            source.name.to_owned(),
            count(measured.len()),
            count(source.rows.len()),
            with(Severity::Notice),
            with(Severity::Info),
            count(groups.len()),
            count(n_members),
        ]);
    }
    if sources.is_empty() { Vec::new() } else { vec![signals, alarms] }
}

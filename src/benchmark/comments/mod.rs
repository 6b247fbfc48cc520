//! Comments, measured: spam that people labelled, what signals and groups say of comments as they are, copies put among them, simulated worlds.

mod copies;
mod languages;
mod pages;
mod spam;
mod worlds;

use super::{EvaluationReport, EvaluationSettings};
use crate::error::Result;
use crate::simulation::Scenario;
use crate::tables::reference::{LabelledComment, PageComment};
use pages::CommentedPages;

/// What comments are measured on; a part that is absent is said to be.
#[derive(Debug, Clone, Default)]
pub struct CommentData {
    /// Comments under five videos, judged by people (youtube_spam_uci).
    pub labelled: Option<Vec<LabelledComment>>,
    /// Comments on news pages (vk_market).
    pub pages: Option<Vec<PageComment>>,
    /// Worlds to simulate.
    pub scenarios: Vec<Scenario>,
}

/// How much work the evaluation of comments puts into its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommentEvaluation {
    /// Seed of everything drawn; worlds take it and the next ones.
    pub seed: u64,
    /// Resamples behind each interval.
    pub n_bootstrap: u32,
    /// Draws of each planted list, and worlds of each scenario.
    pub n_repeats: u64,
}

impl CommentEvaluation {
    /// A quick look.
    pub fn quick(seed: u64) -> Self {
        Self { seed, n_bootstrap: 50, n_repeats: 1 }
    }

    /// What is printed.
    pub fn published(seed: u64) -> Self {
        Self { seed, n_bootstrap: 2_000, n_repeats: 3 }
    }

    fn settings(&self) -> EvaluationSettings {
        EvaluationSettings { n_bootstrap: self.n_bootstrap, ..EvaluationSettings::published(self.seed) }
    }
}

/// Measures the comment classifier, the signals of comments and the groups of those who copy one another.
///
/// # Errors
/// A fit that does not converge, or a scenario that is not valid.
///
/// # Cost
/// About two minutes on two cores.
pub fn evaluate_comments(data: &CommentData, settings: &CommentEvaluation) -> Result<EvaluationReport> {
    let mut report = EvaluationReport { title: "Comments, measured".to_owned(), ..EvaluationReport::default() };
    match &data.labelled {
        Some(comments) => report.tables.extend(spam::tables(comments, &settings.settings())?),
        None => report.notes.push("youtube_spam_uci is not there: the classifier was not measured.".to_owned()),
    }
    let mut real: Vec<CommentedPages> = Vec::new();
    real.extend(data.pages.as_deref().map(CommentedPages::of_news));
    real.extend(data.labelled.as_deref().map(CommentedPages::of_videos));
    report.tables.extend(languages::table(data));
    report.tables.extend(pages::tables(&real));
    match real.first().filter(|_| data.pages.is_some()) {
        Some(news) => report.tables.push(copies::table(news, settings)),
        None => report.notes.push("vk_market is not there: planted copies were not looked for.".to_owned()),
    }
    for scenario in &data.scenarios {
        report.tables.push(worlds::table(scenario, settings)?);
    }
    report.notes.extend(notes(settings));
    Ok(report)
}

fn notes(settings: &CommentEvaluation) -> [String; 4] {
    [
        "youtube_spam_uci: Alberto, Lochter and Almeida, TubeSpam, ICMLA 2015; 1,956 comments of 2013 to 2015 under five music videos, labelled by hand. \
         Its spam promotes channels, sites and votes. It is no bought praise, and bought praise is not measured here: no public set labels it."
            .to_owned(),
        "Published beside: Alberto et al. 2015 find decision trees, logistic regression, Bernoulli Naive Bayes, random forests and SVMs equivalent (abstract); \
         Airlangga 2024 gives a linear SVM on all comments, ten random folds, accuracy .9533. Both keep duplicates and mix videos, which the row of random folds repeats."
            .to_owned(),
        "vk_market: Kolomeets et al. 2022, comments on news pages of VK in February and March 2022; not known to be free of coordinated accounts.".to_owned(),
        format!("Seed {}. Worlds are simulated: no accuracy in the field.", settings.seed),
    ]
}

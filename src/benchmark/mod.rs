//! The chain from labelled data to measured accuracy: models fitted with sets left out, and what they say of them.

mod accounts;
mod comments;
mod composition;
mod coordination;
mod creators;
mod engagement;
mod figure;
mod follower_map;
mod growth;
mod known_sets;
mod label_plots;
mod leave_out_tables;
mod left_out;
mod missing_fields;
mod nested_choice;
mod operating_point;
mod own_creators;
mod own_labels;
mod own_model;
mod plain_baseline;
mod plan;
mod pods;
mod scored;
mod settings;
mod share_tables;
mod shortlist;
mod simulated_dataset;
mod stability;
mod subgroups;
#[cfg(test)]
mod testing;
mod timing;
mod within;
mod within_set;
mod world;

pub use accounts::evaluate_accounts;
pub use comments::{CommentData, CommentEvaluation, evaluate_comments};
pub use coordination::{
    Background, Begins, Camouflage, CoordinationData, CoordinationEvaluation, CoordinationPart, CoordinationSettings, Delivery,
    Gathering, World,
};
pub use creators::{CreatorData, CreatorEvaluation, draw_training_rows, evaluate_creators};
pub use engagement::{EngagementEvaluation, EngagementWorlds, evaluate_engagement, fit_engagement_causes};
pub use follower_map::{FollowerMapEvaluation, evaluate_follower_map};
pub use growth::{GrowthEvaluation, GrowthWorld, NEVER_SHOWN, evaluate_growth, fit_growth_causes};
pub use own_creators::evaluate_creator_labels;
pub use own_labels::{LabelReport, evaluate_dataset};
pub use own_model::{OwnModel, fit_own_accounts};
pub use pods::{Innocents, PodAccuracy, PodEvaluation, PodTruth, evaluate_pod_worlds, evaluate_pods};
pub use settings::EvaluationSettings;
pub use shortlist::{ShortlistEvaluation, evaluate_shortlists};
pub use simulated_dataset::simulated_dataset;
pub use timing::evaluate_timing;
pub use world::{Axis, Curve, HeatBand, HeatMap, Plot, SimulatedWorld, WorldReport, WorldSettings, evaluate_world};

/// What an evaluation found, as tables of text; the report renders it for terminals, Markdown and JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvaluationReport {
    /// What was evaluated.
    pub title: String,
    /// One table a protocol.
    pub tables: Vec<EvaluationTable>,
    /// What a reader should know: data, date, seed, what was left out.
    pub notes: Vec<String>,
}

/// One table of an evaluation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvaluationTable {
    /// What the table shows, with the protocol.
    pub caption: String,
    /// Column headings; the first column names the row.
    pub columns: Vec<String>,
    /// Rows, one text a column.
    pub rows: Vec<Vec<String>>,
}

impl EvaluationTable {
    /// An empty table.
    fn new(caption: impl Into<String>, columns: &[&str]) -> Self {
        Self { caption: caption.into(), columns: columns.iter().map(|&column| column.to_owned()).collect(), rows: Vec::new() }
    }

    fn push(&mut self, row: impl IntoIterator<Item = String>) {
        self.rows.push(row.into_iter().collect());
    }
}

//! How followers came and went over time, from counts read at any spacing.

mod against_engagement;
mod anomalies;
mod change_points;
mod churn;
mod history;
mod price_list_sizes;
mod recounts;

pub use against_engagement::{GrowthAgainstEngagement, growth_against_engagement};
pub use anomalies::{Course, GrowthAnomaly, GrowthSettings, find_growth_anomalies};
pub use change_points::{CountSeries, change_points};
pub use churn::{FollowChurn, follow_churn};
pub use history::{FollowerHistory, HistoryInterval, HistoryReading};
pub use price_list_sizes::is_listed_size;
pub use recounts::Recount;

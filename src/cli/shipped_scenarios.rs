//! The scenario files of the repository, as the commands that measure carry them.

use super::simulate::read_scenario;
use crate::error::Result;
use crate::simulation::Scenario;

/// Where a scenario file stands in the repository, and its text.
pub type ScenarioFile = (&'static str, &'static str);

/// The scenarios of some files.
///
/// # Errors
/// Never of the repository's own: a test reads them.
pub fn parsed(files: &[ScenarioFile]) -> Result<Vec<Scenario>> {
    files.iter().map(|(name, text)| read_scenario(None, text, name)).collect()
}

/// One constant a file of a folder below `datasets/scenarios`.
macro_rules! files {
    ($folder:literal: $($name:ident = $file:literal),+) => {
        $(pub const $name: super::ScenarioFile = (
            concat!("datasets/scenarios/", $folder, "/", $file, ".toml"),
            include_str!(concat!("../../datasets/scenarios/", $folder, "/", $file, ".toml")),
        );)+
    };
}

/// The worlds of a folder, one by one and as the sets that commands measure.
macro_rules! worlds {
    ($folder:literal) => {
        files!($folder: CLEAN = "clean", CLEAN_VIRAL = "clean_viral", BULK = "bulk", DRIP = "drip", AGED = "aged",
            HIJACKED = "hijacked", MIXED = "mixed", PODS = "pods");
        /// Where one kind of followers is sold, or all.
        pub const MARKETS: [super::ScenarioFile; 5] = [BULK, DRIP, AGED, HIJACKED, MIXED];
        /// Markets, and where nothing is sold.
        pub const FOLLOWERS: [super::ScenarioFile; 7] = [CLEAN, CLEAN_VIRAL, BULK, DRIP, AGED, HIJACKED, MIXED];
        /// Those, and pods.
        pub const ALL: [super::ScenarioFile; 8] = [CLEAN, CLEAN_VIRAL, BULK, DRIP, AGED, HIJACKED, MIXED, PODS];
        /// Where nothing is sold, and where all of it is.
        pub const EXTREMES: [super::ScenarioFile; 3] = [CLEAN, CLEAN_VIRAL, MIXED];
    };
}

/// Worlds that figures are reported on; nothing is chosen on them.
pub mod reporting {
    worlds!("reporting");
}

/// Worlds on which thresholds are chosen and weights are fitted.
pub mod tuning {
    worlds!("tuning");
}

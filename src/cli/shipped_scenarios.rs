//! The scenario files of the repository, as the commands that measure carry them.

/// Where a scenario file stands in the repository, and its text.
pub type ScenarioFile = (&'static str, &'static str);

/// One constant a file of a folder below `datasets/scenarios`.
macro_rules! files {
    ($folder:literal: $($name:ident = $file:literal),+) => {
        $(pub const $name: super::ScenarioFile = (
            concat!("datasets/scenarios/", $folder, "/", $file, ".toml"),
            include_str!(concat!("../../datasets/scenarios/", $folder, "/", $file, ".toml")),
        );)+
    };
}

/// Worlds that figures are reported on; nothing is chosen on them.
pub mod reporting {
    files!("reporting": CLEAN = "clean", CLEAN_VIRAL = "clean_viral", BULK = "bulk", DRIP = "drip", AGED = "aged",
        HIJACKED = "hijacked", MIXED = "mixed", PODS = "pods");
}

/// Worlds on which thresholds are chosen and weights are fitted.
pub mod tuning {
    files!("tuning": CLEAN = "clean", CLEAN_VIRAL = "clean_viral", BULK = "bulk", DRIP = "drip", AGED = "aged",
        HIJACKED = "hijacked", MIXED = "mixed", PODS = "pods");
}

//! Tables on disk: importers of foreign formats.

pub mod import;

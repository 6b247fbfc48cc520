//! Labelled sets, and the public ones that the shipped model is fitted on.

use crate::domain::{Dataset, LabelSubject};
use crate::error::{Error, ErrorKind, Result};
use crate::tables::import;
use std::path::Path;

/// A dataset with labels.
#[derive(Debug, Clone)]
pub struct LabelledSet {
    /// Its name.
    pub name: String,
    /// Its tables; a label's `source` names the family that it belongs to.
    pub dataset: Dataset,
}

impl LabelledSet {
    /// How many accounts are labelled.
    pub fn n_labelled(&self) -> usize {
        self.dataset.labels.iter().filter(|label| label.subject == LabelSubject::Account).count()
    }
}

/// Name, folder below the root, and format of the public sets.
const REFERENCE_SETS: [(&str, &str, &str); 5] = [
    ("srf", "srf_instagram_2017", "srf"),
    ("instafake", "instafake", "instafake"),
    ("kaggle-instagram", "kaggle_ig_fake_spammer", "kaggle-instagram"),
    ("cresci-2017", "cresci_2017", "cresci"),
    ("cresci-rtbust-2019", "cresci_rtbust_2019", "twitter-v1"),
];

/// Reads the public sets from one folder through their importers.
///
/// # Errors
/// `NotFound` if a set's folder is not there; any error of its importer.
///
/// # Cost
/// Seconds; some 20,000 accounts in memory.
pub fn load_reference_sets(root: &Path) -> Result<Vec<LabelledSet>> {
    REFERENCE_SETS
        .iter()
        .map(|&(name, folder, format)| {
            let path = root.join(folder);
            if !path.is_dir() {
                let hint = format!("; expected in {}", path.display());
                return Err(Error::new(ErrorKind::NotFound { what: "data set", name: name.to_owned(), hint }));
            }
            Ok(LabelledSet { name: name.to_owned(), dataset: import::read_source(&path, format)? })
        })
        .collect()
}

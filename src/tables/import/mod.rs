//! Importers: platform exports and public data sets into the contract's tables, one file a format.
//!
//! A source is read as published: no row is dropped or merged, no text is invented. A public set without creators
//! gives one pseudo-creator that all its accounts follow, sampling unknown. Files may be plain or gzip, exports zip archives.
//! What is malformed is an error that names file, line and column. Times without an offset are read as UTC;
//! text that is not UTF-8 is read as Windows-1252.

mod audience;
mod cresci;
pub(super) mod csv_rows;
mod encoding;
mod export_files;
mod instafake;
mod instagram_export;
mod instagram_owner;
mod instagram_relations;
mod instagram_tables;
pub(super) mod json_records;
mod kaggle_instagram;
pub(super) mod source;
mod srf;
#[cfg(test)]
mod testing;
mod twitter_time;
mod twitter_v1;
mod user_object;

use crate::domain::{Dataset, DatasetBuilder, Manifest, Table, nearest};
use crate::error::{Error, ErrorKind, Result};
use arrow_array::RecordBatch;
use std::path::Path;

/// Reads a source, hands its tables on batch by batch, and gives back what `dataset.toml` should say.
pub type ReadSource = fn(&Path, &mut dyn FnMut(Table, RecordBatch) -> Result<()>) -> Result<Manifest>;

/// Reads the export of one account.
pub type ReadExport = fn(&Path, &ImportOptions, &mut dyn FnMut(Table, RecordBatch) -> Result<()>) -> Result<Imported>;

/// What a source does not say itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Handle of the account whose export it is.
    pub creator: Option<String>,
}

/// What an import leaves behind besides its tables.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imported {
    /// What `dataset.toml` should say.
    pub manifest: Manifest,
    /// What a person should know, in plain sentences.
    pub notes: Vec<String>,
}

/// How a format is read.
#[derive(Debug, Clone, Copy)]
pub enum Reader {
    /// A published set of accounts, all of which follow one pseudo-creator.
    PublicSet(ReadSource),
    /// What a platform hands to the owner of one account.
    AccountExport(ReadExport),
}

/// A foreign format and how it is read.
#[derive(Debug, Clone, Copy)]
pub struct Importer {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is.
    pub title: &'static str,
    /// What SOURCE must be.
    pub expects: &'static str,
    /// How it is read.
    pub reader: Reader,
}

impl Importer {
    /// Reads a source and hands its tables on, batch by batch.
    ///
    /// # Errors
    /// The source is not what the format promises; an option that does not apply to it; what `sink` returns.
    ///
    /// # Cost
    /// One pass over the source; memory of one batch, and for an account export of its handles.
    pub fn read(
        &self,
        source: &Path,
        options: &ImportOptions,
        sink: &mut dyn FnMut(Table, RecordBatch) -> Result<()>,
    ) -> Result<Imported> {
        match self.reader {
            Reader::AccountExport(read) => read(source, options, sink),
            Reader::PublicSet(_) if options.creator.is_some() => {
                Err(Error::invalid_argument("--creator", "given", "only for the export of one account (instagram-export)"))
            }
            Reader::PublicSet(read) => Ok(Imported { manifest: read(source, sink)?, notes: Vec::new() }),
        }
    }
}

/// Every format.
pub const FORMATS: &[Importer] = &[
    Importer {
        name: "srf",
        title: "SRF Data 2017: labelled followers of Instagram influencers",
        expects: "labelled_1000_inclprivate.csv, or a folder of such CSV files",
        reader: Reader::PublicSet(srf::read),
    },
    Importer {
        name: "instafake",
        title: "Akyon and Kalfaoglu 2019: fake and real Instagram accounts",
        expects: "the folder fake-v1.0 (fakeAccountData.json, realAccountData.json), its parent, or one of the files",
        reader: Reader::PublicSet(instafake::read),
    },
    Importer {
        name: "kaggle-instagram",
        title: "Kaggle: Instagram fake, spammer and genuine accounts",
        expects: "the folder that holds train.csv and test.csv, or one of them",
        reader: Reader::PublicSet(kaggle_instagram::read),
    },
    Importer {
        name: "cresci",
        title: "Cresci et al. 2017: genuine accounts, fake followers and spambots on Twitter",
        expects: "a profile table such as fake_followers.csv, or the folder of them; the file name is the label",
        reader: Reader::PublicSet(cresci::read),
    },
    Importer {
        name: "instagram-export",
        title: "Instagram's own export of an account: followers and followed, with their times",
        expects: "the zip archive (format JSON) that Instagram sent, or the folder it unpacks to",
        reader: Reader::AccountExport(instagram_export::read),
    },
    Importer {
        name: "twitter-v1",
        title: "Twitter API v1.1 user objects with bot/human labels (OSoMe bot repository)",
        expects: "a folder of NAME_tweets.json with NAME.tsv beside it, or one JSON or NDJSON file of user objects",
        reader: Reader::PublicSet(twitter_v1::read),
    },
];

/// Reads a source into a dataset in memory.
///
/// # Errors
/// No importer of that name, or what it says of the source.
///
/// # Cost
/// One pass over the source; memory as [`DatasetBuilder`].
pub fn read_source(source: &Path, format: &str) -> Result<Dataset> {
    let mut builder = DatasetBuilder::new(Manifest::default());
    let imported = find(format)?.read(source, &ImportOptions::default(), &mut |table, batch| {
        builder.push(table, &batch);
        Ok(())
    })?;
    let mut dataset = builder.finish();
    dataset.manifest = imported.manifest;
    Ok(dataset)
}

/// The importer of that name.
///
/// # Errors
/// `NotFound`, with the nearest name and the list.
///
/// # Examples
/// ```
/// use bonafide::tables::import;
/// assert_eq!(import::find("srf").unwrap().name, "srf");
/// assert!(import::find("cresi").unwrap_err().to_string().contains("did you mean `cresci`?"));
/// ```
pub fn find(name: &str) -> Result<&'static Importer> {
    FORMATS.iter().find(|importer| importer.name == name).ok_or_else(|| {
        let names: Vec<&str> = FORMATS.iter().map(|importer| importer.name).collect();
        let guess = nearest(name, names.iter().copied()).map(|nearest| format!(" did you mean `{nearest}`?")).unwrap_or_default();
        let hint = format!(";{guess} formats: {}", names.join(", "));
        Error::new(ErrorKind::NotFound { what: "import format", name: name.to_owned(), hint })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_bytes_give_rows_or_an_error(bytes: Vec<u8>, opening in "(id\tclass|\\[\\{\"id\": ?|\\{\"user\":)?") {
            let bytes = [opening.as_bytes(), &bytes].concat();
            for (format, file) in
                [("srf", "a.csv"), ("instafake", "a.json"), ("kaggle-instagram", "train.csv.gz"), ("cresci", "spambots_1.csv"), ("twitter-v1", "a.json"),
                ("instagram-export", "followers_1.json"), ("instagram-export", "a.zip")]
            {
                let _ = testing::import(format, &[(file, &bytes), ("a.tsv", &bytes)], file);
            }
        }
    }

    #[test]
    fn an_unknown_format_lists_the_known_ones() {
        let message = find("myspace").unwrap_err().to_string();
        assert!(message.contains("import format `myspace` not found; formats: srf, instafake"), "{message}");
        assert!(!find("fb").unwrap_err().to_string().contains("did you mean"));
    }

    #[test]
    fn names_the_nearest_format() {
        assert!(find("twitter_v1").unwrap_err().to_string().contains("did you mean `twitter-v1`?"));
        assert!(find("kaggle-instagramm").unwrap_err().to_string().contains("did you mean `kaggle-instagram`?"));
    }
}

//! Kaggle "Instagram fake spammer genuine accounts": `train.csv` and `test.csv`, lengths and shares instead of text.

use super::audience::{Audience, Profile, Sink};
use super::csv_rows::CsvRows;
use super::source::{files, nothing_found, stem};
use crate::domain::{Label, Manifest, Platform};
use crate::error::{Locate, Result};
use std::path::Path;

const COLUMNS: &[&str] = &[
    "account_id",
    "has_avatar",
    "followers",
    "following",
    "posts",
    "is_private",
    "handle_digit_count",
    "handle_digit_share",
    "display_name_words",
    "bio_length",
    "has_external_url",
];
const AVATAR: &str = "profile pic";
const DIGIT_SHARE: &str = "nums/length username";
const NAME_WORDS: &str = "fullname words";
const BIO_LENGTH: &str = "description length";
const LINK: &str = "external URL";
const HEADER: &[&str] =
    &[AVATAR, DIGIT_SHARE, NAME_WORDS, BIO_LENGTH, LINK, "private", "#posts", "#followers", "#follows", "fake"];

/// Reads one of the files, or `train.csv` and `test.csv` of a folder. Ids are made of file name and place: `kaggle-train-1`.
pub(super) fn read(source: &Path, sink: Sink<'_>) -> Result<Manifest> {
    let mut audience = Audience::new("pseudo:kaggle-instagram", Platform::Instagram, COLUMNS, sink);
    let mut tables = files(source, &["csv"])?;
    if source.is_dir() {
        tables.retain(|table| matches!(stem(table).as_str(), "train" | "test"));
    }
    if tables.is_empty() {
        return Err(nothing_found(source, "tables", "train.csv, test.csv"));
    }
    for table in tables {
        let mut rows = CsvRows::open(&table, HEADER)?;
        let mut place = 0_u64;
        while rows.step()? {
            place += 1;
            let label = rows.flag("fake")?.map(|is_fake| if is_fake { Label::Fake } else { Label::Genuine });
            let id = format!("kaggle-{}-{place}", stem(&table));
            audience.push(profile(id, &rows)?, label.as_slice(), "kaggle-instagram")?;
        }
    }
    audience.finish().at_file(source)
}

/// The share is rounded, so that no count follows from it, unless it is zero.
fn profile(id: String, rows: &CsvRows) -> Result<Profile> {
    let digit_share = rows.share(DIGIT_SHARE)?;
    Ok(Profile {
        id,
        has_avatar: rows.flag(AVATAR)?,
        followers: rows.count("#followers")?,
        following: rows.count("#follows")?,
        posts: rows.count("#posts")?,
        is_private: rows.flag("private")?,
        handle_digit_count: (digit_share == Some(0.0)).then_some(0),
        handle_digit_share: digit_share,
        display_name_words: rows.count(NAME_WORDS)?,
        bio_length: rows.count(BIO_LENGTH)?,
        has_external_url: rows.flag(LINK)?,
        ..Profile::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::Label;
    use crate::tables::import::testing::{failure, import, index, labels};

    const HEADER: &str = "profile pic,nums/length username,fullname words,nums/length fullname,name==username,description length,external URL,private,#posts,#followers,#follows,fake\n";

    fn table(rows: &str) -> Vec<u8> {
        format!("\u{feff}{HEADER}{rows}").into_bytes()
    }

    #[test]
    fn the_digit_count_is_known_only_where_the_share_is_zero() {
        let train = table("1,0.21,2,0,0,47,1,0,35,910,640,0\n0,0.0,0,0,0,0,0,1,0,3,8,1\n");
        let dataset = import("kaggle-instagram", &[("train.csv", &train)], "train.csv").unwrap();
        let (first, second) = (index(&dataset, "kaggle-train-1"), index(&dataset, "kaggle-train-2"));
        let accounts = &dataset.accounts;
        assert_eq!((accounts.handle_digit_share.get(first), accounts.handle_digit_count.get(first)), (Some(0.21), None));
        assert_eq!((accounts.handle_digit_share.get(second), accounts.handle_digit_count.get(second)), (Some(0.0), Some(0)));
        assert_eq!((accounts.handle.get(first), accounts.bio.get(first)), (None, None));
        assert_eq!((accounts.bio_length.get(first), accounts.display_name_words.get(first)), (Some(47), Some(2)));
        assert_eq!((accounts.has_external_url.get(first), accounts.has_external_url.get(second)), (Some(true), Some(false)));
    }

    #[test]
    fn a_folder_gives_both_parts_and_repeated_rows_stay() {
        let rows = "1,0,1,0,0,0,0,0,1,2,3,1\n1,0,1,0,0,0,0,0,1,2,3,1\n";
        let files: [(&str, &[u8]); 3] = [("test.csv", &table(rows)), ("train.csv", &table(rows)), ("other.csv", b"x\n")];
        let dataset = import("kaggle-instagram", &files, "").unwrap();
        let ids: Vec<&str> = labels(&dataset).iter().map(|(id, ..)| *id).collect();
        assert_eq!(ids, ["kaggle-test-1", "kaggle-test-2", "kaggle-train-1", "kaggle-train-2"]);
        assert!(labels(&dataset).iter().all(|(_, label, source)| (*label, *source) == (Label::Fake, "kaggle-instagram")));
    }

    #[test]
    fn names_the_place_of_an_impossible_share() {
        let message = failure("kaggle-instagram", &[("train.csv", &table("1,1.5,1,0,0,0,0,0,1,2,3,1\n"))], "");
        assert!(
            message.contains("train.csv, row 2, column `nums/length username`: damaged or not a share from 0 to 1: found `1.5`"),
            "{message}"
        );
    }

    #[test]
    fn refuses_a_folder_without_its_files_and_a_foreign_header() {
        assert!(failure("kaggle-instagram", &[("a.csv", b"x\n")], "").contains("train.csv, test.csv"));
        assert!(
            failure("kaggle-instagram", &[("train.csv", b"x\n1\n")], "").contains("column `profile pic` is missing; found: x")
        );
    }
}

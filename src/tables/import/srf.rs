//! SRF Data 2017: labelled Instagram followers of influencers, one CSV.

use super::audience::{Audience, Profile, Sink};
use super::csv_rows::CsvRows;
use super::source::{files, nothing_found};
use crate::domain::{Label, Manifest, Platform};
use crate::error::{Locate, Result};
use std::path::Path;

const COLUMNS: &[&str] = &["account_id", "handle", "has_avatar", "followers", "following", "posts", "is_private"];
const POSTS: &str = "Number.of.posts";
const FOLLOWING: &str = "Number.of.people.they.follow";
const FOLLOWERS: &str = "Number.of.followers";
const AVATAR: &str = "has_profile_picture";
const PRIVATE: &str = "Private.account";

/// Reads the CSV, or every CSV of a folder. The handle serves as id.
pub(super) fn read(source: &Path, sink: Sink<'_>) -> Result<Manifest> {
    let mut audience = Audience::new("pseudo:srf", Platform::Instagram, COLUMNS, sink);
    let tables = files(source, &["csv"])?;
    if tables.is_empty() {
        return Err(nothing_found(source, "table", "labelled_1000_inclprivate.csv"));
    }
    for table in tables {
        let mut rows = CsvRows::open(&table, &["rating", "Username", POSTS, FOLLOWING, FOLLOWERS, AVATAR, PRIVATE])?;
        while rows.step()? {
            let label = rows.flag("rating")?.map(|is_fake| if is_fake { Label::Fake } else { Label::Genuine });
            audience.push(profile(&rows)?, label.as_slice(), "srf")?;
        }
    }
    audience.finish().at_file(source)
}

fn profile(rows: &CsvRows) -> Result<Profile> {
    let id = rows.id("Username")?;
    Ok(Profile {
        handle: Some(id.clone()),
        id,
        has_avatar: rows.flag(AVATAR)?,
        followers: rows.count(FOLLOWERS)?,
        following: rows.count(FOLLOWING)?,
        posts: rows.count(POSTS)?,
        is_private: rows.flag(PRIVATE)?,
        ..Profile::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::{Label, Platform};
    use crate::tables::import::testing::{failure, gzip, import, index, labels};

    const HEADER: &str = r#""Profile.URL","rating","Username","Number.of.posts","Number.of.people.they.follow","Number.of.followers","has_profile_picture","Private.account""#;

    fn table(rows: &str) -> Vec<u8> {
        format!("{HEADER}\n{rows}").into_bytes()
    }

    #[test]
    fn reads_profiles_labels_and_the_pseudo_creator() {
        let rows = "\"u\",\"TRUE\",\"amber_17\",3,900,12,\"FALSE\",TRUE\n\"u\",\"FALSE\",\"birch\",40,1e+05,205,\"TRUE\",FALSE\n";
        let dataset = import("srf", &[("labelled.csv", &table(rows))], "labelled.csv").unwrap();
        let (amber, birch) = (index(&dataset, "amber_17"), index(&dataset, "birch"));
        let accounts = &dataset.accounts;
        assert_eq!(accounts.handle.get(amber), Some("amber_17"));
        assert_eq!((accounts.has_avatar.get(amber), accounts.is_private.get(amber)), (Some(false), Some(true)));
        assert_eq!(
            (accounts.following.get(birch), accounts.followers.get(birch), accounts.posts.get(birch)),
            (Some(100_000), Some(205), Some(40))
        );
        assert_eq!(labels(&dataset), [("amber_17", Label::Fake, "srf"), ("birch", Label::Genuine, "srf")]);
        assert_eq!((dataset.name(dataset.creators[0].id), dataset.creators[0].platform), ("pseudo:srf", Platform::Instagram));
        assert_eq!((dataset.creators.len(), dataset.follows.follower.len(), dataset.captured_at()), (1, 2, None));
    }

    #[test]
    fn an_unrated_row_has_no_label_and_an_unknown_count_is_missing() {
        let dataset = import("srf", &[("a.csv", &table("u,NA,clay,NA,1,1,TRUE,FALSE\n"))], "").unwrap();
        assert!(dataset.labels.is_empty());
        assert_eq!(dataset.accounts.posts.get(index(&dataset, "clay")), None);
    }

    #[test]
    fn names_file_line_and_column_of_a_wrong_field() {
        let rows = "u,TRUE,a,1,1,1,TRUE,TRUE\nu,TRUE,b,1,-4,1,TRUE,TRUE\n";
        let message = failure("srf", &[("a.csv", &table(rows))], "");
        assert!(
            message.ends_with(
                "a.csv, row 3, column `Number.of.people.they.follow`: damaged or not a whole number from 0: found `-4`"
            ),
            "{message}"
        );
        let message = failure("srf", &[("a.csv", &table("u,maybe,a,1,1,1,TRUE,TRUE\n"))], "");
        assert!(message.contains("row 2, column `rating`"), "{message}");
        let message = failure("srf", &[("a.csv", &table("u,TRUE,,1,1,1,TRUE,TRUE\n"))], "");
        assert!(message.contains("row 2, column `Username`: damaged or not an id"), "{message}");
    }

    #[test]
    fn refuses_a_foreign_header_a_short_row_and_an_empty_table() {
        let message = failure("srf", &[("a.csv", b"rating,name\nTRUE,x\n")], "a.csv");
        assert!(message.contains("a.csv, row 1: the required column `Username` is missing; found: rating, name"), "{message}");
        let message = failure("srf", &[("a.csv", &table("u,TRUE,a,1\n"))], "a.csv");
        assert!(message.contains("row 2: damaged or not a row of 8 fields, like the header: found 4 fields"), "{message}");
        assert!(failure("srf", &[("a.csv", &table(""))], "").contains("the source holds no account"));
        let endless = failure("srf", &[("a.csv", &table(&"x".repeat(17 << 20)))], "");
        assert!(endless.contains("a.csv") && endless.contains("longer than 16 MiB"), "{endless}");
        assert!(failure("srf", &[("notes.txt", b"")], "").contains("labelled_1000_inclprivate.csv"));
        assert!(failure("srf", &[("a.csv", b"")], "a.csv").contains("`rating` is missing"));
        assert!(failure("srf", &[], "nowhere.csv").contains("nowhere.csv"));
    }

    #[test]
    fn reads_gzip_and_refuses_what_only_claims_to_be() {
        let whole = gzip(&table("u,TRUE,a,1,1,1,TRUE,TRUE\n"));
        assert_eq!(import("srf", &[("a.csv.gz", &whole)], "").unwrap().labels.len(), 1);
        let message = failure("srf", &[("a.csv.gz", &whole[..whole.len() - 12])], "");
        assert!(message.contains("a.csv.gz: damaged or not gzip"), "{message}");
        let message = failure("srf", &[("a.csv.gz", &table("u,TRUE,a,1,1,1,TRUE,TRUE\n"))], "");
        assert!(message.contains("a.csv.gz: damaged or not gzip"), "{message}");
    }
}

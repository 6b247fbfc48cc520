//! Cresci et al. 2017: Twitter profiles in one CSV a family; the file's name is the label.

use super::audience::{Audience, Profile, Sink};
use super::csv_rows::CsvRows;
use super::source::{files, nothing_found, stem};
use super::twitter_time;
use crate::domain::{Label, Manifest, Platform, Timestamp};
use crate::error::{Error, Locate, Result};
use std::path::Path;

const COLUMNS: &[&str] = &[
    "account_id",
    "handle",
    "display_name",
    "bio",
    "has_avatar",
    "followers",
    "following",
    "posts",
    "is_private",
    "is_verified",
    "external_url",
    "created_at",
    "language",
    "captured_at",
];
const HEADER: &[&str] = &[
    "id",
    "name",
    "screen_name",
    "statuses_count",
    "followers_count",
    "friends_count",
    "url",
    "default_profile_image",
    "profile_image_url",
    "protected",
    "verified",
    "description",
    "created_at",
];
const FAMILIES: &str = "genuine_users, fake_followers, social_spambot_users_1 to _3 or spambots_1 to _4";

/// Reads one profile table, or all of a folder. Ids are Twitter's, one space for all files.
pub(super) fn read(source: &Path, sink: Sink<'_>) -> Result<Manifest> {
    let mut audience = Audience::new("pseudo:cresci", Platform::X, COLUMNS, sink);
    let tables: Vec<_> = files(source, &["csv"])?.into_iter().filter_map(|table| Some((label(&stem(&table))?, table))).collect();
    if tables.is_empty() && !source.is_dir() {
        return Err(Error::invalid_argument("the file name", stem(source), format!("a family: {FAMILIES}")).at_file(source));
    }
    if tables.is_empty() {
        return Err(nothing_found(source, "profile tables", FAMILIES));
    }
    for (label, table) in tables {
        let family = format!("cresci:{}", stem(&table));
        let mut rows = CsvRows::open(&table, HEADER)?;
        while rows.step()? {
            audience.push(profile(&rows)?, &[label], &family)?;
        }
    }
    audience.finish().at_file(source)
}

fn label(family: &str) -> Option<Label> {
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| family.starts_with(prefix));
    if begins(&["genuine"]) {
        return Some(Label::Genuine);
    }
    begins(&["fake_followers", "social_spambot", "spambots", "traditional_spambots"]).then_some(Label::Fake)
}

fn profile(rows: &CsvRows) -> Result<Profile> {
    let owned = |column: &str| rows.text(column).map(|text| text.into_owned());
    Ok(Profile {
        id: rows.id("id")?,
        handle: owned("screen_name"),
        display_name: owned("name"),
        bio: known_empty(rows, "description"),
        has_avatar: has_avatar(rows)?,
        followers: rows.count("followers_count")?,
        following: rows.count("friends_count")?,
        posts: rows.count("statuses_count")?,
        is_private: set_flag(rows, "protected")?,
        is_verified: set_flag(rows, "verified")?,
        external_url: known_empty(rows, "url"),
        created_at: time(rows, "created_at")?,
        language: owned("lang"),
        captured_at: captured_at(rows)?,
        ..Profile::default()
    })
}

/// Free text in which nothing means that the account has none; only `NULL` is missing.
fn known_empty(rows: &CsvRows, column: &str) -> Option<String> {
    rows.field(column).filter(|text| text != "NULL").map(|text| text.into_owned())
}

/// A flag that is written only where it is set; only `NULL` is missing.
fn set_flag(rows: &CsvRows, column: &str) -> Result<Option<bool>> {
    match rows.field(column) {
        Some(text) if text.trim().is_empty() => Ok(Some(false)),
        _ => rows.flag(column),
    }
}

/// The flag, and where it is missing (`spambots_1`) the address of the picture; wherever both are there, they agree.
fn has_avatar(rows: &CsvRows) -> Result<Option<bool>> {
    let is_default = match set_flag(rows, "default_profile_image")? {
        None => rows.text("profile_image_url").map(|url| url.contains("default_profile")),
        known => known,
    };
    Ok(is_default.map(|is_default| !is_default))
}

/// `crawled_at`; `fake_followers` has only `updated`, which is the day it was read (elsewhere a later pass over the database).
fn captured_at(rows: &CsvRows) -> Result<Option<Timestamp>> {
    Ok(match time(rows, "crawled_at")? {
        None => time(rows, "updated")?,
        known => known,
    })
}

fn time(rows: &CsvRows, column: &str) -> Result<Option<Timestamp>> {
    let Some(text) = rows.text(column) else { return Ok(None) };
    twitter_time::read(&text).map_err(|_| rows.wrong(column, "a time such as `Sat Mar 14 09:26:53 +0000 2015`"))
}

#[cfg(test)]
mod tests {
    use crate::domain::{Label, Platform};
    use crate::tables::import::testing::{failure, gzip, import, index, labels};

    const HEADER: &str = "id,name,screen_name,statuses_count,followers_count,friends_count,url,lang,default_profile_image,profile_image_url,protected,verified,description,created_at,crawled_at,updated\n";
    const AMBER: &str = "12345678901234567890,Amber,amber_17,31,14,260,,en,,http://x/normal.jpg,,1,,Sat Mar 14 09:26:53 +0000 2015,2016-01-02 22:00:00,2016-03-14 15:00:00\n";

    fn table(rows: &str) -> Vec<u8> {
        format!("{HEADER}{rows}").into_bytes()
    }

    #[test]
    fn reads_a_profile_with_its_own_capture_time() {
        let dataset = import("cresci", &[("fake_followers.csv", &table(AMBER))], "fake_followers.csv").unwrap();
        let amber = index(&dataset, "12345678901234567890");
        let accounts = &dataset.accounts;
        assert_eq!((accounts.handle.get(amber), accounts.display_name.get(amber)), (Some("amber_17"), Some("Amber")));
        assert_eq!(
            (accounts.posts.get(amber), accounts.followers.get(amber), accounts.following.get(amber)),
            (Some(31), Some(14), Some(260))
        );
        assert_eq!(accounts.created_at.get(amber), Some(1_426_325_213_000));
        assert_eq!(dataset.account_captured_at(dataset.creators[0].id).unwrap().to_string(), "2016-01-02T22:00:00Z");
        assert_eq!(accounts.captured_at.get(amber), dataset.captured_at().map(|time| time.ms()));
        assert_eq!(dataset.creators[0].platform, Platform::X);
    }

    #[test]
    fn blank_flags_are_no_blank_text_is_known_empty_and_null_is_missing() {
        let null = "7,B,b,1,1,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1426325213000L,2015-12-01 11:00:00,\n";
        let dataset = import("cresci", &[("spambots_1.csv", &table(&format!("{AMBER}{null}")))], "").unwrap();
        let (amber, null) = (index(&dataset, "12345678901234567890"), index(&dataset, "7"));
        let accounts = &dataset.accounts;
        assert_eq!(
            (accounts.is_private.get(amber), accounts.is_verified.get(amber), accounts.has_avatar.get(amber)),
            (Some(false), Some(true), Some(true))
        );
        assert_eq!((accounts.bio.get(amber), accounts.has_external_url.get(amber)), (Some(""), Some(false)));
        assert_eq!((accounts.is_private.get(null), accounts.has_avatar.get(null), accounts.bio.get(null)), (None, None, None));
        assert_eq!((accounts.has_external_url.get(null), accounts.language.get(null)), (None, None));
        assert_eq!(accounts.created_at.get(null), Some(1_426_325_213_000));
    }

    #[test]
    fn the_address_of_the_picture_decides_where_the_flag_is_missing() {
        let row = |id: u8, url: &str| format!("{id},B,b,1,1,1,,,NULL,{url},,,,1426325213000L,2015-12-01 11:00:00,\n");
        let rows = row(1, "http://x/default_profile_3_normal.png") + &row(2, "http://x/me.png");
        let dataset = import("cresci", &[("spambots_1.csv", &table(&rows))], "").unwrap();
        let avatar = |id| dataset.accounts.has_avatar.get(index(&dataset, id));
        assert_eq!((avatar("1"), avatar("2")), (Some(false), Some(true)));
    }

    #[test]
    fn the_file_name_is_label_and_source_and_other_tables_are_passed_by() {
        let row = |id: u8| table(&AMBER.replace("12345678901234567890", &id.to_string()));
        let files: [(&str, &[u8]); 4] = [
            ("genuine_users.csv.gz", &gzip(&row(1))),
            ("social_spambot_users_2.csv", &row(2)),
            ("spambots_4.csv", &row(3)),
            ("tweet_times.csv", b"user_id\n1\n"),
        ];
        let dataset = import("cresci", &files, "").unwrap();
        assert_eq!(
            labels(&dataset),
            [
                ("1", Label::Genuine, "cresci:genuine_users"),
                ("2", Label::Fake, "cresci:social_spambot_users_2"),
                ("3", Label::Fake, "cresci:spambots_4")
            ]
        );
    }

    #[test]
    fn quoted_line_breaks_commas_and_latin_1_survive() {
        let mut bytes = table("");
        bytes.extend_from_slice(
            b"9,\"Zo\xeb, \"\"Z\"\"\",zoe,1,1,1,,,,,,,\"one\ntwo, three\",Sat Mar 14 09:26:53 +0000 2015,,2015-06-12 18:00:00\n",
        );
        let dataset = import("cresci", &[("genuine_users.csv", &bytes)], "").unwrap();
        let zoe = index(&dataset, "9");
        assert_eq!(dataset.accounts.display_name.get(zoe), Some("Zoë, \"Z\""));
        assert_eq!(dataset.accounts.bio.get(zoe), Some("one\ntwo, three"));
    }

    #[test]
    fn names_the_line_of_a_wrong_time_after_a_quoted_line_break() {
        let two_lines = AMBER.replace(",Amber,", ",\"Am\nber\",");
        let rows = two_lines + &AMBER.replace("Sat Mar 14 09:26:53 +0000 2015", "long ago");
        let message = failure("cresci", &[("fake_followers.csv", &table(&rows))], "");
        assert!(message.contains("fake_followers.csv, row 4, column `created_at`"), "{message}");
    }

    #[test]
    fn a_file_or_folder_that_is_no_family_is_refused() {
        let message = failure("cresci", &[("users.csv", &table(AMBER))], "users.csv");
        assert!(message.contains("users.csv: the file name is users; a family: genuine_users"), "{message}");
        assert!(failure("cresci", &[("users.csv", &table(AMBER))], "").contains("not found in this folder"));
        assert!(failure("cresci", &[("spambots_1.csv", b"id,name\n")], "").contains("column `screen_name` is missing"));
    }
}

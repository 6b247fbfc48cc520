//! Akyon and Kalfaoglu 2019: `fakeAccountData.json` and `realAccountData.json`, lengths instead of text.

use super::audience::{Audience, Profile, Sink};
use super::json_records;
use super::source::{files, nothing_found, stem};
use crate::domain::{Label, Manifest, Platform};
use crate::error::{Locate, Result};
use serde::{Deserialize, Deserializer, de};
use std::path::{Path, PathBuf};

const COLUMNS: &[&str] = &[
    "account_id",
    "has_avatar",
    "followers",
    "following",
    "posts",
    "is_private",
    "handle_length",
    "handle_digit_count",
    "bio_length",
];
const EXPECTED: &str = "an array of instafake accounts";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Account {
    user_follower_count: u64,
    user_following_count: u64,
    user_biography_length: u64,
    user_media_count: u64,
    #[serde(deserialize_with = "zero_or_one")]
    user_has_profil_pic: bool,
    #[serde(deserialize_with = "zero_or_one")]
    user_is_private: bool,
    username_digit_count: u64,
    username_length: u64,
    #[serde(deserialize_with = "zero_or_one")]
    is_fake: bool,
}

/// Reads one of the files, the folder that holds them, or its parent. Ids are made of file and place: `instafake-fake-1`.
pub(super) fn read(source: &Path, sink: Sink<'_>) -> Result<Manifest> {
    let mut audience = Audience::new("pseudo:instafake", Platform::Instagram, COLUMNS, sink);
    for file in account_files(source)? {
        let part = stem(&file).replace("AccountData", "");
        let mut place = 0_u64;
        json_records::for_each(&file, EXPECTED, &mut |account: Account| {
            place += 1;
            let label = if account.is_fake { Label::Fake } else { Label::Genuine };
            audience.push(account.into_profile(format!("instafake-{part}-{place}")), &[label], "instafake")
        })?;
    }
    audience.finish().at_file(source)
}

fn account_files(source: &Path) -> Result<Vec<PathBuf>> {
    let inner = source.join("fake-v1.0");
    let folder = if inner.is_dir() { &inner } else { source };
    let mut found = files(folder, &["json"])?;
    if folder.is_dir() {
        found.retain(|file| matches!(stem(file).as_str(), "fakeAccountData" | "realAccountData"));
        if found.len() != 2 {
            return Err(nothing_found(folder, "files", "fakeAccountData.json, realAccountData.json"));
        }
    }
    Ok(found)
}

impl Account {
    fn into_profile(self, id: String) -> Profile {
        Profile {
            id,
            has_avatar: Some(self.user_has_profil_pic),
            followers: Some(self.user_follower_count),
            following: Some(self.user_following_count),
            posts: Some(self.user_media_count),
            is_private: Some(self.user_is_private),
            handle_length: Some(self.username_length),
            handle_digit_count: Some(self.username_digit_count),
            bio_length: Some(self.user_biography_length),
            ..Profile::default()
        }
    }
}

fn zero_or_one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match u64::deserialize(deserializer)? {
        0 => Ok(false),
        1 => Ok(true),
        other => Err(de::Error::invalid_value(de::Unexpected::Unsigned(other), &"0 or 1")),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::Label;
    use crate::tables::import::testing::{failure, gzip, import, index, labels};

    fn account(followers: &str, is_fake: u8) -> String {
        format!(
            r#"{{"userFollowerCount": {followers}, "userFollowingCount": 7, "userBiographyLength": 30, "userMediaCount": 2, "userHasProfilPic": 1, "userIsPrivate": 0, "usernameDigitCount": 4, "usernameLength": 15, "isFake": {is_fake}}}"#
        )
    }

    #[test]
    fn reads_both_files_from_the_parent_folder_with_lengths_and_no_text() {
        let fake = gzip(format!("[{}, {}]", account("5", 1), account("5", 1)).as_bytes());
        let real = format!("[{}]", account("88", 0));
        let files: [(&str, &[u8]); 2] =
            [("fake-v1.0/fakeAccountData.json.gz", &fake), ("fake-v1.0/realAccountData.json", real.as_bytes())];
        let dataset = import("instafake", &files, "").unwrap();
        let label = |id, label| (id, label, "instafake");
        assert_eq!(
            labels(&dataset),
            [
                label("instafake-fake-1", Label::Fake),
                label("instafake-fake-2", Label::Fake),
                label("instafake-real-1", Label::Genuine)
            ]
        );
        let (accounts, real) = (&dataset.accounts, index(&dataset, "instafake-real-1"));
        assert_eq!((accounts.followers.get(real), accounts.bio_length.get(real)), (Some(88), Some(30)));
        assert_eq!((accounts.handle_length.get(real), accounts.handle_digit_count.get(real)), (Some(15), Some(4)));
        assert!(accounts.handle.is_absent() && accounts.bio.is_absent());
        assert_eq!((accounts.has_avatar.get(real), accounts.is_private.get(real)), (Some(true), Some(false)));
    }

    #[test]
    fn names_file_line_and_column_of_what_is_wrong() {
        let negative = format!("[\n{}\n]", account("-1", 1));
        let message = failure("instafake", &[("fakeAccountData.json", negative.as_bytes())], "fakeAccountData.json");
        assert!(
            message.contains(
                "fakeAccountData.json, row 2: damaged or not an array of instafake accounts: invalid value: integer `-1`"
            ),
            "{message}"
        );
        assert!(message.contains("line 2 column 25"), "{message}");
        let message = failure("instafake", &[("a.json", format!("[{}]", account("1", 2)).as_bytes())], "a.json");
        assert!(message.contains("integer `2`, expected 0 or 1 at line 1 column"), "{message}");
        let message = failure("instafake", &[("a.json", b"[{\"userFollowerCount\": 1}]")], "a.json");
        assert!(message.contains("missing field `userFollowingCount` at line 1"), "{message}");
    }

    #[test]
    fn refuses_what_is_cut_off_empty_or_something_else() {
        let whole = format!("[{}]", account("1", 1));
        let cut = &whole.as_bytes()[..whole.len() - 20];
        assert!(failure("instafake", &[("a.json", cut)], "a.json").contains("EOF while parsing"));
        let gzipped = gzip(whole.as_bytes());
        let message = failure("instafake", &[("a.json.gz", &gzipped[..gzipped.len() - 9])], "a.json.gz");
        assert!(message.contains("damaged or not gzip"), "{message}");
        assert!(failure("instafake", &[("a.json", b"")], "a.json").contains("the file is empty"));
        assert!(failure("instafake", &[("a.json", b"id,name\n")], "a.json").contains("begins with `i`"));
        assert!(failure("instafake", &[("fakeAccountData.json", b"[]")], "").contains("realAccountData.json"));
        assert!(failure("instafake", &[("a.json", b"[]")], "a.json").contains("holds no account"));
    }
}

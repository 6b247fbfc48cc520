//! Sets of the OSoMe bot repository: user objects (`NAME_tweets.json`) beside labels (`NAME.tsv`).

use super::audience::{Audience, Sink};
use super::json_records;
use super::source::{files, is_kind, nothing_found, open_lines, stem, undecodable};
use super::user_object::UserObject;
use crate::domain::{Label, Manifest, Platform};
use crate::error::{Error, Locate, Result};
use std::collections::HashMap;
use std::io::BufRead;
use std::path::{Path, PathBuf};

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
const OBJECTS: &[&str] = &["json", "ndjson", "jsonl"];
const EXPECTED: &str = "an array or lines of user objects";

type Labels = HashMap<String, Vec<Label>>;

/// Reads the pairs of a folder, or one file of user objects with the labels beside it.
///
/// Labels of ids without a user object are left out: nothing is known of the account. User objects without a label stay.
pub(super) fn read(source: &Path, sink: Sink<'_>) -> Result<Manifest> {
    let mut audience = Audience::new("pseudo:twitter-v1", Platform::X, COLUMNS, sink);
    for (objects, labels) in pairs(source)? {
        let name = labels.as_deref().map_or_else(|| stem(&objects), stem);
        let label_source = format!("twitter-v1:{name}");
        let known = labels.map_or_else(|| Ok(Labels::new()), |labels| read_labels(&labels))?;
        json_records::for_each(&objects, EXPECTED, &mut |UserObject(profile)| {
            let labels = known.get(&profile.id).map_or(&[][..], Vec::as_slice);
            audience.push(profile, labels, &label_source)
        })?;
    }
    audience.finish().at_file(source)
}

/// Files of user objects, each with its labels; in a folder that has labels, files without are something else.
fn pairs(source: &Path) -> Result<Vec<(PathBuf, Option<PathBuf>)>> {
    let objects = files(source, OBJECTS)?;
    let folder =
        if source.is_dir() { source } else { source.parent().filter(|folder| folder.is_dir()).unwrap_or(Path::new(".")) };
    if !source.is_dir() && !OBJECTS.iter().any(|kind| is_kind(source, kind)) {
        let expected = "a file of user objects (.json, .ndjson, .jsonl, also .gz) or a folder of them";
        return Err(Error::invalid_argument("SOURCE", source.display(), expected));
    }
    let labels = files(folder, &["tsv"])?;
    let alone = source.is_dir() && objects.len() == 1 && labels.len() == 1;
    let mut pairs: Vec<_> = objects
        .into_iter()
        .map(|objects| {
            let name = stem(&objects);
            let named = labels.iter().filter(|labels| begins_with(&name, &stem(labels))).max_by_key(|labels| stem(labels).len());
            let partner = named.or(labels.first().filter(|_| alone)).cloned();
            (objects, partner)
        })
        .collect();
    if source.is_dir() && !labels.is_empty() {
        pairs.retain(|(_, labels)| labels.is_some());
    }
    if pairs.is_empty() {
        return Err(nothing_found(source, "user objects", "NAME_tweets.json beside NAME.tsv"));
    }
    Ok(pairs)
}

/// Whether a name is the other or goes on after it with a new word.
fn begins_with(name: &str, start: &str) -> bool {
    name.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Reads `id<TAB>class` with or without a header; an id with two labels keeps both, in order.
fn read_labels(path: &Path) -> Result<Labels> {
    let mut labels = Labels::new();
    for (index, line) in open_lines(path)?.split(b'\n').enumerate() {
        let line = line.map_err(|error| undecodable(error).at_file(path))?;
        let line = String::from_utf8_lossy(&line);
        let (id, class) = line.trim_end().split_once('\t').unwrap_or((line.trim(), ""));
        let is_header = index == 0 && !id.bytes().any(|byte| byte.is_ascii_digit());
        if is_header || line.trim().is_empty() {
            continue;
        }
        let label = match class.trim().to_ascii_lowercase().as_str() {
            "bot" => Label::Fake,
            "human" => Label::Genuine,
            other => {
                let error = Error::malformed("`bot` or `human`", format_args!("found `{other}`"));
                return Err(error.at_file(path).at_row(index as u64 + 1).at_column("class"));
            }
        };
        labels.entry(id.trim().to_owned()).or_default().push(label);
    }
    Ok(labels)
}

#[cfg(test)]
mod tests {
    use crate::domain::Label;
    use crate::tables::import::testing::{failure, gzip, import, index, labels};

    const USER: &str = r#"{"id": 900719925474099312, "id_str": "900719925474099312", "name": "Amber", "screen_name": "amber_17", "description": "", "url": null, "protected": false, "verified": true, "followers_count": 12, "friends_count": 340, "statuses_count": 7, "created_at": "Sat Mar 14 09:26:53 +0000 2015", "lang": "it", "default_profile_image": true, "entities": {"url": {"urls": []}}}"#;

    fn tweet(user: &str) -> String {
        format!(r#"{{"created_at": "Mon Apr 01 12:00:00 +0000 2019", "user": {user}}}"#)
    }

    #[test]
    fn reads_a_user_in_a_tweet_and_takes_the_tweets_time_as_capture() {
        let objects = format!("[{}]", tweet(USER));
        let files: [(&str, &[u8]); 2] = [
            ("inv-2020_tweets.json.gz", &gzip(objects.as_bytes())),
            ("inv-2020.tsv", b"id\tclass\n900719925474099312\tbot\n5\thuman\n"),
        ];
        let dataset = import("twitter-v1", &files, "").unwrap();
        assert_eq!(labels(&dataset), [("900719925474099312", Label::Fake, "twitter-v1:inv-2020")]);
        assert_eq!(dataset.follows.follower.len(), 1);
        let (accounts, amber) = (&dataset.accounts, index(&dataset, "900719925474099312"));
        assert_eq!(
            (accounts.handle.get(amber), accounts.bio.get(amber), accounts.language.get(amber)),
            (Some("amber_17"), Some(""), Some("it"))
        );
        assert_eq!((accounts.has_avatar.get(amber), accounts.has_external_url.get(amber)), (Some(false), Some(false)));
        assert_eq!(
            (accounts.followers.get(amber), accounts.following.get(amber), accounts.posts.get(amber)),
            (Some(12), Some(340), Some(7))
        );
        assert_eq!((accounts.is_private.get(amber), accounts.is_verified.get(amber)), (Some(false), Some(true)));
        assert_eq!(accounts.created_at.get(amber), Some(1_426_325_213_000));
        assert_eq!(accounts.captured_at.get(amber), Some(1_554_120_000_000));
    }

    #[test]
    fn bare_objects_and_lines_are_read_and_absent_fields_stay_missing() {
        let lines = format!("\n{USER}\n{{\"id\": 6}}\n");
        let dataset = import("twitter-v1", &[("some.ndjson", lines.as_bytes())], "some.ndjson").unwrap();
        let bare = index(&dataset, "6");
        let accounts = &dataset.accounts;
        assert!(dataset.labels.is_empty());
        assert_eq!(
            (accounts.bio.get(bare), accounts.has_external_url.get(bare), accounts.is_private.get(bare)),
            (None, None, None)
        );
        assert_eq!((accounts.has_avatar.get(bare), accounts.posts.get(bare), accounts.captured_at.get(bare)), (None, None, None));
    }

    #[test]
    fn reads_objects_whose_flags_and_nulls_were_written_as_words() {
        let user = r#"{"id": 7, "verified": "false", "default_profile_image": "true", "url": "null", "followers_count": "3", "friends_count": 364.0}"#;
        let dataset = import("twitter-v1", &[("a.json", format!("[{}]", tweet(user)).as_bytes())], "").unwrap();
        let (accounts, id) = (&dataset.accounts, index(&dataset, "7"));
        assert_eq!((accounts.is_verified.get(id), accounts.has_avatar.get(id)), (Some(false), Some(false)));
        assert_eq!(
            (accounts.has_external_url.get(id), accounts.followers.get(id), accounts.following.get(id)),
            (Some(false), Some(3), Some(364))
        );
    }

    #[test]
    fn reads_flat_objects_with_a_probe_time() {
        let user =
            r#"[{"probe_timestamp": "Sat Mar 14 09:26:53 2015", "user_id": 8, "user_created_at": "Fri Mar 13 09:26:53 2015"}]"#;
        let files: [(&str, &[u8]); 2] = [("mid_processed_user_objects.json", user.as_bytes()), ("mid.tsv", b"8\thuman\n")];
        let dataset = import("twitter-v1", &files, "mid_processed_user_objects.json").unwrap();
        let (accounts, id) = (&dataset.accounts, index(&dataset, "8"));
        assert_eq!(accounts.captured_at.get(id).unwrap() - accounts.created_at.get(id).unwrap(), 86_400_000);
        assert_eq!(labels(&dataset), [("8", Label::Genuine, "twitter-v1:mid")]);
    }

    #[test]
    fn a_folder_of_pairs_keeps_each_name_as_source_and_passes_other_json_by() {
        let files: [(&str, &[u8]); 5] = [
            ("a_tweets.json", br#"[{"id": 1}]"#),
            ("a.tsv", b"1\tbot\n"),
            ("ab_tweets.json", br#"[{"id": 2}, {"id": 3}]"#),
            ("ab.tsv", b"2\thuman\n"),
            ("info.json", br#"{"licence": "?"}"#),
        ];
        let dataset = import("twitter-v1", &files, "").unwrap();
        assert_eq!(labels(&dataset), [("1", Label::Fake, "twitter-v1:a"), ("2", Label::Genuine, "twitter-v1:ab")]);
        assert_eq!(dataset.accounts.listed.present_count(), 3);
    }

    #[test]
    fn an_id_with_two_labels_keeps_the_last_and_is_counted() {
        let files: [(&str, &[u8]); 2] = [("a.json", br#"[{"id": 1}]"#), ("a.tsv", b"1\tbot\n1\thuman\n")];
        let dataset = import("twitter-v1", &files, "").unwrap();
        assert_eq!(labels(&dataset), [("1", Label::Genuine, "twitter-v1:a")]);
        assert_eq!(dataset.warnings.len(), 1);
    }

    #[test]
    fn names_line_and_field_of_a_wrong_value() {
        for (user, what) in [
            (r#"{"id": 1, "followers_count": -1}"#, "followers_count: -1 is not a whole number from 0"),
            (r#"{"id": 1, "verified": "perhaps"}"#, "verified: `perhaps` is neither true nor false"),
            (r#"{"id": 9.007e17}"#, "its last digits are lost"),
            (r#"{"name": "x"}"#, "id: missing"),
            (r#"{"id": 1, "created_at": "long ago"}"#, "created_at: `long ago` is not a time"),
            (r#"{"id": 1, "name": ["x"]}"#, "invalid type: sequence"),
        ] {
            let array = failure("twitter-v1", &[("a.json", format!("[{{\"id\": 4}},\n{user}]").as_bytes())], "");
            assert!(
                array.contains("a.json, row 2: damaged or not an array or lines of user objects") && array.contains(what),
                "{array}"
            );
            assert!(array.contains("at line 2 column"), "{array}");
            let lines = failure("twitter-v1", &[("a.ndjson", format!("{{\"id\": 4}}\n{user}").as_bytes())], "");
            assert!(lines.contains("a.ndjson, row 2") && lines.contains(what), "{lines}");
        }
    }

    #[test]
    fn refuses_a_label_that_is_neither_bot_nor_human() {
        let files: [(&str, &[u8]); 2] = [("a.json", br#"[{"id": 1}]"#), ("a.tsv", b"1\tbot\n2\tcyborg\n")];
        let message = failure("twitter-v1", &files, "");
        assert!(message.contains("a.tsv, row 2, column `class`: damaged or not `bot` or `human`: found `cyborg`"), "{message}");
    }

    #[test]
    fn refuses_what_is_cut_off_or_has_no_user_objects() {
        let message = failure("twitter-v1", &[("a.json", b"[{\"id\": 1},")], "");
        assert!(message.contains("a.json, row 1") && message.contains("EOF"), "{message}");
        let gzipped = gzip(b"[{\"id\": 1}]");
        assert!(failure("twitter-v1", &[("a.json.gz", &gzipped[..gzipped.len() - 5])], "").contains("damaged or not gzip"));
        assert!(failure("twitter-v1", &[("a.json", b"[{\"id\": 1}] trailing")], "").contains("trailing characters"));
        assert!(failure("twitter-v1", &[("a.tsv", b"1\tbot\n")], "").contains("NAME_tweets.json beside NAME.tsv"));
        assert!(failure("twitter-v1", &[("a.tsv", b"1\tbot\n")], "a.tsv").contains("a file of user objects"));
    }
}

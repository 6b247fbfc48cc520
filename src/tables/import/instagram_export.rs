//! Instagram's own export, as a creator hands it over: who follows, whom they follow, each with its second.

use super::audience::{Profile, Sink};
use super::export_files::ExportFiles;
use super::instagram_owner::{PERSONAL, SIGN_UP, handle_in_name, signed_up_at, take_person};
use super::instagram_relations::RelationCounts;
use super::instagram_tables::{OLD_LISTS, Tables, malformed};
use super::source::{nothing_found, stem};
use super::{ImportOptions, Imported};
use crate::domain::{Manifest, Platform, Sampling};
use crate::error::{Error, Result};
use std::path::Path;

/// The folder in which all lists of accounts stand.
const LISTS: &str = "followers_and_following/";

/// Reads the zip archive, the folder it unpacks to, or its folder `followers_and_following`. Handles serve as ids.
pub(super) fn read(source: &Path, options: &ImportOptions, sink: Sink<'_>) -> Result<Imported> {
    let mut files = ExportFiles::open(source)?;
    let followers = lists(source, &files, "followers")?;
    if followers.is_empty() {
        return Err(no_followers(source, &files));
    }
    let following = lists(source, &files, "following")?;
    let (owner, mut notes) = owner(source, &mut files, options)?;
    let mut tables = Tables::begin(owner, sink)?;
    let counts = [("followers", &followers), ("following", &following)].map(|(kind, names)| {
        names.iter().try_fold(RelationCounts::default(), |sum, name| {
            tables.read_list(&mut files, name, kind).map(|counts| sum.plus(counts))
        })
    });
    tables.flush()?;
    let [followers_read, following_read] = counts;
    let (followers_read, following_read) = (followers_read?, following_read?);
    notes.extend(remarks(followers_read, following_read, &passed_over(&files, &[followers, following].concat())));
    let manifest = Manifest { platform: Some(Platform::Instagram), follows_sampling: Sampling::Unknown, ..Manifest::default() };
    Ok(Imported { manifest, notes })
}

fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// Whether a file's name is that of the list: `followers.json`, `followers_1.json`, …
fn is_list(name: &str, kind: &str, extension: &str) -> bool {
    let number = base(name).strip_prefix(kind).and_then(|rest| rest.strip_suffix(extension));
    number.is_some_and(|number| {
        number.is_empty() || number.strip_prefix('_').is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// The files of one list. The same file twice means two exports, of which nobody knows which is meant.
fn lists(source: &Path, files: &ExportFiles, kind: &str) -> Result<Vec<String>> {
    let mut found: Vec<String> = files.names().iter().filter(|name| is_list(name, kind, ".json")).cloned().collect();
    if found.is_empty() {
        found.extend(files.names().iter().filter(|name| base(name) == OLD_LISTS).cloned());
    }
    for (place, name) in found.iter().enumerate() {
        if let Some(twin) = found[..place].iter().find(|other| base(other) == base(name)) {
            let detail = format!("it holds {twin} and {name}; give one of the exports");
            return Err(Error::malformed("one Instagram export", detail).at_file(source));
        }
    }
    Ok(found)
}

fn no_followers(source: &Path, files: &ExportFiles) -> Error {
    if files.names().iter().any(|name| is_list(name, "followers", ".html")) {
        let detail = "it is written in HTML; ask Instagram for it again with the format JSON";
        return Error::malformed("an Instagram export in JSON", detail).at_file(source);
    }
    nothing_found(source, "list of followers", "followers_1.json")
}

/// The owner's profile, with its handle as id.
fn owner(source: &Path, files: &mut ExportFiles, options: &ImportOptions) -> Result<(Profile, Vec<String>)> {
    let mut owner = Profile::default();
    if let Some(personal) = read_json(files, &PERSONAL)? {
        take_person(&mut owner, &personal);
    }
    owner.created_at = read_json(files, &SIGN_UP)?.as_ref().and_then(signed_up_at);
    let mut notes = Vec::new();
    if let (Some(given), Some(stated)) = (&options.creator, &owner.handle)
        && given != stated
    {
        notes.push(format!("the export says that it is {stated}'s; imported as {given}'s, as asked for"));
    }
    let named = || files.names().first().and_then(|name| handle_in_name(name.split('/').next()?));
    let folder = source.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let handle = options.creator.clone().or(owner.handle.take());
    let handle = handle.or_else(|| handle_in_name(&stem(Path::new(&folder)))).or_else(|| handle_in_name(&folder)).or_else(named);
    let Some(handle) = handle.filter(|handle| !handle.trim().is_empty()) else {
        let expected = "the handle of the account whose export this is: neither personal_information.json nor the name of the export says it";
        return Err(Error::invalid_argument("--creator", "missing", expected).at_file(source));
    };
    (owner.id, owner.handle) = (handle.clone(), Some(handle));
    Ok((owner, notes))
}

/// The first of the files that is there.
fn read_json(files: &mut ExportFiles, wanted: &[&str]) -> Result<Option<serde_json::Value>> {
    let Some(name) = files.names().iter().find(|name| wanted.contains(&base(name))).cloned() else { return Ok(None) };
    let place = files.place(&name);
    let parsed = serde_json::from_reader(files.reader(&name)?);
    parsed.map(Some).map_err(|error| malformed(error).at_file(place))
}

/// Other lists of accounts, by name.
fn passed_over(files: &ExportFiles, read: &[String]) -> Vec<String> {
    let others = files.names().iter().filter(|name| name.contains(LISTS) && !read.contains(name));
    others.map(|name| base(name).to_owned()).collect()
}

fn remarks(followers: RelationCounts, following: RelationCounts, passed_over: &[String]) -> Vec<String> {
    let mut notes = vec![format!("{} followers, {} accounts followed", followers.accounts, following.accounts)];
    let (rejected, untimed) = (followers.rejected + following.rejected, followers.untimed + following.untimed);
    if rejected > 0 {
        notes.push(format!("{rejected} entries without a readable account were left out"));
    }
    if untimed > 0 {
        notes.push(format!("{untimed} accounts have no time of following, or an impossible one"));
    }
    if !passed_over.is_empty() {
        notes.push(format!("not read, they say nothing of the audience: {}", passed_over.join(", ")));
    }
    notes.push(
        "an export holds those who follow now, and only those of the dates asked for: if it was asked for with all dates, say `follows = \"complete\"` under [sampling] in dataset.toml"
            .to_owned(),
    );
    notes
}

#[cfg(test)]
mod tests {
    use super::super::export_files::testing::zip;
    use super::super::testing::{failure, import, import_with, index};
    use super::*;
    use crate::domain::Dataset;

    const FOLLOWERS: &str = r#"[
        {"title": "", "media_list_data": [], "string_list_data": [{"href": "https://www.instagram.com/amber", "value": "amber", "timestamp": 1700000060}]},
        {"title": "", "media_list_data": [], "string_list_data": [{"href": "https://www.instagram.com/birch", "value": "birch", "timestamp": 1700000000}]}]"#;
    const FOLLOWING: &str =
        r#"{"relationships_following": [{"title": "amber", "string_list_data": [{"href": "x", "timestamp": 1690000000}]}]}"#;
    const PERSON: &str =
        r#"{"profile_user": [{"string_map_data": {"Username": {"value": "studio"}, "Bio": {"value": "caf\u00c3\u00a9"}}}]}"#;
    const LIST: &str = "connections/followers_and_following/followers_1.json";

    fn edges(dataset: &Dataset) -> Vec<(&str, &str, i64)> {
        let follows = &dataset.follows;
        let name = |side: &[crate::domain::AccountId], row: usize| dataset.name(side[row]).to_owned();
        let mut edges: Vec<(String, String, i64)> = (0..follows.follower.len())
            .map(|row| {
                (name(&follows.follower, row), name(&follows.followed, row), follows.followed_at.get(row).unwrap_or(0) / 1000)
            })
            .collect();
        edges.sort();
        edges.leak().iter().map(|(from, to, at)| (from.as_str(), to.as_str(), *at)).collect()
    }

    const EDGES: [(&str, &str, i64); 3] =
        [("amber", "studio", 1_700_000_060), ("birch", "studio", 1_700_000_000), ("studio", "amber", 1_690_000_000)];

    #[test]
    fn a_zip_and_its_folder_give_the_same_dataset() {
        let files: [(&str, &[u8]); 4] = [
            (LIST, FOLLOWERS.as_bytes()),
            ("connections/followers_and_following/following.json", FOLLOWING.as_bytes()),
            ("personal_information/personal_information/personal_information.json", PERSON.as_bytes()),
            ("media/posts/1.jpg", b"\xff\xd8"),
        ];
        let archive = zip(&files);
        for dataset in
            [import("instagram-export", &files, ""), import("instagram-export", &[("my export.zip", &archive)], "my export.zip")]
        {
            let dataset = dataset.unwrap();
            assert_eq!(edges(&dataset), EDGES);
            assert_eq!((dataset.creators.len(), dataset.name(dataset.creators[0].id)), (1, "studio"));
            assert_eq!(dataset.accounts.bio.get(index(&dataset, "studio")), Some("café"));
            assert_eq!((dataset.n_accounts(), dataset.summaries.len()), (3, 3));
        }
    }

    #[test]
    fn lists_of_many_files_and_of_before_2021_are_read() {
        let one = r#"{"relationships_followers": [{"string_list_data": [{"value": "amber", "timestamp": 1700000060}]}]}"#;
        let two = r#"[{"string_list_data": [{"value": "birch", "timestamp": 1700000000}]}]"#;
        let parts = [
            ("followers_1.json", one.as_bytes()),
            ("followers_2.json", two.as_bytes()),
            ("profile.json", br#"{"username": "studio"}"#.as_slice()),
        ];
        assert_eq!(edges(&import("instagram-export", &parts, "").unwrap()), EDGES[..2]);
        let old = r#"{"followers": {"amber": "2023-11-14T22:14:20+00:00", "birch": "2023-11-14T22:13:20"}, "following": {"amber": "2023-07-22T04:26:40"}}"#;
        let folder = [("studio_20231201/connections.json", old.as_bytes())];
        assert_eq!(edges(&import("instagram-export", &folder, "studio_20231201").unwrap()), EDGES);
    }

    #[test]
    fn whose_export_it_is_comes_from_the_option_the_file_or_the_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("instagram-studio-2024-06-14-Ab3.zip");
        std::fs::write(&path, zip(&[(LIST, FOLLOWERS.as_bytes())])).unwrap();
        let creator = |options: &ImportOptions| {
            let (dataset, _) = import_with("instagram-export", &path, options).unwrap();
            dataset.name(dataset.creators[0].id).to_owned()
        };
        assert_eq!(creator(&ImportOptions::default()), "studio");
        assert_eq!(creator(&ImportOptions { creator: Some("other".to_owned()) }), "other");
        let message = failure("instagram-export", &[(LIST, FOLLOWERS.as_bytes())], "");
        assert!(message.contains("--creator is missing; the handle of the account"), "{message}");
    }

    #[test]
    fn what_was_left_out_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let list = r#"[{"string_list_data": [{"value": "amber", "timestamp": 4}]}, {"string_list_data": []}, 3]"#;
        std::fs::create_dir(folder.path().join("followers_and_following")).unwrap();
        std::fs::write(folder.path().join("followers_and_following/followers_1.json"), list).unwrap();
        std::fs::write(folder.path().join("followers_and_following/recently_unfollowed_profiles.json"), "{").unwrap();
        let options = ImportOptions { creator: Some("studio".to_owned()) };
        let (dataset, notes) = import_with("instagram-export", folder.path(), &options).unwrap();
        assert_eq!(edges(&dataset), [("amber", "studio", 0)]);
        let notes = notes.join("\n");
        for part in [
            "1 followers, 0 accounts followed",
            "2 entries without",
            "1 accounts have no time",
            "recently_unfollowed_profiles.json",
            "all dates",
        ] {
            assert!(notes.contains(part), "{part}: {notes}");
        }
    }

    #[test]
    fn what_is_no_such_export_is_refused_with_its_place() {
        let html = failure("instagram-export", &[("followers_and_following/followers_1.html", b"<html>")], "");
        assert!(html.contains("written in HTML; ask Instagram for it again with the format JSON"), "{html}");
        assert!(failure("instagram-export", &[("a.txt", b"")], "").contains("followers_1.json"));
        let cut = failure("instagram-export", &[("x_20240101/followers_1.json", &FOLLOWERS.as_bytes()[..220])], "");
        assert!(cut.contains("followers_1.json, row 3") && cut.contains("EOF"), "{cut}");
        let wrong = failure("instagram-export", &[("x_20240101/followers_1.json", br#"{"error": "try later"}"#)], "");
        assert!(wrong.contains("not a list of followers: no such list"), "{wrong}");
        let nobody = failure("instagram-export", &[("x_20240101/followers_1.json", b"[1, 2]")], "");
        assert!(nobody.contains("none of its 2 entries names an account"), "{nobody}");
        let bomb = zip(&[("x_20240101/followers_1.json", &[b"[".as_slice(), &vec![b' '; 32 << 20]].concat())]);
        let bomb = failure("instagram-export", &[("a.zip", &bomb)], "a.zip");
        assert!(bomb.contains("followers_1.json") && bomb.contains("100 times"), "{bomb}");
        let deep = failure("instagram-export", &[("x_20240101/followers_1.json", "[".repeat(100_000).as_bytes())], "");
        assert!(deep.contains("recursion limit"), "{deep}");
        let twice = failure("instagram-export", &[("a/followers_1.json", b"[]"), ("b/followers_1.json", b"[]")], "");
        assert!(twice.contains("give one of the exports"), "{twice}");
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

        #[test]
        fn damaged_archives_give_a_dataset_or_an_error(place: usize, value: u8, length: usize) {
            let mut bytes = zip(&[(LIST, FOLLOWERS.as_bytes()), ("personal_information.json", PERSON.as_bytes())]);
            let length = length % bytes.len() + 1;
            let place = place % bytes.len();
            bytes[place] = value;
            for bytes in [bytes.as_slice(), &bytes[..length]] {
                let _ = import("instagram-export", &[("a.zip", bytes)], "a.zip");
            }
        }
    }

    #[test]
    fn a_list_of_nobody_is_an_account_without_followers() {
        let dataset = import("instagram-export", &[("x_20240101/followers_1.json", b"[]")], "").unwrap();
        assert_eq!((dataset.follows.follower.len(), dataset.creators.len()), (0, 1));
    }
}

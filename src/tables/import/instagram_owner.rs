//! Whose export it is: what `personal_information.json` and the sign-up file say, and what the name of the export tells.

use super::audience::Profile;
use super::encoding::unfold;
use crate::domain::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Files that say who owns the account, of now and of before 2021.
pub(super) const PERSONAL: [&str; 2] = ["personal_information.json", "profile.json"];
/// Files that say when the account was made.
pub(super) const SIGN_UP: [&str; 2] = ["signup_details.json", "signup_information.json"];

/// A field of the export's records; keys are in the language of the account.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Field {
    value: Option<String>,
    timestamp: Option<i64>,
}

/// The fields of the first record of a file such as `{"profile_user": [{"string_map_data": {…}}]}`, or those at its top.
fn fields(file: &Value) -> BTreeMap<String, Field> {
    let record = file.as_object().and_then(|object| object.values().find_map(|value| value.get(0)?.get("string_map_data")));
    let read = |(key, value): (&String, &Value)| {
        let field = match value {
            Value::String(text) => Field { value: Some(text.clone()), timestamp: None },
            value => Field::deserialize(value).ok()?,
        };
        Some((key.clone(), field))
    };
    record.unwrap_or(file).as_object().into_iter().flatten().filter_map(read).collect()
}

/// Takes what a file of [`PERSONAL`] says over into the profile. Keys in other languages than English are not understood.
pub(super) fn take_person(profile: &mut Profile, file: &Value) {
    let fields = fields(file);
    let text = |keys: [&str; 2]| {
        let value = keys.iter().find_map(|key| fields.get(*key)?.value.as_deref())?;
        (!value.trim().is_empty()).then(|| unfold(value.trim()))
    };
    profile.handle = text(["Username", "username"]);
    profile.display_name = text(["Name", "name"]);
    profile.bio = text(["Bio", "biography"]);
    profile.external_url = text(["Website", "website"]);
    profile.is_private = text(["Private Account", "private_account"]).and_then(|text| match text.as_str() {
        "True" | "true" => Some(true),
        "False" | "false" => Some(false),
        _ => None,
    });
}

/// When the account was made, by a file of [`SIGN_UP`]: the one time in it.
pub(super) fn signed_up_at(file: &Value) -> Option<Timestamp> {
    let time = |field: &Field| field.timestamp.filter(|&timestamp| timestamp > 0);
    fields(file).values().find_map(time).and_then(Timestamp::from_unix).map(|(at, _)| at)
}

/// The handle in the name of an export: `instagram-HANDLE-2024-06-14-CODE` of now, `HANDLE_20240614` of before.
pub(super) fn handle_in_name(name: &str) -> Option<String> {
    let is_date = |text: &str, pattern: &str| {
        let fits = |(byte, mark): (u8, u8)| if mark == b'0' { byte.is_ascii_digit() } else { byte == mark };
        text.len() >= pattern.len() && text.bytes().zip(pattern.bytes()).all(fits)
    };
    let before = |text: &str, pattern: &str| {
        let at = text.match_indices(&pattern[..1]).map(|(at, _)| at).find(|&at| at > 0 && is_date(&text[at..], pattern))?;
        Some(text[..at].to_owned())
    };
    match name.strip_prefix("instagram-") {
        Some(rest) => before(rest, "-0000-00-00"),
        None => before(name, "_00000000"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn both_shapes_of_a_profile_are_understood() {
        let now = json!({"profile_user": [{"title": "User", "media_map_data": {}, "string_map_data": {
            "Username": {"href": "", "value": "studio.amber", "timestamp": 0},
            "Bio": {"value": "caf\u{c3}\u{a9}"}, "Private Account": {"value": "False"}, "Gender": {"value": ""}}}]});
        let before = json!({"username": "studio.amber", "biography": "café", "private_account": "false", "gender": 7});
        for file in [now, before] {
            let mut profile = Profile::default();
            take_person(&mut profile, &file);
            assert_eq!((profile.handle.as_deref(), profile.bio.as_deref()), (Some("studio.amber"), Some("café")));
            assert_eq!((profile.is_private, profile.display_name), (Some(false), None));
        }
        let mut nothing = Profile::default();
        take_person(&mut nothing, &json!([1, "x"]));
        assert_eq!(nothing, Profile::default());
    }

    #[test]
    fn the_time_of_sign_up_needs_no_name() {
        let file =
            json!({"account_history_registration_info": [{"string_map_data": {"Zeit": {"value": "", "timestamp": 1400000000}}}]});
        assert_eq!(signed_up_at(&file).map(Timestamp::ms), Some(1_400_000_000_000));
        assert_eq!(signed_up_at(&json!({})), None);
    }

    #[test]
    fn names_of_exports_hold_the_handle() {
        for (name, handle) in [
            ("instagram-studio.amber-2024-06-14-Ab3xY", Some("studio.amber")),
            ("instagram-a_b_20-2024-06-14", Some("a_b_20")),
            ("studio_amber_20210614", Some("studio_amber")),
            ("studio_amber_20210614_part_1", Some("studio_amber")),
            ("export", None),
            ("instagram-export", None),
            ("_20210614", None),
        ] {
            assert_eq!(handle_in_name(name).as_deref(), handle, "{name}");
        }
    }
}

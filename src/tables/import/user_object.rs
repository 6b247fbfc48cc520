//! A user object of Twitter's API v1.1, alone or inside `{created_at, user}`, with the damage that re-published sets add.

use super::audience::Profile;
use super::twitter_time;
use crate::domain::Timestamp;
use serde::de::{Deserialize, Deserializer, Error as _, Visitor};
use std::fmt;

/// A profile read from a user object.
pub(super) struct UserObject(pub(super) Profile);

/// Any value, so that a wrong one can be named by its field.
#[derive(Default)]
enum Value {
    #[default]
    Absent,
    Null,
    Flag(bool),
    Whole(u64),
    Real(f64),
    Text(String),
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Fields {
    user: Option<Box<Fields>>,
    id: Value,
    id_str: Value,
    user_id: Value,
    screen_name: Value,
    name: Value,
    description: Value,
    url: Value,
    lang: Value,
    followers_count: Value,
    friends_count: Value,
    statuses_count: Value,
    protected: Value,
    verified: Value,
    default_profile_image: Value,
    profile_image_url: Value,
    profile_image_url_https: Value,
    created_at: Value,
    user_created_at: Value,
    probe_timestamp: Value,
}

impl<'de> Deserialize<'de> for UserObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Fields::deserialize(deserializer)?;
        let profile = match fields.user.take() {
            Some(user) => user.into_profile(fields.created_at),
            None => {
                let probed_at = std::mem::take(&mut fields.probe_timestamp);
                fields.into_profile(probed_at)
            }
        };
        profile.map(UserObject).map_err(D::Error::custom)
    }
}

impl Fields {
    fn into_profile(self, captured_at: Value) -> Result<Profile, String> {
        let pictures = [self.profile_image_url, self.profile_image_url_https];
        let default_picture = match self.default_profile_image.flag("default_profile_image")? {
            None => pictures.into_iter().find_map(Value::stated).map(|url| url.contains("default_profile")),
            known => known,
        };
        Ok(Profile {
            id: [self.id_str, self.id, self.user_id].into_iter().try_fold(None, first_id)?.ok_or("id: missing")?,
            handle: self.screen_name.stated(),
            display_name: self.name.stated(),
            bio: self.description.known_empty(),
            has_avatar: default_picture.map(|is_default| !is_default),
            followers: self.followers_count.count("followers_count")?,
            following: self.friends_count.count("friends_count")?,
            posts: self.statuses_count.count("statuses_count")?,
            is_private: self.protected.flag("protected")?,
            is_verified: self.verified.flag("verified")?,
            external_url: self.url.known_empty(),
            created_at: match self.user_created_at.time("user_created_at")? {
                None => self.created_at.time("created_at")?,
                known => known,
            },
            language: self.lang.stated(),
            captured_at: captured_at.time("created_at of the tweet, or probe_timestamp")?,
            ..Profile::default()
        })
    }
}

/// Ids exceed 2^53: one that went through a floating-point number has lost digits and names another account.
fn first_id(known: Option<String>, value: Value) -> Result<Option<String>, String> {
    match value {
        _ if known.is_some() => Ok(known),
        Value::Whole(id) => Ok(Some(id.to_string())),
        Value::Text(id) if !id.trim().is_empty() => Ok(Some(id.trim().to_owned())),
        Value::Real(id) => Err(format!("id: {id} is not a whole number from 0; its last digits are lost")),
        Value::Flag(_) => Err("id: a flag".to_owned()),
        Value::Text(_) | Value::Null | Value::Absent => Ok(None),
    }
}

impl Value {
    /// Text that says something; some sets write `null` as a word.
    fn stated(self) -> Option<String> {
        match self {
            Self::Text(text) if !matches!(text.as_str(), "" | "null") => Some(text),
            Self::Whole(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// Text in which nothing means that the account has none; only an absent field is missing.
    fn known_empty(self) -> Option<String> {
        match self {
            Self::Absent => None,
            other => Some(other.stated().unwrap_or_default()),
        }
    }

    fn count(self, field: &str) -> Result<Option<u64>, String> {
        match self {
            Self::Absent | Self::Null => Ok(None),
            Self::Whole(count) => Ok(Some(count)),
            Self::Real(count) if count >= 0.0 && count.fract() == 0.0 && count < 9e15 => Ok(Some(count as u64)),
            Self::Text(text) if matches!(text.trim(), "" | "null") => Ok(None),
            Self::Text(text) => {
                text.trim().parse().map(Some).map_err(|_| format!("{field}: `{text}` is not a whole number from 0"))
            }
            Self::Real(count) => Err(format!("{field}: {count} is not a whole number from 0")),
            Self::Flag(flag) => Err(format!("{field}: {flag} is not a whole number from 0")),
        }
    }

    fn flag(self, field: &str) -> Result<Option<bool>, String> {
        match self {
            Self::Absent | Self::Null => Ok(None),
            Self::Flag(flag) => Ok(Some(flag)),
            Self::Whole(0) => Ok(Some(false)),
            Self::Whole(1) => Ok(Some(true)),
            Self::Whole(other) => Err(format!("{field}: {other} is neither true nor false")),
            Self::Real(other) => Err(format!("{field}: {other} is neither true nor false")),
            Self::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
                "" | "null" => Ok(None),
                "true" | "1" => Ok(Some(true)),
                "false" | "0" => Ok(Some(false)),
                other => Err(format!("{field}: `{other}` is neither true nor false")),
            },
        }
    }

    fn time(self, field: &str) -> Result<Option<Timestamp>, String> {
        self.stated().map_or(Ok(None), |text| twitter_time::read(&text).map_err(|why| format!("{field}: `{text}` is {why}")))
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl Visitor<'_> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a flag or null")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Whole(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Real(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Real(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }
}

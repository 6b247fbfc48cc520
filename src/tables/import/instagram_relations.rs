//! Lists of accounts as Instagram's export writes them, one entry at a time, in every shape they have had.

use crate::domain::Timestamp;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// One account of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    pub(super) handle: String,
    pub(super) at: Option<Timestamp>,
}

/// What a list held.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct RelationCounts {
    /// Accounts handed on.
    pub(super) accounts: u64,
    /// Entries from which no account could be read.
    pub(super) rejected: u64,
    /// Accounts without a time, or with one outside 1990 to 2100.
    pub(super) untimed: u64,
    /// Whether a list was there at all.
    pub(super) is_list: bool,
}

impl RelationCounts {
    /// Of both lists together.
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            accounts: self.accounts + other.accounts,
            rejected: self.rejected + other.rejected,
            untimed: self.untimed + other.untimed,
            is_list: self.is_list || other.is_list,
        }
    }
}

/// Reads one file's list and hands on every account of it.
///
/// # Shape
/// `[entry, …]`; `{"relationships_followers": [entry, …]}` and the like; `{"followers": {"handle": "time", …}}` of before 2021.
/// An entry is `{"title", "string_list_data": [{"href", "value", "timestamp"}]}`; the handle is the `value`, else the `title`,
/// else the last part of the address.
pub(super) struct Relations<'a> {
    /// The list wanted: `followers` or `following`.
    pub(super) kind: &'static str,
    pub(super) each: &'a mut dyn FnMut(Relation),
    pub(super) counts: RelationCounts,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    title: Option<String>,
    string_list_data: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(default)]
    href: Option<String>,
    #[serde(default)]
    value: Option<String>,
    #[serde(default)]
    timestamp: Option<i64>,
}

/// An entry as promised, or anything else.
#[derive(Deserialize)]
#[serde(untagged)]
enum Readable<T> {
    Yes(T),
    No(IgnoredAny),
}

/// Hashtags and requests stand in lists of their own, with names that begin alike.
fn is_list(key: &str, kind: &str) -> bool {
    key.strip_prefix("relationships_").unwrap_or(key) == kind
}

impl<'de> DeserializeSeed<'de> for &mut Relations<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Relations<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of {}", self.kind)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        self.counts.is_list = true;
        while let Some(entry) = entries.next_element::<Readable<Entry>>()? {
            match entry {
                Readable::Yes(entry) => self.push(entry),
                Readable::No(_) => self.counts.rejected += 1,
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(key) = fields.next_key::<String>()? {
            if is_list(&key, self.kind) {
                fields.next_value_seed(Named(self))?;
            } else {
                fields.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// What stands under the name of the list: entries, or times by handle.
struct Named<'a, 'b>(&'a mut Relations<'b>);

impl<'de> DeserializeSeed<'de> for Named<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Named<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of {}", self.0.kind)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, entries: A) -> Result<(), A::Error> {
        self.0.visit_seq(entries)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        self.0.counts.is_list = true;
        while let Some((handle, at)) = fields.next_entry::<String, Readable<String>>()? {
            let at = if let Readable::Yes(text) = at { Timestamp::parse(&text).ok().map(|(at, _)| at) } else { None };
            self.0.hand_on(Some(handle), at);
        }
        Ok(())
    }
}

impl Relations<'_> {
    fn push(&mut self, entry: Entry) {
        if entry.string_list_data.is_empty() {
            self.hand_on(entry.title.clone(), None);
        }
        for item in entry.string_list_data {
            let from_address =
                || item.href.as_deref().and_then(|href| href.trim_end_matches('/').rsplit('/').next()).map(str::to_owned);
            let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
            let handle = filled(&item.value).or_else(|| filled(&entry.title)).or_else(from_address);
            self.hand_on(handle, item.timestamp.and_then(Timestamp::from_unix).map(|(at, _)| at));
        }
    }

    fn hand_on(&mut self, handle: Option<String>, at: Option<Timestamp>) {
        match handle.map(|handle| handle.trim().to_owned()).filter(|handle| !handle.is_empty()) {
            Some(handle) => {
                self.counts.accounts += 1;
                self.counts.untimed += u64::from(at.is_none());
                (self.each)(Relation { handle, at });
            }
            None => self.counts.rejected += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<(String, Option<i64>)>, RelationCounts) {
        let mut found = Vec::new();
        let mut each = |relation: Relation| found.push((relation.handle, relation.at.map(|at| at.ms() / 1000)));
        let mut relations = Relations { kind: "followers", each: &mut each, counts: RelationCounts::default() };
        let mut json = serde_json::Deserializer::from_str(text);
        (&mut relations).deserialize(&mut json).unwrap();
        let counts = relations.counts;
        (found, counts)
    }

    #[test]
    fn every_shape_gives_the_same_account() {
        let item = r#"{"href": "https://www.instagram.com/_u/amber", "value": "amber", "timestamp": 1700000000}"#;
        for text in [
            format!(r#"[{{"title": "", "media_list_data": [], "string_list_data": [{item}]}}]"#),
            format!(r#"{{"relationships_followers": [{{"string_list_data": [{item}]}}], "relationships_hashtags": [1]}}"#),
            r#"[{"title": "amber", "string_list_data": [{"timestamp": 1700000000}]}]"#.to_owned(),
            r#"[{"title": null, "string_list_data": [{"href": "https://www.instagram.com/_u/amber/", "value": null, "timestamp": 1700000000}]}]"#
                .to_owned(),
            r#"{"followers": {"amber": "2023-11-14T22:13:20+00:00"}, "following": {"birch": "2020-01-01T00:00:00"}}"#.to_owned(),
        ] {
            assert_eq!(read(&text).0, [("amber".to_owned(), Some(1_700_000_000))], "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_counted() {
        let text = r#"[7, {"string_list_data": "no"}, {"string_list_data": [{"value": " "}]}, {"string_list_data": [{"value": "a", "timestamp": 0}]}]"#;
        let (found, counts) = read(text);
        assert_eq!(found, [("a".to_owned(), None)]);
        assert_eq!(counts, RelationCounts { accounts: 1, rejected: 3, untimed: 1, is_list: true });
        assert!(!read(r#"{"relationships_following": []}"#).1.is_list);
    }
}

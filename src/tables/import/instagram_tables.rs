//! The lists of an Instagram export on their way into tables.

use super::audience::{BATCH_ROWS, Profile, Sink, account_column, batch, texts, times};
use super::export_files::{ExportFiles, damaged};
use super::instagram_relations::{Relation, RelationCounts, Relations};
use crate::domain::{Platform, Table, Timestamp};
use crate::error::{Error, Result};
use foldhash::fast::FixedState;
use hashbrown::HashSet;
use serde::de::DeserializeSeed;

const COLUMNS: &[&str] = &["account_id", "handle", "display_name", "bio", "is_private", "external_url", "created_at"];

/// Says what is wrong with a file of JSON, and in which line.
pub(super) fn malformed(error: serde_json::Error) -> Error {
    if error.is_io() {
        return damaged(error.into());
    }
    let line = error.line() as u64;
    Error::malformed("JSON of an Instagram export", error).at_row(line)
}

/// Lists of both kinds in one file, before 2021: either may be absent.
pub(super) const OLD_LISTS: &str = "connections.json";

/// The tables on their way out.
pub(super) struct Tables<'a> {
    owner: String,
    known: HashSet<String, FixedState>,
    accounts: Vec<Profile>,
    follows: Vec<(String, bool, Option<Timestamp>)>,
    sink: Sink<'a>,
}

impl<'a> Tables<'a> {
    /// Hands on the creator.
    pub(super) fn begin(owner: Profile, sink: Sink<'a>) -> Result<Self> {
        let creator = vec![texts([Some(&owner.id)]), texts([Some(Platform::Instagram.word())])];
        sink(Table::Creators, batch(Table::Creators, &["creator_id", "platform"], creator))?;
        let known = HashSet::from_iter([owner.id.clone()]);
        Ok(Self { owner: owner.id.clone(), known, accounts: vec![owner], follows: Vec::new(), sink })
    }

    /// Reads a file's list of followers or of accounts followed.
    pub(super) fn read_list(&mut self, files: &mut ExportFiles, name: &str, kind: &'static str) -> Result<RelationCounts> {
        let place = files.place(name);
        let mut failure = None;
        let mut each = |relation: Relation| {
            if failure.is_none() {
                failure = self.push(relation, kind == "followers").err();
            }
        };
        let mut relations = Relations { kind, each: &mut each, counts: RelationCounts::default() };
        let mut json = serde_json::Deserializer::from_reader(files.reader(name)?);
        let outcome = (&mut relations).deserialize(&mut json).and_then(|()| json.end());
        let counts = relations.counts;
        outcome.map_err(|error| malformed(error).at_file(&place))?;
        match failure {
            Some(error) => Err(error),
            None if !counts.is_list && !name.ends_with(OLD_LISTS) => {
                Err(Error::malformed(format!("a list of {kind}"), "no such list stands in it").at_file(&place))
            }
            None if counts.accounts == 0 && counts.rejected > 0 => {
                let detail = format!("none of its {} entries names an account", counts.rejected);
                Err(Error::malformed(format!("a list of {kind}"), detail).at_file(&place))
            }
            None => Ok(counts),
        }
    }

    fn push(&mut self, relation: Relation, follows_owner: bool) -> Result<()> {
        if self.known.insert(relation.handle.clone()) {
            let handle = Some(relation.handle.clone());
            self.accounts.push(Profile { id: relation.handle.clone(), handle, ..Profile::default() });
        }
        self.follows.push((relation.handle, follows_owner, relation.at));
        if self.follows.len() == BATCH_ROWS { self.flush() } else { Ok(()) }
    }

    /// Hands on what has gathered.
    pub(super) fn flush(&mut self) -> Result<()> {
        let accounts = std::mem::take(&mut self.accounts);
        if !accounts.is_empty() {
            let columns = COLUMNS.iter().map(|name| account_column(name, &accounts)).collect();
            (self.sink)(Table::Accounts, batch(Table::Accounts, COLUMNS, columns))?;
        }
        let follows = std::mem::take(&mut self.follows);
        if follows.is_empty() {
            return Ok(());
        }
        let side = |of_follower: bool| {
            texts(
                follows
                    .iter()
                    .map(|(handle, follows_owner, _)| Some(if *follows_owner == of_follower { handle } else { &self.owner })),
            )
        };
        let columns = vec![side(true), side(false), times(follows.iter().map(|&(_, _, at)| at))];
        (self.sink)(Table::Follows, batch(Table::Follows, &["follower_id", "followed_id", "followed_at"], columns))
    }
}

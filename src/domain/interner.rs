//! Opaque string ids outside, dense numbers inside.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Dense number of an account within one dataset, creators included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct AccountId(pub u32);

impl AccountId {
    /// The number as an index into columns.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Maps strings to dense numbers in order of first appearance, and back.
///
/// # Cost
/// The strings once, plus about 26 bytes an id.
///
/// # Examples
/// ```
/// use bonafide::domain::Interner;
/// let mut ids = Interner::default();
/// assert_eq!((ids.intern("a"), ids.intern("b"), ids.intern("a")), (0, 1, 0));
/// assert_eq!((ids.name(1), ids.find("c")), ("b", None));
/// ```
#[derive(Debug, Clone)]
pub struct Interner {
    bytes: String,
    ends: Vec<u64>,
    table: HashTable<Entry>,
    hasher: FixedState,
}

/// Strings looked up side by side.
const STRIDE: usize = 64;

/// Where a string stands; kept in the table so that a look-up touches the table and the string and nothing else.
#[derive(Debug, Clone, Copy)]
struct Entry {
    start: u64,
    length: u32,
    id: u32,
}

impl Entry {
    fn bytes(self, all: &[u8]) -> &[u8] {
        let start = self.start as usize;
        &all[start..start + self.length as usize]
    }
}

impl Default for Interner {
    fn default() -> Self {
        Self { bytes: String::new(), ends: Vec::new(), table: HashTable::new(), hasher: FixedState::with_seed(0x00b0_4af1_de00) }
    }
}

impl Interner {
    /// The number of a string, given out now if it is new.
    ///
    /// # Panics
    /// Beyond 2^32 − 1 different strings, and for a string of 4 GiB.
    pub fn intern(&mut self, name: &str) -> u32 {
        let hash = self.hash(name.as_bytes());
        if let Some(id) = self.find_hashed(name, hash) {
            return id;
        }
        let id = u32::try_from(self.ends.len()).expect("more than 2^32 ids");
        let length = u32::try_from(name.len()).expect("an id of 4 GiB");
        let entry = Entry { start: self.bytes.len() as u64, length, id };
        self.bytes.push_str(name);
        self.ends.push(self.bytes.len() as u64);
        let (bytes, hasher) = (self.bytes.as_bytes(), &self.hasher);
        self.table.insert_unique(hash, entry, |entry| hasher.hash_one(entry.bytes(bytes)));
        id
    }

    /// The number of a string, if it has one.
    pub fn find(&self, name: &str) -> Option<u32> {
        self.find_hashed(name, self.hash(name.as_bytes()))
    }

    /// The numbers of many strings at once; `absent` for those without one and for missing strings.
    ///
    /// Works in three passes over a few strings at a time, so that the processor can wait for many of them at once:
    /// hashes, then places in the table, then comparisons.
    pub(super) fn find_each(&self, names: &[Option<&str>], found: &mut [u32], absent: u32) {
        let bytes = self.bytes.as_bytes();
        let mut hashes = [0_u64; STRIDE];
        let mut entries: [Option<Entry>; STRIDE] = [None; STRIDE];
        for (names, found) in names.chunks(STRIDE).zip(found.chunks_mut(STRIDE)) {
            for (name, hash) in names.iter().zip(&mut hashes) {
                *hash = name.map_or(0, |name| self.hash(name.as_bytes()));
            }
            for ((name, hash), entry) in names.iter().zip(&hashes).zip(&mut entries) {
                let same_length = |entry: &Entry| name.is_some_and(|name| name.len() == entry.length as usize);
                *entry = self.table.find(*hash, same_length).copied();
            }
            for ((name, entry), (hash, found)) in names.iter().zip(&entries).zip(hashes.iter().zip(found)) {
                *found = match (name, entry) {
                    (Some(name), Some(entry)) if entry.bytes(bytes) == name.as_bytes() => entry.id,
                    (Some(name), Some(_)) => self.find_hashed(name, *hash).unwrap_or(absent),
                    _ => absent,
                };
            }
        }
    }

    fn hash(&self, name: &[u8]) -> u64 {
        self.hasher.hash_one(name)
    }

    fn find_hashed(&self, name: &str, hash: u64) -> Option<u32> {
        let bytes = self.bytes.as_bytes();
        self.table.find(hash, |entry| entry.bytes(bytes) == name.as_bytes()).map(|entry| entry.id)
    }

    /// The string of a number that this interner gave out.
    ///
    /// # Panics
    /// For a number that it did not give out.
    pub fn name(&self, id: u32) -> &str {
        span(&self.bytes, &self.ends, id)
    }

    /// How many different strings there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

fn span<'a>(bytes: &'a str, ends: &[u64], id: u32) -> &'a str {
    let index = id as usize;
    let start = if index == 0 { 0 } else { ends[index - 1] as usize };
    &bytes[start..ends[index] as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_at_once_are_found_as_one_by_one() {
        let mut ids = Interner::default();
        let name = |number: u32| format!("account {}", number.wrapping_mul(2_654_435_761));
        (0..5000).for_each(|number| {
            ids.intern(&name(number));
        });
        let names: Vec<String> = (0..10_000).rev().map(name).collect();
        let wanted: Vec<Option<&str>> = names.iter().enumerate().map(|(at, name)| (at % 7 > 0).then_some(&**name)).collect();
        let mut found = vec![0; wanted.len()];
        ids.find_each(&wanted, &mut found, u32::MAX);
        let expected: Vec<u32> = wanted.iter().map(|name| name.and_then(|name| ids.find(name)).unwrap_or(u32::MAX)).collect();
        assert_eq!(found, expected);
        assert!(expected.iter().filter(|id| **id != u32::MAX).count() > 4000);
    }
}

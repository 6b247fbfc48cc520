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
/// The strings once, plus about 13 bytes an id.
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
    table: HashTable<u32>,
    hasher: FixedState,
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
    /// Beyond 2^32 − 1 different strings.
    pub fn intern(&mut self, name: &str) -> u32 {
        let hash = self.hasher.hash_one(name);
        let (bytes, ends) = (&self.bytes, &self.ends);
        if let Some(&id) = self.table.find(hash, |&id| span(bytes, ends, id) == name) {
            return id;
        }
        let id = u32::try_from(self.ends.len()).expect("more than 2^32 ids");
        self.bytes.push_str(name);
        self.ends.push(self.bytes.len() as u64);
        let (bytes, ends, hasher) = (&self.bytes, &self.ends, &self.hasher);
        self.table.insert_unique(hash, id, |&id| hasher.hash_one(span(bytes, ends, id)));
        id
    }

    /// The number of a string, if it has one.
    pub fn find(&self, name: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(name);
        self.table.find(hash, |&id| self.name(id) == name).copied()
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

//! Handles given out, each once.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

/// Gives every account a handle of its own.
///
/// # Cost
/// Memory: 10 to 20 bytes a handle. Time: the same for each, however many want the same one.
#[derive(Debug)]
pub(super) struct Given {
    hasher: foldhash::fast::FixedState,
    /// Hashes of the handles that are taken.
    taken: HashSet<u64, foldhash::fast::FixedState>,
    /// How many of its variants are known to be taken, by the hash of a handle that was wanted more than once.
    tried: HashMap<u64, u32, foldhash::fast::FixedState>,
}

impl Given {
    /// None yet, with room for `n`.
    pub(super) fn with_capacity(n: usize) -> Self {
        let hasher = foldhash::fast::FixedState::default();
        let taken = HashSet::with_capacity_and_hasher(n, hasher.clone());
        Self { taken, tried: HashMap::with_hasher(hasher.clone()), hasher }
    }

    /// A handle that is not taken yet: the one wanted, or its first variant that is free.
    pub(super) fn give(&mut self, wanted: String) -> String {
        let hash = self.hasher.hash_one(wanted.as_str());
        if self.taken.insert(hash) {
            return wanted;
        }
        // What was taken stays taken, so that the search goes on where the last one for this handle ended.
        let tried = match self.tried.entry(hash) {
            Entry::Occupied(tried) => tried.into_mut(),
            Entry::Vacant(none) => none.insert(0),
        };
        loop {
            let candidate = variant(&wanted, *tried);
            *tried += 1;
            if self.taken.insert(self.hasher.hash_one(candidate.as_str())) {
                return candidate;
            }
        }
    }
}

/// The variants of a handle: as people do, an underscore is added, a letter drawn out, then letters are added.
fn variant(handle: &str, nth: u32) -> String {
    let last = handle.chars().next_back().unwrap_or('_');
    match nth {
        0 => format!("{handle}_"),
        1 if last.is_ascii_digit() => format!("x{handle}"),
        1 => format!("{handle}{last}"),
        2 => format!("_{handle}"),
        3 => format!("its{handle}"),
        4 => format!("{handle}__"),
        _ => {
            let letters = std::iter::successors(Some(nth - 5), |&left| (left >= 26).then(|| left / 26 - 1));
            let letters = letters.map(|left| char::from(b'a' + (left % 26) as u8));
            handle.chars().chain(std::iter::once('.')).chain(letters).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_taken_handle_is_changed_until_it_is_free() {
        let mut given = Given::with_capacity(0);
        let handles: Vec<String> = (0..800).map(|_| given.give("ann".into())).collect();
        assert_eq!(handles[..4], ["ann", "ann_", "annn", "_ann"]);
        assert_eq!(handles[6..8], ["ann.a", "ann.b"]);
        // After 26 single letters and 676 pairs, least letter first, come three.
        assert_eq!(handles[6 + 25..6 + 28], ["ann.z", "ann.aa", "ann.ba"]);
        assert_eq!(handles[6 + 26 + 676 - 1..6 + 26 + 676 + 1], ["ann.zz", "ann.aaa"]);
        assert_eq!(handles.iter().collect::<HashSet<_>>().len(), 800);
        assert_eq!(given.give("ann7".into()), "ann7");
        assert_eq!([given.give("ann7".into()), given.give("ann7".into())], ["ann7_", "xann7"]);
    }

    proptest! {
        #[test]
        fn no_variant_is_passed_over_and_none_is_given_twice(wanted in prop::collection::vec("[ab_]{1,3}", 1..200)) {
            let mut given = Given::with_capacity(wanted.len());
            let mut taken = HashSet::new();
            for handle in wanted {
                let nearest = std::iter::once(handle.clone()).chain((0..).map(|nth| variant(&handle, nth)));
                let expected = nearest.into_iter().find(|candidate| !taken.contains(candidate)).unwrap();
                let found = given.give(handle);
                prop_assert_eq!(&found, &expected);
                taken.insert(found);
            }
        }
    }
}

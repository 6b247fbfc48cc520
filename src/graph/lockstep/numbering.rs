//! Numbers for the rows and columns of a component that do not depend on the order in which the data came.

/// Rows or columns in order of their actions: most first, then by the times of them. Where the peel has to choose between equals, it
/// chooses by number; two that differ in nothing but their ids may change places, which changes nothing.
#[derive(Debug)]
pub(super) struct Numbering {
    /// Ids, ascending, with their numbers.
    numbers: Vec<(u32, u32)>,
    /// Ids by number.
    ids: Vec<u32>,
}

impl Numbering {
    /// Numbers the ids of these actions, given as id and time.
    ///
    /// # Cost
    /// O(n log n).
    pub fn of(mut actions: Vec<(u32, u32)>) -> Self {
        actions.sort_unstable();
        let mut lists: Vec<&[(u32, u32)]> = actions.chunk_by(|a, b| a.0 == b.0).collect();
        let times = |list: &[(u32, u32)]| list.iter().map(|action| action.1).collect::<Vec<u32>>();
        lists.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| times(a).cmp(&times(b))).then(a[0].0.cmp(&b[0].0)));
        let ids: Vec<u32> = lists.iter().map(|list| list[0].0).collect();
        let mut numbers: Vec<(u32, u32)> = ids.iter().enumerate().map(|(number, &id)| (id, number as u32)).collect();
        numbers.sort_unstable();
        Self { numbers, ids }
    }

    /// How many ids there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// The number of an id that has actions.
    pub fn number(&self, id: u32) -> u32 {
        self.numbers[self.numbers.partition_point(|entry| entry.0 < id)].1
    }

    /// The ids behind numbers, ascending.
    pub fn ids(&self, numbers: &[u32]) -> Vec<u32> {
        let mut ids: Vec<u32> = numbers.iter().map(|&number| self.ids[number as usize]).collect();
        ids.sort_unstable();
        ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_actions_come_first_then_the_earliest() {
        let numbering = Numbering::of(vec![(9, 5), (4, 8), (9, 7), (2, 3)]);
        assert_eq!([9, 2, 4].map(|id| numbering.number(id)), [0, 1, 2]);
        assert_eq!((numbering.len(), numbering.ids(&[2, 0])), (3, vec![4, 9]));
    }
}

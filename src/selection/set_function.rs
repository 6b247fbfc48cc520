//! A function of sets of candidates, evaluated by adding one after the other.

use super::majorants::Majorants;

/// A non-negative function of sets that grows with the set, the less the more is in it already (monotone, submodular).
///
/// # Shape
/// Candidates are numbered 0..n.
pub trait SetFunction: Sync {
    /// A set with what is needed to add to it.
    type State: Clone + Send + Sync;

    /// How many candidates there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The empty set.
    fn empty(&self) -> Self::State;

    /// What a candidate would add; 0 for one that is in the set.
    fn gain(&self, state: &Self::State, candidate: usize) -> f64;

    /// Adds a candidate.
    fn add(&self, state: &mut Self::State, candidate: usize);

    /// The function's value at a set.
    fn value(&self, state: &Self::State) -> f64;

    /// Modular functions above it; `None` where no others are known than its gains at a set.
    fn majorants(&self) -> Option<&dyn Majorants> {
        None
    }

    /// The set of these candidates.
    fn state_of(&self, members: &[usize]) -> Self::State {
        let mut state = self.empty();
        members.iter().for_each(|&member| self.add(&mut state, member));
        state
    }

    /// The function's value at the set of these candidates.
    fn value_of(&self, members: &[usize]) -> f64 {
        self.value(&self.state_of(members))
    }
}

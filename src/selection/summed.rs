//! Amounts that add up, such as engagements: nobody is counted once.

use super::set_function::SetFunction;

/// f(S) = Σ_{c∈S} v_c.
#[derive(Debug, Clone)]
pub struct Summed {
    /// The amount of each candidate.
    pub amounts: Vec<f64>,
}

impl SetFunction for Summed {
    type State = (f64, Vec<bool>);

    fn len(&self) -> usize {
        self.amounts.len()
    }

    fn empty(&self) -> Self::State {
        (0.0, vec![false; self.amounts.len()])
    }

    fn gain(&self, state: &Self::State, candidate: usize) -> f64 {
        if state.1[candidate] { 0.0 } else { self.amounts[candidate] }
    }

    fn add(&self, state: &mut Self::State, candidate: usize) {
        state.0 += self.gain(state, candidate);
        state.1[candidate] = true;
    }

    fn value(&self, state: &Self::State) -> f64 {
        state.0
    }
}

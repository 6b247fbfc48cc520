//! What the creator model would say if a block of signals were other than it is.

use super::creator_inputs::{CREATOR_INPUTS, CreatorBlock, CreatorInput};
use super::creator_model::{CreatorModel, CreatorPrediction};

/// Halvings of the way between two values of a block's signals: two thousandths of a per cent of it.
const N_HALVINGS: u32 = 16;

/// One value moved as [`CreatorModel::moved`] says.
fn moved_value(input: &CreatorInput, value: f64, part: f64) -> f64 {
    let end = if part >= 0.0 { value.min(input.least()) } else { value.max(input.most()) };
    value + part.abs() * (end - value)
}

impl CreatorModel {
    /// The values with the signals of one block moved: x + t (x₀ − x) for t ≥ 0, where x₀ is what shows no sign, and x − t (x₁ − x) for t < 0, where
    /// x₁ is where a signal says no more. At 0 they are as they are, at 1 the block shows no sign, at −1 it could not show more.
    ///
    /// # Missing
    /// What is not measured stays so.
    ///
    /// # Panics
    /// If there is not one value an input.
    pub fn moved(values: &[f64], block: CreatorBlock, part: f64) -> Vec<f64> {
        assert_eq!(values.len(), CREATOR_INPUTS.len(), "one value an input");
        let mut moved = values.to_vec();
        for column in block.columns() {
            if !values[column].is_nan() {
                moved[column] = moved_value(&CREATOR_INPUTS[column], values[column], part);
            }
        }
        moved
    }

    /// How far the signals of one block must be moved, as [`CreatorModel::moved`] does, for the log-odds to come from what they are (`now`) to another value;
    /// the first place at which they do, from the present one on.
    ///
    /// # Missing
    /// `None` where no block is measured, or where the block alone cannot bring them there.
    ///
    /// # Cost
    /// The block's ramps, 17 times.
    pub fn reaches(&self, values: &[f64], now: f64, block: CreatorBlock, log_odds: f64) -> Option<f64> {
        let others = now - self.block_part(values, block, |_, value| value)?;
        let at = |part: f64| Some(others + self.block_part(values, block, |input, value| moved_value(input, value, part))?);
        let end = if log_odds < now { 1.0 } else { -1.0 };
        let is_there = |found: f64| if end > 0.0 { found <= log_odds } else { found >= log_odds };
        if !is_there(at(end)?) {
            return None;
        }
        let (mut before, mut there) = (0.0, end);
        for _ in 0..N_HALVINGS {
            let middle = f64::midpoint(before, there);
            if is_there(at(middle)?) { there = middle } else { before = middle }
        }
        Some(there)
    }

    /// What would be said if a block that is not measured were, and showed no sign, and if it showed all that it can.
    ///
    /// # Missing
    /// `None` where it is measured already, or where the model knows no creators of whom so much is measured.
    pub fn if_measured(&self, values: &[f64], block: CreatorBlock) -> Option<[CreatorPrediction; 2]> {
        if block.columns().any(|column| !values[column].is_nan()) {
            return None;
        }
        let with = |of: fn(usize) -> f64| {
            let mut with = values.to_vec();
            block.columns().for_each(|column| with[column] = of(column));
            self.predict(&with)
        };
        Some([with(|column| CREATOR_INPUTS[column].least())?, with(|column| CREATOR_INPUTS[column].most())?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some_values() -> impl Strategy<Value = Vec<f64>> {
        prop::collection::vec(prop::option::of(0.0..1.5_f64), CREATOR_INPUTS.len())
            .prop_map(|held| held.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect())
    }

    proptest! {
        #[test]
        fn blocks_and_base_add_up_to_the_decision_value(values in some_values()) {
            if let Some(said) = CreatorModel::embedded().unwrap().predict(&values) {
                let blocks = said.block_contributions();
                prop_assert_eq!(blocks.iter().map(|(block, _)| *block).collect::<Vec<_>>(), said.blocks.clone());
                prop_assert!(blocks.iter().all(|(_, part)| *part >= 0.0));
                let sum: f64 = blocks.iter().map(|(_, part)| part).sum();
                prop_assert!((said.base + sum - said.log_odds).abs() < 1e-9);
            }
        }

        #[test]
        fn a_block_moved_as_far_as_is_said_reaches_the_value_and_no_earlier(values in some_values(), log_odds in -8.0..8.0_f64) {
            let model = CreatorModel::embedded().unwrap();
            for block in CreatorBlock::ALL {
                let Some(now) = model.predict(&values).map(|said| said.log_odds) else { continue };
                let Some(part) = model.reaches(&values, now, block, log_odds) else { continue };
                let at = |part: f64| model.predict(&CreatorModel::moved(&values, block, part)).unwrap().log_odds;
                let (there, just_before) = (at(part), at(part - 2e-5 * part.signum()));
                if log_odds < now {
                    prop_assert!(there <= log_odds + 1e-9 && just_before >= log_odds - 1e-9);
                } else {
                    prop_assert!(there >= log_odds - 1e-9 && just_before <= log_odds + 1e-9);
                }
            }
        }
    }

    #[test]
    fn nothing_missing_becomes_a_value_by_being_moved() {
        let mut values = vec![f64::NAN; CREATOR_INPUTS.len()];
        values[1] = 0.4;
        let moved = CreatorModel::moved(&values, CreatorBlock::Audience, 1.0);
        assert!(moved[0].is_nan() && moved[2].is_nan());
        assert!((moved[1] - CREATOR_INPUTS[1].least()).abs() < 1e-12);
        let half_way = CreatorModel::moved(&values, CreatorBlock::Audience, -0.5)[1];
        assert!((half_way - f64::midpoint(0.4, CREATOR_INPUTS[1].most())).abs() < 1e-12);
    }

    #[test]
    fn a_block_that_is_missing_can_only_widen_what_may_be_said() {
        let model = CreatorModel::embedded().unwrap();
        let mut values = vec![f64::NAN; CREATOR_INPUTS.len()];
        (values[0], values[1]) = (0.02, 0.06);
        let [least, most] = model.if_measured(&values, CreatorBlock::Growth).unwrap();
        assert_eq!(least.blocks, [CreatorBlock::Audience, CreatorBlock::Growth]);
        assert!(least.log_odds < most.log_odds);
        assert!(model.if_measured(&values, CreatorBlock::Audience).is_none());
    }
}

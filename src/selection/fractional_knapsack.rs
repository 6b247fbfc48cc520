//! What may be cut in pieces and bought for a budget.

/// Parts of each item, and what they are worth together.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Packed {
    pub parts: Vec<f64>,
    pub value: f64,
}

/// The most that parts of items (worth, cost) can be worth under a budget: by worth for its cost, the last one cut. What is worth nothing is left out.
///
/// # Cost
/// One sort.
///
/// # Source
/// Dantzig, *Discrete-variable extremum problems*, Operations Research 1957.
pub(super) fn fractional_knapsack(items: &[(f64, f64)], budget: f64) -> Packed {
    let mut packed = Packed { parts: vec![0.0; items.len()], value: 0.0 };
    let rate = |item: usize| items[item].0 / items[item].1;
    let mut order: Vec<usize> = (0..items.len()).filter(|&item| items[item].0 > 0.0).collect();
    order.sort_unstable_by(|&a, &b| rate(b).total_cmp(&rate(a)).then(a.cmp(&b)));
    let mut left = budget.max(0.0);
    for item in order {
        let (worth, cost) = items[item];
        let part = (left / cost).min(1.0);
        packed.parts[item] = part;
        packed.value += part * worth;
        left -= part * cost;
        if left <= 0.0 {
            break;
        }
    }
    packed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_item_is_cut() {
        // Dantzig's rule by hand: 60/10, 100/20, then two thirds of 120/30.
        let packed = fractional_knapsack(&[(120.0, 30.0), (60.0, 10.0), (-5.0, 1.0), (100.0, 20.0)], 50.0);
        assert_eq!(packed, Packed { parts: vec![20.0 / 30.0, 1.0, 0.0, 1.0], value: 240.0 });
        assert_eq!(fractional_knapsack(&[(1.0, 1.0)], -1.0).value, 0.0);
    }
}

//! Draws from a fixed list of weights in constant time.

use rand::Rng;

/// A table of aliases: each place keeps a part of its chance and gives the rest to one other place.
///
/// # Cost
/// 8 bytes a weight; two reads and one random number a draw.
///
/// # Source
/// Walker (1977); built as by Vose (1991), A linear algorithm for generating random numbers with a given distribution.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Alias {
    /// Chance (in parts of 2^32) that a place stands for itself, and the place it stands for otherwise.
    places: Vec<(u32, u32)>,
}

impl Alias {
    /// Makes the table; weights that are not above 0 are never drawn.
    ///
    /// # Panics
    /// If no weight is above 0.
    pub(super) fn new(weights: &[f64]) -> Self {
        let total: f64 = weights.iter().filter(|weight| **weight > 0.0).sum();
        assert!(total > 0.0 && total.is_finite(), "weights without a sum");
        let mean = total / weights.len() as f64;
        let mut left: Vec<f64> = weights.iter().map(|weight| weight.max(0.0) / mean).collect();
        let (mut small, mut large): (Vec<u32>, Vec<u32>) =
            (0..weights.len() as u32).partition(|&place| left[place as usize] < 1.0);
        let mut places: Vec<(u32, u32)> = (0..weights.len() as u32).map(|place| (u32::MAX, place)).collect();
        while let (Some(&poor), Some(&rich)) = (small.last(), large.last()) {
            small.pop();
            places[poor as usize] = ((left[poor as usize] * 4_294_967_296.0) as u32, rich);
            left[rich as usize] -= 1.0 - left[poor as usize];
            if left[rich as usize] < 1.0 {
                large.pop();
                small.push(rich);
            }
        }
        Self { places }
    }

    /// Draws a place.
    pub(super) fn draw(&self, rng: &mut impl Rng) -> usize {
        let ticket = rng.next_u64();
        let place = ((ticket >> 32) * self.places.len() as u64) >> 32;
        let (own, other) = self.places[place as usize];
        if (ticket as u32) < own { place as usize } else { other as usize }
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed::{Stream, stream};
    use super::*;

    #[test]
    fn places_come_up_in_proportion_to_their_weights() {
        let weights = [0.5, 0.0, 3.0, 1.0, 0.5, 5.0];
        let table = Alias::new(&weights);
        let mut rng = stream(1, Stream::Roles, 0);
        let mut hits = [0u32; 6];
        (0..20_000).for_each(|_| hits[table.draw(&mut rng)] += 1);
        for (hit, weight) in hits.iter().zip(weights) {
            assert!((f64::from(*hit) - 2_000.0 * weight).abs() <= 4.0 * (2_000.0 * weight).sqrt(), "{hits:?}");
        }
    }

    #[test]
    fn one_weight_is_always_drawn() {
        let table = Alias::new(&[0.3]);
        assert_eq!(table.draw(&mut stream(1, Stream::Roles, 0)), 0);
    }
}

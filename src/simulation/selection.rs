//! Which of a creator's followers the export holds.

use super::arrivals::Arrival;
use super::scenario::{FollowsSampling, SamplingPlan};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

/// Takes a fixed number of arrivals as they are offered in any order.
#[derive(Debug)]
pub(super) struct Selection {
    design: FollowsSampling,
    wanted: u64,
    /// Arrivals still to be offered.
    to_come: u64,
    taken: Vec<Arrival>,
}

impl Selection {
    /// A selection from `offered` arrivals.
    pub(super) fn new(sampling: &SamplingPlan, offered: u64) -> Self {
        let wanted = sampling.follows_drawn(offered);
        Self { design: sampling.follows, wanted, to_come: offered, taken: Vec::with_capacity(wanted as usize) }
    }

    /// Offers one arrival.
    ///
    /// # Source
    /// Random: Knuth, The Art of Computer Programming 2, §3.4.2, algorithm S.
    pub(super) fn offer(&mut self, arrival: Arrival, rng: &mut ChaCha8Rng) {
        match self.design {
            FollowsSampling::Complete => self.taken.push(arrival),
            FollowsSampling::Random => {
                let needed = self.wanted - self.taken.len() as u64;
                if needed == self.to_come || (u64::from(rng.next_u32()) * self.to_come) >> 32 < needed {
                    self.taken.push(arrival);
                }
            }
            FollowsSampling::NewestFirst => {
                self.taken.push(arrival);
                if self.taken.len() as u64 > 2 * self.wanted + 1_000 {
                    self.keep_newest();
                }
            }
        }
        self.to_come -= 1;
    }

    fn keep_newest(&mut self) {
        let wanted = self.wanted as usize;
        if self.taken.len() > wanted {
            self.taken.select_nth_unstable_by_key(wanted, |arrival| std::cmp::Reverse(arrival.at_s));
            self.taken.truncate(wanted);
        }
    }

    /// The arrivals taken.
    pub(super) fn finish(mut self) -> Vec<Arrival> {
        self.keep_newest();
        self.taken
    }
}

#[cfg(test)]
mod tests {
    use super::super::arrivals::Whence;
    use super::super::seed::{Stream, stream};
    use super::*;

    fn select(design: FollowsSampling, wanted: u32, seed: u64) -> Vec<i64> {
        let sampling = SamplingPlan { follows: design, follows_per_creator: wanted, ..SamplingPlan::default() };
        let mut rng = stream(seed, Stream::Follows, 0);
        let mut selection = Selection::new(&sampling, 5_000);
        (0..5_000).for_each(|n| {
            let arrival = Arrival { at_s: n * 7_919 % 5_000, wave: 0, locale: 0, whence: Whence::Place };
            selection.offer(arrival, &mut rng);
        });
        let mut times: Vec<i64> = selection.finish().iter().map(|arrival| arrival.at_s).collect();
        times.sort_unstable();
        times
    }

    #[test]
    fn the_newest_are_the_newest() {
        assert_eq!(select(FollowsSampling::NewestFirst, 40, 1), (4_960..5_000).collect::<Vec<i64>>());
    }

    #[test]
    fn a_random_selection_has_its_size_and_is_even() {
        let mut late = 0;
        for seed in 0..40 {
            let taken = select(FollowsSampling::Random, 100, seed);
            assert_eq!(taken.len(), 100);
            late += taken.iter().filter(|&&at| at >= 2_500).count();
        }
        assert!((1_870..2_130).contains(&late), "{late} of 4,000 in the later half");
    }

    #[test]
    fn a_complete_selection_is_all_of_them() {
        assert_eq!(select(FollowsSampling::Complete, 1, 1), (0..5_000).collect::<Vec<i64>>());
        assert_eq!(select(FollowsSampling::Random, 9_999, 1), (0..5_000).collect::<Vec<i64>>());
    }
}

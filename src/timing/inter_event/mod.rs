//! What the times of one account's actions tell: how even they are, what follows what, when in the day. One algorithm a file.
//!
//! Every measure is an accumulator of fixed size that is fed one action at a time, so that [`TimingPass`] takes all of them in one pass over
//! rows sorted by actor; the functions over slices feed the same accumulators. All sums are of integers: no order of adding, and no number of
//! threads, changes a bit.

mod burstiness;
mod circadian;
mod clock_marks;
mod conditional_entropy;
mod daily_pause;
mod dirichlet_multinomial;
mod gap_profile;
mod measures;
mod memory;
mod pass;

pub use burstiness::{GapMoments, burstiness, burstiness_of};
pub use circadian::{DayProfile, rayleigh_ln_p};
pub use clock_marks::ClockMarks;
pub use conditional_entropy::{ConditionalEntropy, N_SYMBOLS, PatternCounts, corrected_conditional_entropy, gap_symbol};
pub use daily_pause::{DailyPauses, mean_daily_pause_h};
pub use dirichlet_multinomial::DirichletMultinomial;
pub use gap_profile::{GAP_BINS, GapProfile, gap_bin, gap_bin_start_s};
pub use measures::{ActorTimes, FEWEST_EVENTS, TIMING_MEASURES, TimingMeasure, TimingMeasures};
pub use memory::memory_coefficient;
pub use pass::{TimingPass, map_actors, measure_actors};

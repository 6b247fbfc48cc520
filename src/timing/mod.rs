//! What the times of actions tell; one algorithm a file.
//!
//! Those of follows read a [`FollowerList`]: one creator's followers, oldest first; those of other actions the times of one account, ascending.
//! Nothing here says who is to blame for what it finds.

pub mod causes;
pub mod engagement;
mod follow_batches;
mod follow_events;
mod follow_time_bounds;
mod follower_list;
mod follower_map;
pub mod growth;
mod hourly_baseline;
mod inter_event;
mod local_clock;
mod rank_cells;
mod repeated_order;
mod week_profile;

pub use follow_batches::{FEWEST_FOLLOWERS, FollowBatch, FollowBatchSettings, find_follow_batches};
pub use follow_events::{BENIGN_CAUSES, FollowEvent, FollowEventSettings, find_follow_events};
pub use follow_time_bounds::{FollowTimeBounds, FollowTimeError, bound_follow_times};
pub use follower_list::{FollowerList, ListOrder};
pub use follower_map::{FollowerMap, FollowerMapSettings, draw_follower_map};
pub use inter_event::{
    ActorTimes, ClockMarks, ConditionalEntropy, DailyPauses, DayProfile, DirichletMultinomial, FEWEST_EVENTS, GAP_BINS,
    GapMoments, GapProfile, N_SYMBOLS, PatternCounts, TIMING_MEASURES, TimingMeasure, TimingMeasures, TimingPass, burstiness,
    burstiness_of, corrected_conditional_entropy, gap_bin, gap_bin_start_s, gap_symbol, map_actors, mean_daily_pause_h,
    measure_actors, memory_coefficient, rayleigh_ln_p,
};
pub use local_clock::utc_offset_min;
pub use rank_cells::SharedTrait;
pub use repeated_order::RepeatedOrder;
pub use week_profile::{WEEK_HOURS, WeekProfile, has_hours, hour_distance};

//! What the times of actions tell; one algorithm a file.
//!
//! All of them read a [`FollowerList`]: one creator's followers, oldest first. Nothing here says who is to blame for what it finds.

pub mod causes;
mod follow_batches;
mod follow_events;
mod follow_time_bounds;
mod follower_list;
mod follower_map;
mod hourly_baseline;
mod rank_cells;

pub use follow_batches::{FollowBatch, FollowBatchSettings, find_follow_batches};
pub use follow_events::{BENIGN_CAUSES, FollowEvent, FollowEventSettings, find_follow_events};
pub use follow_time_bounds::{FollowTimeBounds, FollowTimeError, bound_follow_times};
pub use follower_list::{FollowerList, ListOrder};
pub use follower_map::{FollowerMap, FollowerMapSettings, draw_follower_map};
pub use rank_cells::SharedTrait;

//! What posts draw, held against the same creator's other posts: counts beside their neighbours, arrivals beside the creator's own response.

mod arrivals;
mod bins;
mod post_excess;
mod response;

pub use arrivals::{ArrivalExcess, Arrivals, PostTimes, compare_arrivals};
pub use bins::{BIN_S, HORIZON_S};
pub use post_excess::{MIN_POSTS, PostExcess};
pub use response::{Response, ResponseLaw};

//! What counts as a burst, as a shared one, and as a group.

/// Seconds of an hour.
const HOUR_S: u32 = 3_600;
/// Seconds of a day.
const DAY_S: u32 = 86_400;

/// Settings of [`find_lockstep`](super::find_lockstep).
///
/// Sources stand beside each; one, `organic_lift`, was chosen on simulated worlds without orders.
#[derive(Debug, Clone, PartialEq)]
pub struct LockstepSettings {
    /// Lengths of windows in seconds, ascending. Deliveries are sold from "minutes" to "a month" (offers of vk_market).
    pub scales_s: Vec<u32>,
    /// Largest probability of a burst's count under its column's own baseline. Lenient: a burst alone convicts nobody, it
    /// only says where to look.
    pub burst_p: f64,
    /// Fewest arrivals in a burst.
    pub min_burst: usize,
    /// Dispersion of arrival counts: variance = mean + dispersion · mean². Organic arrivals come in clusters.
    pub dispersion: f64,
    /// How many times more accounts two bursts may share than if the two times were independent for those who act on both owners. People whom
    /// one burst brought are alike, and come with the next one too. Chosen on `tuning/clean_viral` with dense lists
    /// (`evaluate coordination --part alarms --tuning`).
    pub organic_lift: f64,
    /// Expected share of false ones among the pairs of bursts that are said to share accounts.
    pub false_discovery_rate: f64,
    /// Bursts of one account that are looked at, the least likely first. Beyond it an account acts on so much that what it
    /// shares says little, and its pairs would grow with the square.
    pub max_bursts_per_account: usize,
    /// Parts of equal numbers of edges into which time is cut for the expected overlap.
    pub slices: usize,
    /// Fewest members of a group.
    pub min_members: usize,
    /// Fewest columns of a group on each of which at least two members act.
    pub min_columns: usize,
    /// Fewest owners of a group's columns. Three posts of two creators may share an audience that is called to both.
    pub min_owners: usize,
    /// Least share of the members among all that act in the group's bursts. Below it the bursts are explained by others.
    pub min_purity: f64,
}

impl LockstepSettings {
    /// For follows: hours to a month.
    pub fn for_follows() -> Self {
        Self {
            scales_s: vec![HOUR_S, DAY_S, 7 * DAY_S, 30 * DAY_S],
            burst_p: 0.01,
            min_burst: 4,
            dispersion: 0.5,
            organic_lift: 4.0,
            false_discovery_rate: 0.01,
            max_bursts_per_account: 256,
            slices: 16,
            min_members: 5,
            min_columns: 3,
            min_owners: 3,
            min_purity: 0.2,
        }
    }

    /// For likes and comments on posts: a minute to a day. Actions on posts are far denser in time than follows.
    pub fn for_engagements() -> Self {
        Self { scales_s: vec![60, 10 * 60, HOUR_S, DAY_S], ..Self::for_follows() }
    }
}

impl Default for LockstepSettings {
    fn default() -> Self {
        Self::for_follows()
    }
}

//! Reference data about real platforms that make no dataset: who acted on whom, series of posts, times. One file a source.
//!
//! They are read to be compared with, never to be scored. Every part may be absent; what is absent is named.

mod archive;
mod coliking;
mod follow_order;
mod higgs;
mod influencers;
mod instafake_series;
mod labelled_comments;
mod rankings;
mod reddit;
mod snapshots;
mod starscout;
mod tweet_times;
mod vk_comments;

pub use follow_order::load_follow_order;
pub use labelled_comments::{LabelledComment, load_labelled_comments};
pub use rankings::RankedCreator;
pub use snapshots::{SnapshotHistory, load_snapshots};
pub use vk_comments::{PageComment, load_page_comments};

use super::import;
use crate::domain::{Dataset, Label, Timestamp};
use crate::error::Result;
use std::path::{Path, PathBuf};

/// One action of an account upon another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interaction {
    /// Who acted.
    pub actor: u32,
    /// Upon whom.
    pub target: u32,
    /// When.
    pub at: Timestamp,
}

/// One like of a post, without a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Like {
    /// Who liked.
    pub account: u32,
    /// Which post; one of each creator.
    pub post: u32,
}

/// A post with its counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostCounts {
    /// When it was published, in seconds since 1970.
    pub at_s: i64,
    /// Likes.
    pub likes: u64,
    /// Comments.
    pub comments: u64,
}

/// The posts of one creator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostSeries {
    /// Followers when the posts were read.
    pub followers: u64,
    /// Its posts, oldest first.
    pub posts: Vec<PostCounts>,
}

/// When one account (or everybody on one page) acted, in seconds since 1970, oldest first.
pub type Timeline = Vec<i64>;

/// When one account acted, and whether it is a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledTimeline {
    /// Fake: listed as a bot.
    pub label: Label,
    /// When it acted, in seconds since 1970, oldest first.
    pub at_s: Timeline,
}

/// A part of the reference data under the name of its source.
#[derive(Debug, Clone)]
pub struct Named<T> {
    /// Folder of the source.
    pub source: &'static str,
    /// What it holds.
    pub data: T,
}

/// Everything that a simulated world is compared with.
#[derive(Debug, Clone, Default)]
pub struct ReferenceWorld {
    /// Retweets, mentions and replies.
    pub interactions: Option<Named<Vec<Interaction>>>,
    /// Series of posts of creators.
    pub series: Vec<Named<Vec<PostSeries>>>,
    /// Times of posts of people.
    pub post_times: Option<Named<Vec<Timeline>>>,
    /// Times of comments, one timeline a person.
    pub comment_times: Vec<Named<Vec<Timeline>>>,
    /// Times of comments, one timeline a page that received them.
    pub page_times: Option<Named<Vec<Timeline>>>,
    /// Labelled profiles.
    pub profiles: Vec<Named<Dataset>>,
    /// Files and folders that were not there.
    pub absent: Vec<String>,
}

/// The archive of Reddit users.
const REDDIT: &str = "rsc_reddit/reddit.tar.xz";
/// The sample of tweets.
const TWEETS: &str = "cresci_2017/tweet_times.csv.gz";
/// Folder and import format of the labelled profiles of the platform that is simulated.
const PROFILES: [(&str, &str); 3] =
    [("srf_instagram_2017", "srf"), ("instafake", "instafake"), ("kaggle_ig_fake_spammer", "kaggle-instagram")];

/// Actions with times.
#[derive(Debug, Clone, Default)]
pub struct TimedActions {
    /// Retweets, mentions and replies of one week (higgs_twitter).
    pub week: Option<Vec<Interaction>>,
    /// Fake stars (starscout).
    pub stars: Option<Vec<Interaction>>,
}

/// Retweets, mentions and replies of one week, and timed fake stars: what deliveries are looked for in, and real ones.
///
/// # Missing
/// A source that is not there is `None`.
///
/// # Errors
/// A source that is there and is damaged or something else.
pub fn load_timed_actions(root: &Path) -> Result<TimedActions> {
    let file = |name: &str| Some(root.join(name)).filter(|path| path.exists());
    let week = file("higgs_twitter/higgs-activity_time.txt.gz").map(|path| higgs::read(&path)).transpose()?;
    let stars = file("starscout/fake_stars_obvious_users.csv.gz").map(|path| starscout::read(&path)).transpose()?;
    Ok(TimedActions { week, stars })
}

/// Likes of Instagram posts, without times (ig_coliking_2017): what blocks are looked for in where nothing is known but who acted on what.
///
/// # Missing
/// `None` if the source is not there.
///
/// # Errors
/// It is there and damaged or something else.
pub fn load_likes(root: &Path) -> Result<Option<Vec<Like>>> {
    let path = root.join("ig_coliking_2017/interaction_dict.json.gz");
    if path.exists() { coliking::read(&path).map(Some) } else { Ok(None) }
}

/// Times of comments of Reddit users that were told bots from people (rsc_reddit), in the order of their numbers.
///
/// # Errors
/// The archive is not there, or damaged.
pub fn load_labelled_timelines(root: &Path) -> Result<Vec<LabelledTimeline>> {
    reddit::read_labelled(&root.join(REDDIT))
}

/// Times of tweets by group of accounts (cresci_2017): a sample of two per cent, good for hours of the day and not for gaps. The first group is
/// that of people.
///
/// # Errors
/// The file is not there, damaged or something else.
pub fn load_tweet_hours(root: &Path) -> Result<Vec<Named<Vec<Timeline>>>> {
    const GROUPS: [&str; 4] = [tweet_times::GENUINE, "social_spambots_1", "social_spambots_3", "traditional_spambots_1"];
    let mut groups = tweet_times::read_groups(&root.join(TWEETS))?;
    Ok(GROUPS.iter().map(|&source| Named { source, data: groups.remove(source).unwrap_or_default() }).collect())
}

/// Creators with what their posts drew.
#[derive(Debug, Clone, Default)]
pub struct EngagementData {
    /// Ordinary people (instafake): organic accounts with the counts of their posts.
    pub people: Option<Vec<PostSeries>>,
    /// Creators (ig_influencers_2020) with the counts of their posts.
    pub creators: Option<Vec<PostSeries>>,
    /// Lists of the largest or most engaging creators (hypeauditor_top1000), with averages.
    pub ranked: Option<Vec<RankedCreator>>,
}

/// What the posts of real accounts drew.
///
/// # Missing
/// A source that is not there is `None`.
///
/// # Errors
/// A source that is there and is damaged or something else.
pub fn load_engagement_data(root: &Path) -> Result<EngagementData> {
    let found = |name: &str| Some(root.join(name)).filter(|path| path.exists());
    let people = found("instafake/automated-v1.0/nonautomatedAccountData.json.gz");
    Ok(EngagementData {
        people: people.map(|file| instafake_series::read(&file)).transpose()?,
        creators: found("ig_influencers_2020").map(|folder| influencers::read(&folder)).transpose()?,
        ranked: found("hypeauditor_top1000").map(|folder| rankings::read(&folder)).transpose()?,
    })
}

/// Reads what there is of the reference data below one folder.
///
/// # Missing
/// A source that is not there is named in [`ReferenceWorld::absent`].
///
/// # Errors
/// A source that is there and is damaged or something else.
///
/// # Cost
/// Seconds; about a hundred megabytes.
pub fn load_reference_world(root: &Path) -> Result<ReferenceWorld> {
    let mut world = ReferenceWorld::default();
    if let Some(file) = world.find(root, "higgs_twitter/higgs-activity_time.txt.gz") {
        world.interactions = Some(Named { source: "higgs_twitter", data: higgs::read(&file)? });
    }
    if let Some(file) = world.find(root, "instafake/automated-v1.0/nonautomatedAccountData.json.gz") {
        world.series.push(Named { source: "instafake", data: instafake_series::read(&file)? });
    }
    if let Some(folder) = world.find(root, "ig_influencers_2020") {
        world.series.push(Named { source: "ig_influencers_2020", data: influencers::read(&folder)? });
    }
    if let Some(file) = world.find(root, TWEETS) {
        world.post_times = Some(Named { source: "cresci_2017", data: tweet_times::read_genuine(&file)? });
    }
    if let Some(file) = world.find(root, REDDIT) {
        world.comment_times.push(Named { source: "rsc_reddit", data: reddit::read_humans(&file)? });
    }
    if let Some(file) = world.find(root, "vk_market/mkwm2022_comments.tar.xz") {
        let comments = vk_comments::read(&file)?;
        world.comment_times.push(Named { source: "vk_market", data: comments.by_user });
        world.page_times = Some(Named { source: "vk_market", data: comments.by_page });
    }
    for (folder, format) in PROFILES {
        if let Some(path) = world.find(root, folder) {
            world.profiles.push(Named { source: folder, data: import::read_source(&path, format)? });
        }
    }
    Ok(world)
}

impl ReferenceWorld {
    fn find(&mut self, root: &Path, name: &str) -> Option<PathBuf> {
        let path = root.join(name);
        if path.exists() {
            return Some(path);
        }
        self.absent.push(name.to_owned());
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_named_and_no_error() {
        let folder = tempfile::tempdir().unwrap();
        let world = load_reference_world(folder.path()).unwrap();
        assert!(world.interactions.is_none() && world.series.is_empty() && world.profiles.is_empty());
        assert_eq!(world.absent.len(), 9);
        assert!(world.absent.contains(&"rsc_reddit/reddit.tar.xz".to_owned()));
    }

    #[test]
    fn what_is_there_and_damaged_is_an_error_with_its_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("rsc_reddit")).unwrap();
        std::fs::write(folder.path().join("rsc_reddit/reddit.tar.xz"), b"no archive").unwrap();
        let message = load_reference_world(folder.path()).unwrap_err().to_string();
        assert!(message.contains("reddit.tar.xz"), "{message}");
    }
}

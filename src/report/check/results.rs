//! What each result needs, and whether the data have it.

use crate::domain::{AccountId, Dataset, EngagementKind, Sampling, Table};
use crate::report::number;
use crate::scoring::{Audiences, MIN_ENGAGERS_COUNT, MIN_MEASURED_COUNT};
use crate::signals::MIN_POST_COUNT;
use serde::Serialize;

/// One result and its needs.
#[derive(Debug, Clone, Serialize)]
pub struct ResultNeed {
    /// Names of the output columns, or of the thing.
    pub result: &'static str,
    /// What it needs.
    pub needs: &'static str,
    /// `yes`, `no`, or `not_yet` where the data may be there but this version does not measure it.
    pub can_be_measured: &'static str,
    /// Why, in a plain sentence.
    pub why: String,
}

impl ResultNeed {
    fn new(result: &'static str, needs: &'static str, lack: Option<&str>, found: String) -> Self {
        let (can_be_measured, why) = lack.map_or(("yes", found), |lack| ("no", lack.to_owned()));
        Self { result, needs, can_be_measured, why }
    }
}

/// Of every result of a scoring run.
pub fn needs(dataset: &Dataset) -> Vec<ResultNeed> {
    vec![
        fake_share(dataset),
        authentic_followers(dataset),
        inactive_share(dataset),
        engagement_rate(dataset),
        growth(dataset),
        engagement_fake_share(dataset),
        coordination(dataset),
        verdicts(dataset),
        labels(dataset),
    ]
}

fn fake_share(dataset: &Dataset) -> ResultNeed {
    let lack = [(Table::Creators, "the table creators is missing"), (Table::Follows, "the table follows is missing")]
        .into_iter()
        .chain([(Table::Accounts, "the table accounts is missing: followers have no profiles")])
        .find(|(table, _)| !dataset.has(*table))
        .map(|(_, lack)| lack);
    let audiences = Audiences::gather(dataset);
    let profiles = |row: usize| {
        let listed = audiences.of(row).iter().filter(|id| dataset.accounts.listed.get(id.index()).is_some());
        listed.count() as u64
    };
    let enough = (0..audiences.len()).filter(|&row| profiles(row) >= MIN_MEASURED_COUNT).count();
    let found = format!(
        "{} of {} creators have at least {MIN_MEASURED_COUNT} followers with a profile",
        number::count(enough as u64),
        number::count(audiences.len() as u64)
    );
    let lack = lack.map(str::to_owned).or_else(|| (enough == 0).then(|| found.clone()));
    let needs = "creators, follows, and accounts with the followers' profiles";
    ResultNeed::new("audience_fake_share, score, classes, reasons", needs, lack.as_deref(), found)
}

fn engagement_fake_share(dataset: &Dataset) -> ResultNeed {
    let engagements = &dataset.engagements;
    let is_counted = |row: &usize| {
        matches!(engagements.kind[*row], EngagementKind::Like | EngagementKind::Comment)
            && dataset.accounts.listed.get(engagements.actor[*row].index()).is_some()
    };
    let rows = (0..engagements.actor.len()).filter(is_counted);
    let mut engagers: Vec<(u32, AccountId)> =
        rows.filter_map(|row| Some((engagements.creator.get(row)?, engagements.actor[row]))).collect();
    engagers.retain(|(creator, actor)| *creator != actor.0);
    engagers.sort_unstable();
    engagers.dedup();
    let of_creators = engagers.chunk_by(|a, b| a.0 == b.0);
    let enough = of_creators.filter(|of| of.len() as u64 >= MIN_ENGAGERS_COUNT).count();
    let found = format!(
        "{} of {} creators have at least {MIN_ENGAGERS_COUNT} accounts with a profile that liked or commented",
        number::count(enough as u64),
        number::count(dataset.creators.len() as u64)
    );
    let lack = [(Table::Engagements, "the table engagements is missing")]
        .into_iter()
        .chain([(Table::Accounts, "the table accounts is missing: those who liked or commented have no profiles")])
        .find(|(table, _)| !dataset.has(*table))
        .map(|(_, lack)| lack.to_owned());
    let lack = lack.or_else(|| (enough == 0).then(|| found.clone()));
    let needs = "engagements, and accounts with the profiles of those who liked or commented";
    ResultNeed::new("engagement_fake_share, likers_fake_share, commenters_fake_share", needs, lack.as_deref(), found)
}

fn authentic_followers(dataset: &Dataset) -> ResultNeed {
    let known = dataset.creators.iter().filter(|creator| dataset.accounts.followers.get(creator.id.index()).is_some()).count();
    let lack = match dataset.manifest.follows_sampling {
        Sampling::NewestFirst => Some("follows hold the newest followers only: nothing is extrapolated"),
        _ if known == 0 && dataset.history.is_empty() => Some("no creator's number of followers is known"),
        _ => None,
    };
    let found = format!(
        "accounts.followers is known of {} of {} creators",
        number::count(known as u64),
        number::count(dataset.creators.len() as u64)
    );
    ResultNeed::new("authentic_followers", "the creators' own rows in accounts, or audience_history", lack, found)
}

fn inactive_share(dataset: &Dataset) -> ResultNeed {
    let known = dataset.accounts.last_active_at.present_count() as u64;
    let lack = (known == 0).then_some("accounts.last_active_at is not there");
    let found = format!("accounts.last_active_at is known of {} accounts", number::count(known));
    ResultNeed::new("audience_inactive_share", "accounts.last_active_at and the time of capture", lack, found)
}

fn engagement_rate(dataset: &Dataset) -> ResultNeed {
    let posts = &dataset.posts;
    let counted = |slot: &usize| posts.likes.get(*slot).is_some() && posts.comments.get(*slot).is_some();
    let usable = (0..posts.creator.len()).filter(counted).count();
    let lack = (usable < MIN_POST_COUNT).then_some("too few posts with both likes and comments");
    let found = format!("{} posts have both likes and comments", number::count(usable as u64));
    ResultNeed::new("engagement_rate", "posts with likes and comments (3 a creator), and the number of followers", lack, found)
}

fn growth(dataset: &Dataset) -> ResultNeed {
    let (readings, arrivals) = (dataset.history.len() as u64, dataset.follows.followed_at.present_count() as u64);
    let lack = (readings + arrivals == 0).then_some("neither audience_history nor follows.followed_at is there");
    let found = format!("{} readings, {} follows with a time", number::count(readings), number::count(arrivals));
    ResultNeed::new("growth pictures of the report", "audience_history or follows.followed_at", lack, found)
}

fn coordination(dataset: &Dataset) -> ResultNeed {
    let (follows, engagements) = (dataset.follows.followed_at.present_count(), dataset.engagements.at.present_count());
    let lack = (follows + engagements == 0).then_some("neither follows.followed_at nor engagements.at is there");
    let (follows, engagements) = (number::count(follows as u64), number::count(engagements as u64));
    let found = format!("{follows} follows and {engagements} engagements with a time");
    ResultNeed::new("coordinated groups", "follows.followed_at or engagements.at", lack, found)
}

fn verdicts(dataset: &Dataset) -> ResultNeed {
    let (follows, posts, readings) = (dataset.follows.followed.len(), dataset.posts.ids.len(), dataset.history.len());
    let lack = (follows + posts + readings == 0).then_some("neither follows, posts nor audience_history holds a row");
    let found = format!(
        "{} follows, {} posts, {} readings: the more of them, the more is decided",
        number::count(follows as u64),
        number::count(posts as u64),
        number::count(readings as u64)
    );
    ResultNeed::new(
        "p_fake, verdicts pass and fail",
        "followers with profiles, posts with counts, or audience_history",
        lack,
        found,
    )
}

fn labels(dataset: &Dataset) -> ResultNeed {
    let lack = dataset.labels.is_empty().then_some("the table labels is missing or empty");
    let found = format!("{} labels", number::count(dataset.labels.len() as u64));
    ResultNeed::new("training and evaluation", "labels", lack, found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DatasetBuilder, Manifest};
    use arrow_array::{ArrayRef, RecordBatch, StringArray};
    use std::sync::Arc;

    /// One creator with a post that so many accounts with a profile like twice, the creator among them.
    fn liked_by(n: usize) -> Dataset {
        let mut builder = DatasetBuilder::new(Manifest::default());
        let mut push = |table, columns: &[(&str, Vec<String>)]| {
            let columns = columns.iter().map(|(name, values)| {
                let values: ArrayRef = Arc::new(values.iter().map(Some).collect::<StringArray>());
                (*name, values)
            });
            builder.push(table, &RecordBatch::try_from_iter(columns).unwrap());
        };
        let of = |value: &str, n: usize| vec![value.to_owned(); n];
        let names: Vec<String> = (0..n).map(|i| format!("a{i}")).chain(["c".to_owned()]).collect();
        push(Table::Creators, &[("creator_id", of("c", 1))]);
        push(Table::Accounts, &[("account_id", names.clone()), ("handle", names.clone())]);
        push(Table::Posts, &[("post_id", vec!["p".into(), "q".into()]), ("creator_id", of("c", 2))]);
        for post in ["p", "q"] {
            let rows = [("actor_id", names.clone()), ("post_id", of(post, n + 1)), ("kind", of("like", n + 1))];
            push(Table::Engagements, &rows);
        }
        builder.finish()
    }

    #[test]
    fn shares_of_engagers_need_twenty_with_a_profile() {
        let [few, enough] = [19, 20].map(|n| engagement_fake_share(&liked_by(n)));
        assert_eq!((few.can_be_measured, enough.can_be_measured), ("no", "yes"));
        assert!(enough.why.starts_with("1 of 1 creators"), "{}", enough.why);
        let none = engagement_fake_share(&DatasetBuilder::new(Manifest::default()).finish());
        assert_eq!((none.can_be_measured, none.why.as_str()), ("no", "the table engagements is missing"));
    }
}

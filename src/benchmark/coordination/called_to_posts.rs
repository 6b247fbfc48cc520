//! People who were called together to posts: how often they are called, what tells them from deliveries of like shape, and whether anybody is raised.
//! Sizes, rates and times are assumptions.

use super::delivery::Drawn;
use super::group_features::{GroupFeatures, degrees, in_reports};
use super::named_deliveries::over;
use super::posts::Posts;
use super::world::{Population, scores_of};
use super::{CoordinationSettings, Edge, World};
use crate::benchmark::figure::count;
use crate::benchmark::{EvaluationTable, simulated_dataset};
use crate::domain::{AccountId, Dataset, GroupKind};
use crate::error::Result;
use crate::graph::{EdgeTime, LockstepGroup};
use crate::scoring::{AccountScores, GroupEvidence};
use crate::statistics::mean;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet, HashSet};

const HOUR_S: f64 = 3_600.0;
const DAY_S: u32 = 86_400;
/// Shares of the actions in time between which something is planted.
const WITHIN: (f64, f64) = (0.5, 0.95);
/// Days before a call within which the posts were published that people are called to.
const RECENT_DAYS: u32 = 7;
/// Days within which the posts lie that fans come to by themselves.
const SEASON_DAYS: u32 = 30;

/// A kind of occasion on which people act on posts of the same creators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    /// A giveaway asks for a like on six posts.
    Giveaway,
    /// One issue of a newsletter links ten posts.
    Newsletter,
    /// Fans of a band of five who are told of every post.
    FanClub,
    /// A company asks its people to like what its ambassadors post.
    Company,
    /// Guests of a festival on the posts of its twelve acts.
    Festival,
    /// Viewers of a show on the posts of its cast.
    Show,
}

/// When those who were called act.
#[derive(Debug, Clone, Copy, PartialEq)]
enum When {
    /// Each at one sitting of its own within so many hours of the call, so many seconds from one post to the next.
    Sitting { within_h: f64, apart_s: u32 },
    /// Each action at a moment of its own within so many hours of the call.
    Spread { within_h: f64 },
    /// After each post at a delay with this mean.
    AfterEach { delay_h: f64 },
}

/// How an occasion goes.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Occasion {
    n_people: u32,
    n_creators: u32,
    /// Posts of each creator.
    n_posts: usize,
    /// Share of the posts that one acts on.
    share: f64,
    when: When,
}

impl Call {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::Giveaway, Self::Newsletter, Self::FanClub, Self::Company, Self::Festival, Self::Show];

    fn words(self) -> &'static str {
        match self {
            Self::Giveaway => "giveaway: 600 people like most of 6 posts in one sitting, within 36 hours",
            Self::Newsletter => {
                "newsletter: 300 readers like 4 in 10 of 10 posts that one issue links, each in one sitting, within 48 hours"
            }
            Self::FanClub => "fan club: 200 fans like 6 in 10 of 4 posts of each of 5 creators, most within an hour of each",
            Self::Company => "company: 40 colleagues like 7 in 10 of 8 ambassadors' posts, some hours after each",
            Self::Festival => "festival: 500 guests like 3 in 10 of the posts of 12 acts within 48 hours",
            Self::Show => "show: 800 viewers like a third of the posts of a cast of 8 within 4 hours",
        }
    }

    /// One word, or two.
    pub fn name(self) -> &'static str {
        self.words().split(':').next().unwrap_or_default()
    }

    /// Draws what is planted in its shape.
    pub fn draw(self, posts: &Posts, population: &Population, planted: PlantedOnPosts, seed: u64) -> Drawn {
        self.occasion().draw(posts, population, planted, seed)
    }

    fn occasion(self) -> Occasion {
        let of = |n_people, n_creators, share, when| Occasion { n_people, n_creators, n_posts: 1, share, when };
        match self {
            Self::Giveaway => of(600, 6, 0.85, When::Sitting { within_h: 36.0, apart_s: 20 }),
            Self::Newsletter => of(300, 10, 0.4, When::Sitting { within_h: 48.0, apart_s: 60 }),
            Self::FanClub => Occasion { n_posts: 4, ..of(200, 5, 0.6, When::AfterEach { delay_h: 0.5 }) },
            Self::Company => of(40, 8, 0.7, When::AfterEach { delay_h: 4.0 }),
            Self::Festival => of(500, 12, 0.3, When::Spread { within_h: 48.0 }),
            Self::Show => of(800, 8, 0.35, When::Spread { within_h: 4.0 }),
        }
    }
}

/// What is planted in the shape of one occasion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PlantedOnPosts {
    /// People who were called.
    Called,
    /// Accounts of vendors, each post's delivery at a time of its own within a day of the post.
    Ordered,
    /// The same with accounts of people, taken over.
    TakenOver,
}

impl PlantedOnPosts {
    pub const ALL: [Self; 3] = [Self::Called, Self::Ordered, Self::TakenOver];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Called => "people, called",
            Self::Ordered => "vendor, each post at its own time",
            Self::TakenOver => "vendor with people's accounts, each post at its own time",
        }
    }
}

impl Occasion {
    /// Draws the posts, the people among those whose accounts are there by then, and what they do. Who acted on a post already does not act again.
    fn draw(&self, posts: &Posts, population: &Population, planted: PlantedOnPosts, seed: u64) -> Drawn {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (from_s, to_s) = posts.background.span(WITHIN.0, WITHIN.1);
        let season_s = if matches!(self.when, When::AfterEach { .. }) { SEASON_DAYS * DAY_S } else { 0 };
        let call_s = from_s + rng.random_range(0..to_s.saturating_sub(from_s).saturating_sub(season_s).max(1));
        let columns = self.columns(posts, call_s, &mut rng);
        let already: HashSet<(u32, u32)> = posts.background.edges.iter().map(|edge| (edge.row, edge.column)).collect();
        let begins: Vec<u32> =
            columns.iter().map(|&column| posts.first_s[column as usize].saturating_add(rng.random_range(0..DAY_S))).collect();
        let mut drawn = Drawn { n_accounts: posts.background.n_accounts, ..Drawn::default() };
        for row in self.people(population, planted, call_s, &mut rng) {
            let sitting: f64 = rng.random();
            for (place, &column) in columns.iter().enumerate() {
                let at_s = match planted {
                    PlantedOnPosts::Called => {
                        self.at_s(call_s, (place as u32, posts.first_s[column as usize]), sitting, &mut rng)
                    }
                    _ => begins[place].saturating_add((rng.random::<f64>() * self.hours() * HOUR_S) as u32),
                };
                if rng.random_bool(self.share) && !already.contains(&(row, column)) {
                    drawn.ordered.push(Edge { row, column, at: EdgeTime::from_seconds(at_s) });
                }
            }
        }
        drawn
    }

    /// Posts in reach of the call: the first ones of each creator in a random order, of as many creators as there are.
    fn columns(&self, posts: &Posts, call_s: u32, rng: &mut ChaCha8Rng) -> Vec<u32> {
        let is_in_reach = |first_s: u32| match self.when {
            When::AfterEach { .. } => (call_s..call_s.saturating_add(SEASON_DAYS * DAY_S)).contains(&first_s),
            _ => (call_s.saturating_sub(RECENT_DAYS * DAY_S)..call_s).contains(&first_s),
        };
        let wanted = posts.background.wanted_columns(rng).into_iter();
        let mut of_creators: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for column in wanted.filter(|&column| is_in_reach(posts.first_s[column as usize])) {
            of_creators.entry(posts.owners[column as usize]).or_default().push(column);
        }
        let mut enough: Vec<Vec<u32>> = of_creators.into_values().filter(|columns| columns.len() >= self.n_posts).collect();
        enough.shuffle(rng);
        enough.truncate(self.n_creators as usize);
        enough.iter().flat_map(|columns| &columns[..self.n_posts]).copied().collect()
    }

    fn people(&self, population: &Population, planted: PlantedOnPosts, call_s: u32, rng: &mut ChaCha8Rng) -> Vec<u32> {
        let rows = if planted == PlantedOnPosts::Ordered { &population.fakes } else { &population.people };
        let is_made = |row: &&u32| population.made[**row as usize].seconds().is_none_or(|made_s| made_s < call_s);
        let mut people: Vec<u32> = rows.iter().filter(is_made).copied().collect();
        people.shuffle(rng);
        people.truncate(self.n_people as usize);
        people
    }

    /// When one acts on the post at this place, published at about `first_s`; `sitting` is the person's own moment, 0 to 1.
    fn at_s(&self, call_s: u32, (place, first_s): (u32, u32), sitting: f64, rng: &mut ChaCha8Rng) -> u32 {
        match self.when {
            When::Sitting { within_h, apart_s } => {
                call_s + (sitting * within_h * HOUR_S) as u32 + place * apart_s + rng.random_range(0..apart_s.max(1))
            }
            When::Spread { within_h } => call_s + (rng.random::<f64>() * within_h * HOUR_S) as u32,
            When::AfterEach { delay_h } => first_s + (-delay_h * (1.0 - rng.random::<f64>()).ln() * HOUR_S) as u32,
        }
    }

    /// Hours within which nearly all act on one post.
    fn hours(&self) -> f64 {
        match self.when {
            When::Sitting { within_h, .. } | When::Spread { within_h } => within_h,
            // Nineteen in twenty come within three mean delays.
            When::AfterEach { delay_h } => 3.0 * delay_h,
        }
    }
}

/// What was called of one plant, draw by draw.
#[derive(Debug, Default)]
struct Outcome {
    draws_called: usize,
    planted: Vec<f64>,
    posts: Vec<f64>,
    accounts: Vec<f64>,
    creators: Vec<f64>,
    creators_called: Vec<f64>,
    raised: Vec<f64>,
    groups: Vec<GroupFeatures>,
}

/// A drawn world, with scores from profiles alone.
struct Trial {
    dataset: Dataset,
    posts: Posts,
    population: Population,
    scores: AccountScores,
    threshold: f64,
}

impl Trial {
    fn draw(world: &World, seed: u64) -> Result<Self> {
        let dataset = simulated_dataset(&world.scenario, seed)?;
        let (posts, population) = (Posts::of(&world.name, &dataset)?, Population::of(&dataset)?);
        let (scores, threshold) = scores_of(&dataset)?;
        Ok(Self { dataset, posts, population, scores, threshold })
    }

    fn note(&self, drawn: &Drawn, outcome: &mut Outcome) -> Result<()> {
        let planted: HashSet<(u32, u32)> = drawn.ordered.iter().map(|edge| (edge.row, edge.column)).collect();
        let rows: BTreeSet<u32> = drawn.ordered.iter().map(|edge| edge.row).collect();
        let columns: BTreeSet<u32> = drawn.ordered.iter().map(|edge| edge.column).collect();
        let creators: BTreeSet<u32> = columns.iter().map(|&column| self.posts.owners[column as usize]).collect();
        let all = self.posts.groups(drawn)?;
        let raised = self.raised(&all);
        let holds = |group: &&LockstepGroup| {
            let actions = group.members.iter().flat_map(|member| member.actions.iter().map(|action| (member.row, action.0)));
            actions.filter(|action| planted.contains(action)).count() * 2 > group.n_actions()
        };
        let groups: Vec<LockstepGroup> = all.iter().filter(holds).cloned().collect();
        let members: BTreeSet<u32> = groups.iter().flat_map(|group| group.members.iter().map(|member| member.row)).collect();
        let share = |found: &BTreeSet<u32>| rows.intersection(found).count() as f64 / rows.len().max(1) as f64;
        let degrees = degrees(&self.posts.background, &drawn.ordered, drawn.n_accounts);
        outcome.draws_called += usize::from(!groups.is_empty());
        outcome.planted.push(rows.len() as f64);
        outcome.posts.push(columns.len() as f64);
        outcome.accounts.push(share(&members));
        outcome.raised.push(share(&raised));
        outcome.creators_called.push(self.posts.called(&groups).intersection(&creators).count() as f64);
        outcome.creators.push(creators.len() as f64);
        outcome.groups.extend(groups.iter().map(|group| GroupFeatures::of(group, &degrees, &self.population)));
        Ok(())
    }

    /// Accounts whose probability of being fake the groups change, by the shipped rule.
    fn raised(&self, groups: &[LockstepGroup]) -> BTreeSet<u32> {
        let groups: Vec<_> = groups.iter().map(|group| in_reports(group, GroupKind::EngagementLockstep)).collect();
        let mut scores = self.scores.clone();
        scores.note_groups(&groups);
        scores.weigh_groups(&self.dataset, &groups, self.threshold, &GroupEvidence::default());
        scores.raised_by_group.keys().map(|id: &AccountId| id.0).collect()
    }
}

/// One row an occasion and plant, world by world.
pub(super) fn called_to_posts<'a>(
    worlds: impl Iterator<Item = &'a World>,
    settings: &CoordinationSettings,
) -> Result<EvaluationTable> {
    let caption = format!(
        "People who were called together to posts, and deliveries of like shape, {} draws each: a group counts if more than half of its actions are planted. Raised: an account \
         whose probability of being fake a group changes. The last four columns are medians over groups, as for follows; 95 % bootstrap intervals over draws",
        settings.n_repeats
    );
    let columns = [
        "world",
        "occasion",
        "planted",
        "accounts",
        "posts",
        "draws with a group",
        "share of the accounts in one",
        "creators called",
        "of",
        "share of the accounts raised",
        "occasions",
        "hours a member",
        "share of its actions",
        "fake by profile",
    ];
    let mut table = EvaluationTable::new(caption, &columns);
    for world in worlds {
        let trial = Trial::draw(world, settings.seed)?;
        let name = format!("{} ({} actions)", world.name, count(trial.posts.background.edges.len()));
        for call in Call::ALL {
            for planted in PlantedOnPosts::ALL {
                let mut outcome = Outcome::default();
                for seed in (settings.seed..).take(settings.n_repeats as usize) {
                    let drawn = call.draw(&trial.posts, &trial.population, planted, seed);
                    trial.note(&drawn, &mut outcome)?;
                }
                table.push(row(&name, call, planted, &outcome, settings));
            }
        }
    }
    Ok(table)
}

fn row(name: &str, call: Call, planted: PlantedOnPosts, outcome: &Outcome, settings: &CoordinationSettings) -> [String; 14] {
    let whole = |values: &[f64]| mean(values).map_or_else(String::new, |mean| count(mean.round() as usize));
    let decimal = |values: &[f64]| mean(values).map_or_else(String::new, |mean| format!("{mean:.1}"));
    let middles = GroupFeatures::middles(&outcome.groups);
    [
        name.to_owned(),
        call.words().to_owned(),
        planted.words().to_owned(),
        whole(&outcome.planted),
        decimal(&outcome.posts),
        format!("{} of {}", outcome.draws_called, outcome.accounts.len()),
        over(&outcome.accounts, |share| Some(*share), settings),
        decimal(&outcome.creators_called),
        decimal(&outcome.creators),
        over(&outcome.raised, |share| Some(*share), settings),
        middles[4].clone(),
        middles[6].clone(),
        middles[7].clone(),
        middles[10].clone(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::benchmark::coordination::Background;

    /// 480 posts of forty creators over sixty days, each with 30 actions of 2,000 accounts; the first half are people.
    fn world() -> (Posts, Population) {
        let mut rng = ChaCha8Rng::seed_from_u64(11);
        let mut edges = Vec::new();
        let first_s: Vec<u32> = (0..480).map(|post| 1_000_000 + post / 8 * DAY_S + post % 8 * 7_000).collect();
        for column in 0..480_u32 {
            for k in 0..30 {
                let after_s = if k == 0 { 0 } else { rng.random_range(0..2 * DAY_S) };
                let at = EdgeTime::from_seconds(first_s[column as usize] + after_s);
                edges.push(Edge { row: rng.random_range(0..2_000), column, at });
            }
        }
        let background = Background { name: "trial".into(), n_accounts: 2_000, n_columns: 480, edges };
        let owners = (0..480).map(|post| 5_000 + post % 40).collect();
        let population = Population {
            made: vec![EdgeTime::MISSING; 2_000],
            p_fake_profile: vec![None; 2_000],
            people: (0..1_000).collect(),
            fakes: (1_000..2_000).collect(),
        };
        (Posts { background, owners, first_s }, population)
    }

    #[test]
    fn people_act_on_posts_that_are_there_and_as_much_as_is_said() {
        let (posts, population) = world();
        for call in Call::ALL {
            let occasion = call.occasion();
            for planted in PlantedOnPosts::ALL {
                let drawn = occasion.draw(&posts, &population, planted, 3);
                let columns: BTreeSet<u32> = drawn.ordered.iter().map(|edge| edge.column).collect();
                let creators: BTreeSet<u32> = columns.iter().map(|column| posts.owners[*column as usize]).collect();
                assert_eq!(creators.len(), occasion.n_creators as usize, "{call:?}");
                assert_eq!(columns.len(), occasion.n_creators as usize * occasion.n_posts, "{call:?}");
                let expected = f64::from(occasion.n_people) * columns.len() as f64 * occasion.share;
                assert!((0.85..1.1).contains(&(drawn.ordered.len() as f64 / expected)), "{call:?}");
                assert!(drawn.ordered.iter().all(|edge| edge.at.seconds().unwrap() >= posts.first_s[edge.column as usize]));
                assert!(drawn.ordered.iter().all(|edge| (edge.row < 1_000) == (planted != PlantedOnPosts::Ordered)));
            }
        }
    }

    #[test]
    fn one_who_is_called_by_a_newsletter_reads_it_at_one_sitting_and_fans_come_after_each_post() {
        let (posts, population) = world();
        let spans = |call: Call| {
            let drawn = call.occasion().draw(&posts, &population, PlantedOnPosts::Called, 4);
            let mut times: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            drawn.ordered.iter().for_each(|edge| times.entry(edge.row).or_default().push(edge.at.seconds().unwrap()));
            times.into_values().map(|times| times.iter().max().unwrap() - times.iter().min().unwrap()).max().unwrap()
        };
        assert!(spans(Call::Newsletter) <= 660, "{}", spans(Call::Newsletter));
        assert!(spans(Call::FanClub) > 7 * DAY_S);
    }
}

use super::*;
use crate::graph::{EdgeList, EdgeTime};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const DAY_S: u32 = 86_400;

/// Edges in the making.
#[derive(Default)]
struct Edges {
    rows: Vec<u32>,
    columns: Vec<u32>,
    times: Vec<EdgeTime>,
}

impl Edges {
    fn push(&mut self, row: u32, column: u32, at_s: u32) {
        self.rows.push(row);
        self.columns.push(column);
        self.times.push(EdgeTime::from_seconds(at_s));
    }

    /// Accounts that follow at random over 400 days, and a viral day of every tenth creator.
    fn organic(n_accounts: u32, n_creators: u32, per_creator: u32, rng: &mut ChaCha8Rng) -> Self {
        let mut edges = Self::default();
        for column in 0..n_creators {
            let viral_day = rng.random_range(0..400);
            for _ in 0..per_creator {
                let is_viral = column % 10 == 0 && rng.random_bool(0.4);
                let day = if is_viral { viral_day } else { rng.random_range(0..400) };
                edges.push(rng.random_range(0..n_accounts), column, day * DAY_S + rng.random_range(0..DAY_S));
            }
        }
        edges
    }

    /// A pool that follows creators, each within some hours.
    fn deliver(&mut self, (first, n): (u32, u32), columns: &[u32], density: f64, hours: u32, rng: &mut ChaCha8Rng) {
        for &column in columns {
            let start_s = rng.random_range(50 * DAY_S..300 * DAY_S);
            for row in first..first + n {
                if rng.random_bool(density) {
                    self.push(row, column, start_s + rng.random_range(0..hours * 3_600));
                }
            }
        }
    }

    fn graph(&self, n_rows: usize, n_columns: usize) -> BipartiteGraph {
        let times = Some(self.times.as_slice());
        BipartiteGraph::build(&EdgeList { n_rows, n_columns, rows: &self.rows, columns: &self.columns, times }).unwrap()
    }
}

fn owners(n: u32) -> Vec<u32> {
    (0..n).collect()
}

fn find(graph: &BipartiteGraph) -> Vec<LockstepGroup> {
    find_lockstep(graph, &owners(graph.n_columns() as u32), &LockstepSettings::for_follows()).unwrap()
}

#[test]
fn a_small_pool_is_found_among_viral_days() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let mut edges = Edges::organic(20_000, 200, 250, &mut rng);
    let columns: Vec<u32> = (0..12).map(|k| 7 + 13 * k).collect();
    edges.deliver((20_000, 25), &columns, 0.9, 12, &mut rng);
    let groups = find(&edges.graph(20_025, 200));
    assert_eq!(groups.len(), 1, "{groups:?}");
    let rows: Vec<u32> = groups[0].members.iter().map(|member| member.row).collect();
    assert_eq!(rows, (20_000..20_025).collect::<Vec<_>>());
    assert_eq!(groups[0].targets.iter().map(|target| target.column).collect::<Vec<_>>(), columns);
    assert!(groups[0].log10_p < -10.0 && (0.8..=1.0).contains(&groups[0].density));
}

#[test]
fn a_thin_pool_is_found_through_what_its_bursts_share() {
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    let mut edges = Edges::organic(20_000, 200, 250, &mut rng);
    let columns: Vec<u32> = (0..40).map(|k| 3 + 4 * k).collect();
    edges.deliver((20_000, 300), &columns, 0.15, 24, &mut rng);
    let groups = find(&edges.graph(20_300, 200));
    let members: Vec<u32> = groups.iter().flat_map(|group| &group.members).map(|member| member.row).collect();
    let right = members.iter().filter(|row| **row >= 20_000).count();
    assert!(right >= 285 && right as f64 >= 0.95 * members.len() as f64, "{right} of {}", members.len());
}

#[test]
fn viral_days_convict_nobody() {
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    let edges = Edges::organic(20_000, 300, 250, &mut rng);
    assert_eq!(find(&edges.graph(20_000, 300)), vec![]);
}

#[test]
fn fans_of_one_owner_are_not_compared() {
    let mut rng = ChaCha8Rng::seed_from_u64(6);
    let mut edges = Edges::organic(20_000, 200, 250, &mut rng);
    edges.deliver((0, 40), &(0..12).collect::<Vec<_>>(), 0.9, 2, &mut rng);
    let graph = edges.graph(20_000, 200);
    let mut owners = owners(200);
    owners[..12].fill(0);
    assert_eq!(find_lockstep(&graph, &owners, &LockstepSettings::for_follows()).unwrap(), vec![]);
}

#[test]
fn a_group_needs_posts_of_three_owners_who_are_known() {
    let mut rng = ChaCha8Rng::seed_from_u64(21);
    let mut edges = Edges::organic(8_000, 60, 100, &mut rng);
    edges.deliver((8_000, 40), &[5, 6, 7, 8, 9, 10], 0.9, 1, &mut rng);
    let graph = edges.graph(8_040, 60);
    let found = |of_ordered: &dyn Fn(u32) -> u32| {
        let owners: Vec<u32> =
            (0..60).map(|column| if (5..=10).contains(&column) { of_ordered(column) } else { column }).collect();
        find_lockstep(&graph, &owners, &LockstepSettings::for_follows()).unwrap().len()
    };
    assert_eq!(found(&|column| 100 + column % 3), 1);
    assert_eq!(found(&|column| 100 + column % 2), 0);
    assert_eq!(found(&|column| [100, 101, NO_OWNER][column as usize % 3]), 0);
}

#[test]
fn without_times_there_is_nothing_to_find() {
    let edges = EdgeList {
        n_rows: 50,
        n_columns: 4,
        rows: &(0..200).map(|k| k / 4).collect::<Vec<_>>(),
        columns: &(0..200).map(|k| k % 4).collect::<Vec<_>>(),
        times: None,
    };
    assert_eq!(find(&BipartiteGraph::build(&edges).unwrap()), vec![]);
}

#[test]
fn half_the_times_missing_and_all_others_equal_does_no_harm() {
    let mut edges = Edges::default();
    for row in 0..2_000 {
        for column in 0..4 {
            edges.push(row, column, 5 * DAY_S);
            if row % 2 == 0 {
                *edges.times.last_mut().unwrap() = EdgeTime::MISSING;
            }
        }
    }
    let graph = edges.graph(2_000, 5);
    for group in find(&graph) {
        assert!(group.members.iter().all(|member| member.row % 2 == 1));
    }
}

#[test]
fn one_account_on_every_column_at_one_instant_makes_no_group() {
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    let mut edges = Edges::default();
    for column in 0..20_000 {
        for place in 0..8 {
            edges.push(if place == 0 { 0 } else { rng.random_range(1..2_000) }, column, 5 * DAY_S);
            if (place + column) % 2 == 1 {
                *edges.times.last_mut().unwrap() = EdgeTime::MISSING;
            }
        }
    }
    assert_eq!(find(&edges.graph(2_000, 20_000)), vec![]);
}

#[test]
fn threads_do_not_change_the_result() {
    let mut rng = ChaCha8Rng::seed_from_u64(8);
    let mut edges = Edges::organic(10_000, 100, 250, &mut rng);
    edges.deliver((10_000, 60), &(0..20).collect::<Vec<_>>(), 0.5, 24, &mut rng);
    let graph = edges.graph(10_060, 100);
    let with = |n| rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap().install(|| find(&graph));
    assert_eq!(with(1), with(3));
}

/// A dense world of communities: most of a community follow each of its creators, a good part in the creator's viral week, and the
/// curious, a third of all, come with viral weeks twice as often as the others.
fn communities(rng: &mut ChaCha8Rng) -> Edges {
    let mut edges = Edges::default();
    for column in 0..40 {
        let viral_week = rng.random_range(0..50);
        for row in (column % 5) * 1_000..(column % 5 + 1) * 1_000 {
            let comes_along = if row % 3 == 0 { 0.5 } else { 0.25 };
            let week = if rng.random_bool(comes_along) { viral_week } else { rng.random_range(0..52) };
            if rng.random_bool(0.6) {
                edges.push(row, column, week * 7 * DAY_S + rng.random_range(0..7 * DAY_S));
            }
        }
    }
    edges
}

#[test]
fn a_community_that_follows_everything_convicts_nobody() {
    let edges = communities(&mut ChaCha8Rng::seed_from_u64(11));
    assert_eq!(find(&edges.graph(5_000, 40)), vec![]);
}

#[test]
fn a_pool_is_found_in_the_midst_of_communities() {
    let mut rng = ChaCha8Rng::seed_from_u64(12);
    let mut edges = communities(&mut rng);
    edges.deliver((5_000, 60), &[3, 9, 14, 20, 26, 31], 0.8, 48, &mut rng);
    let groups = find(&edges.graph(5_060, 40));
    let members: Vec<u32> = groups.iter().flat_map(|group| &group.members).map(|member| member.row).collect();
    assert_eq!(members, (5_000..5_060).collect::<Vec<_>>());
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let mut rng = ChaCha8Rng::seed_from_u64(13);
    let mut edges = Edges::organic(3_000, 60, 200, &mut rng);
    edges.deliver((3_000, 40), &(0..15).collect::<Vec<_>>(), 0.3, 24, &mut rng);
    edges.deliver((3_020, 40), &(10..25).collect::<Vec<_>>(), 0.3, 24, &mut rng);
    let mut renamed: Vec<u32> = (0..3_060).collect();
    rand::seq::SliceRandom::shuffle(renamed.as_mut_slice(), &mut rng);
    let other = Edges {
        rows: edges.rows.iter().map(|&row| renamed[row as usize]).collect(),
        columns: edges.columns.clone(),
        times: edges.times.clone(),
    };
    let members = |groups: &[LockstepGroup], name: &dyn Fn(u32) -> u32| {
        let of_group = |group: &LockstepGroup| {
            let mut rows: Vec<u32> = group.members.iter().map(|member| name(member.row)).collect();
            rows.sort_unstable();
            rows
        };
        groups.iter().map(of_group).collect::<BTreeSet<_>>()
    };
    let (one, two) = (find(&edges.graph(3_060, 60)), find(&other.graph(3_060, 60)));
    assert!(!one.is_empty());
    assert_eq!(members(&one, &|row| renamed[row as usize]), members(&two, &|row| row));
}

/// Fans who act on nearly every post of two creators or three, most of them within the day.
fn fans(rng: &mut ChaCha8Rng) -> Edges {
    let mut edges = Edges::default();
    for post in 0..120_u32 {
        let (creator, published_s) = (post % 10, (post / 10) * 3 * DAY_S + (post % 10) * 7_000);
        for row in 0..2_000 {
            let is_fan = row % 10 == creator || row / 10 % 10 == creator || row / 100 % 10 == creator;
            if is_fan && rng.random_bool(if row % 4 == 0 { 0.9 } else { 0.3 }) {
                let after_s = (-(1.0 - rng.random::<f64>()).ln() * 6.0 * 3_600.0) as u32;
                edges.push(row, post, published_s + after_s);
            }
        }
    }
    edges
}

#[test]
fn fans_who_act_on_every_post_are_no_lockstep_but_a_pool_in_their_midst_is() {
    let settings = LockstepSettings::for_engagements();
    let creators: Vec<u32> = (0..120).map(|post| post % 10).collect();
    let mut rng = ChaCha8Rng::seed_from_u64(14);
    let mut edges = fans(&mut rng);
    assert_eq!(find_lockstep(&edges.graph(2_000, 120), &creators, &settings).unwrap(), vec![]);
    for post in [11_u32, 32, 53, 74, 95] {
        let start_s = (post / 10) * 3 * DAY_S + (post % 10) * 7_000 + 20_000;
        for row in 2_000..2_040 {
            edges.push(row, post, start_s + rng.random_range(0..600));
        }
    }
    let groups = find_lockstep(&edges.graph(2_040, 120), &creators, &settings).unwrap();
    let members: Vec<u32> = groups.iter().flat_map(|group| &group.members).map(|member| member.row).collect();
    assert_eq!(members, (2_000..2_040).collect::<Vec<_>>());
}

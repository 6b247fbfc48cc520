//! What building a graph must withstand.

use super::*;
use crate::domain::{Column, Creator, Dataset, EngagementKind, Platform, Timestamp};
use crate::error::ErrorKind;
use crate::{Error, Result};
use proptest::prelude::*;
use std::cell::Cell;
use std::collections::BTreeMap;

const EARLIEST: i64 = crate::domain::EARLIEST_MS;

fn time(seconds: i64) -> EdgeTime {
    EdgeTime::from(Timestamp::from_ms(EARLIEST + seconds * 1000))
}

/// Hands out its edges three at a time.
struct Drops<'a>(EdgeList<'a>, Option<&'a [u32]>);

impl EdgeSource for Drops<'_> {
    fn n_rows(&self) -> usize {
        self.0.n_rows
    }

    fn n_columns(&self) -> usize {
        self.0.n_columns
    }

    fn owners(&self) -> Option<&[u32]> {
        self.1
    }

    fn replay(&self, visit: &mut dyn FnMut(EdgeBatch<'_>) -> Result<()>) -> Result<()> {
        for start in (0..self.0.rows.len()).step_by(3) {
            let range = start..self.0.rows.len().min(start + 3);
            let times = self.0.times.map(|times| &times[range.clone()]);
            visit(EdgeBatch { rows: &self.0.rows[range.clone()], columns: &self.0.columns[range], times })?;
        }
        Ok(())
    }
}

proptest! {
    #[test]
    fn holds_each_edge_once_with_its_earliest_time(
        edges in proptest::collection::vec((0_u32..20, 0_u32..12, proptest::option::of(0_i64..5)), 0..120)
    ) {
        let rows: Vec<u32> = edges.iter().map(|edge| edge.0).collect();
        let columns: Vec<u32> = edges.iter().map(|edge| edge.1).collect();
        let times: Vec<EdgeTime> = edges.iter().map(|edge| edge.2.map_or(EdgeTime::MISSING, time)).collect();
        let owners: Vec<u32> = (0..12).map(|column| if column % 2 == 0 { column } else { NO_OWNER }).collect();
        let list = EdgeList { n_rows: 20, n_columns: 12, rows: &rows, columns: &columns, times: Some(&times) };
        let graph = BipartiteGraph::build(&Drops(list, Some(&owners))).unwrap();

        let mut expected: BTreeMap<(u32, u32), EdgeTime> = BTreeMap::new();
        let mut self_loops = 0;
        for ((&row, &column), &time) in rows.iter().zip(&columns).zip(&times) {
            if column % 2 == 0 && row == column {
                self_loops += 1;
            } else {
                let known = expected.entry((column, row)).or_insert(time);
                *known = time.min(*known);
            }
        }
        let found = (0..12).flat_map(|column| {
            let times = graph.times_of(column);
            let at = move |index: usize| times.map_or(EdgeTime::MISSING, |times| times[index]);
            graph.rows_of(column).iter().enumerate().map(move |(index, &row)| ((column, row), at(index)))
        });
        prop_assert_eq!(found.collect::<Vec<_>>(), expected.iter().map(|(&edge, &time)| (edge, time)).collect::<Vec<_>>());
        for row in 0..20 {
            let columns: Vec<u32> = expected.keys().filter(|edge| edge.1 == row).map(|edge| edge.0).collect();
            prop_assert_eq!(graph.columns_of(row), columns);
        }
        let reading = graph.reading();
        prop_assert_eq!(reading.self_loops, self_loops);
        prop_assert_eq!(reading.read, reading.self_loops + reading.repeated + expected.len() as u64);
        let missing = expected.values().filter(|&&time| time == EdgeTime::MISSING).count();
        prop_assert_eq!(reading.without_time, missing as u64);
    }
}

#[test]
fn withstands_one_account_with_very_many_edges_and_columns_without_any() {
    let n_columns = 100_000;
    let columns: Vec<u32> = (0..n_columns).rev().collect();
    let rows = vec![1; columns.len()];
    let list = EdgeList { n_rows: 3, n_columns: n_columns as usize + 7, rows: &rows, columns: &columns, times: None };
    let graph = BipartiteGraph::build(&list).unwrap();
    assert_eq!((graph.columns_of(1).len(), graph.columns_of(0).len(), graph.rows_of(n_columns + 3).len()), (100_000, 0, 0));
    assert!(graph.columns_of(1).is_sorted());
}

#[test]
fn withstands_one_creator_with_very_many_edges_out_of_order() {
    let n_rows = 200_000_u32;
    let rows: Vec<u32> = (0..n_rows).map(|i| (i * 7_919) % n_rows).chain([5, 5]).collect();
    let times: Vec<EdgeTime> = rows.iter().map(|&row| time(i64::from(row))).collect();
    let columns = vec![0; rows.len()];
    let list = EdgeList { n_rows: n_rows as usize, n_columns: 1, rows: &rows, columns: &columns, times: Some(&times) };
    let graph = BipartiteGraph::build(&list).unwrap();
    assert_eq!((graph.n_edges(), graph.reading().repeated), (200_000, 2));
    assert!(graph.times_of(0).unwrap().is_sorted());
}

#[test]
fn withstands_equal_times_and_no_edges_at_all() {
    let times = [time(9); 3];
    let list = EdgeList { n_rows: 3, n_columns: 1, rows: &[2, 1, 0], columns: &[0, 0, 0], times: Some(&times) };
    assert_eq!(BipartiteGraph::build(&list).unwrap().times_of(0), Some(&times[..]));
    for (n_rows, n_columns) in [(0, 0), (0, 4), (4, 0)] {
        let none = EdgeList { n_rows, n_columns, rows: &[], columns: &[], times: None };
        assert_eq!(BipartiteGraph::build(&none).unwrap().n_nodes(), n_rows + n_columns);
    }
}

#[test]
fn times_that_are_all_missing_take_no_memory() {
    let list = EdgeList { n_rows: 1, n_columns: 1, rows: &[0], columns: &[0], times: Some(&[EdgeTime::MISSING]) };
    let graph = BipartiteGraph::build(&list).unwrap();
    assert_eq!((graph.times_of(0), graph.time(0, 0), graph.reading().without_time), (None, None, 1));
}

#[test]
fn refuses_ids_out_of_range_and_columns_of_unequal_length() {
    let refused = |rows: &[u32], columns: &[u32]| {
        let list = EdgeList { n_rows: 2, n_columns: 2, rows, columns, times: None };
        matches!(
            BipartiteGraph::build(&list).map_err(|error| matches!(error.kind(), ErrorKind::InvalidArgument { .. })),
            Err(true)
        )
    };
    assert!(refused(&[2], &[0]) && refused(&[0], &[2]) && refused(&[0, 1], &[0]));
    assert!(!refused(&[1], &[1]));
}

/// Gives other edges each time that it is read.
struct Fickle(Cell<u32>, fn(u32) -> &'static [u32]);

impl EdgeSource for Fickle {
    fn n_rows(&self) -> usize {
        4
    }

    fn n_columns(&self) -> usize {
        4
    }

    fn replay(&self, visit: &mut dyn FnMut(EdgeBatch<'_>) -> Result<()>) -> Result<()> {
        let ids = (self.1)(self.0.replace(self.0.get() + 1));
        visit(EdgeBatch { rows: ids, columns: ids, times: None })
    }
}

#[test]
fn refuses_a_source_that_changes_between_the_passes() {
    let sources: [fn(u32) -> &'static [u32]; 3] = [
        |pass| if pass == 0 { &[0, 1] } else { &[0, 2] },
        |pass| if pass == 0 { &[0, 1] } else { &[0] },
        |pass| if pass == 0 { &[0, 1] } else { &[3, 3, 3, 3, 3] },
    ];
    for source in sources {
        let error = BipartiteGraph::build(&Fickle(Cell::new(0), source)).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Mismatch { .. }), "{error}");
    }
}

#[test]
fn hands_on_the_error_of_its_source() {
    let batches = || [Err(Error::malformed("Parquet", "cut short"))];
    let edges = BatchEdges { n_rows: 1, n_columns: 1, row: "a", column: "b", time: None, batches };
    assert!(matches!(BipartiteGraph::build(&edges).unwrap_err().kind(), ErrorKind::Malformed { .. }));
}

fn dataset(n_accounts: u32, creators: &[u32]) -> Dataset {
    let mut dataset = Dataset::default();
    for account in 0..n_accounts {
        dataset.ids.intern(&format!("account {account}"));
    }
    let creator = |&id| Creator {
        id: crate::domain::AccountId(id),
        platform: Platform::Instagram,
        category: None,
        country: None,
        language: None,
        price: None,
        currency: None,
    };
    dataset.creators = creators.iter().map(creator).collect();
    dataset
}

fn accounts(ids: &[u32]) -> Vec<crate::domain::AccountId> {
    ids.iter().copied().map(crate::domain::AccountId).collect()
}

#[test]
fn follows_become_edges_to_creators_and_to_others_that_are_followed() {
    let mut dataset = dataset(6, &[4, 2]);
    dataset.follows.follower = accounts(&[0, 1, 4, 0, 5]);
    dataset.follows.followed = accounts(&[4, 4, 4, 1, 4]);
    dataset.follows.followed_at = [Some(EARLIEST + 5_000), None, None, None, Some(EARLIEST)].into_iter().collect();
    let edges = FollowEdges::of(&dataset);
    assert_eq!(edges.creators().map(|account| account.0).collect::<Vec<_>>(), [4, 2, 1]);
    let graph = BipartiteGraph::build(&edges).unwrap();
    assert_eq!((graph.rows_of(0), graph.rows_of(1), graph.rows_of(2)), (&[0, 1, 5][..], &[][..], &[0][..]));
    assert_eq!((graph.time(5, 0), graph.time(1, 0)), (Timestamp::from_ms(EARLIEST), None));
    assert_eq!((graph.reading().self_loops, graph.reading().without_time), (1, 2));
}

#[test]
fn engagements_become_edges_to_posts_or_to_creators() {
    let mut dataset = dataset(5, &[3]);
    let engagements = &mut dataset.engagements;
    engagements.actor = accounts(&[0, 0, 3, 1, 2]);
    engagements.post = ["p", "p", "p", "q", "p"].iter().map(|post| engagements.post_ids.intern(post)).collect();
    engagements.creator = [Some(3), Some(3), Some(3), None, Some(3)].into_iter().collect();
    use EngagementKind::{Comment, Like};
    engagements.kind = vec![Like, Comment, Comment, Like, Like];
    engagements.at = Column::default();
    let on_posts = BipartiteGraph::build(&EngagementEdges::on_posts(&dataset, None)).unwrap();
    assert_eq!((on_posts.rows_of(0), on_posts.rows_of(1)), (&[0, 2][..], &[1][..]));
    assert_eq!((on_posts.reading().self_loops, on_posts.reading().repeated), (1, 1));
    let comments = BipartiteGraph::build(&EngagementEdges::on_posts(&dataset, Some(Comment))).unwrap();
    assert_eq!((comments.rows_of(0), comments.n_edges()), (&[0][..], 1));
    let edges = EngagementEdges::on_creators(&dataset, None);
    assert_eq!(edges.creators().flatten().map(|account| account.0).collect::<Vec<_>>(), [3]);
    assert_eq!(BipartiteGraph::build(&edges).unwrap().rows_of(0), [0, 2]);
}

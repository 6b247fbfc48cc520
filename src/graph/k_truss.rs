//! Truss numbers: how deep in mutual company a tie lies.

use petgraph::graph::UnGraph;
use petgraph::visit::EdgeRef;

/// The truss number of each edge: the largest k such that the edge belongs to a subgraph in which every edge closes at least
/// k − 2 triangles.
///
/// An edge with k ≥ 5 is upheld by three common partners, each of whose ties is upheld in its turn: a pair, a triangle or a star
/// has no such edge, a clique of n has k = n.
///
/// # Shape
/// One number an edge, at [`EdgeIndex::index`](petgraph::graph::EdgeIndex::index); 2 for an edge in no triangle. A self-loop is no
/// edge (0); of parallel edges only the first counts, the others are 0.
///
/// # Cost
/// O(Σ over edges of the two ends' degrees) time, at most O(E^1.5) steps of the peel beside it, O(E) memory.
///
/// # Source
/// Cohen, *Trusses: cohesive subgraphs for social network analysis*, 2008; the peel in order of support after Wang and Cheng,
/// *Truss decomposition in massive networks*, PVLDB 2012, algorithm 2.
///
/// # Examples
/// ```
/// use bonafide::graph::truss_numbers;
/// use petgraph::graph::UnGraph;
/// // A clique of four, and a tail.
/// let graph = UnGraph::<(), ()>::from_edges([(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3), (3, 4)]);
/// assert_eq!(truss_numbers(&graph), [4, 4, 4, 4, 4, 4, 2]);
/// ```
pub fn truss_numbers<N, E>(graph: &UnGraph<N, E>) -> Vec<u32> {
    let company = Company::of(graph);
    let mut support = company.supports();
    let mut numbers = vec![0; graph.edge_count()];
    let mut queue = Queue::new(&support, &company.is_counted);
    let mut is_gone: Vec<bool> = company.is_counted.iter().map(|counted| !counted).collect();
    let mut level = 0;
    while let Some(edge) = queue.next() {
        level = level.max(support[edge]);
        numbers[edge] = level + 2;
        is_gone[edge] = true;
        company.for_each_triangle(edge, |one, other| {
            if is_gone[one] || is_gone[other] {
                return;
            }
            for side in [one, other] {
                if support[side] > level {
                    queue.lower(side, support[side]);
                    support[side] -= 1;
                }
            }
        });
    }
    numbers
}

/// Sets of edges that hang together by triangles: two edges of one triangle are in one set. An account may so belong to several
/// sets, and a single account that is in two of them does not merge them.
///
/// # Shape
/// The number of the set of each edge, counted from 0 in order of its first edge; `None` where `is_kept` is not.
///
/// # Source
/// Huang et al., *Querying k-truss community in large and dynamic graphs*, SIGMOD 2014, section 2.
pub fn triangle_communities<N, E>(graph: &UnGraph<N, E>, is_kept: &[bool]) -> Vec<Option<u32>> {
    let company = Company::of(graph);
    let mut sets = petgraph::unionfind::UnionFind::<usize>::new(graph.edge_count());
    for edge in (0..graph.edge_count()).filter(|&edge| is_kept[edge]) {
        company.for_each_triangle(edge, |one, other| {
            if is_kept[one] && is_kept[other] {
                sets.union(edge, one);
                sets.union(edge, other);
            }
        });
    }
    let mut number_of = vec![None; graph.edge_count()];
    let mut n_sets = 0;
    let mut numbers = vec![None; graph.edge_count()];
    for edge in (0..graph.edge_count()).filter(|&edge| is_kept[edge]) {
        let number = &mut number_of[sets.find(edge)];
        if number.is_none() {
            *number = Some(n_sets);
            n_sets += 1;
        }
        numbers[edge] = *number;
    }
    numbers
}

/// Neighbours of each node with the edge to them, ascending.
struct Company {
    lists: Vec<Vec<(u32, u32)>>,
    ends: Vec<[u32; 2]>,
    is_counted: Vec<bool>,
}

impl Company {
    fn of<N, E>(graph: &UnGraph<N, E>) -> Self {
        let mut lists = vec![Vec::new(); graph.node_count()];
        let ends: Vec<[u32; 2]> =
            graph.edge_references().map(|edge| [edge.source(), edge.target()].map(|node| node.index() as u32)).collect();
        for (edge, &[one, other]) in (0u32..).zip(&ends).filter(|(_, [one, other])| one != other) {
            lists[one as usize].push((other, edge));
            lists[other as usize].push((one, edge));
        }
        let mut is_counted = vec![false; ends.len()];
        for list in &mut lists {
            list.sort_unstable();
            list.dedup_by_key(|(node, _)| *node);
            list.iter().for_each(|&(_, edge)| is_counted[edge as usize] = true);
        }
        Self { lists, ends, is_counted }
    }

    /// The two other edges of each triangle that an edge closes.
    fn for_each_triangle(&self, edge: usize, mut visit: impl FnMut(usize, usize)) {
        let [mut one, mut other] = self.ends[edge].map(|node| self.lists[node as usize].as_slice());
        while let (Some(&(left, first)), Some(&(right, second))) = (one.first(), other.first()) {
            if left == right {
                visit(first as usize, second as usize);
            }
            if left <= right {
                one = &one[1..];
            }
            if right <= left {
                other = &other[1..];
            }
        }
    }

    fn supports(&self) -> Vec<u32> {
        (0..self.ends.len())
            .map(|edge| {
                let mut count = 0;
                if self.is_counted[edge] {
                    self.for_each_triangle(edge, |_, _| count += 1);
                }
                count
            })
            .collect()
    }
}

/// Edges by rising support, in one array with the start of each support's run.
struct Queue {
    order: Vec<usize>,
    place: Vec<usize>,
    starts: Vec<usize>,
    next: usize,
}

impl Queue {
    fn new(support: &[u32], is_counted: &[bool]) -> Self {
        let mut order: Vec<usize> = (0..support.len()).filter(|&edge| is_counted[edge]).collect();
        order.sort_by_key(|&edge| support[edge]);
        let mut place = vec![0; support.len()];
        order.iter().enumerate().for_each(|(at, &edge)| place[edge] = at);
        let most = order.last().map_or(0, |&edge| support[edge]);
        let starts = (0..=most).map(|level| order.partition_point(|&edge| support[edge] < level)).collect();
        Self { order, place, starts, next: 0 }
    }

    fn next(&mut self) -> Option<usize> {
        let edge = self.order.get(self.next).copied();
        self.next += 1;
        edge
    }

    /// Moves an edge of this support into the run below: it changes places with the first of its run, which then begins later.
    fn lower(&mut self, edge: usize, support: u32) {
        let start = self.starts[support as usize];
        let (first, at) = (self.order[start], self.place[edge]);
        self.order.swap(start, at);
        (self.place[edge], self.place[first]) = (start, at);
        self.starts[support as usize] = start + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Zachary's karate club as in networkx 3.6.1 (`networkx.karate_club_graph()`).
    const KARATE_CLUB: [(u32, u32); 78] = [
        (0, 1),
        (0, 2),
        (0, 3),
        (0, 4),
        (0, 5),
        (0, 6),
        (0, 7),
        (0, 8),
        (0, 10),
        (0, 11),
        (0, 12),
        (0, 13),
        (0, 17),
        (0, 19),
        (0, 21),
        (0, 31),
        (1, 2),
        (1, 3),
        (1, 7),
        (1, 13),
        (1, 17),
        (1, 19),
        (1, 21),
        (1, 30),
        (2, 3),
        (2, 7),
        (2, 8),
        (2, 9),
        (2, 13),
        (2, 27),
        (2, 28),
        (2, 32),
        (3, 7),
        (3, 12),
        (3, 13),
        (4, 6),
        (4, 10),
        (5, 6),
        (5, 10),
        (5, 16),
        (6, 16),
        (8, 30),
        (8, 32),
        (8, 33),
        (9, 33),
        (13, 33),
        (14, 32),
        (14, 33),
        (15, 32),
        (15, 33),
        (18, 32),
        (18, 33),
        (19, 33),
        (20, 32),
        (20, 33),
        (22, 32),
        (22, 33),
        (23, 25),
        (23, 27),
        (23, 29),
        (23, 32),
        (23, 33),
        (24, 25),
        (24, 27),
        (24, 31),
        (25, 31),
        (26, 29),
        (26, 33),
        (27, 33),
        (28, 31),
        (28, 33),
        (29, 32),
        (29, 33),
        (30, 32),
        (30, 33),
        (31, 32),
        (31, 33),
        (32, 33),
    ];

    #[test]
    fn agrees_with_networkx_on_the_karate_club() {
        // networkx.k_truss(G, k) for k = 2, 3, …: the last k that still holds the edge.
        let graph = UnGraph::<(), ()>::from_edges(KARATE_CLUB);
        let numbers = truss_numbers(&graph);
        let with = |number: u32| -> Vec<(u32, u32)> {
            KARATE_CLUB.iter().zip(&numbers).filter(|(_, found)| **found == number).map(|(edge, _)| *edge).collect()
        };
        assert_eq!([2, 3, 4, 5].map(|number| with(number).len()), [11, 42, 11, 14]);
        let five =
            [(0, 1), (0, 2), (0, 3), (0, 7), (0, 13), (1, 2), (1, 3), (1, 7), (1, 13), (2, 3), (2, 7), (2, 13), (3, 7), (3, 13)];
        let four = [(8, 30), (8, 32), (8, 33), (23, 29), (23, 32), (23, 33), (29, 32), (29, 33), (30, 32), (30, 33), (32, 33)];
        assert_eq!((with(5), with(4)), (five.to_vec(), four.to_vec()));
    }

    #[test]
    fn agrees_with_networkx_on_a_dense_graph() {
        let edges: Vec<(u32, u32)> = (0..40u32)
            .flat_map(|i| (i + 1..40).map(move |j| (i, j)))
            .filter(|(i, j)| (i * i + j * j + 3 * i * j) % 11 < 4)
            .collect();
        let numbers = truss_numbers(&UnGraph::<(), ()>::from_edges(&edges));
        let checksum: u32 = edges.iter().zip(&numbers).map(|((i, j), number)| (7 * i + 13 * j) * number).sum();
        // networkx 3.6.1: 25 edges of number 2, 9 of 4, 16 of 5, 284 of 8, and the same sum.
        let with = |number: u32| numbers.iter().filter(|found| **found == number).count();
        assert_eq!((edges.len(), [2, 4, 5, 8].map(with), checksum), (334, [25, 9, 16, 284], 1_062_986));
    }

    #[test]
    fn loops_and_repeated_edges_count_for_nothing() {
        let graph = UnGraph::<(), ()>::from_edges([(0, 1), (1, 0), (1, 1), (1, 2), (0, 2), (0, 2)]);
        assert_eq!(truss_numbers(&graph), [3, 0, 0, 3, 3, 0]);
        assert!(truss_numbers(&UnGraph::<(), ()>::default()).is_empty());
    }

    #[test]
    fn two_cliques_that_share_one_node_stay_two_communities() {
        let clique =
            |nodes: [u32; 4]| nodes.into_iter().flat_map(move |i| nodes.into_iter().filter(move |j| i < *j).map(move |j| (i, j)));
        let graph = UnGraph::<(), ()>::from_edges(clique([0, 1, 2, 3]).chain(clique([3, 4, 5, 6])).chain([(6, 7)]));
        let kept: Vec<bool> = truss_numbers(&graph).iter().map(|&number| number >= 4).collect();
        let sets = triangle_communities(&graph, &kept);
        assert_eq!(sets, [vec![Some(0); 6], vec![Some(1); 6], vec![None]].concat());
    }

    /// By the definition: edges that close too few triangles are dropped until none is left.
    fn truss_by_definition(edges: &[(u32, u32)], k: u32) -> Vec<bool> {
        let mut is_in = vec![true; edges.len()];
        loop {
            let has = |a: u32, b: u32| edges.iter().zip(&is_in).any(|(edge, kept)| *kept && (*edge == (a, b) || *edge == (b, a)));
            let weak: Vec<usize> = (0..edges.len())
                .filter(|&at| {
                    is_in[at] && ((0..9).filter(|&w| has(edges[at].0, w) && has(edges[at].1, w)).count() as u32) + 2 < k
                })
                .collect();
            if weak.is_empty() {
                return is_in;
            }
            weak.into_iter().for_each(|at| is_in[at] = false);
        }
    }

    proptest! {
        #[test]
        fn an_edge_is_in_the_truss_of_its_number_and_in_no_higher_one(present in proptest::collection::vec(any::<bool>(), 36)) {
            let pairs = (0..9u32).flat_map(|i| (i + 1..9).map(move |j| (i, j)));
            let edges: Vec<(u32, u32)> = pairs.zip(&present).filter(|(_, is)| **is).map(|(edge, _)| edge).collect();
            let numbers = truss_numbers(&UnGraph::<(), ()>::from_edges(&edges));
            for k in 2..10 {
                let expected = truss_by_definition(&edges, k);
                let found: Vec<bool> = numbers.iter().map(|&number| number >= k).collect();
                prop_assert_eq!(found, expected);
            }
        }
    }
}

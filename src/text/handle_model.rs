//! How surprising a handle is among the handles of real people.

use super::handle::{is_digit, is_separator};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const DIGIT: usize = 26;
const SEPARATOR: usize = 27;
const OTHER: usize = 28;
const END: usize = 29;
const START: usize = 30;
/// Letters a–z, digit, separator, other, end, start.
const N_SYMBOLS: usize = 31;
/// Pseudo-transitions of the unigram distribution added to each symbol's successors: weak against the some ten
/// thousand transitions of a corpus, strong enough that no successor is impossible.
const SMOOTHING: f64 = 5.0;

/// Character bigrams of genuine handles: p(b | a) = (C_ab + 5 u_b) / (R_a + 5), where C counts transitions, R_a is the
/// sum of row a, and u_b = (column sum of b + 1) / total is the unigram distribution (0 for the start).
///
/// It holds counts of 31 × 31 symbol pairs and no handle.
///
/// # Source
/// The handle likelihood of Yang, Varol, Hui and Menczer, *Scalable and generalizable social bot detection through data
/// selection*, 2020; symbol classes and smoothing ours.
///
/// # Examples
/// ```
/// use bonafide::text::HandleModel;
/// let model = HandleModel::fit(["anna.berg", "annette_b", "joanna", "hannah"]);
/// assert!(model.surprise("anna").unwrap() < model.surprise("xqzvkwp7").unwrap());
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Counts", into = "Counts")]
pub struct HandleModel {
    transitions: Vec<u32>,
    row_sums: [f64; N_SYMBOLS],
    unigrams: [f64; N_SYMBOLS],
    /// −ln p(b | a) of every pair, row by row.
    surprises: Vec<f64>,
}

/// The wire form: C row by row.
#[derive(Clone, Serialize, Deserialize)]
struct Counts {
    n_symbols: usize,
    transitions: Vec<u32>,
}

impl HandleModel {
    /// Counts the transitions of each distinct handle once; their order does not matter.
    ///
    /// # Cost
    /// O(characters).
    pub fn fit<'a>(handles: impl IntoIterator<Item = &'a str>) -> Self {
        let distinct: BTreeSet<&str> = handles.into_iter().filter(|handle| !handle.is_empty()).collect();
        let mut transitions = vec![0_u32; N_SYMBOLS * N_SYMBOLS];
        for handle in distinct {
            for (a, b) in transitions_of(handle) {
                transitions[a * N_SYMBOLS + b] += 1;
            }
        }
        Self::from_transitions(transitions)
    }

    fn from_transitions(transitions: Vec<u32>) -> Self {
        let mut row_sums = [0.0; N_SYMBOLS];
        let mut unigrams = [1.0; N_SYMBOLS];
        for (slot, &count) in transitions.iter().enumerate() {
            row_sums[slot / N_SYMBOLS] += f64::from(count);
            unigrams[slot % N_SYMBOLS] += f64::from(count);
        }
        unigrams[START] = 0.0;
        let total: f64 = unigrams.iter().sum();
        let unigrams = unigrams.map(|count| count / total);
        let mut model = Self { transitions, row_sums, unigrams, surprises: Vec::new() };
        model.surprises =
            (0..N_SYMBOLS * N_SYMBOLS).map(|slot| model.pair_surprise(slot / N_SYMBOLS, slot % N_SYMBOLS, 0.0, 0.0)).collect();
        model
    }

    /// Mean surprise −ln p(b | a) in nats a transition, the one to the end included.
    ///
    /// # Missing
    /// `None` for an empty handle.
    pub fn surprise(&self, handle: &str) -> Option<f64> {
        mean_surprise(handle, |a, b| self.surprises[a * N_SYMBOLS + b])
    }

    /// The surprise of a handle that was among those fitted, with its own transitions taken out of C and R, so that
    /// rows fitted on and rows never seen are measured alike.
    ///
    /// # Missing
    /// `None` for an empty handle.
    pub fn surprise_left_out(&self, handle: &str) -> Option<f64> {
        let own: Vec<(usize, usize)> = transitions_of(handle).collect();
        mean_surprise(handle, |a, b| {
            let pairs = own.iter().filter(|&&pair| pair == (a, b)).count();
            let row = own.iter().filter(|&&(from, _)| from == a).count();
            self.pair_surprise(a, b, pairs as f64, row as f64)
        })
    }

    /// −ln p(b | a) with so much taken out of C_ab and of R_a.
    fn pair_surprise(&self, a: usize, b: usize, own_pairs: f64, own_row: f64) -> f64 {
        let count = f64::from(self.transitions[a * N_SYMBOLS + b]) - own_pairs;
        let row = self.row_sums[a] - own_row;
        -((count + SMOOTHING * self.unigrams[b]) / (row + SMOOTHING)).ln()
    }
}

fn mean_surprise(handle: &str, surprise: impl Fn(usize, usize) -> f64) -> Option<f64> {
    if handle.is_empty() {
        return None;
    }
    let (total, steps) = transitions_of(handle).fold((0.0, 0_u32), |(total, steps), (a, b)| (total + surprise(a, b), steps + 1));
    Some(total / f64::from(steps))
}

impl Default for HandleModel {
    /// Knows no handle: every symbol is equally likely.
    fn default() -> Self {
        Self::from_transitions(vec![0; N_SYMBOLS * N_SYMBOLS])
    }
}

impl From<HandleModel> for Counts {
    fn from(model: HandleModel) -> Self {
        Self { n_symbols: N_SYMBOLS, transitions: model.transitions }
    }
}

impl TryFrom<Counts> for HandleModel {
    type Error = &'static str;

    fn try_from(counts: Counts) -> Result<Self, Self::Error> {
        if counts.n_symbols != N_SYMBOLS || counts.transitions.len() != N_SYMBOLS * N_SYMBOLS {
            return Err("a handle model holds 31 × 31 transition counts");
        }
        Ok(Self::from_transitions(counts.transitions))
    }
}

fn symbol(c: char) -> usize {
    match c.to_ascii_lowercase() {
        letter @ 'a'..='z' => letter as usize - 'a' as usize,
        c if is_digit(c) => DIGIT,
        c if is_separator(c) => SEPARATOR,
        _ => OTHER,
    }
}

fn transitions_of(handle: &str) -> impl Iterator<Item = (usize, usize)> {
    let symbols = handle.chars().map(symbol);
    std::iter::once(START).chain(symbols.clone()).zip(symbols.chain(std::iter::once(END)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HANDLES: [&str; 5] = ["anna.berg", "annette_b", "joanna", "hannah", "lena92"];

    fn near(ours: Option<f64>, expected: f64) -> bool {
        (ours.unwrap() - expected).abs() < 1e-12
    }

    #[test]
    fn by_hand() {
        // one handle "a": C[start, a] = C[a, end] = 1; column sums + 1: a 2, end 2, the other 28 allowed symbols 1: total 32
        let model = HandleModel::fit(["a"]);
        let p = (1.0 + 5.0 * 2.0 / 32.0) / 6.0_f64;
        assert!(near(model.surprise("a"), -p.ln()));
        let left_out = 5.0 * 2.0 / 32.0 / 5.0_f64;
        assert!(near(model.surprise_left_out("a"), -left_out.ln()));
    }

    #[test]
    fn agrees_with_an_independent_implementation() {
        // the same formula written apart in Python with NumPy
        let model = HandleModel::fit(HANDLES);
        for (handle, expected) in [
            ("anna", 1.351_885_796_387_919),
            ("xqzvkwp7", 3.921_049_268_608_636_2),
            ("Anna.Berg", 1.488_155_257_863_459_8),
            ("9_é", 3.606_956_778_850_839_7),
        ] {
            assert!(near(model.surprise(handle), expected), "{handle}");
        }
        for (handle, expected) in
            [("anna.berg", 2.363_296_476_766_858_5), ("lena92", 2.884_264_815_825_502), ("hannah", 2.242_747_923_393_189_5)]
        {
            assert!(near(model.surprise_left_out(handle), expected), "{handle}");
        }
    }

    #[test]
    fn leaving_a_handle_out_is_nearly_fitting_without_it() {
        // nearly: the unigram distribution keeps it
        let whole = HandleModel::fit(HANDLES);
        let left_out = whole.surprise_left_out("joanna").unwrap();
        let without = HandleModel::fit(["anna.berg", "annette_b", "hannah", "lena92"]).surprise("joanna").unwrap();
        let kept_in = whole.surprise("joanna").unwrap();
        assert!((left_out - without).abs() < (kept_in - without).abs() / 2.0, "{left_out} {without} {kept_in}");
    }

    #[test]
    fn neither_order_nor_repetition_matters() {
        let mut turned = HANDLES.to_vec();
        turned.reverse();
        turned.push("joanna");
        assert_eq!(HandleModel::fit(turned), HandleModel::fit(HANDLES));
    }

    #[test]
    fn probabilities_of_what_follows_sum_to_one() {
        let model = HandleModel::fit(HANDLES);
        for a in 0..N_SYMBOLS {
            let sum: f64 = (0..N_SYMBOLS)
                .map(|b| {
                    (f64::from(model.transitions[a * N_SYMBOLS + b]) + SMOOTHING * model.unigrams[b])
                        / (model.row_sums[a] + SMOOTHING)
                })
                .sum();
            assert!((sum - 1.0).abs() < 1e-12, "{a}: {sum}");
        }
    }

    #[test]
    fn survives_save_and_load() {
        let model = HandleModel::fit(HANDLES);
        let text = serde_json::to_string(&model).unwrap();
        assert_eq!(serde_json::from_str::<HandleModel>(&text).unwrap(), model);
        assert!(serde_json::from_str::<HandleModel>(r#"{"n_symbols":31,"transitions":[1,2]}"#).is_err());
        assert!(!text.contains("anna"));
    }

    #[test]
    fn is_missing_without_a_handle() {
        assert_eq!((HandleModel::default().surprise(""), HandleModel::default().surprise_left_out("")), (None, None));
    }
}

//! Accounts that write from one list, put among real comments.

use super::CommentEvaluation;
use super::pages::{CommentedPages, Row};
use crate::audit::find_comment_copies;
use crate::benchmark::EvaluationTable;
use crate::benchmark::figure::{count, optional};
use crate::signals::CommentCorpus;
use crate::statistics::mean;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Accounts, comments of each, sentences on the list.
const LISTS: [(usize, usize, usize); 8] =
    [(10, 3, 10), (10, 6, 10), (10, 10, 30), (30, 3, 10), (30, 3, 30), (30, 6, 30), (30, 6, 100), (100, 3, 100)];
/// Pages that are commented on.
const N_TARGETS: usize = 6;

/// What a planted list was found by.
struct Found {
    recall: f64,
    precision: Option<f64>,
}

/// How many of the accounts that write from a list are found, and how many of those found do.
pub(super) fn table(background: &CommentedPages, settings: &CommentEvaluation) -> EvaluationTable {
    let caption = format!(
        "Accounts that write from one list of sentences, planted among the {} comments of the {}: each picks at random from the list, with one word of it changed in every third comment, under {N_TARGETS} pages. \
         *Other accounts found* counts groups without a planted member too. Means of {} draws; sentences are invented, the background is real",
        count(background.rows.len()),
        background.name,
        settings.n_repeats
    );
    let columns = [
        "accounts",
        "comments of each",
        "sentences on the list",
        "accounts found",
        "of those found with them, planted",
        "other accounts found",
    ];
    let mut table = EvaluationTable::new(caption, &columns);
    for (cell, list) in LISTS.into_iter().enumerate() {
        let found: Vec<(Found, f64)> = (0..settings.n_repeats)
            .into_par_iter()
            .map(|repeat| trial(background, list, settings.seed + 1_000 * cell as u64 + repeat))
            .collect();
        let of =
            |value: &dyn Fn(&(Found, f64)) -> Option<f64>| optional(mean(&found.iter().filter_map(value).collect::<Vec<_>>()));
        let (accounts, each, sentences) = list;
        let others = mean(&found.iter().map(|found| found.1).collect::<Vec<_>>()).unwrap_or(0.0);
        table.push([
            count(accounts),
            count(each),
            count(sentences),
            of(&|found| Some(found.0.recall)),
            of(&|found| found.0.precision),
            format!("{others:.1}"),
        ]);
    }
    table
}

fn trial(background: &CommentedPages, (n_accounts, each, n_sentences): (usize, usize, usize), seed: u64) -> (Found, f64) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let list: Vec<Vec<String>> = (0..n_sentences).map(|_| sentence(&mut rng)).collect();
    let pages: BTreeSet<u32> = background.rows.iter().map(|row| row.page).collect();
    let targets: Vec<u32> = pages.into_iter().collect::<Vec<_>>().sample(&mut rng, N_TARGETS).copied().collect();
    let planted: Vec<Row> = (0..n_accounts)
        .flat_map(|account| std::iter::repeat_n(account, each))
        .filter_map(|account| {
            let mut words = list.choose(&mut rng)?.clone();
            if rng.random_ratio(1, 3) {
                let place = rng.random_range(0..words.len());
                words[place] = word(&mut rng);
            }
            Some(Row { page: *targets.choose(&mut rng)?, user: format!("planted-{account}"), at_ms: None, text: words.join(" ") })
        })
        .collect();
    let dataset = background.dataset(&planted);
    let groups = find_comment_copies(&dataset, &CommentCorpus::gather(&dataset));
    let is_planted = |id: crate::domain::AccountId| dataset.name(id).starts_with("planted-");
    let (mut hits, mut beside, mut others) = (0, 0, 0);
    for group in &groups {
        let planted = group.members.iter().filter(|member| is_planted(member.account)).count();
        hits += planted;
        match planted {
            0 => others += group.members.len(),
            _ => beside += group.members.len() - planted,
        }
    }
    let precision = (hits > 0).then(|| hits as f64 / (hits + beside) as f64);
    (Found { recall: hits as f64 / n_accounts as f64, precision }, (others + beside) as f64)
}

/// Seven to eleven invented words.
fn sentence(rng: &mut ChaCha8Rng) -> Vec<String> {
    (0..rng.random_range(7..12)).map(|_| word(rng)).collect()
}

fn word(rng: &mut ChaCha8Rng) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "ne", "lo", "ri", "ta", "mu", "ke", "so", "vi", "da", "po", "ge", "la", "fi", "ro", "zu"];
    (0..rng.random_range(2..4)).filter_map(|_| SYLLABLES.choose(rng)).copied().collect()
}

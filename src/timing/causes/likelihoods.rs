//! How probable each observation is under each cause: a small table, read from text.

use super::{Cause, CauseOdds};
use crate::error::{Error, Result};
use std::fmt::Write as _;

/// Something that was seen of the time in question: an outcome of an observation. What could not be seen is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Observed {
    /// What was looked at (`post`).
    pub observation: &'static str,
    /// What was seen (`viral`).
    pub outcome: &'static str,
}

/// One row: an outcome with its probability under each cause of [`Cause::ALL`].
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub observation: String,
    pub outcome: String,
    pub probabilities: [f64; Cause::ALL.len()],
}

/// Probabilities of outcomes by cause. Observations count as independent given the cause, which they are not quite: their logarithms
/// are multiplied by one factor below 1 (`weight`), fitted with the table.
#[derive(Debug, Clone, PartialEq)]
pub struct CauseLikelihoods {
    pub(super) weight: f64,
    pub(super) rows: Vec<Row>,
}

/// Columns of the table: names of outcomes, then the causes that have a column of their own.
fn columns() -> impl Iterator<Item = Cause> {
    Cause::ALL.into_iter().filter(|cause| cause.column() == *cause)
}

impl CauseLikelihoods {
    /// Reads a table: lines of `observation,outcome` and one probability a cause, below a header with the causes' words; `#` begins a
    /// comment, and `# weight: 0.6` states the factor.
    ///
    /// # Errors
    /// [`ErrorKind::Malformed`](crate::ErrorKind::Malformed) if a line is not of that form, or the probabilities of an observation do not
    /// add up to 1 under every cause.
    pub fn parse(text: &str) -> Result<Self> {
        let mut table = Self { weight: 1.0, rows: Vec::new() };
        let mut header: Option<Vec<Cause>> = None;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(comment) = line.strip_prefix('#') {
                if let Some(weight) = comment.trim().strip_prefix("weight:") {
                    table.weight = probability(weight)?;
                }
                continue;
            }
            match &header {
                None => header = Some(read_header(line)?),
                Some(causes) => table.rows.push(read_row(line, causes)?),
            }
        }
        table.check()?;
        Ok(table)
    }

    fn check(&self) -> Result<()> {
        for row in &self.rows {
            for cause in columns() {
                let sum: f64 = self.outcomes(&row.observation).map(|row| row.probabilities[cause as usize]).sum();
                if (sum - 1.0).abs() > 0.005 {
                    let found = format!("{} under {}: {sum}", row.observation, cause.word());
                    return Err(Error::malformed("probabilities that add up to 1", found));
                }
            }
        }
        Ok(())
    }

    pub(super) fn outcomes<'a>(&'a self, observation: &'a str) -> impl Iterator<Item = &'a Row> {
        self.rows.iter().filter(move |row| row.observation == observation)
    }

    /// The table as text, as [`CauseLikelihoods::parse`] reads it.
    pub fn to_text(&self) -> String {
        let mut text = format!("# weight: {:.2}\nobservation,outcome", self.weight);
        columns().for_each(|cause| _ = write!(text, ",{}", cause.word()));
        for row in &self.rows {
            _ = write!(text, "\n{},{}", row.observation, row.outcome);
            columns().for_each(|cause| _ = write!(text, ",{:.4}", row.probabilities[cause as usize]));
        }
        text + "\n"
    }

    /// The likelihood of what was seen under each of the causes: weight × Σ ln P(outcome | cause).
    ///
    /// # Missing
    /// An observation or outcome that the table does not hold counts for nothing, as does one that was not made.
    ///
    /// # Cost
    /// O(observations × rows).
    pub fn weigh(&self, evidence: &[Observed], causes: &[Cause]) -> CauseOdds {
        let found: Vec<&Row> = evidence.iter().filter_map(|seen| self.row(seen)).collect();
        let ln = |cause: Cause| found.iter().map(|row| row.probabilities[cause as usize].ln()).sum::<f64>() * self.weight;
        CauseOdds::new(causes.iter().map(|&cause| (cause, ln(cause))), found.len())
    }

    fn row(&self, seen: &Observed) -> Option<&Row> {
        self.rows.iter().find(|row| row.observation == seen.observation && row.outcome == seen.outcome)
    }
}

fn read_header(line: &str) -> Result<Vec<Cause>> {
    let mut names = line.split(',').map(str::trim);
    if (names.next(), names.next()) != (Some("observation"), Some("outcome")) {
        return Err(Error::malformed("a header that begins with observation,outcome", line));
    }
    let causes: Vec<Cause> = names
        .map(|word| Cause::from_word(word).ok_or_else(|| Error::malformed("the word of a cause", word)))
        .collect::<Result<_>>()?;
    match columns().find(|cause| !causes.contains(cause)) {
        Some(missing) => Err(Error::malformed("a column for every cause", format!("none for {}", missing.word()))),
        None => Ok(causes),
    }
}

fn read_row(line: &str, causes: &[Cause]) -> Result<Row> {
    let cells: Vec<&str> = line.split(',').map(str::trim).collect();
    if cells.len() != causes.len() + 2 {
        return Err(Error::malformed(format!("{} cells", causes.len() + 2), line));
    }
    let mut probabilities = [0.0; Cause::ALL.len()];
    for (cause, cell) in causes.iter().zip(&cells[2..]) {
        probabilities[*cause as usize] = probability(cell)?;
    }
    probabilities[Cause::Attack as usize] = probabilities[Cause::Inflated as usize];
    Ok(Row { observation: cells[0].to_owned(), outcome: cells[1].to_owned(), probabilities })
}

fn probability(cell: &str) -> Result<f64> {
    let value = cell.trim().parse::<f64>().ok().filter(|value| *value > 0.0 && *value <= 1.0);
    value.ok_or_else(|| Error::malformed("a probability above 0", cell))
}

#[cfg(test)]
pub(super) mod testing {
    pub const TABLE: &str = "# weight: 0.5\nobservation,outcome,inflated,viral,giveaway,shoutout,advertisement,ripple,purge,recount\n\
        post,usual,0.8,0.1,0.5,0.8,0.8,0.8,0.8,0.8\npost,viral,0.2,0.9,0.5,0.2,0.2,0.2,0.2,0.2\n";
}

#[cfg(test)]
mod tests {
    use super::testing::TABLE;
    use super::*;

    const VIRAL: Observed = Observed { observation: "post", outcome: "viral" };

    #[test]
    fn likelihoods_multiply_to_the_power_of_the_weight() {
        let table = CauseLikelihoods::parse(TABLE).unwrap();
        let odds = table.weigh(&[VIRAL], &Cause::ALL);
        assert_eq!(odds.best(), Some(Cause::Viral));
        // By hand: (.9 / .2)^½.
        assert!((odds.of(Cause::Viral, Cause::Inflated).unwrap() - 4.5_f64.sqrt()).abs() < 1e-12);
        assert_eq!(odds.of(Cause::Attack, Cause::Inflated), Some(1.0));
        let unknown = Observed { observation: "weather", outcome: "fine" };
        assert_eq!(table.weigh(&[unknown], &Cause::ALL).n_observed(), 0);
    }

    #[test]
    fn text_is_read_back_as_it_was_written() {
        let table = CauseLikelihoods::parse(TABLE).unwrap();
        assert_eq!(CauseLikelihoods::parse(&table.to_text()).unwrap(), table);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for (from, to) in
            [("0.8,0.1", "0.8,0.2"), ("post,usual,0.8", "post,usual,0"), ("viral,giveaway", "viral,luck"), (",purge", "")]
        {
            assert!(CauseLikelihoods::parse(&TABLE.replacen(from, to, 1)).is_err(), "{to}");
        }
        assert!(CauseLikelihoods::parse("a,b\n").is_err());
    }
}

//! Numbers and names in the sentences of verdicts and findings.

use super::creator::CreatorScore;
use crate::domain::{AccountId, Dataset, Sampling};

/// What the score is, wherever it is shown: on the command line, in the report and in the README.
pub const SCORE_MEANING: &str = "Score: the percentage of audience and engagement that is not estimated to be fake, \
100 × (1 − the mean of the fake shares measured of the two). \
Fakes of the visible kinds only: those that look like people cannot be seen.";

/// Per cent with one digit below ten and from 99 on, none between.
pub(super) fn percent(share: f64) -> String {
    let value = 100.0 * share;
    if (value > 0.0 && value < 9.95) || (value > 99.05 && value < 100.0) {
        format!("{value:.1} %")
    } else {
        format!("{value:.0} %")
    }
}

/// `12345` as `12,345`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: `1 creator`, `40 creators`.
pub fn count_of(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", count(number), if number == 1 { "" } else { "s" })
}

/// Characters of a name in a sentence at most.
const NAME_CHARS: usize = 30;

/// What a creator is called in a sentence: its handle, else its id, cut after thirty characters.
pub(super) fn name(dataset: &Dataset, id: AccountId) -> String {
    let handle = dataset.accounts.handle.get(id.index()).filter(|handle| !handle.trim().is_empty());
    let whole = handle.unwrap_or_else(|| dataset.name(id));
    let cut: String = whole.chars().take(NAME_CHARS).collect();
    if cut.len() < whole.len() { format!("{cut}…") } else { cut }
}

impl CreatorScore {
    /// The accounts that shares and score speak of: the audience, or the newest followers where only these are listed.
    pub fn spoken_of(&self) -> String {
        match self.sampling {
            Sampling::NewestFirst => format!("the {} listed", count_of(self.audience_listed_count, "newest follower")),
            _ => "the audience".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::AccountId;

    #[test]
    fn separates_thousands_and_knows_one_from_many() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([1, 2_000].map(|n| count_of(n, "creator")), ["1 creator", "2,000 creators"]);
    }

    #[test]
    fn the_newest_followers_are_no_audience() {
        let score = CreatorScore { audience_listed_count: 2_500, ..CreatorScore::unmeasured(AccountId(0)) };
        assert_eq!(score.spoken_of(), "the audience");
        let newest = CreatorScore { sampling: Sampling::NewestFirst, ..score };
        assert_eq!(newest.spoken_of(), "the 2,500 newest followers listed");
    }
}

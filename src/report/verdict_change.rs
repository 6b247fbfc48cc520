//! What would change a verdict, and what a block of signals is, in words.

use super::number;
use crate::domain::Verdict;
use crate::model::CreatorBlock;
use crate::scoring::{LEAST_REASON, VerdictChange};
use crate::signals::creator_signal;

/// A block as people call it.
pub fn block_name(block: CreatorBlock) -> &'static str {
    match block {
        CreatorBlock::Audience => "profiles of followers",
        CreatorBlock::Coordination => "accounts that act together",
        CreatorBlock::Growth => "followers over time",
        CreatorBlock::Engagement => "what posts drew",
        CreatorBlock::Comments => "what was written",
    }
}

/// The data that a block needs.
fn needed_data(block: CreatorBlock) -> &'static str {
    match block {
        CreatorBlock::Audience => "followers with their profiles, tables follows and accounts",
        CreatorBlock::Coordination => {
            "times of follows or engagements of three creators or more, columns followed_at of follows and at of engagements"
        }
        CreatorBlock::Growth => {
            "readings of the number of followers or times of follows, table audience_history or column followed_at of follows"
        }
        CreatorBlock::Engagement => {
            "posts with their likes, table posts, better with the times of likes, column at of engagements"
        }
        CreatorBlock::Comments => "comments with their text, column text of engagements",
    }
}

/// What signs add, as odds: `raises the odds 12-fold`.
pub fn odds_in_words(log_odds: f64) -> String {
    let factor = log_odds.exp();
    match log_odds {
        x if x < LEAST_REASON => "no sign that counts".to_owned(),
        _ if factor >= 1_000.0 => "raises the odds more than 1,000-fold".to_owned(),
        _ if factor < 9.95 => format!("raises the odds {factor:.1}-fold"),
        _ => format!("raises the odds {}-fold", number::plain(factor.round())),
    }
}

/// A value of a creator signal as people read it.
pub fn signal_value(id: &str, value: f64) -> String {
    let Some(signal) = creator_signal(id) else { return number::plain(value) };
    match signal.unit {
        "ln odds" if value >= 0.0 => format!("{} to 1", number::plain(value.exp())),
        "ln odds" => format!("1 to {}", number::plain((-value).exp())),
        unit => number::with_unit(value, signal.name, unit),
    }
}

/// One sentence; verdicts are named as tables name them.
pub fn change_statement(change: &VerdictChange) -> String {
    match *change {
        VerdictChange::Sufficient { verdict } => {
            format!("It would be {} if the data sufficed: the reason for the verdict says what is missing.", verdict.word())
        }
        VerdictChange::Random { verdict } => {
            format!("It would be {} if a random sample of all followers showed the same as the newest do.", verdict.word())
        }
        VerdictChange::Signs { signal, value, needed, others_count, verdict } => {
            signs((signal, value, needed), others_count, verdict)
        }
        VerdictChange::Measured { block, p: [low, high], verdicts, interval } => format!(
            "Of what is missing, “{}” would narrow the probability most ({}): without a sign there it would be {} (90 % interval {}; {}), with all the signs that it can show {} ({}).",
            block_name(block),
            needed_data(block),
            number::percent(low.get()),
            number::percent_range(interval.low(), interval.high()),
            verdicts[0].word(),
            number::percent(high.get()),
            verdicts[1].word()
        ),
    }
}

fn signs((signal, value, needed): (&str, f64, f64), others_count: usize, verdict: Verdict) -> String {
    let name = creator_signal(signal).map_or(signal, |signal| signal.name);
    // Half a cycle is none: what is counted is taken to the next whole number.
    let is_counted = creator_signal(signal).is_some_and(|signal| ["cycles", "creators"].contains(&signal.unit));
    let needed = match is_counted {
        true if needed < value => needed.floor(),
        true => needed.ceil(),
        false => needed,
    };
    let side = if needed < value { "less" } else { "more" };
    let others = match others_count {
        0 => String::new(),
        1 => format!(", and the other signal of that kind {side} in proportion"),
        _ => format!(", and the other signals of that kind {side} in proportion"),
    };
    format!(
        "It would be {} if “{name}” were about {} or {side}{others}, all else being as it is; it is {}.",
        verdict.word(),
        signal_value(signal, needed),
        signal_value(signal, value)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_are_factors() {
        // e^2.5 = 12.2, e^1 = 2.7.
        let said = ["raises the odds 12-fold", "raises the odds 2.7-fold", "no sign that counts"];
        assert_eq!([2.5, 1.0, 0.05].map(odds_in_words), said);
        assert_eq!(odds_in_words(7.6), "raises the odds more than 1,000-fold");
    }

    #[test]
    fn says_where_the_verdict_changes_in_the_signals_unit() {
        let change =
            |signal, value, needed| VerdictChange::Signs { signal, value, needed, others_count: 1, verdict: Verdict::Pass };
        assert_eq!(
            change_statement(&change("audience.fake_share", 0.143, 0.043)),
            "It would be pass if “fake share of the audience” were about 4.3 % or less, and the other signal of that kind less in proportion, all else being as it is; it is 14.3 %."
        );
        // e^3 = 20.1, e^−0.7 = 1 / 2.01.
        let odds = change_statement(&change("growth.ordered_odds", 3.0, -0.7));
        assert!(odds.contains("were about 1 to 2.01 or less") && odds.ends_with("it is 20.1 to 1."), "{odds}");
    }
}

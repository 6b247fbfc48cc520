//! Sentences of a shortlist.

use super::{Range, ShortlistReport};
use crate::report::number;
use crate::scoring::Estimate;
use crate::selection::{Brief, CHOICE_DRAWS, VALUE_DRAWS};

/// An amount of money: `1,740 USD`, `0.42 USD`; the currency is left out where none is said.
pub fn amount(value: f64, currency: Option<&str>) -> String {
    let text =
        if value.abs() >= 100.0 || value == 0.0 { number::count(value.max(0.0).round() as u64) } else { format!("{value:.2}") };
    currency.map_or_else(|| text.clone(), |currency| format!("{text} {currency}"))
}

/// A number of people or engagements.
pub fn people(value: f64) -> String {
    if value > 0.0 && value < 10.0 { format!("{value:.1}") } else { number::count(value.max(0.0).round() as u64) }
}

/// `84,300 (90 % interval 61,000–99,000)`.
pub fn range_text(range: Range) -> String {
    format!("{} (90 % interval {}–{})", people(range.value), people(range.low), people(range.high))
}

/// What so many units cost; the interval's ends change places.
pub fn per_unit(cost: f64, worth: Estimate, unit: f64) -> Option<Range> {
    let of = |worth: f64| cost * unit / worth;
    (worth.interval.low() > 0.0).then(|| Range {
        value: of(worth.value),
        low: of(worth.interval.high()),
        high: of(worth.interval.low()),
    })
}

impl ShortlistReport {
    /// What is counted.
    pub fn unit(&self) -> &'static str {
        if self.objective == "reach" { "authentic people" } else { "authentic engagements" }
    }

    /// An amount in the campaign's currency.
    pub fn money(&self, value: f64) -> String {
        amount(value, self.currency.as_deref())
    }

    /// The answer in one line.
    pub fn title(&self) -> String {
        format!(
            "{} for {} of {}",
            number::count_of(self.members.len() as u64, "creator"),
            amount(self.cost, None),
            self.money(self.budget)
        )
    }

    /// The answer in a sentence.
    pub fn conclusion(&self) -> String {
        let reach = self.reach.map(|reach| {
            let whom = if self.speaks_of_listed() { "authentic people among the followers listed" } else { "authentic people" };
            format!(
                "They reach an estimated {} {whom}, each counted once (90 % interval {}–{}).",
                people(reach.value),
                people(reach.low),
                people(reach.high)
            )
        });
        let engagements = self.engagements.map(|found| {
            format!(
                "One post of each brings an estimated {} likes and comments by authentic people (90 % interval {}–{}).",
                people(found.value),
                people(found.low),
                people(found.high)
            )
        });
        [reach, engagements].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Whether a member's people are counted among the listed only.
    pub fn speaks_of_listed(&self) -> bool {
        self.members.iter().any(|member| member.creator.basis == "listed")
    }

    /// How much counting once took away.
    pub fn overlap_sentence(&self) -> Option<String> {
        let reach = self.reach.filter(|_| self.members.len() > 1 && self.reach_sum > 0.0)?;
        let shared = (1.0 - reach.value / self.reach_sum).max(0.0);
        Some(format!(
            "Added up they would be {}; {} of that are people counted before.",
            people(self.reach_sum),
            number::percent(shared)
        ))
    }

    /// How far from optimal the set can be.
    pub fn gap_sentence(&self) -> String {
        let by = if self.asked.iter().any(|(name, value)| *name == "chosen by" && value.contains("lower")) {
            "lower ends of the intervals"
        } else {
            "estimates"
        };
        match self.at_most_below_best_share {
            gap if gap < 5e-5 => format!("By the {by}, by which it was chosen, no set within the limits is worth more."),
            gap => format!(
                "By the {by}, by which it was chosen, it is at most {} below the best set within the limits.",
                number::percent(gap)
            ),
        }
    }

    /// The same budget on one creator.
    pub fn one_sentence(&self) -> Option<String> {
        let one = self.one.as_ref()?;
        let (ours, worth) = (self.worth()?, one.worth?);
        let times = if worth.value > 0.0 { format!("{:.1} times as many", ours.value / worth.value) } else { "more".to_owned() };
        let cost = one.cost.map_or_else(|| "has no price".to_owned(), |cost| format!("costs {}", self.money(cost)));
        let kept = one.kept_out_because.map(|why| format!("; it was no candidate: {why}")).unwrap_or_default();
        Some(format!("{} {cost} and brings {} {}{kept}. The set brings {times}.", one.name, range_text(worth), self.unit()))
    }
}

/// What was asked for.
pub fn asked(brief: &Brief) -> Vec<(&'static str, String)> {
    let words = |list: &[String]| list.join(", ");
    let platforms: Vec<String> = brief.platforms.iter().map(|platform| platform.word().to_owned()).collect();
    let tiers: Vec<String> = brief.tiers.iter().map(|tier| tier.word().to_owned()).collect();
    let number = |value: Option<usize>| value.map_or_else(String::new, |value| value.to_string());
    let share = |value: Option<f64>| value.map_or_else(String::new, number::percent);
    let members = match (brief.least, brief.most) {
        (1, None) => String::new(),
        (least, None) => format!("at least {least}"),
        (least, Some(most)) => format!("{least} to {most}"),
    };
    let score = if brief.min_score > 0.0 { format!("{}", brief.min_score) } else { String::new() };
    let all = [
        ("platform", words(&platforms)),
        ("size", words(&tiers)),
        ("topic", words(&brief.niches)),
        ("words in captions or biography", words(&brief.keywords)),
        ("country", words(&brief.countries)),
        ("language", words(&brief.languages)),
        ("lower end of the score at least", score),
        ("probability of inflation at most", share(brief.max_risk)),
        ("verdict insufficient", if brief.allows_insufficient { "allowed".to_owned() } else { "not allowed".to_owned() }),
        ("members", members),
        ("one creator at most", share(brief.creator_share)),
        ("most of one topic", number(brief.per_category)),
        ("most of one country", number(brief.per_country)),
        ("included", words(&brief.include)),
        ("excluded", words(&brief.exclude)),
        ("like", brief.like.clone().unwrap_or_default()),
        ("chosen by", if brief.is_cautious { "lower ends of intervals".to_owned() } else { "estimates".to_owned() }),
        ("seed", brief.seed.to_string()),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// How the numbers come about.
pub fn method(brief: &Brief) -> Vec<String> {
    let chosen = if brief.is_cautious {
        "The set is chosen by the lower ends of what each creator brings, so that a creator about whom little is known must be cheap to be bought; all numbers shown are estimates."
    } else {
        "The set is chosen by the estimates of what each creator brings."
    };
    vec![
        "Trust comes first: creators whose verdict is fail, or whose data could show nothing, are no candidates; then what was asked for; then the price.".to_owned(),
        "Each listed follower weighs its probability of being authentic. A follower of two creators counts once, by sketches that the run holds of every creator's followers.".to_owned(),
        chosen.to_owned(),
        "Greedy choice by gain for the price and by gain, begun with every pair or single candidate where there are few, and exchange of members as long as that helps. How far from the best set it can be at most follows from what every candidate could still add.".to_owned(),
        format!(
            "Intervals hold 90 % of {VALUE_DRAWS} draws in which what each creator brings is drawn from its own interval, half of the doubt common to all, and, where lists are samples, how many people creators share. How often a member stays is its part of {CHOICE_DRAWS} such draws, in each of which the set is chosen anew."
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Interval;

    #[test]
    fn amounts_bear_as_many_digits_as_they_need() {
        assert_eq!([1_740.4, 99.5, 0.421].map(|value| amount(value, Some("EUR"))), ["1,740 EUR", "99.50 EUR", "0.42 EUR"]);
        assert_eq!((people(3.21), people(12.6), amount(5.0, None)), ("3.2".into(), "13".into(), "5.00".into()));
    }

    #[test]
    fn what_a_unit_costs_turns_the_interval_round() {
        let worth = Estimate { value: 2_000.0, interval: Interval::new(1_000.0, 4_000.0).unwrap() };
        assert_eq!(per_unit(100.0, worth, 1_000.0), Some(Range { value: 50.0, low: 25.0, high: 100.0 }));
        let none = Estimate { value: 1.0, interval: Interval::new(0.0, 2.0).unwrap() };
        assert_eq!(per_unit(100.0, none, 1.0), None);
    }
}

//! What the hours of the day tell alone, of accounts of which a sample of actions is known.

use crate::benchmark::figure::with_interval;
use crate::benchmark::scored::Scored;
use crate::benchmark::{EvaluationSettings, EvaluationTable};
use crate::domain::Label;
use crate::tables::reference::{Named, Timeline};
use crate::timing::{DayProfile, FEWEST_EVENTS};

type Measure = fn(&DayProfile) -> Option<f64>;
/// Measures of hours and weekdays.
const MEASURES: [(&str, Measure); 4] = [
    ("timing.day_rhythm", DayProfile::resultant),
    ("timing.hour_entropy", DayProfile::hour_entropy),
    ("timing.weekday_entropy", DayProfile::day_entropy),
    ("timing.quiet_share", DayProfile::quiet_share),
];

/// AUC of each measure of the day, each group of bots against the people.
pub(super) fn table(groups: &[Named<Vec<Timeline>>], settings: &EvaluationSettings) -> EvaluationTable {
    let caption = "Hours of the day alone, on accounts with 20 tweets or more in the sample (gaps say nothing there): above .5 where spambots have \
                   larger values. Nothing is fitted; the model is not used";
    let mut table = EvaluationTable::new(caption, &["group", "measure", "n (fake)", "AUC"]);
    let Some((people, groups)) = groups.split_first() else { return table };
    for group in groups {
        for (name, measure) in MEASURES {
            let classes = [(people, Label::Genuine), (group, Label::Fake)];
            let (decisions, labels) =
                classes.iter().flat_map(|&(named, label)| values(named, measure).map(move |value| (value, label))).unzip();
            let scored = Scored { decisions, labels };
            let (area, interval) = scored.auc(settings);
            table.push([group.source.to_owned(), name.to_owned(), scored.size(), with_interval(area, interval)]);
        }
    }
    table
}

fn values(named: &Named<Vec<Timeline>>, measure: Measure) -> impl Iterator<Item = f64> {
    let long = named.data.iter().filter(|times| times.len() as u64 >= FEWEST_EVENTS);
    long.filter_map(move |times| measure(&DayProfile::of(&times.iter().map(|at| at.saturating_mul(1000)).collect::<Vec<i64>>())))
}

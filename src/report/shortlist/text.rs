//! A shortlist for terminals.

use super::{LIST_HEADS, ShortlistReport, one_and_rules, one_line, why_missed};
use crate::report::neutral::visible;
use crate::report::number;
use crate::report::terminal::{self, Align};
use std::fmt::Write as _;

/// Longest name in a table, in characters.
const NAME_CHARS: usize = 24;

impl ShortlistReport {
    /// As plain text no wider than `width` columns where that is possible.
    pub fn render_text(&self, width: u16) -> String {
        let mut text = format!("{}\n\n", self.title());
        let heads: Vec<(&str, Align)> = LIST_HEADS
            .iter()
            .map(|head| head.strip_prefix('>').map_or((*head, Align::Left), |head| (head, Align::Right)))
            .collect();
        let row = |place: usize| {
            let name = visible(self.members[place].creator.name(), NAME_CHARS);
            std::iter::once(name).chain(one_line(self, place)).collect::<Vec<String>>()
        };
        let rows: Vec<Vec<String>> = (0..self.members.len()).map(row).collect();
        let _ = writeln!(text, "{}\n", terminal::table(&heads, &rows, u16::MAX));
        let mut say = |sentence: String| {
            let _ = writeln!(text, "{}", terminal::paragraph(&visible(&sentence, 2_000), width));
        };
        say(self.conclusion());
        self.overlap_sentence().into_iter().for_each(&mut say);
        self.costs_sentence().into_iter().for_each(&mut say);
        say(self.gap_sentence());
        say(self.funnel_sentence());
        let _ = writeln!(text, "\nThe same budget otherwise:\n");
        let heads = [("spent", Align::Left), ("creators", Align::Right), ("cost", Align::Right), (self.unit(), Align::Right)];
        let others: Vec<Vec<String>> =
            one_and_rules(self).into_iter().map(|row| row.iter().map(|cell| visible(cell, 80)).collect()).collect();
        let _ = writeln!(text, "{}", terminal::table(&heads, &others, u16::MAX));
        if !self.missed.is_empty() {
            let _ = writeln!(text, "\nJust missed:");
        }
        for missed in &self.missed {
            let line = format!("{} {}", visible(missed.creator.name(), NAME_CHARS), why_missed(self, missed));
            let _ = writeln!(text, "{}", terminal::paragraph(&line, width));
        }
        if !self.notes.is_empty() {
            text.push('\n');
        }
        for note in &self.notes {
            let _ = writeln!(text, "{}", terminal::paragraph(&format!("* {note}"), width));
        }
        text
    }

    /// What a thousand people and an engagement cost.
    pub fn costs_sentence(&self) -> Option<String> {
        let range = |range: super::Range| {
            format!(
                "{} (90 % interval {}–{})",
                self.money(range.value),
                super::amount(range.low, None),
                super::amount(range.high, None)
            )
        };
        let thousand = self.cost_per_thousand_people.map(|cost| format!("{} for a thousand authentic people", range(cost)));
        let each = self.cost_per_engagement.map(|cost| format!("{} for an authentic engagement", range(cost)));
        let parts: Vec<String> = [thousand, each].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("That is {}.", parts.join(", and ")))
    }

    /// How many could be bought, and why the others could not.
    pub fn funnel_sentence(&self) -> String {
        let removed: Vec<String> =
            self.removed.iter().map(|removed| format!("{} {}", number::count(removed.count as u64), removed.because)).collect();
        let rest = if removed.is_empty() { String::new() } else { format!("; left out: {}", removed.join(", ")) };
        format!(
            "{} of {} could be bought{rest}.",
            number::count(self.candidates_count as u64),
            number::count_of(self.creators_count as u64, "creator")
        )
    }
}

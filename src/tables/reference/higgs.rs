//! De Domenico et al. 2013: `higgs-activity_time.txt`, one retweet, mention or reply a line.

use super::Interaction;
use crate::domain::Timestamp;
use crate::error::{Error, Locate, Result};
use crate::tables::import::source::open;
use std::io::BufRead;
use std::path::Path;

/// Reads `actor target seconds kind` lines; an account's action upon itself is left out.
pub(super) fn read(path: &Path) -> Result<Vec<Interaction>> {
    let mut found = Vec::new();
    let mut reader = open(path)?;
    let mut line = String::new();
    let mut number = 0;
    while reader.read_line(&mut line).at_file(path)? > 0 {
        number += 1;
        let interaction = parsed(&line).ok_or_else(|| {
            Error::malformed("a line `actor target seconds kind`", line.trim_end().chars().take(40).collect::<String>())
                .at_file(path)
                .at_row(number)
        })?;
        if interaction.actor != interaction.target {
            found.push(interaction);
        }
        line.clear();
    }
    Ok(found)
}

fn parsed(line: &str) -> Option<Interaction> {
    let mut words = line.split_ascii_whitespace();
    let (actor, target) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let at = Timestamp::from_ms(words.next()?.parse::<i64>().ok()?.checked_mul(1000)?)?;
    words.next().map(|_| Interaction { actor, target, at })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Vec<Interaction>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("activity.txt");
        std::fs::write(&path, text).unwrap();
        read(&path)
    }

    #[test]
    fn reads_actions_upon_others() {
        let found = read_text("5 7 1341100972 MT\n7 7 1341100973 RE\n6 7 1341100974 RT\n").unwrap();
        let at = |seconds: i64| Timestamp::from_ms(seconds * 1000).unwrap();
        let of = |actor, at| Interaction { actor, target: 7, at };
        assert_eq!(found, [of(5, at(1_341_100_972)), of(6, at(1_341_100_974))]);
    }

    #[test]
    fn names_the_line_that_is_something_else() {
        let message = read_text("5 7 1341100972 MT\n5 7\n").unwrap_err().to_string();
        assert!(message.contains("activity.txt, row 2"), "{message}");
    }
}

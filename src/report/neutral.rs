//! Text from outside made harmless to look at, before any escaping for a format.

/// Longest handle or id shown, in characters. Platforms allow 30 to 64; what is longer is cut.
pub const NAME_CHARS: usize = 64;
/// Longest sentence or category shown, in characters.
pub const PROSE_CHARS: usize = 600;

/// The text as it may be shown to a person: controls, invisible characters and marks that turn the direction of writing
/// are replaced by `�`, line breaks by a space, stacks of combining marks are thinned, and the rest is cut after
/// `max_chars` with `…`.
///
/// Joiners stay between letters beyond ASCII, where scripts and emoji need them.
pub fn visible(text: &str, max_chars: usize) -> String {
    let mut shown = String::new();
    let mut count = 0;
    let mut marks = 0;
    let mut previous = ' ';
    for character in text.chars() {
        marks = if is_combining(character) { marks + 1 } else { 0 };
        if marks > 2 {
            continue;
        }
        if count == max_chars {
            shown.push('…');
            return shown;
        }
        shown.push(replacement(character, previous));
        previous = character;
        count += 1;
    }
    shown
}

fn replacement(character: char, previous: char) -> char {
    match character {
        '\n' | '\r' | '\t' => ' ',
        '\u{200c}' | '\u{200d}' if !previous.is_ascii() => character,
        _ if is_deceptive(character) => '\u{fffd}',
        _ => character,
    }
}

/// Whether a character is invisible or changes how its neighbours are shown.
pub fn is_deceptive(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_that_something_invisible_stands_there() {
        assert_eq!(visible("abc\u{202e}gpj\u{200b}\u{1b}[31m", 64), "abc�gpj��[31m");
    }

    #[test]
    fn cuts_long_names_and_thins_stacked_marks() {
        assert_eq!(visible(&"a".repeat(10_000), 5), "aaaaa…");
        assert_eq!(visible(&format!("a{}b", "\u{301}".repeat(500)), 64), "a\u{301}\u{301}b");
    }

    #[test]
    fn leaves_ordinary_names_and_joined_emoji_alone() {
        for name in ["ann_b.1990", "Ñandú", "李雷", "👩\u{200d}💻", "می\u{200c}خواهم"] {
            assert_eq!(visible(name, 64), name);
        }
    }
}

//! Words by which texts are found.

use unicode_normalization::UnicodeNormalization;

/// Longest word kept, in characters.
const MAX_CHARS: usize = 40;

/// The words of a text in lower case and compatibility form (NFKC), in order: runs of letters and digits with at least one letter and two
/// characters. Mentions and links are left out, hashtags are words. Scripts without spaces between words (Chinese, Japanese, Thai …) yield
/// every pair of neighbouring characters instead.
///
/// # Source
/// Pairs of characters as index terms: Manning, Raghavan and Schütze, *Introduction to Information Retrieval*, 2008, §2.2.1.
///
/// # Examples
/// ```
/// use bonafide::text::terms;
/// assert_eq!(terms("Vegan #SkinCare, with @anna: https://a.example/x 2024"), ["vegan", "skincare", "with"]);
/// assert_eq!(terms("東京カフェ"), ["東京", "京カ", "カフ", "フェ"]);
/// ```
pub fn terms(text: &str) -> Vec<String> {
    let is_word = |chunk: &&str| !chunk.starts_with('@') && !chunk.contains("://") && !chunk.starts_with("www.");
    let mut found = Vec::new();
    for chunk in text.split_whitespace().filter(is_word) {
        let folded: String = chunk.nfkc().flat_map(char::to_lowercase).collect();
        for run in folded.split(|c: char| !c.is_alphanumeric()).filter(|run| run.chars().any(char::is_alphabetic)) {
            push_run(run, &mut found);
        }
    }
    found
}

fn push_run(run: &str, found: &mut Vec<String>) {
    let characters: Vec<char> = run.chars().take(MAX_CHARS).collect();
    if characters.iter().any(|&c| is_unspaced(c)) {
        found.extend(characters.windows(2).map(|pair| pair.iter().collect::<String>()));
    } else if characters.len() >= 2 {
        found.push(characters.into_iter().collect());
    }
}

/// Thai, Lao, Burmese, Khmer, kana and Chinese characters.
fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_makes_no_words_and_long_runs_are_cut() {
        assert!(terms("").is_empty() && terms("😍 !! 12 @you a").is_empty());
        assert_eq!(terms(&"ab".repeat(500))[0].len(), MAX_CHARS);
        assert_eq!(terms("ＢＩＯ Café don't"), ["bio", "café", "don"]);
    }
}

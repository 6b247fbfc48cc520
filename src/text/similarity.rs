//! How near a handle is to the display name.

/// Longest common subsequence of the ASCII letters of two names, as a share of the shorter one's letters: 1 where the
/// one can be read within the other.
///
/// # Missing
/// `None` if either has fewer than three ASCII letters (names in other scripts cannot be compared with a handle).
///
/// # Cost
/// O(length × length).
///
/// # Source
/// Longest common subsequence: Hirschberg, *A linear space algorithm for computing maximal common subsequences*, 1975.
///
/// # Examples
/// ```
/// use bonafide::text::name_similarity;
/// assert_eq!(name_similarity("anna_berg92", "Anna Berg"), Some(1.0));
/// assert_eq!(name_similarity("anna", "李娜"), None);
/// ```
pub fn name_similarity(handle: &str, display_name: &str) -> Option<f64> {
    const FEWEST: usize = 3;
    let (a, b) = (folded_letters(handle), folded_letters(display_name));
    if a.len() < FEWEST || b.len() < FEWEST {
        return None;
    }
    Some(common_subsequence(&a, &b) as f64 / a.len().min(b.len()) as f64)
}

/// The ASCII letters of a text in lower case.
pub fn folded_letters(text: &str) -> Vec<u8> {
    text.bytes().filter(u8::is_ascii_alphabetic).map(|byte| byte.to_ascii_lowercase()).collect()
}

fn common_subsequence(a: &[u8], b: &[u8]) -> usize {
    let mut lengths = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (column, y) in b.iter().enumerate() {
            let above = lengths[column + 1];
            lengths[column + 1] = if x == y { diagonal + 1 } else { above.max(lengths[column]) };
            diagonal = above;
        }
    }
    lengths[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_common_subsequence_of_the_textbook() {
        // Cormen, Leiserson, Rivest and Stein, Introduction to Algorithms, figure 15.8: BDCABA and ABCBDAB share BCBA
        assert_eq!(common_subsequence(b"abcbdab", b"bdcaba"), 4);
    }

    #[test]
    fn does_not_depend_on_order_case_or_what_is_no_letter() {
        assert_eq!(name_similarity("BERG.anna", "Anna-Berg"), name_similarity("Anna-Berg", "BERG.anna"));
        assert_eq!(name_similarity("x_y", "Xavier Young"), None);
    }
}

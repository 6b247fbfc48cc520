//! The outer form of a handle.

/// Counts over the characters of a handle.
///
/// # Examples
/// ```
/// use bonafide::text::HandleShape;
/// let shape = HandleShape::of("tea.and_bikes_2024").unwrap();
/// assert_eq!((shape.length, shape.digits, shape.trailing_digits, shape.separators), (18, 4, 4, 3));
/// assert!(HandleShape::of("").is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HandleShape {
    /// Characters.
    pub length: u32,
    /// Digits among them.
    pub digits: u32,
    /// Digits at its end.
    pub trailing_digits: u32,
    /// Dots, underscores and hyphens.
    pub separators: u32,
    /// Entropy of its characters without regard to ASCII case, as a share of the highest possible at this length
    /// (ln of the length): 1 where no character repeats.
    pub evenness: f64,
}

impl HandleShape {
    /// Of a handle.
    ///
    /// # Missing
    /// `None` for an empty handle.
    ///
    /// # Cost
    /// O(n log n) in its length.
    pub fn of(handle: &str) -> Option<Self> {
        let mut characters: Vec<char> = handle.chars().map(|c| c.to_ascii_lowercase()).collect();
        if characters.is_empty() {
            return None;
        }
        let count = |test: fn(char) -> bool| characters.iter().filter(|&&c| test(c)).count() as u32;
        let (digits, separators) = (count(is_digit), count(is_separator));
        let trailing_digits = characters.iter().rev().take_while(|&&c| is_digit(c)).count() as u32;
        characters.sort_unstable();
        Some(Self { length: characters.len() as u32, digits, trailing_digits, separators, evenness: evenness(&characters) })
    }

    /// Digits as a share of all characters.
    pub fn digit_share(&self) -> f64 {
        f64::from(self.digits) / f64::from(self.length)
    }
}

/// Whether a character is a digit of any script.
pub fn is_digit(c: char) -> bool {
    c.is_numeric()
}

/// Whether a character separates words in handles.
pub fn is_separator(c: char) -> bool {
    matches!(c, '.' | '_' | '-')
}

/// −Σ p ln p / ln max(n, 2) over the runs of a sorted text.
fn evenness(sorted: &[char]) -> f64 {
    let n = sorted.len() as f64;
    let entropy: f64 = sorted.chunk_by(|a, b| a == b).map(|run| run.len() as f64 / n).map(|p| -p * p.ln()).sum();
    entropy / n.max(2.0).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_not_bytes() {
        let shape = HandleShape::of("žofie７").unwrap();
        assert_eq!((shape.length, shape.digits, shape.trailing_digits), (6, 1, 1));
    }

    #[test]
    fn evenness_by_hand() {
        // "aabb": two characters at ½ each: ln 2 / ln 4
        assert!((HandleShape::of("AabB").unwrap().evenness - 0.5).abs() < 1e-12);
        assert!((HandleShape::of("abcd").unwrap().evenness - 1.0).abs() < 1e-12);
        assert_eq!(HandleShape::of("a").unwrap().evenness, 0.0);
    }
}

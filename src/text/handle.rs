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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandleShape {
    /// Characters.
    pub length: u32,
    /// Digits among them.
    pub digits: u32,
    /// Digits at its end.
    pub trailing_digits: u32,
    /// Dots, underscores and hyphens.
    pub separators: u32,
}

impl HandleShape {
    /// Of a handle.
    ///
    /// # Missing
    /// `None` for an empty handle.
    ///
    /// # Cost
    /// O(n) in its length.
    pub fn of(handle: &str) -> Option<Self> {
        let mut shape = Self { length: 0, digits: 0, trailing_digits: 0, separators: 0 };
        for c in handle.chars() {
            let is_digit = is_digit(c);
            shape.length += 1;
            shape.digits += u32::from(is_digit);
            shape.separators += u32::from(is_separator(c));
            shape.trailing_digits = if is_digit { shape.trailing_digits + 1 } else { 0 };
        }
        (shape.length > 0).then_some(shape)
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

/// Entropy of a text's characters, without regard to ASCII case, as a share of the highest possible at its length:
/// −Σ p ln p / ln max(n, 2), 1 where no character repeats.
///
/// # Missing
/// `None` for an empty text.
///
/// # Cost
/// O(n log n) in its length.
pub fn evenness(text: &str) -> Option<f64> {
    let mut characters: Vec<char> = text.chars().map(|c| c.to_ascii_lowercase()).collect();
    characters.sort_unstable();
    let n = characters.len() as f64;
    let entropy: f64 = characters.chunk_by(|a, b| a == b).map(|run| run.len() as f64 / n).map(|p| -p * p.ln()).sum();
    (n > 0.0).then(|| entropy / n.max(2.0).ln())
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
        assert!((evenness("AabB").unwrap() - 0.5).abs() < 1e-12);
        assert!((evenness("abcd").unwrap() - 1.0).abs() < 1e-12);
        assert_eq!((evenness("a"), evenness("")), (Some(0.0), None));
    }
}

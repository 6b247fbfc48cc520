//! How well the texts of creators match words that are asked for, and one another.

use std::collections::HashMap;

/// Saturation of repeated words.
const K1: f64 = 1.2;
/// How much long texts count less.
const B: f64 = 0.75;

/// Words of some texts with how often each occurs, ready to be searched.
#[derive(Debug)]
pub struct TextIndex<'a> {
    texts: Vec<(&'a [(String, u32)], u64)>,
    holding: HashMap<&'a str, u32>,
    mean_length: f64,
}

impl<'a> TextIndex<'a> {
    /// Of (words with counts, ascending by word; words in all) of each text.
    pub fn new(texts: Vec<(&'a [(String, u32)], u64)>) -> Self {
        let mut holding = HashMap::new();
        for (term, _) in texts.iter().flat_map(|text| text.0) {
            *holding.entry(term.as_str()).or_default() += 1;
        }
        let (sum, count) =
            texts.iter().filter(|text| text.1 > 0).fold((0, 0), |(sum, count), text| (sum + text.1, count + 1_u64));
        let mean_length = sum as f64 / count.max(1) as f64;
        Self { texts, holding, mean_length }
    }

    /// ln(1 + (N − n + ½) / (n + ½)) of a word that n of N texts hold.
    fn rarity(&self, term: &str) -> f64 {
        let holding = f64::from(self.holding.get(term).copied().unwrap_or(0));
        (1.0 + (self.texts.len() as f64 - holding + 0.5) / (holding + 0.5)).ln()
    }

    fn count(&self, text: usize, term: &str) -> f64 {
        let terms = self.texts[text].0;
        terms.binary_search_by(|(known, _)| known.as_str().cmp(term)).map_or(0.0, |at| f64::from(terms[at].1))
    }

    /// BM25 of a text for some words: Σ rarity(t) · n (k₁ + 1) / (n + k₁ (1 − b + b · length / mean length)), k₁ = 1.2, b = .75; 0 where it holds
    /// none of them.
    ///
    /// # Source
    /// Robertson and Zaragoza, *The probabilistic relevance framework: BM25 and beyond*, 2009, eq. 3.15.
    ///
    /// # Examples
    /// ```
    /// use bonafide::selection::TextIndex;
    /// let texts = [vec![("skin".to_owned(), 2), ("vegan".to_owned(), 1)], vec![("cars".to_owned(), 4)]];
    /// let index = TextIndex::new(texts.iter().map(|text| (text.as_slice(), 4)).collect());
    /// assert!(index.bm25(0, &["vegan".to_owned()]) > 0.0 && index.bm25(1, &["vegan".to_owned()]) == 0.0);
    /// ```
    pub fn bm25(&self, text: usize, words: &[String]) -> f64 {
        let length = self.texts[text].1 as f64 / self.mean_length.max(1.0);
        let part = |word: &String| {
            let count = self.count(text, word);
            self.rarity(word) * count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length))
        };
        words.iter().map(part).sum()
    }

    /// Cosine of the angle between two texts, each word weighing (1 + ln n) × rarity; 0 where one is empty.
    ///
    /// # Source
    /// Manning, Raghavan and Schütze, *Introduction to Information Retrieval*, 2008, §6.3.
    pub fn cosine(&self, a: usize, b: usize) -> f64 {
        let weight = |term: &str, count: f64| if count > 0.0 { (1.0 + count.ln()) * self.rarity(term) } else { 0.0 };
        let norm = |text: usize| {
            self.texts[text].0.iter().map(|(term, count)| weight(term, f64::from(*count)).powi(2)).sum::<f64>().sqrt()
        };
        let product: f64 = (self.texts[a].0.iter())
            .map(|(term, count)| weight(term, f64::from(*count)) * weight(term, self.count(b, term)))
            .sum();
        let norms = norm(a) * norm(b);
        if norms > 0.0 { product / norms } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &[(&str, u32)]) -> Vec<(String, u32)> {
        words.iter().map(|(word, count)| ((*word).to_owned(), *count)).collect()
    }

    #[test]
    fn bm25_by_hand() {
        let texts = [text(&[("a", 2), ("b", 1)]), text(&[("b", 3)]), text(&[("c", 6)])];
        let index = TextIndex::new(texts.iter().zip([3, 3, 6]).map(|(text, length)| (text.as_slice(), length)).collect());
        // One of three texts holds "a": ln(1 + 2.5/1.5) = .980829; length 3 against a mean of 4: 1.2 (.25 + .75 · .75) = .975;
        // 2 · 2.2 / (2 + .975) = 1.478992.
        assert!((index.bm25(0, &["a".to_owned()]) - 0.980_829 * 1.478_992).abs() < 1e-5);
        assert_eq!(index.bm25(2, &["a".to_owned(), "b".to_owned()]), 0.0);
        assert!(index.bm25(0, &["nowhere".to_owned()]) == 0.0);
    }

    #[test]
    fn texts_are_like_themselves_and_unlike_strangers() {
        let texts = [text(&[("a", 2), ("b", 1)]), text(&[("a", 2), ("b", 1)]), text(&[("c", 6)]), text(&[])];
        let index = TextIndex::new(texts.iter().map(|text| (text.as_slice(), 3)).collect());
        assert!((index.cosine(0, 1) - 1.0).abs() < 1e-12);
        assert_eq!((index.cosine(0, 2), index.cosine(3, 0)), (0.0, 0.0));
    }
}

//! Conformal risk control: a threshold that keeps an error rate.

/// The lowest threshold t at which (k + 1)/(n + 1) ≤ `rate`, k = |{score ≥ t}| among `scores` of cases that should not be called: a new case,
/// exchangeable with these, is then called with a probability of at most `rate`.
///
/// # Missing
/// `None` where n is too small to show any rate that low (n + 1 < 1/rate), or no threshold within the scores does.
///
/// # Cost
/// A sort.
///
/// # Source
/// Angelopoulos, Bates, Fisch, Lei and Schuster, *Conformal risk control*, 2024, with the loss of a false call.
///
/// # Examples
/// ```
/// use bonafide::statistics::risk_controlling_threshold;
/// let scores: Vec<f64> = (0..99).map(f64::from).collect();
/// // at most one of 100 may be called: none of these 99, as the new case counts as one
/// assert_eq!(risk_controlling_threshold(&scores, 0.01), Some(98.0_f64.next_up()));
/// assert_eq!(risk_controlling_threshold(&scores[1..], 0.01), None);
/// ```
pub fn risk_controlling_threshold(scores: &[f64], rate: f64) -> Option<f64> {
    let n = scores.len();
    let allowed = (rate * (n as f64 + 1.0)).floor() - 1.0;
    if allowed < 0.0 {
        return None;
    }
    let mut sorted = scores.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    match sorted.get(allowed as usize) {
        Some(first_not_called) => Some(first_not_called.next_up()),
        None => sorted.last().copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_no_more_than_the_rate_allows() {
        // by hand: with 199 scores 0..198 and 5 %, (k + 1)/200 ≤ .05 allows k = 9: those from 190 on
        let scores: Vec<f64> = (0..199).map(f64::from).collect();
        let threshold = risk_controlling_threshold(&scores, 0.05).unwrap();
        assert_eq!(scores.iter().filter(|score| **score >= threshold).count(), 9);
    }

    #[test]
    fn ties_are_all_spared() {
        let threshold = risk_controlling_threshold(&[1.0; 200], 0.05).unwrap();
        assert!(threshold > 1.0);
    }
}

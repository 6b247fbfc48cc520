//! Sums over candidates that lie above a function of sets.

/// A family of modular functions above a function of sets: f(S) ≤ base(m) + Σ_{c∈S} v_c(m) for every set S and all multipliers m, both convex in m.
///
/// # Shape
/// As many multipliers as [`Majorants::start`] gives; candidates are numbered 0..n.
pub trait Majorants: Sync {
    /// Multipliers to begin with, good ones where the set of these candidates is.
    fn start(&self, members: &[usize]) -> Vec<f64>;

    /// base(m) and every v_c(m).
    fn at(&self, multipliers: &[f64]) -> (f64, Vec<f64>);

    /// A subgradient of base(m) + Σ_c `parts[c]` v_c(m).
    fn slopes(&self, multipliers: &[f64], parts: &[f64]) -> Vec<f64>;

    /// Lowest and highest value of a multiplier.
    fn range(&self, multiplier: usize) -> (f64, f64);

    /// Steps that [`Majorants::at`] and [`Majorants::slopes`] take.
    fn steps(&self) -> usize;
}

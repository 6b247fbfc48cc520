//! Weighted logistic regression with bounds on its weights, by projected Newton.

use super::cholesky::solve_positive_definite;
use crate::error::{Error, ErrorKind, Result};
use rayon::prelude::*;

/// Rows of one partial sum. Fixed, so that sums are taken in one order whatever the number of threads.
const CHUNK: usize = 1024;
/// A weight this near its bound counts as on it.
const AT_BOUND: f64 = 1e-9;
/// Steps may shrink this often before the search is given up.
const MAX_HALVINGS: u32 = 40;
/// Part of the decrease that the gradient promises which a step must deliver (Armijo).
const SUFFICIENT: f64 = 1e-4;

/// Minimise Σ v_i ln(1 + e^(−s_i z_i)) + Σ r_j θ_j²/2 with z = X θ and lower ≤ θ ≤ upper.
pub(super) struct BoundedLogistic<'a> {
    /// X, row by row.
    pub design: &'a [f64],
    /// s: +1 for fake, −1 for genuine.
    pub signs: &'a [f64],
    /// v.
    pub weights: &'a [f64],
    /// r.
    pub ridge: &'a [f64],
    /// Lower and upper bound of each θ.
    pub bounds: &'a [(f64, f64)],
}

/// Value, gradient and (row by row) Hessian at a point.
struct Derivatives {
    gradient: Vec<f64>,
    hessian: Vec<f64>,
}

impl BoundedLogistic<'_> {
    fn width(&self) -> usize {
        self.ridge.len()
    }

    /// The minimum, to a projected gradient below `tolerance`. It is unique where every r is positive.
    ///
    /// # Errors
    /// `Numerical` if `max_iterations` do not reach it.
    ///
    /// # Cost
    /// An iteration: rows × width²; some ten to twenty iterations.
    ///
    /// # Source
    /// Bertsekas, *Projected Newton methods for optimization problems with simple constraints*, 1982.
    pub(super) fn solve(&self, tolerance: f64, max_iterations: u32) -> Result<Vec<f64>> {
        let mut point: Vec<f64> = self.bounds.iter().map(|&(low, high)| 0.0_f64.clamp(low, high)).collect();
        let mut value = self.value(&point);
        let mut steepest = f64::INFINITY;
        for _ in 0..max_iterations {
            let derivatives = self.derivatives(&point);
            let held = self.held(&point, &derivatives.gradient);
            steepest = (0..point.len()).map(|j| self.projected_slope(&point, &derivatives.gradient, j)).fold(0.0, f64::max);
            if steepest <= tolerance {
                return Ok(point);
            }
            let step = self.step(&derivatives, &held).ok_or_else(|| failure("the Hessian is not positive definite"))?;
            match self.search(&point, value, &step, &derivatives.gradient) {
                Some((next, lower)) => (point, value) = (next, lower),
                // The value cannot fall further in floating point.
                None if steepest <= tolerance.sqrt() => return Ok(point),
                None => break,
            }
        }
        Err(failure(&format!("projected gradient still {steepest:.1e} after {max_iterations} iterations")))
    }

    /// Size of the gradient's component that can still be followed within the bounds.
    fn projected_slope(&self, point: &[f64], gradient: &[f64], j: usize) -> f64 {
        let (low, high) = self.bounds[j];
        (point[j] - (point[j] - gradient[j]).clamp(low, high)).abs()
    }

    /// Which weights lie on a bound and are pushed against it.
    fn held(&self, point: &[f64], gradient: &[f64]) -> Vec<bool> {
        let is_held = |j: usize| {
            let (low, high) = self.bounds[j];
            (point[j] <= low + AT_BOUND && gradient[j] > 0.0) || (point[j] >= high - AT_BOUND && gradient[j] < 0.0)
        };
        (0..point.len()).map(is_held).collect()
    }

    /// Newton's step in the free weights; a scaled gradient step in the held ones.
    fn step(&self, derivatives: &Derivatives, held: &[bool]) -> Option<Vec<f64>> {
        let width = self.width();
        let free: Vec<usize> = (0..width).filter(|&j| !held[j]).collect();
        let mut matrix: Vec<f64> = free
            .iter()
            .flat_map(|&i| free.iter().map(move |&j| (i, j)))
            .map(|(i, j)| derivatives.hessian[i * width + j])
            .collect();
        let mut right: Vec<f64> = free.iter().map(|&j| -derivatives.gradient[j]).collect();
        solve_positive_definite(&mut matrix, &mut right)?;
        let mut step: Vec<f64> =
            (0..width).map(|j| -derivatives.gradient[j] / derivatives.hessian[j * width + j].max(f64::MIN_POSITIVE)).collect();
        for (&j, &free_step) in free.iter().zip(&right) {
            step[j] = free_step;
        }
        Some(step)
    }

    /// The first of the steps 1, ½, ¼ … along the projection arc that lowers the value enough.
    fn search(&self, point: &[f64], value: f64, step: &[f64], gradient: &[f64]) -> Option<(Vec<f64>, f64)> {
        let mut size = 1.0;
        for _ in 0..MAX_HALVINGS {
            let next: Vec<f64> =
                (0..point.len()).map(|j| (point[j] + size * step[j]).clamp(self.bounds[j].0, self.bounds[j].1)).collect();
            let promised: f64 = (0..point.len()).map(|j| gradient[j] * (point[j] - next[j])).sum();
            let lower = self.value(&next);
            if promised > 0.0 && lower <= value - SUFFICIENT * promised {
                return Some((next, lower));
            }
            size /= 2.0;
        }
        None
    }

    fn value(&self, point: &[f64]) -> f64 {
        let width = self.width();
        let parts: Vec<f64> = self
            .design
            .par_chunks(CHUNK * width)
            .zip(self.signs.par_chunks(CHUNK).zip(self.weights.par_chunks(CHUNK)))
            .map(|(rows, (signs, weights))| {
                let losses = rows.chunks_exact(width).zip(signs).zip(weights);
                losses.map(|((row, sign), weight)| weight * softplus(-sign * dot(row, point))).sum()
            })
            .collect();
        let penalty: f64 = point.iter().zip(self.ridge).map(|(theta, ridge)| ridge * theta * theta / 2.0).sum();
        parts.iter().sum::<f64>() + penalty
    }

    fn derivatives(&self, point: &[f64]) -> Derivatives {
        let width = self.width();
        let parts: Vec<Derivatives> = self
            .design
            .par_chunks(CHUNK * width)
            .zip(self.signs.par_chunks(CHUNK).zip(self.weights.par_chunks(CHUNK)))
            .map(|(rows, (signs, weights))| chunk_derivatives(rows, signs, weights, point))
            .collect();
        let mut sum = Derivatives { gradient: vec![0.0; width], hessian: vec![0.0; width * width] };
        for part in &parts {
            sum.gradient.iter_mut().zip(&part.gradient).for_each(|(sum, part)| *sum += part);
            sum.hessian.iter_mut().zip(&part.hessian).for_each(|(sum, part)| *sum += part);
        }
        for (j, (theta, ridge)) in point.iter().zip(self.ridge).enumerate() {
            sum.gradient[j] += ridge * theta;
            sum.hessian[j * width + j] += ridge;
        }
        sum
    }
}

/// Only the lower half of the Hessian is filled.
fn chunk_derivatives(rows: &[f64], signs: &[f64], weights: &[f64], point: &[f64]) -> Derivatives {
    let width = point.len();
    let mut sum = Derivatives { gradient: vec![0.0; width], hessian: vec![0.0; width * width] };
    for ((row, sign), weight) in rows.chunks_exact(width).zip(signs).zip(weights) {
        let wrong = 1.0 / (1.0 + (sign * dot(row, point)).exp());
        let slope = -weight * sign * wrong;
        let curvature = weight * wrong * (1.0 - wrong);
        for (i, &x) in row.iter().enumerate().filter(|&(_, &x)| x != 0.0) {
            sum.gradient[i] += slope * x;
            let scaled = curvature * x;
            let line = &mut sum.hessian[i * width..=i * width + i];
            line.iter_mut().zip(row).for_each(|(cell, &y)| *cell += scaled * y);
        }
    }
    sum
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// ln(1 + eˣ) without overflow.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

fn failure(detail: &str) -> Error {
    Error::new(ErrorKind::Numerical { method: "bounded logistic regression", detail: detail.to_owned() })
}

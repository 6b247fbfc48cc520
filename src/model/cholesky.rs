//! Solution of a symmetric positive-definite system.

/// Solves A x = b by Cholesky's factorization A = L Lᵀ. `matrix` holds A row by row (its lower half is read) and is
/// overwritten by L, `right` holds b and is overwritten by x.
///
/// # Missing
/// `None` if A is not positive definite.
///
/// # Cost
/// n³/6 multiplications.
///
/// # Source
/// Golub and Van Loan, *Matrix Computations*, 4th edition 2013, algorithm 4.2.1.
pub(super) fn solve_positive_definite(matrix: &mut [f64], right: &mut [f64]) -> Option<()> {
    let n = right.len();
    for i in 0..n {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| matrix[i * n + k] * matrix[j * n + k]).sum();
            let rest = matrix[i * n + j] - dot;
            if i == j {
                if rest.is_nan() || rest <= 0.0 {
                    return None;
                }
                matrix[i * n + i] = rest.sqrt();
            } else {
                matrix[i * n + j] = rest / matrix[j * n + j];
            }
        }
    }
    for i in 0..n {
        let dot: f64 = (0..i).map(|k| matrix[i * n + k] * right[k]).sum();
        right[i] = (right[i] - dot) / matrix[i * n + i];
    }
    for i in (0..n).rev() {
        let dot: f64 = (i + 1..n).map(|k| matrix[k * n + i] * right[k]).sum();
        right[i] = (right[i] - dot) / matrix[i * n + i];
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_a_system_by_hand() {
        // [4 2; 2 3] x = [10; 9] → x = [1.5, 2]
        let (mut matrix, mut right) = ([4.0, 2.0, 2.0, 3.0], [10.0, 9.0]);
        solve_positive_definite(&mut matrix, &mut right).unwrap();
        assert!((right[0] - 1.5).abs() < 1e-12 && (right[1] - 2.0).abs() < 1e-12);
    }

    #[test]
    fn refuses_an_indefinite_matrix() {
        assert_eq!(solve_positive_definite(&mut [1.0, 2.0, 2.0, 1.0], &mut [1.0, 1.0]), None);
    }
}

//! What is left of a delivery after a while.

use crate::error::Result;
use crate::simulation::scenario::within;

/// Accounts that stop following after a delivery: deleted by the platform, or withdrawn by the vendor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::simulation) struct DropOff {
    /// Share that is gone at last.
    pub share: f64,
    /// Days after the delivery until half of those are gone.
    pub half_life_days: f64,
    /// Days after the delivery when the vendor tops up once; 0 for never.
    pub refill_days: f64,
}

impl DropOff {
    /// Share of a delivery still there some seconds after its end.
    pub(in crate::simulation) fn kept_share(self, passed_s: i64) -> f64 {
        let half_lives = passed_s.max(0) as f64 / 86_400.0 / self.half_life_days;
        1.0 - self.share * (1.0 - 0.5f64.powf(half_lives))
    }

    pub(super) fn validate(self, vendor: &str) -> Result<()> {
        within(format!("drop_off of vendor {vendor}"), self.share, 0.0, 0.9)?;
        within(format!("half_life_days of vendor {vendor}"), self.half_life_days, 0.1, 1e4)?;
        within(format!("refill_days of vendor {vendor}"), self.refill_days, 0.0, 365.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_those_who_leave_are_gone_after_a_half_life() {
        let drop_off = DropOff { share: 0.4, half_life_days: 10.0, refill_days: 0.0 };
        assert_eq!(drop_off.kept_share(0), 1.0);
        assert!((drop_off.kept_share(10 * 86_400) - 0.8).abs() < 1e-12);
        assert!((drop_off.kept_share(20 * 86_400) - 0.7).abs() < 1e-12);
        assert!((drop_off.kept_share(1_000 * 86_400) - 0.6).abs() < 1e-9);
    }
}

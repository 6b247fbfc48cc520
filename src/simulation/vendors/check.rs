//! Vendors and pools checked together: names, references, sizes.

use super::{Pool, Vendor};
use crate::error::{Error, Result};

/// The largest package of a vendor that sells from a pool.
fn largest(vendor: &Vendor) -> u32 {
    match vendor {
        Vendor::Bulk(vendor) => vendor.order[1],
        Vendor::Drip(vendor) => vendor.order[1],
        Vendor::Likes(vendor) => vendor.size[1],
        Vendor::Comments(vendor) => vendor.size[1],
        Vendor::Churn(_) | Vendor::Pod(_) | Vendor::Views(_) => 0,
    }
}

/// Whether a vendor's largest order is no larger than its pool.
pub(in crate::simulation) fn fits(vendor: &Vendor, pools: &[Pool]) -> bool {
    let pool = pools.iter().find(|pool| Some(pool.name.as_str()) == vendor.pool());
    pool.is_none_or(|pool| largest(vendor) <= pool.accounts)
}

/// Checks vendors and pools together: names, references, sizes.
pub(in crate::simulation) fn validate_market(vendors: &[Vendor], pools: &[Pool]) -> Result<()> {
    validate_names("vendors", vendors.iter().map(Vendor::name))?;
    validate_names("pools", pools.iter().map(|pool| pool.name.as_str()))?;
    pools.iter().try_for_each(|pool| pool.validate())?;
    vendors.iter().try_for_each(|vendor| {
        vendor.validate()?;
        let Some(name) = vendor.pool() else { return Ok(()) };
        let known = || pools.iter().map(|pool| pool.name.as_str()).collect::<Vec<_>>().join(" ");
        let Some(pool) = pools.iter().find(|pool| pool.name == name) else {
            let expected = format!("the name of a pool of this scenario ({})", known());
            return Err(Error::invalid_argument(format!("pool of vendor {}", vendor.name()), name, expected));
        };
        if !fits(vendor, pools) {
            let expected = format!("at most the {} accounts of pool {name}", pool.accounts);
            return Err(Error::invalid_argument(format!("largest order of vendor {}", vendor.name()), largest(vendor), expected));
        }
        Ok(())
    })
}

fn validate_names<'a>(list: &str, names: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if name.trim().is_empty() {
            return Err(Error::invalid_argument(format!("a name in {list}"), "empty", "a name that the truth can show"));
        }
        if !seen.insert(name) {
            return Err(Error::invalid_argument(format!("a name in {list}"), name, "a different name for each"));
        }
    }
    Ok(())
}

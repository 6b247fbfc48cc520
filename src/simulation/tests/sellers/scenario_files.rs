use super::*;
use crate::simulation::PoolKind;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const NAMES: [&str; 8] = ["aged", "bulk", "clean", "clean_viral", "drip", "hijacked", "mixed", "pods"];

fn files(set: &str) -> BTreeMap<String, (PathBuf, Scenario)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/scenarios").join(set);
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let scenario = Scenario::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path.file_stem().unwrap().to_string_lossy().into_owned(), (path, scenario))
        })
        .collect()
}

#[test]
fn both_sets_hold_the_same_kinds_of_worlds_by_their_names() {
    for set in ["tuning", "reporting"] {
        let files = files(set);
        assert_eq!(files.keys().map(String::as_str).collect::<Vec<_>>(), NAMES);
        for (name, (_, scenario)) in files {
            assert_eq!(scenario.name, format!("{set}-{name}"));
        }
    }
}

#[test]
fn tuning_and_reporting_share_no_vendor_and_no_pool() {
    let [tuning, reporting] = ["tuning", "reporting"].map(files);
    let names = |files: &BTreeMap<String, (PathBuf, Scenario)>| -> BTreeSet<String> {
        let scenarios = || files.values().map(|(_, scenario)| scenario);
        let vendors = scenarios().flat_map(|scenario| scenario.vendors.iter().map(|vendor| vendor.name().to_owned()));
        vendors.chain(scenarios().flat_map(|scenario| scenario.pools.iter().map(|pool| pool.name.clone()))).collect()
    };
    let (tuned, reported) = (names(&tuning), names(&reporting));
    assert!(tuned.len() > 15 && reported.len() > 15);
    assert!(tuned.is_disjoint(&reported), "{:?}", tuned.intersection(&reported).collect::<Vec<_>>());
    for (name, (_, scenario)) in &tuning {
        let other = &reporting[name].1;
        for (one, another) in scenario.vendors.iter().zip(&other.vendors) {
            let nameless =
                |vendor: &crate::simulation::Vendor| format!("{vendor:?}").split_once("quality").map(|(_, rest)| rest.to_owned());
            assert!(nameless(one).is_none() || nameless(one) != nameless(another), "the vendors of {name} differ in name only");
        }
        if !scenario.pools.is_empty() {
            let traits = |s: &Scenario| s.pools.iter().map(|p| (p.accounts, p.batch, p.template_digits)).collect::<Vec<_>>();
            assert_ne!(traits(scenario), traits(other), "the pools of {name} differ in name only");
        }
    }
}

#[test]
fn every_parameter_that_a_file_sets_is_explained() {
    for (path, _) in ["tuning", "reporting"].into_iter().flat_map(|set| files(set).into_values()) {
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let is_named = ["name", "kind", "pool"].iter().any(|key| line.starts_with(&format!("{key} = ")));
            let is_parameter = line.contains(" = ") && !line.starts_with('#') && !is_named;
            assert!(!is_parameter || line.split_once(" # ").is_some_and(|(_, why)| why.len() > 5), "{}: {line}", path.display());
        }
    }
}

/// Every kind of world, at a small size: what it says happens, and nothing else.
#[test]
fn every_file_gives_the_world_that_it_promises() {
    for (name, (path, mut scenario)) in ["tuning", "reporting"].into_iter().flat_map(files) {
        scenario.creators = 36;
        scenario.orders.pod_share = if scenario.orders.pod_share > 0.0 { 0.4 } else { 0.0 };
        (scenario.organic.followers_max, scenario.sampling.follows_per_creator) = (3_000, 40);
        scenario.sampling.posts_per_creator = 5;
        let hijacked = scenario.pools.iter().filter(|pool| pool.kind == PoolKind::Hijacked);
        scenario.accounts = (2 * hijacked.map(|pool| pool.accounts).sum::<u32>()).max(3_000);
        scenario.sampling.history_weeks = 4;
        scenario.validate().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let outcome = run(&scenario, 1);
        let kinds: BTreeSet<&str> = outcome.truth.orders.iter().map(|order| order.vendor_kind).collect();
        let expected: &[&str] = match name.as_str() {
            "clean" | "clean_viral" => &[],
            "bulk" => &["bulk"],
            "drip" => &["drip"],
            "aged" => &["bulk", "drip"],
            "pods" => &["pod"],
            "hijacked" => {
                if path.to_string_lossy().contains("tuning") {
                    &["bulk"]
                } else {
                    &["drip"]
                }
            }
            _ => &["bulk", "churn", "comments", "drip", "likes", "pod", "views"],
        };
        assert_eq!(kinds.into_iter().collect::<Vec<_>>(), expected, "{}", path.display());
        let events = outcome.truth.creators.iter().filter(|creator| creator.story != "untouched").count();
        assert_eq!(events > 0, name != "clean", "{}", path.display());
        assert!(outcome.truth.creators.iter().any(|creator| creator.fakes_in_export > 0), "everybody has some fakes");
    }
}

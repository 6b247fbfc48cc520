//! The floors of `src/README.md`, held over every `crate::` path of the source.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Module → floor, from the table in `src/README.md`.
fn floors() -> BTreeMap<String, u32> {
    let page = fs::read_to_string(root().join("src/README.md")).unwrap();
    let mut floors = BTreeMap::new();
    for line in page.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let Ok(floor) = cells[1].parse::<u32>() else { continue };
        for module in cells[2].split(',') {
            floors.insert(module.trim().trim_matches('`').to_owned(), floor);
        }
    }
    floors
}

fn source_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The top-level module that a source file belongs to; `None` for `lib.rs` and `main.rs`.
fn module_of(file: &Path) -> Option<String> {
    let inside = file.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next()?.as_os_str().to_str()?;
    let module = first.strip_suffix(".rs").unwrap_or(first);
    (!matches!(module, "lib" | "main")).then(|| module.to_owned())
}

/// Modules named after `crate::` (or `bonafide::` in `main.rs`) in code, comments left out.
fn modules_used(source: &str) -> Vec<String> {
    let code: String = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut used = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let end = closing_brace(group);
            used.extend(top_level_items(&group[..end]));
        } else {
            used.push(leading_name(rest));
        }
    }
    used
}

fn closing_brace(group: &str) -> usize {
    let mut depth = 1;
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    group.len()
}

fn top_level_items(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut items = vec![String::new()];
    for character in group.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(String::new()),
            _ if depth == 0 => items.last_mut().unwrap().push(character),
            _ => {}
        }
    }
    items.iter().map(|item| leading_name(item.trim())).filter(|name| !name.is_empty()).collect()
}

fn leading_name(path: &str) -> String {
    path.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

#[test]
fn a_module_uses_only_lower_floors() {
    let floors = floors();
    let mut files = Vec::new();
    source_files(&root().join("src"), &mut files);
    let mut checked = 0;
    let mut faults = Vec::new();
    for file in &files {
        let Some(module) = module_of(file) else { continue };
        let Some(&floor) = floors.get(&module) else {
            faults.push(format!("{}: module `{module}` has no floor in src/README.md", file.display()));
            continue;
        };
        for used in modules_used(&fs::read_to_string(file).unwrap()) {
            let Some(&other) = floors.get(&used) else { continue };
            checked += 1;
            if used != module && other >= floor {
                faults.push(format!("{}: `{module}` (floor {floor}) uses `{used}` (floor {other})", file.display()));
            }
        }
    }
    assert!(checked > 20, "the test found only {checked} paths to check");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_floor_of_the_page_exists() {
    let floors = floors();
    assert!(floors.len() > 8, "{floors:?}");
    for module in floors.keys() {
        let folder = root().join("src").join(module).join("mod.rs");
        let file = root().join("src").join(format!("{module}.rs"));
        assert!(folder.exists() || file.exists(), "`{module}` stands in src/README.md but not in src");
    }
}

#[test]
fn below_the_report_there_is_no_clock_no_environment_and_no_printing() {
    let floors = floors();
    let report = floors["report"];
    let banned = ["SystemTime", "Instant::now", "Timestamp::now", "std::env", "println!", "eprintln!", "std::net", "thread_rng"];
    let mut files = Vec::new();
    source_files(&root().join("src"), &mut files);
    for file in files {
        let Some(module) = module_of(&file) else { continue };
        if floors.get(&module).is_some_and(|floor| *floor > report) {
            continue;
        }
        let source = fs::read_to_string(&file).unwrap();
        let product = source.split("#[cfg(test)]").next().unwrap_or("");
        for line in product.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for word in banned {
                assert!(!line.contains(word), "{}: `{word}` below the faces: {line}", file.display());
            }
        }
    }
}

#[test]
fn detectors_and_models_never_see_the_simulation() {
    let mut files = Vec::new();
    for room in ["statistics", "text", "tables", "signals", "model", "scoring", "audit", "training"] {
        source_files(&root().join("src").join(room), &mut files);
    }
    for file in files {
        let used = modules_used(&fs::read_to_string(&file).unwrap());
        assert!(!used.iter().any(|module| module == "simulation"), "{} uses the simulation", file.display());
    }
}

/// Outside the simulation, its evaluation and the faces, no code knows a scenario's file or a vendor by name.
#[test]
fn detectors_know_no_scenario_and_no_vendor() {
    let names: Vec<String> = ["tuning", "reporting"]
        .iter()
        .flat_map(|set| fs::read_dir(root().join("datasets/scenarios").join(set)).unwrap())
        .flat_map(|entry| {
            let text = fs::read_to_string(entry.unwrap().path()).unwrap();
            let named = text.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"').map(str::to_owned));
            // Words of one part may occur for other reasons.
            named.filter(|name| name.contains('-')).collect::<Vec<_>>()
        })
        .collect();
    assert!(names.len() > 30, "{names:?}");
    let mut files = Vec::new();
    source_files(&root().join("src"), &mut files);
    for file in files.iter().filter(|file| module_of(file).is_some_and(|module| module != "simulation")) {
        let source = fs::read_to_string(file).unwrap();
        for name in &names {
            assert!(!source.contains(&format!("\"{name}\"")), "{} names {name}", file.display());
        }
    }
}

#[test]
fn no_room_is_called_by_a_name_that_says_nothing() {
    let mut files = Vec::new();
    source_files(&root().join("src"), &mut files);
    for file in files {
        let inside = file.strip_prefix(root().join("src")).unwrap().display().to_string();
        for part in inside.trim_end_matches(".rs").split('/') {
            assert!(!["util", "utils", "helpers", "common", "misc", "manager", "core"].contains(&part), "{inside}");
        }
    }
}

#[test]
fn every_relative_link_of_every_page_exists() {
    let mut pages = Vec::new();
    markdown_pages(&root(), &mut pages);
    assert!(!pages.is_empty());
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        for target in link_targets(&text) {
            if target.contains("://") || target.starts_with('#') || target.starts_with("mailto:") {
                continue;
            }
            let path = page.parent().unwrap().join(target.split('#').next().unwrap());
            assert!(path.exists(), "{}: link to {target} leads nowhere", page.display());
        }
    }
}

fn markdown_pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !name.starts_with('.') && name != "target" {
                markdown_pages(&path, found);
            }
        } else if name.ends_with(".md") {
            found.push(path);
        }
    }
}

fn link_targets(text: &str) -> Vec<String> {
    let mut inside_code = false;
    let mut targets = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            inside_code = !inside_code;
        }
        if inside_code {
            continue;
        }
        for (at, _) in line.match_indices("](") {
            if let Some(end) = line[at + 2..].find(')') {
                targets.push(line[at + 2..at + 2 + end].to_owned());
            }
        }
    }
    targets
}

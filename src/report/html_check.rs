//! A tiny reader of HTML for the tests: refuses whatever is not strictly nested, quoted and known.

/// One start tag.
#[derive(Debug)]
pub struct Tag {
    /// Element.
    pub name: String,
    /// Attributes, decoded.
    pub attributes: Vec<(String, String)>,
}

const VOID: [&str; 3] = ["meta", "br", "hr"];

/// All start tags of a page; panics with the place where the page is not well-formed.
pub fn tags(page: &str) -> Vec<Tag> {
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a doctype");
    let (mut open, mut tags): (Vec<String>, Vec<Tag>) = (vec![], vec![]);
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>'), "a stray > before {}", excerpt(&rest[at..]));
        check_entities(&rest[..at]);
        let end = rest[at..].find('>').unwrap_or_else(|| panic!("no end: {}", excerpt(&rest[at..]))) + at;
        let inside = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "closed out of order before {}", excerpt(rest));
            continue;
        }
        let tag = tag(inside);
        if tag.name == "style" {
            rest = &rest[rest.find("</style>").expect("an end of the style")..];
        }
        if !VOID.contains(&tag.name.as_str()) {
            open.push(tag.name.clone());
        }
        tags.push(tag);
    }
    assert!(open.is_empty(), "left open: {open:?}");
    tags
}

fn tag(inside: &str) -> Tag {
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    assert!(name.chars().all(|c| c.is_ascii_alphanumeric()), "element {name:?}");
    let mut attributes = vec![];
    while !rest.is_empty() {
        let (key, after) = rest.split_once("=\"").unwrap_or_else(|| panic!("attribute without quotes: {inside}"));
        let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("attribute without end: {inside}"));
        assert!(key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "attribute {key:?}");
        check_entities(value);
        attributes.push((key.to_owned(), value.to_owned()));
        rest = after.trim_start();
    }
    Tag { name: name.to_owned(), attributes }
}

fn check_entities(text: &str) {
    for part in text.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;"].iter().any(|entity| part.starts_with(entity));
        assert!(known, "a bare & before {}", excerpt(part));
    }
}

fn excerpt(text: &str) -> String {
    text.chars().take(60).collect()
}

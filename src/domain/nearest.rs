//! The known name that was probably meant.

/// The name nearest to one that was not found, if it is near: at most one letter in three differs.
///
/// # Examples
/// ```
/// use bonafide::domain::nearest;
/// assert_eq!(nearest("cresi", ["srf", "cresci"]), Some("cresci"));
/// assert_eq!(nearest("fb", ["srf", "cresci"]), None);
/// ```
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = wanted.chars().count();
    let allowed = length / 3;
    let near = known.into_iter().filter(|name| name.chars().count().abs_diff(length) <= allowed);
    let ranked = near.map(|name| (edit_distance(name, wanted), name));
    ranked.filter(|(distance, _)| *distance <= allowed).min().map(|(_, name)| name)
}

/// Insertions, deletions and substitutions between two words (Wagner and Fischer 1974).
fn edit_distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.chars().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.chars().count()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn names_what_is_near_and_nothing_far() {
        let known = ["lena.bakes", "1784140000000", "twitter-v1"];
        assert_eq!(nearest("lena.baks", known), Some("lena.bakes"));
        assert_eq!(nearest("twitter_v1", known), Some("twitter-v1"));
        assert_eq!(nearest("someone else", known), None);
        assert_eq!(nearest("", known), None);
    }
}

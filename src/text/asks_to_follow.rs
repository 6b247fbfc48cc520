//! Captions that ask to follow, tag or take part, as giveaways do.

/// Words that announce a giveaway, lower case, by language: English, German, Spanish, Portuguese, French, Italian, Indonesian, Turkish, Russian.
const ANNOUNCED: [&str; 16] = [
    "giveaway",
    "give away",
    "sweepstake",
    "gewinnspiel",
    "verlosung",
    "verlose",
    "sorteo",
    "sorteio",
    "concurso",
    "concours",
    "jeu concours",
    "estrazione a premi",
    "bagi-bagi hadiah",
    "çekiliş",
    "розыгрыш",
    "конкурс",
];
/// Words that ask to follow.
const FOLLOW: [&str; 9] = ["follow", "folgt", "folge mir", "sígueme", "siga", "seguid", "abonne", "takip et", "подпи"];
/// Words that ask to name others.
const TAG: [&str; 9] = ["tag ", "markier", "etiqueta", "marque", "mentionne", "tagga", "etiketle", "отметь", "comment below"];

/// Whether a caption announces a giveaway, or asks both to follow and to tag somebody.
///
/// # Cost
/// O(length × words).
///
/// # Source
/// Our own list of the usual words; other languages are not recognised.
///
/// # Examples
/// ```
/// use bonafide::text::asks_to_follow;
/// assert!(asks_to_follow("Follow us and tag two friends!") && asks_to_follow("VERLOSUNG am Sonntag"));
/// assert!(!asks_to_follow("follow the light"));
/// ```
pub fn asks_to_follow(caption: &str) -> bool {
    let caption = caption.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| caption.contains(word));
    has(&ANNOUNCED) || (has(&FOLLOW) && has(&TAG))
}

#[cfg(test)]
mod tests {
    use super::asks_to_follow;

    #[test]
    fn either_the_word_or_both_requests() {
        for caption in ["SORTEO!! mañana", "¡Etiqueta a dos amigas y sígueme!", "розыгрыш", "Folgt mir und markiert zwei Freunde"]
        {
            assert!(asks_to_follow(caption), "{caption}");
        }
        for caption in ["", "tag der offenen tür", "follow your dreams", "new post, link in bio"] {
            assert!(!asks_to_follow(caption), "{caption}");
        }
    }
}

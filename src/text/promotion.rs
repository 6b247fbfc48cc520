//! Comments that advertise something of their own.

use super::comment::Comment;
use memchr::memchr_iter;
use std::sync::LazyLock;

/// Phrases that ask to come along, in the form of keys (drawn-out letters once), by our own hand: English, German, Spanish, Portuguese, French,
/// Italian, Indonesian, Turkish, Russian.
const PHRASES: [&str; 67] = [
    "my chanel",
    "my page",
    "my profile",
    "my video",
    "my music",
    "my store",
    "my shop",
    "our page",
    "check out my",
    "check my",
    "check me out",
    "visit my",
    "subscribe to",
    "sub to",
    "sub my",
    "please subscribe",
    "plz subscribe",
    "sub 0 sub",
    "sub4sub",
    "folow me",
    "folow my",
    "folow back",
    "folow for folow",
    "f0f",
    "l0l back",
    "like for like",
    "dm me",
    "dm us",
    "inbox me",
    "mesage me",
    "text me",
    "whatsap",
    "telegram",
    "link in bio",
    "link in my bio",
    "promo code",
    "discount code",
    "make money",
    "earn money",
    "work from home",
    "fre folowers",
    "giveaway on my",
    "colab on",
    "send it to",
    "send pic",
    "mein kanal",
    "meinem kanal",
    "folgt mir",
    "mi canal",
    "mi perfil",
    "sigueme",
    "sígueme",
    "meu canal",
    "meu perfil",
    "me segue",
    "segue de volta",
    "ma chaîne",
    "mon profil",
    "mio canale",
    "mio profilo",
    "seguimi",
    "cek profil",
    "folback",
    "takip et",
    "подпишись",
    "подписывайтесь",
    "мой канал",
];

/// The phrases by their first byte.
static BY_FIRST_BYTE: LazyLock<[Vec<&'static [u8]>; 256]> = LazyLock::new(|| {
    let mut phrases = [const { Vec::new() }; 256];
    PHRASES.iter().for_each(|phrase| phrases[usize::from(phrase.as_bytes()[0])].push(phrase.as_bytes()));
    phrases
});

/// Whether a comment promotes: a link, address or number to call, or a phrase that asks to come to the writer.
///
/// Innocent: people answer questions with links, and friends invite one another.
///
/// # Cost
/// A few comparisons a word.
///
/// # Examples
/// ```
/// use bonafide::text::{Comment, is_promotion};
/// assert!(is_promotion(&Comment::read("Check out my channel!!")) && is_promotion(&Comment::read("see bit.ly/x1")));
/// assert!(!is_promotion(&Comment::read("my favourite page of the book")));
/// ```
pub fn is_promotion(comment: &Comment) -> bool {
    comment.contact_count > 0 || begins_phrase(comment.key.as_bytes())
}

/// Whether any word of a key begins a phrase.
fn begins_phrase(key: &[u8]) -> bool {
    let mut words = std::iter::once(0).chain(memchr_iter(b' ', key).map(|blank| blank + 1));
    words.any(|at| {
        let rest = &key[at..];
        rest.first().is_some_and(|&first| BY_FIRST_BYTE[usize::from(first)].iter().any(|phrase| rest.starts_with(phrase)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn phrases_are_written_as_keys_are() {
        for phrase in PHRASES {
            let is_key = |word: &str| word.chars().zip(word.chars().skip(1)).all(|(a, b)| a != b) && word == word.to_lowercase();
            assert!(phrase.split(' ').all(is_key), "{phrase}");
        }
    }

    proptest! {
        #[test]
        fn words_are_looked_up_as_a_search_for_each_phrase_would_find_them(
            parts in prop::collection::vec((0..PHRASES.len(), 0_usize..12, "[ a-c]{0,3}"), 0..6)
        ) {
            let key: String = parts
                .iter()
                .flat_map(|(phrase, length, between)| PHRASES[*phrase].chars().take(*length).chain(between.chars()).collect::<Vec<char>>())
                .collect();
            let holds = |phrase: &&str| key.match_indices(*phrase).any(|(at, _)| at == 0 || key.as_bytes()[at - 1] == b' ');
            prop_assert_eq!(begins_phrase(key.as_bytes()), PHRASES.iter().any(holds), "{}", key);
        }
    }

    #[test]
    fn invitations_are_told_from_talk_about_the_post() {
        for text in
            ["SUBSCRIBE TO ME", "follow back please", "подпишись на меня", "t.me/abc", "call +1 202 5550100000", "mon profil svp"]
        {
            assert!(is_promotion(&Comment::read(text)), "{text}");
        }
        for text in ["submarines are great", "this page is gold", "I follow you since 2019", "what a video"] {
            assert!(!is_promotion(&Comment::read(text)), "{text}");
        }
    }
}

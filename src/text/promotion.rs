//! Comments that advertise something of their own.

use super::comment::Comment;

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

/// Whether a comment promotes: a link, address or number to call, or a phrase that asks to come to the writer.
///
/// Innocent: people answer questions with links, and friends invite one another.
///
/// # Cost
/// One search a phrase.
///
/// # Examples
/// ```
/// use bonafide::text::{Comment, is_promotion};
/// assert!(is_promotion(&Comment::read("Check out my channel!!")) && is_promotion(&Comment::read("see bit.ly/x1")));
/// assert!(!is_promotion(&Comment::read("my favourite page of the book")));
/// ```
pub fn is_promotion(comment: &Comment) -> bool {
    comment.contact_count > 0 || PHRASES.iter().any(|phrase| holds_words(&comment.key, phrase))
}

/// Whether a key holds a phrase that begins at a word.
fn holds_words(key: &str, phrase: &str) -> bool {
    key.match_indices(phrase).any(|(at, _)| at == 0 || key.as_bytes()[at - 1] == b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_written_as_keys_are() {
        for phrase in PHRASES {
            let is_key = |word: &str| word.chars().zip(word.chars().skip(1)).all(|(a, b)| a != b) && word == word.to_lowercase();
            assert!(phrase.split(' ').all(is_key), "{phrase}");
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

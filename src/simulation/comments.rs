//! What people write under posts: invented templates by language, with the repetition that real comments have.
//!
//! Short comments without content are organic too: the vocabulary of the first group is so small that unrelated people
//! write the very same text under the very same post.

use super::seed::pick;
use super::words::{GENERIC_COMMENTS, LANGUAGES, PICTOGRAMS};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// The phrases of one language.
struct Phrases {
    praise: &'static [&'static str],
    /// What is said by those who do not like it.
    criticism: &'static [&'static str],
    questions: &'static [&'static str],
    /// `{}` is replaced by a noun of the language.
    about: &'static [&'static str],
    /// Said to a friend who is mentioned.
    to_friend: &'static [&'static str],
}

const PHRASES: [Phrases; LANGUAGES.len()] = [
    Phrases {
        praise: &[
            "so good",
            "this is beautiful",
            "that made my day",
            "great light in this one",
            "you look happy",
            "amazing as always",
            "amazing content",
            "this is gold",
            "always inspiring",
            "you deserve more",
            "best page here",
            "so underrated",
            "keep it up",
            "great work as always",
            "perfect shot",
            "can't stop watching",
            "need this",
        ],
        criticism: &[
            "do not buy what they promote",
            "all of this is paid",
            "what a scam",
            "unfollow now",
            "fake, fake, fake",
            "they stole this from a friend of mine",
            "never got my parcel",
            "report this page",
            "not your best",
            "too many ads lately",
        ],
        questions: &[
            "where is this?",
            "which camera do you use?",
            "recipe please?",
            "is it still available?",
            "how long did it take?",
        ],
        about: &[
            "the {} part got me",
            "finally more {}",
            "never thought about {} like that",
            "my weekend was all {} too",
            "need that {}",
        ],
        to_friend: &["look at this", "that is so you", "we have to go", "told you", "this!!"],
    },
    Phrases {
        praise: &[
            "sehr schön",
            "richtig gut",
            "tolles Bild",
            "so ein schöner Tag",
            "du strahlst",
            "immer wieder stark",
            "so gut",
            "weiter so",
        ],
        criticism: &["alles nur Werbung", "glaubt das nicht", "nie angekommen", "das war mal besser", "schon wieder Werbung"],
        questions: &[
            "wo ist das?",
            "welche Kamera ist das?",
            "Rezept bitte?",
            "gibt es das noch?",
            "wie lange hat das gedauert?",
        ],
        about: &[
            "endlich mal wieder {}",
            "das mit {} kenne ich",
            "bei uns auch {}",
            "ohne {} geht nichts",
            "{} probiere ich aus",
        ],
        to_friend: &["schau mal", "das bist du", "da müssen wir hin", "sag ich doch", "genau das"],
    },
    Phrases {
        praise: &[
            "qué bonito",
            "me encanta",
            "qué risa",
            "te queda genial",
            "qué envidia sana",
            "como siempre, increíble",
            "lo necesito",
            "sigue así",
        ],
        criticism: &["todo es publicidad", "no lo compren", "nunca me llegó", "antes era mejor", "otra vez publicidad"],
        questions: &["¿dónde es?", "¿qué cámara usas?", "¿receta por favor?", "¿todavía hay?", "¿cuánto tardaste?"],
        about: &[
            "por fin más {}",
            "lo de {} me pasa igual",
            "mi domingo también fue {}",
            "sin {} no hay nada",
            "quiero probar {}",
        ],
        to_friend: &["mira esto", "eres tú", "tenemos que ir", "te lo dije", "esto!!"],
    },
    Phrases {
        praise: &[
            "que lindo",
            "amei",
            "muito bom",
            "que energia boa",
            "arrasou",
            "sempre incrível",
            "preciso disso",
            "continua assim",
        ],
        criticism: &["é tudo publi", "não comprem", "nunca chegou", "já foi melhor", "mais uma publi"],
        questions: &["onde é isso?", "qual câmera você usa?", "receita por favor?", "ainda tem?", "demorou muito?"],
        about: &["finalmente mais {}", "isso de {} sou eu", "meu domingo também foi {}", "sem {} não dá", "quero testar {}"],
        to_friend: &["olha isso", "é você", "a gente tem que ir", "eu falei", "isso!!"],
    },
    Phrases {
        praise: &[
            "bagus sekali",
            "keren",
            "lucu banget",
            "adem lihatnya",
            "semangat terus",
            "mantap seperti biasa",
            "lanjutkan kak",
        ],
        criticism: &["isinya iklan semua", "jangan beli", "barang tidak sampai", "dulu lebih bagus", "iklan lagi"],
        questions: &["di mana ini?", "pakai kamera apa?", "minta resepnya?", "masih ada kak?", "berapa lama buatnya?"],
        about: &["akhirnya ada {} lagi", "soal {} setuju", "akhir pekan saya juga {}", "tanpa {} sepi", "mau coba {}"],
        to_friend: &["lihat ini", "kamu banget", "kita harus ke sini", "kan sudah bilang", "ini!!"],
    },
];

/// One that carries nothing; the first of the list are by far the most common.
fn generic(rng: &mut ChaCha8Rng) -> &'static str {
    GENERIC_COMMENTS[(rng.random::<f64>().powi(3) * GENERIC_COMMENTS.len() as f64) as usize]
}

/// A mention of somebody invented.
fn mention(language: usize, rng: &mut ChaCha8Rng) -> String {
    let words = &LANGUAGES[language];
    let digits = if rng.random_bool(0.3) { rng.random_range(1..100u32).to_string() } else { String::new() };
    format!("@{}{}{digits}", pick(rng, words.onsets), pick(rng, words.endings))
}

/// Praise that fits under any post, as people write it and as vendors and pods have it written.
pub(super) fn praise(language: usize, rng: &mut ChaCha8Rng) -> String {
    match rng.random_range(0..5u32) {
        0..3 => generic(rng).to_owned(),
        _ => in_own_way(pick(rng, PHRASES[language].praise).to_owned(), rng),
    }
}

/// What somebody writes who does not like it, or who is to harm.
pub(super) fn criticism(language: usize, rng: &mut ChaCha8Rng) -> String {
    in_own_way(pick(rng, PHRASES[language].criticism).to_owned(), rng)
}

/// Draws a comment in a language. Shares of the kinds are assumptions.
pub(super) fn comment(language: usize, is_giveaway: bool, rng: &mut ChaCha8Rng) -> String {
    if is_giveaway && rng.random_bool(0.8) {
        let mentions = rng.random_range(1..4u32);
        return (0..mentions).map(|_| mention(language, rng)).collect::<Vec<_>>().join(" ");
    }
    let phrases = &PHRASES[language];
    let text = match rng.random_range(0..100u32) {
        0..55 => return praise(language, rng),
        55..58 => return criticism(language, rng),
        58..69 => pick(rng, phrases.questions).to_owned(),
        69..79 => format!("{} {}", mention(language, rng), pick(rng, phrases.to_friend)),
        79..91 => pick(rng, phrases.about).replace("{}", pick(rng, LANGUAGES[language].nouns)),
        _ => {
            let about = pick(rng, phrases.about).replace("{}", pick(rng, LANGUAGES[language].nouns));
            format!("{}, {about}", pick(rng, phrases.praise))
        }
    };
    in_own_way(text, rng)
}

/// Everybody types in his own way: capitals, marks, drawn-out letters, pictograms.
fn in_own_way(mut text: String, rng: &mut ChaCha8Rng) -> String {
    match rng.random_range(0..20u32) {
        0..5 => {
            if let Some(first) = text.get_mut(0..1) {
                first.make_ascii_uppercase();
            }
        }
        5 => text = text.to_uppercase(),
        6 => text.extend(text.chars().last().into_iter().cycle().take(3)),
        _ => {}
    }
    match rng.random_range(0..10u32) {
        0..2 => text.push('!'),
        2 => text.push_str("!!"),
        3..6 => {
            let pictogram = pick(rng, &PICTOGRAMS);
            let count = rng.random_range(1..4u32);
            text.push(' ');
            (0..count).for_each(|_| text.push_str(pictogram));
        }
        _ => {}
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::seed::{Stream, stream};
    use super::*;
    use std::collections::HashSet;

    fn drawn(language: usize, is_giveaway: bool) -> Vec<String> {
        let mut rng = stream(1, Stream::Posts, language as u64);
        (0..1_000).map(|_| comment(language, is_giveaway, &mut rng)).collect()
    }

    #[test]
    fn some_comments_repeat_and_most_kinds_occur() {
        for language in 0..LANGUAGES.len() {
            let comments = drawn(language, false);
            let distinct = comments.iter().collect::<HashSet<_>>().len();
            assert!((300..800).contains(&distinct), "{distinct} of 1,000");
            let share = |test: fn(&&String) -> bool| comments.iter().filter(test).count();
            assert!((60..160).contains(&share(|text| text.starts_with('@'))));
            assert!((60..220).contains(&share(|text| text.contains('?'))));
            assert!(comments.iter().all(|text| !text.is_empty() && !text.contains('{')));
        }
    }

    #[test]
    fn a_giveaway_draws_mentions() {
        let mentions = drawn(0, true).iter().filter(|text| text.starts_with('@')).count();
        assert!((750..950).contains(&mentions), "{mentions}");
    }
}

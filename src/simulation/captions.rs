//! What creators write under their posts.

use super::population::Community;
use super::seed::pick;
use super::words::{LANGUAGES, NICHES, PICTOGRAMS};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// What a giveaway asks for, by language.
const GIVEAWAYS: [&str; LANGUAGES.len()] = [
    "GIVEAWAY: follow me and tag two friends",
    "GEWINNSPIEL: folgt mir und markiert zwei Freunde",
    "SORTEO: sígueme y etiqueta a dos amigos",
    "SORTEIO: me siga e marque dois amigos",
    "GIVEAWAY: follow dan tag dua teman",
];

/// How sponsorship is marked, by language; now and then by its English word.
const MARKS: [&str; LANGUAGES.len()] = ["#ad", "#werbung", "#publicidad", "#publi", "#iklan"];

/// What a caption must say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    /// Nothing in particular.
    Everyday,
    /// That the post is paid for.
    Sponsored,
    /// What to do to win.
    Giveaway,
}

/// Draws a caption: an opening, now and then more of it, pictograms, tags.
pub(super) fn caption(community: Community, occasion: Occasion, rng: &mut ChaCha8Rng) -> String {
    let language = &LANGUAGES[community.language()];
    let mut caption = match occasion {
        Occasion::Giveaway => GIVEAWAYS[community.language()].to_owned(),
        Occasion::Everyday | Occasion::Sponsored => pick(rng, language.captions).to_owned(),
    };
    if rng.random_bool(0.4) {
        caption.push_str(&format!(". {}, {}", pick(rng, language.nouns), pick(rng, language.nouns)));
    }
    if rng.random_bool(0.7) {
        caption.push(' ');
        (0..rng.random_range(1..4u32)).for_each(|_| caption.push_str(pick(rng, &PICTOGRAMS)));
    }
    if rng.random_bool(0.75) {
        caption.push_str(&format!(" #{}", NICHES[community.niche]));
        (0..rng.random_range(0..4u32)).for_each(|_| caption.push_str(&format!(" #{}", pick(rng, language.nouns))));
    }
    if occasion == Occasion::Sponsored {
        let mark = if rng.random_bool(0.3) { "#ad" } else { MARKS[community.language()] };
        caption.push_str(&format!(" {mark}"));
    }
    caption
}

#[cfg(test)]
mod tests {
    use super::super::seed::{Stream, stream};
    use super::*;

    #[test]
    fn sponsorship_and_giveaways_are_stated() {
        let mut rng = stream(1, Stream::Posts, 0);
        for locale in [0, 5, 6, 10, 12] {
            let community = Community { locale, niche: 1 };
            let mark = MARKS[community.language()];
            let sponsored = caption(community, Occasion::Sponsored, &mut rng);
            assert!(sponsored.contains(" #ad") || sponsored.contains(&format!(" {mark}")), "{sponsored}");
            assert!(caption(community, Occasion::Giveaway, &mut rng).starts_with(GIVEAWAYS[community.language()]));
        }
    }
}

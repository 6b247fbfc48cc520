//! Small invented word lists by language. Names are made of syllables, so that no list of real names is needed.

/// A language of the simulated world.
pub(super) struct Language {
    /// Its code, as tables give it.
    pub code: &'static str,
    /// First syllables of names.
    pub onsets: &'static [&'static str],
    /// Last syllables of names.
    pub endings: &'static [&'static str],
    /// Words of biographies and handles.
    pub nouns: &'static [&'static str],
    /// Openings of captions.
    pub captions: &'static [&'static str],
}

/// Niches of creators and of their communities.
pub(super) const NICHES: [&str; 6] = ["beauty", "fitness", "food", "travel", "gaming", "family"];

/// Pictograms of biographies and comments.
pub(super) const PICTOGRAMS: [&str; 10] = ["✨", "🌿", "🔥", "❤️", "📷", "🌍", "☕", "😍", "👏", "🎮"];

/// Comments that carry nothing; people write them too.
pub(super) const GENERIC_COMMENTS: [&str; 22] = [
    "🔥🔥🔥",
    "😍",
    "😍😍",
    "wow",
    "Wow!",
    "nice",
    "❤️",
    "❤️❤️",
    "❤️❤️❤️",
    "cool",
    "👏👏",
    "👏👏👏",
    "love it",
    "🙌",
    "🔥",
    "😂😂",
    "💯",
    "top",
    "omg",
    "😂",
    "🥰",
    "Love this",
];

/// The languages of the world.
pub(super) const LANGUAGES: [Language; 5] = [
    Language {
        code: "en",
        onsets: &["bran", "el", "har", "jo", "ka", "mel", "nor", "rob", "ster", "tam", "wil", "fay"],
        endings: &["by", "don", "ley", "mira", "ric", "sie", "ton", "wyn", "ella", "low"],
        nouns: &[
            "coffee", "books", "running", "sunsets", "cats", "music", "hiking", "baking", "photos", "garden", "vinyl", "tea",
        ],
        captions: &["Small joys today", "Back at it", "What would you pick?", "Slow morning", "Three things I learned"],
    },
    Language {
        code: "de",
        onsets: &["ann", "ber", "fried", "gu", "hei", "jor", "kat", "lud", "mar", "rein", "sil", "ulf"],
        endings: &["drun", "ke", "lind", "mund", "nika", "olt", "rike", "tje", "wina", "helm"],
        nouns: &["kaffee", "wandern", "berge", "musik", "garten", "hunde", "fotos", "reisen", "brot", "laufen", "kunst", "meer"],
        captions: &["Kleine Pause", "Heute im Garten", "Was meint ihr?", "Endlich Wochenende", "Drei Dinge von heute"],
    },
    Language {
        code: "es",
        onsets: &["al", "bel", "car", "dul", "es", "fer", "isa", "lor", "mar", "pil", "ro", "xi"],
        endings: &["ando", "ela", "ina", "mira", "ondo", "rena", "sco", "tela", "uro", "zalo"],
        nouns: &["cafe", "playa", "musica", "libros", "viajes", "gatos", "cocina", "fotos", "baile", "monte", "arte", "sol"],
        captions: &["Domingo lento", "Volvemos", "¿Cuál eliges?", "Pequeñas cosas", "Lo que aprendí hoy"],
    },
    Language {
        code: "pt",
        onsets: &["ad", "bru", "cla", "dia", "edu", "fla", "gil", "ju", "lu", "nat", "ra", "vi"],
        endings: &["ana", "eira", "ilda", "inho", "meu", "naldo", "rinha", "sson", "tiane", "vando"],
        nouns: &["cafe", "praia", "musica", "futebol", "livros", "viagem", "gatos", "fotos", "danca", "trilha", "arte", "mar"],
        captions: &["Domingo tranquilo", "Voltamos", "Qual você escolhe?", "Pequenas alegrias", "O que aprendi hoje"],
    },
    Language {
        code: "id",
        onsets: &["adi", "bu", "cah", "dew", "eka", "fir", "gal", "ind", "lest", "nur", "put", "wah"],
        endings: &["antra", "dira", "gita", "hari", "mala", "nto", "rani", "syah", "tama", "yuni"],
        nouns: &["kopi", "pantai", "musik", "buku", "kucing", "masak", "foto", "gunung", "senja", "seni", "teh", "jalan"],
        captions: &["Pagi yang pelan", "Kembali lagi", "Pilih yang mana?", "Hal kecil hari ini", "Catatan perjalanan"],
    },
];

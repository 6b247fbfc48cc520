//! How far clocks stand ahead of UTC, where a country or a language leaves no doubt.

/// Countries (ISO 3166-1 alpha-2) whose people live by one clock, with its minutes ahead of UTC in winter. Countries of several zones (US, CA, BR,
/// MX, RU, AU, ID, CL, KZ, CD, MN, …) are left out: which of them is not known. Overseas territories are not counted.
const COUNTRIES: [(&str, i64); 112] = [
    ("AE", 240),
    ("AL", 60),
    ("AM", 240),
    ("AO", 60),
    ("AR", -180),
    ("AT", 60),
    ("AZ", 240),
    ("BA", 60),
    ("BD", 360),
    ("BE", 60),
    ("BG", 120),
    ("BH", 180),
    ("BJ", 60),
    ("BO", -240),
    ("BW", 120),
    ("BY", 180),
    ("CH", 60),
    ("CI", 0),
    ("CM", 60),
    ("CN", 480),
    ("CO", -300),
    ("CR", -360),
    ("CU", -300),
    ("CY", 120),
    ("CZ", 60),
    ("DE", 60),
    ("DK", 60),
    ("DO", -240),
    ("DZ", 60),
    ("EE", 120),
    ("EG", 120),
    ("ET", 180),
    ("FI", 120),
    ("FR", 60),
    ("GB", 0),
    ("GE", 240),
    ("GH", 0),
    ("GR", 120),
    ("GT", -360),
    ("HK", 480),
    ("HN", -360),
    ("HR", 60),
    ("HU", 60),
    ("IE", 0),
    ("IL", 120),
    ("IN", 330),
    ("IQ", 180),
    ("IR", 210),
    ("IS", 0),
    ("IT", 60),
    ("JM", -300),
    ("JO", 180),
    ("JP", 540),
    ("KE", 180),
    ("KG", 360),
    ("KH", 420),
    ("KR", 540),
    ("KW", 180),
    ("LA", 420),
    ("LB", 120),
    ("LK", 330),
    ("LT", 120),
    ("LU", 60),
    ("LV", 120),
    ("LY", 120),
    ("MA", 60),
    ("MD", 120),
    ("MG", 180),
    ("MK", 60),
    ("MM", 390),
    ("MT", 60),
    ("MY", 480),
    ("MZ", 120),
    ("NA", 120),
    ("NG", 60),
    ("NI", -360),
    ("NL", 60),
    ("NO", 60),
    ("NP", 345),
    ("OM", 240),
    ("PA", -300),
    ("PE", -300),
    ("PH", 480),
    ("PK", 300),
    ("PL", 60),
    ("PR", -240),
    ("PY", -180),
    ("QA", 180),
    ("RO", 120),
    ("RS", 60),
    ("RW", 120),
    ("SA", 180),
    ("SE", 60),
    ("SG", 480),
    ("SI", 60),
    ("SK", 60),
    ("SN", 0),
    ("SV", -360),
    ("SY", 180),
    ("TH", 420),
    ("TN", 60),
    ("TR", 180),
    ("TW", 480),
    ("TZ", 180),
    ("UA", 120),
    ("UG", 180),
    ("UY", -180),
    ("UZ", 300),
    ("VE", -240),
    ("VN", 420),
    ("ZA", 120),
    ("ZM", 120),
];

/// Languages (ISO 639-1) nearly all of whose speakers live by one clock, with its country. English, Spanish, Portuguese, French, Arabic and Russian
/// are spoken around the world and say nothing.
const LANGUAGES: [(&str, &str); 29] = [
    ("bg", "BG"),
    ("bn", "BD"),
    ("cs", "CZ"),
    ("da", "DK"),
    ("de", "DE"),
    ("el", "GR"),
    ("et", "EE"),
    ("fi", "FI"),
    ("he", "IL"),
    ("hi", "IN"),
    ("hr", "HR"),
    ("hu", "HU"),
    ("is", "IS"),
    ("it", "IT"),
    ("ja", "JP"),
    ("ko", "KR"),
    ("lt", "LT"),
    ("lv", "LV"),
    ("nl", "NL"),
    ("no", "NO"),
    ("pl", "PL"),
    ("ro", "RO"),
    ("sk", "SK"),
    ("sl", "SI"),
    ("sv", "SE"),
    ("th", "TH"),
    ("tr", "TR"),
    ("uk", "UA"),
    ("vi", "VN"),
];

/// Minutes by which the clocks of an account stand ahead of UTC, in winter: by its country, else by the region of its language tag, else by a
/// language that is spoken by one clock.
///
/// # Missing
/// `None` where neither is known, or where they leave more than one clock: a time zone is never guessed.
///
/// # Source
/// IANA time zone database 2025b, standard time.
///
/// # Examples
/// ```
/// use bonafide::timing::utc_offset_min;
/// assert_eq!(utc_offset_min(Some("in"), None), Some(330));
/// assert_eq!(utc_offset_min(None, Some("en-IE")), Some(0));
/// assert_eq!((utc_offset_min(Some("US"), Some("de")), utc_offset_min(None, Some("en"))), (None, None));
/// ```
pub fn utc_offset_min(country: Option<&str>, language: Option<&str>) -> Option<i64> {
    if let Some(country) = country.map(str::trim).filter(|country| !country.is_empty()) {
        return of_country(country);
    }
    let mut parts = language?.trim().split(['-', '_']);
    let language = parts.next()?.to_ascii_lowercase();
    // A region follows the language, perhaps after a script of four letters; one that is not known by one clock says that there are several.
    if let Some(region) = parts.find(|part| part.len() == 2) {
        return of_country(region);
    }
    let at = LANGUAGES.binary_search_by_key(&language.as_str(), |entry| entry.0).ok()?;
    of_country(LANGUAGES[at].1)
}

fn of_country(country: &str) -> Option<i64> {
    let country = country.to_ascii_uppercase();
    let at = COUNTRIES.binary_search_by_key(&country.as_str(), |entry| entry.0).ok()?;
    Some(COUNTRIES[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_every_language_has_its_country() {
        assert!(COUNTRIES.is_sorted_by(|a, b| a.0 < b.0) && LANGUAGES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(COUNTRIES.iter().all(|entry| entry.1.abs() <= 14 * 60 && entry.1 % 15 == 0));
        assert!(LANGUAGES.iter().all(|entry| of_country(entry.1).is_some()));
    }

    #[test]
    fn what_leaves_a_choice_is_missing() {
        for (country, language) in [
            (Some("BR"), Some("pt")),
            (Some(" "), None),
            (None, Some("pt-BR")),
            (None, Some("es")),
            (None, Some("")),
            (Some("Germany"), None),
        ] {
            assert_eq!(utc_offset_min(country, language), None, "{country:?} {language:?}");
        }
        assert_eq!((utc_offset_min(Some(""), Some("ja")), utc_offset_min(None, Some("zh-Hant-TW"))), (Some(540), Some(480)));
    }
}

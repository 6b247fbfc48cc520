//! Whether a piece of text leads elsewhere.

/// Endings of names of hosts: those that people type without `http`. Others are known by what stands before.
const ENDINGS: [&str; 31] = [
    "app", "be", "biz", "br", "cc", "club", "co", "com", "de", "es", "eu", "fr", "gg", "in", "info", "io", "it", "ly", "me",
    "mx", "net", "online", "org", "page", "ru", "shop", "site", "store", "tv", "uk", "xyz",
];
/// Fewest digits of a telephone number that begins with `+`, and of one that does not.
const PHONE_DIGITS: (usize, usize) = (7, 9);

/// Whether a word is a link, an e-mail address or a telephone number.
///
/// # Cost
/// O(n) in its length.
///
/// # Examples
/// ```
/// use bonafide::text::is_contact;
/// assert!(["http://a.b", "www.shop", "bit.ly/xyz", "a@b.org", "+49-170-1234567"].iter().all(|word| is_contact(word)));
/// assert!(["great.so", "10.000.000", "@anna", "v1.2", "..."].iter().all(|word| !is_contact(word)));
/// ```
pub fn is_contact(word: &str) -> bool {
    let word = word
        .trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '"' | '\'' | ',' | '!' | '?' | ';' | ':' | '<' | '>' | '.'));
    is_address(word) || is_phone(word)
}

fn is_address(word: &str) -> bool {
    if !word.contains('.') {
        return word.contains("://");
    }
    let starts = |prefix: &str| word.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    if word.contains("://") || starts("www.") {
        return true;
    }
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or(word);
    let host = host.rsplit_once('@').map_or(host, |(user, host)| if user.is_empty() { "" } else { host });
    let Some((name, ending)) = host.rsplit_once('.') else { return false };
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'));
    is_name && ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

fn is_phone(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let is_plain = word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'(' | b')'));
    let fewest = if word.starts_with('+') { PHONE_DIGITS.0 } else { PHONE_DIGITS.1 };
    is_plain && digits >= fewest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_from_sentences_without_blanks() {
        for link in ["HTTP://X", "youtu.be/abc", "example.com,", "(my-shop.store)", "name@mail.example.net"] {
            assert!(is_contact(link), "{link}");
        }
        for word in ["wow.nice", "3.5", "a.b.c", "@anna.de", "…", "1999", "12345678", "", ".com"] {
            assert!(!is_contact(word), "{word}");
        }
    }
}

//! Text whose encoding nobody stated: UTF-8 where it is, else Windows-1252.

use std::borrow::Cow;

/// What Windows-1252 puts at 0x80..=0x9F, where Latin-1 has control characters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”',
    '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Decodes a field. One that is not UTF-8 is read as Windows-1252 as a whole; no byte is lost.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => bytes
            .iter()
            .map(|&byte| match byte {
                0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
                _ => char::from(byte),
            })
            .collect(),
    }
}

/// Undoes what the exports of Meta do to text: the bytes of its UTF-8 written as characters (`é` as `Ã©`). Text that is no such
/// thing stays as it is.
pub(super) fn unfold(text: &str) -> String {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_written_as_characters_become_text_again_and_nothing_else_changes() {
        for (folded, text) in [
            ("caf\u{c3}\u{a9}", "café"),
            ("\u{f0}\u{9f}\u{8d}\u{8b}", "🍋"),
            ("café", "café"),
            ("李 café", "李 café"),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(unfold(folded), text);
        }
    }

    #[test]
    fn reads_utf_8_as_utf_8_and_the_rest_as_windows_1252() {
        for (bytes, text) in
            [("Zürich".as_bytes(), "Zürich"), (b"Z\xfcrich", "Zürich"), (b"5 \x80 \x96 \x93ok\x94", "5 € – “ok”"), (b"", "")]
        {
            assert_eq!(decode(bytes), text);
        }
    }
}

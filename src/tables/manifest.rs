//! `dataset.toml`.

use super::folder::MANIFEST_NAME;
use crate::domain::{Manifest, Platform, Sampling, Timestamp};
use crate::error::{Error, Locate, Result};
use std::path::Path;
use toml::{Table as Document, Value};

/// Reads the text of a `dataset.toml`.
///
/// # Errors
/// [`crate::ErrorKind::Malformed`] for broken TOML, [`crate::ErrorKind::InvalidArgument`] for an unknown key or a value out of its list.
///
/// # Examples
/// ```
/// use bonafide::domain::{Platform, Sampling};
/// let manifest = bonafide::tables::parse_manifest("platform = \"tiktok\"\n[sampling]\nfollows = \"random\"\n")?;
/// assert_eq!((manifest.platform, manifest.follows_sampling), (Some(Platform::Tiktok), Sampling::Random));
/// assert!(bonafide::tables::parse_manifest("platfrom = \"tiktok\"").unwrap_err().to_string().contains("platfrom"));
/// # Ok::<(), bonafide::Error>(())
/// ```
pub fn parse_manifest(text: &str) -> Result<Manifest> {
    let document: Document = text.parse().map_err(|error: toml::de::Error| broken(text, &error))?;
    let mut manifest = Manifest::default();
    for (key, value) in &document {
        match key.as_str() {
            "platform" => manifest.platform = Some(word(key, value, Platform::from_word, Platform::WORDS)?),
            "captured_at" => manifest.captured_at = Some(instant(value)?),
            "sampling" => read_sampling(value, &mut manifest)?,
            _ => return Err(unknown(key, "platform, captured_at, [sampling]")),
        }
    }
    Ok(manifest)
}

/// Reads `dataset.toml` of a folder; the defaults where it has none.
///
/// # Errors
/// As [`parse_manifest`], with the file.
pub fn read_manifest(folder: &Path) -> Result<Manifest> {
    let path = folder.join(MANIFEST_NAME);
    match std::fs::read_to_string(&path) {
        Ok(text) => parse_manifest(&text).at_file(path),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Manifest::default()),
        Err(error) => Err(error).at_file(path),
    }
}

/// Writes `dataset.toml` into a folder.
///
/// # Errors
/// [`crate::ErrorKind::Io`] where the disk refuses or the file exists.
pub fn write_manifest(folder: &Path, manifest: &Manifest) -> Result<()> {
    use std::fmt::Write as _;
    let mut text = String::new();
    if let Some(platform) = manifest.platform {
        let _ = writeln!(text, "platform = \"{platform}\"");
    }
    if let Some(time) = manifest.captured_at {
        let _ = writeln!(text, "captured_at = \"{time}\"");
    }
    let (follows, engagements) = (manifest.follows_sampling, manifest.engagements_sampling);
    let _ = writeln!(text, "[sampling]\nfollows = \"{follows}\"\nengagements = \"{engagements}\"");
    let path = folder.join(MANIFEST_NAME);
    std::io::Write::write_all(&mut super::staged::create_file(&path)?, text.as_bytes()).at_file(path)
}

fn read_sampling(value: &Value, manifest: &mut Manifest) -> Result<()> {
    let Value::Table(designs) = value else {
        return Err(Error::invalid_argument("sampling", value, "a section with `follows` and `engagements`"));
    };
    for (key, value) in designs {
        let design = |key: &str| word(key, value, Sampling::from_word, Sampling::WORDS);
        match key.as_str() {
            "follows" => manifest.follows_sampling = design("sampling.follows")?,
            "engagements" => manifest.engagements_sampling = design("sampling.engagements")?,
            _ => return Err(unknown(&format!("sampling.{key}"), "sampling.follows, sampling.engagements")),
        }
    }
    Ok(())
}

fn word<T>(key: &str, value: &Value, read: fn(&str) -> Option<T>, words: &[&str]) -> Result<T> {
    let expected = || format!("one of: {}", words.join(", "));
    value.as_str().and_then(read).ok_or_else(|| Error::invalid_argument(key, value, expected()))
}

fn instant(value: &Value) -> Result<Timestamp> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Datetime(time) => time.to_string(),
        Value::Integer(number) => number.to_string(),
        other => return Err(Error::invalid_argument("captured_at", other, "a time, such as 2024-06-14T00:00:00Z")),
    };
    Timestamp::parse(&text).map(|(time, _)| time).map_err(|why| Error::invalid_argument("captured_at", text, why))
}

/// On one line, as other errors are.
fn broken(text: &str, error: &toml::de::Error) -> Error {
    let message = error.message().lines().collect::<Vec<_>>().join(", ");
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map(|before| 1 + before.matches('\n').count() as u64);
    let broken = Error::malformed("TOML", message);
    line.into_iter().fold(broken, Error::at_row)
}

fn unknown(key: &str, known: &str) -> Error {
    Error::invalid_argument("dataset.toml", format!("with the key `{key}`"), format!("known keys are {known}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = Manifest {
            platform: Some(Platform::Youtube),
            captured_at: Timestamp::from_ms(1_718_323_200_123),
            follows_sampling: Sampling::NewestFirst,
            engagements_sampling: Sampling::Complete,
        };
        write_manifest(folder.path(), &manifest).unwrap();
        assert_eq!(read_manifest(folder.path()).unwrap(), manifest);
    }

    #[test]
    fn toml_times_and_unix_times_are_read_too() {
        for text in ["captured_at = 2024-06-14T00:00:00Z", "captured_at = 1718323200", "captured_at = 2024-06-14"] {
            assert_eq!(parse_manifest(text).unwrap().captured_at, Timestamp::from_ms(1_718_323_200_000), "{text}");
        }
    }

    #[test]
    fn mistakes_are_named() {
        for (text, named) in [
            ("sampling = 3", "sampling"),
            ("[sampling]\nfolows = \"random\"", "sampling.folows"),
            ("[sampling]\nfollows = \"some\"", "sampling.follows"),
            ("captured_at = \"1901-01-01\"", "captured_at"),
            ("platform = 1", "platform"),
            ("platform = ", "TOML"),
        ] {
            let error = parse_manifest(text).unwrap_err().to_string();
            assert!(error.contains(named), "{text}: {error}");
        }
    }
}

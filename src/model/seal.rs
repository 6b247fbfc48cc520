//! Artifacts in files: with the sum of their own content, so that one that was edited or damaged is told from one that was fitted.

use super::artifact_json::sha256;
use super::{account_model, creator_model, timing_model};
use crate::error::{Error, Result};

/// How a sealed file begins.
const OPENING: &[u8] = b"{\"sha256\":\"";
/// Hexadecimal digits of the sum.
const DIGITS: usize = 64;
/// What stands between the sum and the content.
const CLOSING: &[u8] = b"\",";

/// The bytes of a model's file: an artifact with the SHA-256 of itself before its first field. An artifact that is part of this build is left as it is: its
/// sum is known.
///
/// # Examples
/// ```
/// use bonafide::model::{sealed, unsealed};
/// let file = sealed(b"{\"format_version\":1}\n");
/// assert_eq!(unsealed(&file, |_| Ok(())).unwrap(), b"{\"format_version\":1}\n");
/// ```
pub fn sealed(artifact: &[u8]) -> Vec<u8> {
    match artifact.strip_prefix(b"{") {
        Some(fields) if !is_shipped(artifact) => [OPENING, sha256(artifact).as_bytes(), CLOSING, fields].concat(),
        _ => artifact.to_vec(),
    }
}

/// The artifact in a model's file; `read` tells what else is wrong with one that carries no sum.
///
/// # Errors
/// `Malformed` where the content is not what its sum says, or where there is no sum; whatever `read` says of content without one comes first.
pub fn unsealed(file: &[u8], read: impl Fn(&[u8]) -> Result<()>) -> Result<Vec<u8>> {
    if is_shipped(file) {
        return Ok(file.to_vec());
    }
    let Some(rest) = file.strip_prefix(OPENING) else {
        read(file)?;
        let detail = "it carries no sum of its own content, as `bonafide train` writes it, and is not the one shipped: it was edited, or written by an older version";
        return Err(Error::malformed("a model's file", detail));
    };
    let parts = rest.split_at_checked(DIGITS).and_then(|(sum, fields)| Some((sum, fields.strip_prefix(CLOSING)?)));
    let artifact = parts.map(|(_, fields)| [b"{", fields].concat());
    match (parts, artifact) {
        (Some((sum, _)), Some(artifact)) if sha256(&artifact).as_bytes() == sum => Ok(artifact),
        _ => Err(Error::malformed("a model's file", "its content is not what its own sum says: it was edited or damaged")),
    }
}

fn is_shipped(artifact: &[u8]) -> bool {
    [account_model::EMBEDDED, creator_model::EMBEDDED, timing_model::EMBEDDED].contains(&artifact)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountModel, CreatorModel};

    fn open(file: &[u8]) -> Result<Vec<u8>> {
        unsealed(file, |bytes| AccountModel::from_json(bytes).map(|_| ()))
    }

    /// A model like the shipped one, with another seed on record.
    fn other() -> Vec<u8> {
        let text = String::from_utf8(account_model::EMBEDDED.to_vec()).unwrap();
        let at = text.find("\"seed\":").unwrap() + 7;
        [&text.as_bytes()[..at], b"1", &text.as_bytes()[at..]].concat()
    }

    #[test]
    fn what_was_sealed_comes_back_and_what_is_shipped_needs_no_seal() {
        let file = sealed(&other());
        assert_eq!(open(&file).unwrap(), other());
        assert_eq!(sealed(account_model::EMBEDDED), account_model::EMBEDDED);
        assert_eq!(open(account_model::EMBEDDED).unwrap(), account_model::EMBEDDED);
        assert!(CreatorModel::from_json(&unsealed(creator_model::EMBEDDED, |_| Ok(())).unwrap()).is_ok());
    }

    #[test]
    fn an_edited_file_is_refused_wherever_it_was_edited() {
        let file = sealed(&other());
        for at in [OPENING.len() + 3, OPENING.len() + DIGITS + 40, file.len() / 2, file.len() - 5] {
            let mut edited = file.clone();
            edited[at] = if edited[at] == b'7' { b'8' } else { b'7' };
            assert!(open(&edited).unwrap_err().to_string().contains("edited or damaged"), "{at}");
        }
        let said = open(&other()).unwrap_err().to_string();
        assert!(said.contains("carries no sum"), "{said}");
    }

    #[test]
    fn a_damaged_file_and_one_of_another_version_are_refused_with_the_reason() {
        let file = sealed(&other());
        for cut in [0, 5, OPENING.len() + 10, file.len() / 2, file.len() - 1] {
            assert!(open(&file[..cut]).is_err(), "{cut}");
        }
        let text = String::from_utf8(account_model::EMBEDDED.to_vec()).unwrap();
        let newer = text.replacen("\"format_version\":1", "\"format_version\":99", 1);
        assert!(open(newer.as_bytes()).unwrap_err().to_string().contains("99"));
        let opened = open(&sealed(newer.as_bytes())).unwrap();
        assert!(AccountModel::from_json(&opened).unwrap_err().to_string().contains("99"));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200), cut in 0..80_usize) {
            let _ = open(&bytes);
            let mut file = sealed(&other());
            file.truncate(cut + bytes.len());
            let _ = open(&file);
        }
    }
}

//! How every artifact stands on disk: compact JSON with a newline at its end, its format's version among its fields, known by its SHA-256.

use crate::error::{Error, ErrorKind, Result};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A kind of artifact.
pub(super) struct ArtifactJson {
    /// What messages call it, with its article.
    pub name: &'static str,
    /// Version of the format that this build reads and writes.
    pub format_version: u32,
}

#[derive(Deserialize)]
struct VersionOnly {
    format_version: u32,
}

impl ArtifactJson {
    /// # Errors
    /// `Malformed` if it cannot be written as JSON.
    pub(super) fn write(&self, artifact: &impl Serialize) -> Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec(artifact).map_err(|error| self.malformed(error))?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// # Errors
    /// `UnsupportedVersion` for another format version, whatever else differs with it; `Malformed` for anything else.
    pub(super) fn read<T: DeserializeOwned>(&self, bytes: &[u8]) -> Result<T> {
        let VersionOnly { format_version } = serde_json::from_slice(bytes).map_err(|error| self.malformed(error))?;
        if format_version != self.format_version {
            let (found, supported) = (format_version, self.format_version);
            return Err(Error::new(ErrorKind::UnsupportedVersion { found, supported }));
        }
        serde_json::from_slice(bytes).map_err(|error| self.malformed(error))
    }

    /// That an artifact is no whole one of its kind.
    pub(super) fn malformed(&self, detail: impl std::fmt::Display) -> Error {
        Error::malformed(self.name, detail)
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha256_is_that_of_the_standard() {
        // FIPS 180-4's example "abc".
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}

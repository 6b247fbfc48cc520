//! Files of a `.tar.xz` archive, one after another, without unpacking it to disk.

use crate::error::{Error, Locate, Result};
use lzma_rust2::XzReader;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

/// Bytes of a block; headers fill one, files are padded to whole ones.
const BLOCK: usize = 512;
/// A header's place, as POSIX `ustar` lays it out: name, size in octal, checksum in octal.
const NAME: std::ops::Range<usize> = 0..100;
const SIZE: std::ops::Range<usize> = 124..136;
const CHECKSUM: std::ops::Range<usize> = 148..156;
/// Kind of entry; `0` or NUL is a file.
const KIND: usize = 156;

/// Hands each file's name and content to `each`; folders and links are passed by.
///
/// # Errors
/// What is no such archive, is cut off or damaged; what `each` returns.
pub(super) fn for_each_file(path: &Path, each: &mut dyn FnMut(&str, &mut dyn Read) -> Result<()>) -> Result<()> {
    let file = BufReader::new(File::open(path).at_file(path)?);
    let mut stream = XzReader::new(file, true);
    let mut header = [0; BLOCK];
    loop {
        stream.read_exact(&mut header).map_err(|error| damaged(&error).at_file(path))?;
        if header.iter().all(|&byte| byte == 0) {
            return Ok(());
        }
        let size = checked_size(&header).map_err(|error| error.at_file(path))?;
        let mut content = (&mut stream).take(size);
        if matches!(header[KIND], b'0' | 0) {
            let name = String::from_utf8_lossy(until_nul(&header[NAME])).into_owned();
            each(&name, &mut content).map_err(|error| error.at_file(path))?;
        }
        let left = content.limit() + size.next_multiple_of(BLOCK as u64) - size;
        let skipped = io::copy(&mut (&mut stream).take(left), &mut io::sink()).map_err(|error| damaged(&error).at_file(path))?;
        if skipped < left {
            return Err(Error::malformed("a tar archive", "it ends within a file").at_file(path));
        }
    }
}

/// The size that a header states, after its checksum has been held against it.
fn checked_size(header: &[u8; BLOCK]) -> Result<u64> {
    let sum: u64 =
        header.iter().enumerate().map(|(place, &byte)| u64::from(if CHECKSUM.contains(&place) { b' ' } else { byte })).sum();
    match (octal(&header[SIZE]), octal(&header[CHECKSUM])) {
        (Some(size), Some(stated)) if stated == sum => Ok(size),
        _ => Err(Error::malformed("a tar archive", "a header is damaged")),
    }
}

fn octal(field: &[u8]) -> Option<u64> {
    u64::from_str_radix(std::str::from_utf8(until_nul(field)).ok()?.trim(), 8).ok()
}

fn until_nul(field: &[u8]) -> &[u8] {
    field.split(|&byte| byte == 0).next().unwrap_or(field)
}

/// What the decoder could not read.
fn damaged(error: &io::Error) -> Error {
    Error::malformed("a tar archive compressed with xz", error)
}

#[cfg(test)]
pub(super) mod testing {
    use super::{BLOCK, CHECKSUM, KIND, NAME, SIZE};
    use lzma_rust2::{XzOptions, XzWriter};
    use std::io::Write;

    /// A small archive.
    pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut tar = Vec::new();
        for (name, content) in files {
            let mut header = [0_u8; BLOCK];
            header[NAME][..name.len()].copy_from_slice(name.as_bytes());
            header[SIZE].copy_from_slice(format!("{:011o}\0", content.len()).as_bytes());
            header[KIND] = if name.ends_with('/') { b'5' } else { b'0' };
            header[CHECKSUM].fill(b' ');
            let sum: u64 = header.iter().map(|&byte| u64::from(byte)).sum();
            header[CHECKSUM].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
            tar.extend_from_slice(&header);
            tar.extend_from_slice(content);
            tar.resize(tar.len().next_multiple_of(BLOCK), 0);
        }
        tar.extend_from_slice(&[0; 2 * BLOCK]);
        compressed(&tar)
    }

    pub fn compressed(bytes: &[u8]) -> Vec<u8> {
        let mut writer = XzWriter::new(Vec::new(), XzOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{archive, compressed};
    use super::*;

    fn names_and_sizes(bytes: &[u8]) -> Result<Vec<(String, usize)>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tar.xz");
        std::fs::write(&path, bytes).unwrap();
        let mut found = Vec::new();
        for_each_file(&path, &mut |name, content| {
            // Only every other file is read to its end: the rest must be skipped.
            let mut text = Vec::new();
            if found.len() % 2 == 0 {
                content.read_to_end(&mut text)?;
            }
            found.push((name.to_owned(), text.len()));
            Ok(())
        })?;
        Ok(found)
    }

    #[test]
    fn files_come_one_by_one_whether_read_or_not() {
        let long = vec![b'x'; 1_300];
        let bytes = archive(&[("d/", b""), ("d/a.csv", &long), ("d/b.csv", &long), ("d/c.csv", b"1,2\n")]);
        let expected = [("d/a.csv", 1_300), ("d/b.csv", 0), ("d/c.csv", 4)].map(|(name, size)| (name.to_owned(), size));
        assert_eq!(names_and_sizes(&bytes).unwrap(), expected);
    }

    #[test]
    fn what_is_cut_off_or_damaged_is_refused() {
        let whole = archive(&[("a.csv", &[b'y'; 5_000])]);
        assert!(names_and_sizes(&whole[..whole.len() / 2]).is_err());
        assert!(names_and_sizes(b"plain text").unwrap_err().to_string().contains("a.tar.xz"));
        assert!(names_and_sizes(&compressed(&[7; 2 * BLOCK])).unwrap_err().to_string().contains("a header is damaged"));
    }
}

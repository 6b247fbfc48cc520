//! The files of an account export: a folder, or a zip archive read in place. Nothing is ever unpacked to disk.

use super::source::open;
use crate::error::{Error, Locate, Result};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;
use zip::result::ZipError;

/// Folders of an export are nested no deeper than this: part, section, subject, file.
const DEEPEST: usize = 5;
/// A list of ten million followers is about two gigabytes. Assumption: no honest file of an export is larger.
const LARGEST_BYTES: u64 = 4 << 30;
/// JSON of an export packs to a tenth or a twentieth of its size; what unpacks to a hundred times as much is a bomb.
const MOST_TIMES_LARGER: u64 = 100;
/// Below this size no ratio is too great.
const HARMLESS_BYTES: u64 = 1 << 20;

/// An opened export.
pub(super) enum ExportFiles {
    /// Its files by name relative to the folder.
    Folder { root: PathBuf, names: Vec<String> },
    /// An archive, and its files' names.
    Zip { path: PathBuf, names: Vec<String>, archive: ZipArchive<BufReader<File>> },
}

impl ExportFiles {
    /// Opens a folder or a zip archive and lists its files.
    pub(super) fn open(source: &Path) -> Result<Self> {
        if source.metadata().at_file(source)?.is_dir() {
            let mut names = Vec::new();
            list(source, "", DEEPEST, &mut names)?;
            names.sort_unstable();
            return Ok(Self::Folder { root: source.to_path_buf(), names });
        }
        let file = BufReader::new(File::open(source).at_file(source)?);
        let archive = ZipArchive::new(file).map_err(|error| unreadable(error).at_file(source))?;
        let mut names: Vec<String> = archive.file_names().filter(|name| !name.ends_with('/')).map(str::to_owned).collect();
        if let Some(name) = names.iter().find(|name| leaves_the_archive(name)) {
            let detail = format!("the name of its file `{name}` leads out of it");
            return Err(Error::malformed("the zip archive of an export", detail).at_file(source));
        }
        names.sort_unstable();
        Ok(Self::Zip { path: source.to_path_buf(), names, archive })
    }

    /// All files, by name, with `/` between folders.
    pub(super) fn names(&self) -> &[String] {
        match self {
            Self::Folder { names, .. } | Self::Zip { names, .. } => names,
        }
    }

    /// Where a file stands, to be shown.
    pub(super) fn place(&self, name: &str) -> PathBuf {
        match self {
            Self::Folder { root, .. } => root.join(name),
            Self::Zip { path, .. } => path.join(name),
        }
    }

    /// Opens one of the files.
    pub(super) fn reader(&mut self, name: &str) -> Result<Box<dyn BufRead + '_>> {
        let place = self.place(name);
        match self {
            Self::Folder { .. } => open(&place),
            Self::Zip { archive, .. } => {
                let file = archive.by_name(name).map_err(|error| unreadable(error).at_file(&place))?;
                let allowed = file.compressed_size().saturating_mul(MOST_TIMES_LARGER).clamp(HARMLESS_BYTES, LARGEST_BYTES);
                Ok(Box::new(BufReader::new(Bounded { inner: file, left: allowed })))
            }
        }
    }
}

/// Collects the files below a folder; links to folders are not followed.
fn list(folder: &Path, prefix: &str, deeper: usize, names: &mut Vec<String>) -> Result<()> {
    for entry in folder.read_dir().at_file(folder)? {
        let entry = entry.at_file(folder)?;
        let kind = entry.file_type().at_file(entry.path())?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let name = format!("{prefix}{name}");
        if kind.is_dir() && deeper > 0 {
            list(&entry.path(), &format!("{name}/"), deeper - 1, names)?;
        } else if !kind.is_dir() && entry.path().is_file() {
            names.push(name);
        }
    }
    Ok(())
}

fn leaves_the_archive(name: &str) -> bool {
    name.starts_with(['/', '\\']) || name.contains('\0') || name.split(['/', '\\']).any(|part| part == "..")
}

/// Says what is wrong with an archive or with one of its files.
fn unreadable(error: ZipError) -> Error {
    const WHAT: &str = "a zip archive";
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => error.into(),
        ZipError::Io(_) => Error::malformed(WHAT, "it ends too early; the download may be incomplete"),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            Error::malformed("a zip archive without a password", "the file is encrypted; unpack it first and give the folder")
        }
        ZipError::InvalidArchive(detail) => {
            Error::malformed(WHAT, format!("{detail}; the download may be incomplete, or this is something else"))
        }
        error => Error::malformed(WHAT, error),
    }
}

/// Says what is wrong with the content of a file.
pub(super) fn damaged(error: io::Error) -> Error {
    const WHAT: &str = "a file of an export";
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Error::malformed(WHAT, "it ends too early; the download may be incomplete"),
        io::ErrorKind::FileTooLarge => Error::malformed(WHAT, "it unpacks to more than 100 times its packed size"),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => Error::malformed(WHAT, error),
        _ => error.into(),
    }
}

/// Fails, rather than ends, where a file unpacks to more than is allowed.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(n_read as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(n_read)
    }
}

#[cfg(test)]
pub(super) mod testing {
    use std::io::{Cursor, Write};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    /// A zip archive of the files, deflated.
    pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::zip;
    use super::*;

    fn read(bytes: &[u8], name: &str) -> Result<Vec<u8>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("export.zip");
        std::fs::write(&path, bytes).unwrap();
        let mut files = ExportFiles::open(&path)?;
        let place = files.place(name);
        let mut content = Vec::new();
        files.reader(name)?.read_to_end(&mut content).map_err(|error| damaged(error).at_file(place))?;
        Ok(content)
    }

    #[test]
    fn files_of_an_archive_are_read_in_place() {
        let bytes = zip(&[("a/b.json", b"[1]"), ("a/c.json", b"[2]")]);
        assert_eq!(read(&bytes, "a/c.json").unwrap(), b"[2]");
        assert!(read(&bytes, "a/d.json").unwrap_err().to_string().contains("export.zip/a/d.json"));
    }

    #[test]
    fn a_bomb_stops_long_before_it_has_unfolded() {
        let bytes = zip(&[("a.json", &vec![b' '; 64 << 20])]);
        assert!(bytes.len() < 200_000);
        let message = read(&bytes, "a.json").unwrap_err().to_string();
        assert!(message.contains("a.json") && message.contains("unpacks to"), "{message}");
    }

    #[test]
    fn an_archive_that_is_none_is_cut_off_or_leads_elsewhere_is_refused() {
        let whole = zip(&[("a.json", b"[1, 2, 3]")]);
        let cut = read(&whole[..whole.len() - 10], "a.json").unwrap_err().to_string();
        assert!(cut.contains("export.zip: damaged or not a zip archive") && cut.contains("incomplete"), "{cut}");
        assert!(read(b"[]", "a.json").unwrap_err().to_string().contains("not a zip archive"));
        let outside = read(&zip(&[("../../a.json", b"[]")]), "a.json").unwrap_err().to_string();
        assert!(outside.contains("leads out of it"), "{outside}");
    }

    #[test]
    fn an_encrypted_file_is_named_and_not_guessed_at() {
        let mut bytes = zip(&[("a.json", b"[1]")]);
        // The bit that says so stands in both of a file's headers, 6 and 8 bytes behind their signatures.
        for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
            let at = bytes.windows(4).position(|window| window == signature).unwrap();
            bytes[at + flags] |= 1;
        }
        let message = read(&bytes, "a.json").unwrap_err().to_string();
        assert!(message.contains("export.zip/a.json") && message.contains("encrypted"), "{message}");
    }

    #[test]
    fn folders_are_searched_to_a_depth() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("a/b")).unwrap();
        std::fs::write(folder.path().join("a/b/c.json"), b"[]").unwrap();
        std::fs::write(folder.path().join("d.json"), b"[]").unwrap();
        assert_eq!(ExportFiles::open(folder.path()).unwrap().names(), ["a/b/c.json", "d.json"]);
    }
}

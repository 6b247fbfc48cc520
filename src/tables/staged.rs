//! Outputs that appear whole or not at all.

use crate::error::{Error, ErrorKind, Locate, Result};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tempfile::{Builder, NamedTempFile, TempDir};

/// A folder that is filled beside its target and takes the target's name on [`StagedFolder::commit`].
/// Dropped without a commit, it is removed with all it holds.
///
/// # Examples
/// ```
/// use bonafide::tables::StagedFolder;
/// let place = tempfile::tempdir()?;
/// let run = StagedFolder::create(&place.path().join("run"))?;
/// std::fs::write(run.path().join("run.json"), "{}")?;
/// assert!(!place.path().join("run").exists());
/// run.commit()?;
/// assert!(place.path().join("run/run.json").exists());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct StagedFolder {
    target: PathBuf,
    folder: TempDir,
    _unfinished: Unfinished,
}

impl StagedFolder {
    /// Begins a folder for a target that must not exist yet; its parent must.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`], or [`ErrorKind::Io`] where the parent is missing or read-only.
    pub fn create(target: &Path) -> Result<Self> {
        let parent = free_place(target)?;
        let mut builder = Builder::new();
        let prefix = hidden_prefix(target);
        builder.prefix(&prefix).suffix(".partial");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
        let folder = builder.tempdir_in(&parent).map_err(|error| Error::from(unwritable(error, &parent)).at_file(target))?;
        let unfinished = Unfinished::note(folder.path());
        Ok(Self { target: target.to_path_buf(), folder, _unfinished: unfinished })
    }

    /// Where to write for now.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The final place.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Gives the folder its final name.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`] if something took the name meanwhile; nothing is left behind then.
    pub fn commit(self) -> Result<()> {
        free_place(&self.target)?;
        std::fs::rename(self.folder.path(), &self.target).at_file(&self.target)?;
        // The temporary name is gone: nothing is left to remove.
        let _ = self.folder.keep();
        Ok(())
    }
}

/// A file that is written beside its target and takes the target's name on [`StagedFile::commit`].
///
/// # Examples
/// ```
/// use bonafide::tables::StagedFile;
/// use std::io::Write;
/// let place = tempfile::tempdir()?;
/// let mut page = StagedFile::create(&place.path().join("page.html"))?;
/// page.write_all(b"<p>")?;
/// page.commit()?;
/// assert_eq!(std::fs::read(place.path().join("page.html"))?, b"<p>");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct StagedFile {
    target: PathBuf,
    file: BufWriter<NamedTempFile>,
    replaces: bool,
    _unfinished: Unfinished,
}

impl StagedFile {
    /// Begins a file for a target that must not exist yet; its parent must.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`], or [`ErrorKind::Io`] where the parent is missing or read-only.
    pub fn create(target: &Path) -> Result<Self> {
        Self::begin(target, &free_place(target)?, false)
    }

    /// Begins a file for a target whose former content, if any, stays until [`StagedFile::commit`].
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`] where the target is no plain file, [`ErrorKind::Io`] where the parent is missing or read-only.
    pub fn replace(target: &Path) -> Result<Self> {
        if !target.is_file() {
            return Self::create(target);
        }
        Self::begin(target, &parent_of(target)?, true)
    }

    fn begin(target: &Path, parent: &Path, replaces: bool) -> Result<Self> {
        let prefix = hidden_prefix(target);
        let mut builder = Builder::new();
        builder.prefix(&prefix).suffix(".partial");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(parent).map_err(|error| Error::from(unwritable(error, parent)).at_file(target))?;
        let unfinished = Unfinished::note(file.path());
        Ok(Self { target: target.to_path_buf(), file: BufWriter::new(file), replaces, _unfinished: unfinished })
    }

    /// Gives the file its final name.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the last bytes cannot be written, [`ErrorKind::AlreadyExists`] if something took the name.
    pub fn commit(self) -> Result<()> {
        let Self { target, file, replaces, _unfinished } = self;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error).at_file(&target)?;
        if replaces {
            return file.persist(&target).map(drop).map_err(|failed| failed.error).at_file(&target);
        }
        match file.persist_noclobber(&target) {
            Ok(_) => Ok(()),
            Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => {
                Err(Error::new(ErrorKind::AlreadyExists).at_file(target))
            }
            Err(failed) => Err(failed.error).at_file(target),
        }
    }
}

impl Write for StagedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Outputs begun and not committed, in this process.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// The note that an output was begun; gone with it.
#[derive(Debug)]
struct Unfinished(PathBuf);

impl Unfinished {
    fn note(path: &Path) -> Self {
        UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_path_buf());
        Self(path.to_path_buf())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// Removes every output that was begun and not committed: for a process that is about to be ended by a signal.
/// What cannot be removed stays.
pub fn remove_unfinished() {
    for path in UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        let _ = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    }
}

/// Creates a file inside a staged folder; the error names it.
pub(super) fn create_file(path: &Path) -> Result<File> {
    File::create_new(path).at_file(path)
}

/// The parent of a target that nothing stands at.
fn free_place(target: &Path) -> Result<PathBuf> {
    if target.symlink_metadata().is_ok() {
        return Err(Error::new(ErrorKind::AlreadyExists).at_file(target));
    }
    parent_of(target)
}

fn parent_of(target: &Path) -> Result<PathBuf> {
    match target.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Ok(PathBuf::from(".")),
        Some(parent) => Ok(parent.to_path_buf()),
        None => Err(Error::new(ErrorKind::AlreadyExists).at_file(target)),
    }
}

fn hidden_prefix(target: &Path) -> String {
    format!(".{}.", target.file_name().map(|name| name.to_string_lossy()).unwrap_or_default())
}

fn unwritable(error: io::Error, parent: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("cannot write into {}: {}", parent.display(), error.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(folder: &Path) -> usize {
        std::fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_folder_that_is_not_committed_leaves_nothing_behind() {
        let place = tempfile::tempdir().unwrap();
        let staged = StagedFolder::create(&place.path().join("run")).unwrap();
        std::fs::write(staged.path().join("half"), "x").unwrap();
        assert_eq!(entries(place.path()), 1);
        drop(staged);
        assert_eq!(entries(place.path()), 0);
    }

    #[test]
    fn a_file_that_is_not_committed_leaves_nothing_behind() {
        let place = tempfile::tempdir().unwrap();
        let mut staged = StagedFile::create(&place.path().join("page.html")).unwrap();
        staged.write_all(b"half").unwrap();
        drop(staged);
        assert_eq!(entries(place.path()), 0);
    }

    #[test]
    fn what_exists_is_not_overwritten() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("run");
        let folder = StagedFolder::create(&target).unwrap();
        let file = StagedFile::create(&target).unwrap();
        std::fs::create_dir(&target).unwrap();
        for error in [folder.commit().unwrap_err(), file.commit().unwrap_err(), StagedFolder::create(&target).unwrap_err()] {
            assert!(matches!(error.kind(), ErrorKind::AlreadyExists), "{error}");
        }
        assert_eq!(entries(place.path()), 1);
    }

    #[test]
    fn a_replaced_file_keeps_its_content_until_the_new_one_is_whole() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("page.html");
        std::fs::write(&target, "old").unwrap();
        let mut staged = StagedFile::replace(&target).unwrap();
        staged.write_all(b"new").unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"old");
        staged.commit().unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"new");
        assert_eq!(entries(place.path()), 1);
    }

    #[test]
    fn a_place_that_cannot_be_written_is_named() {
        let place = tempfile::tempdir().unwrap();
        let missing = place.path().join("nowhere");
        let error = StagedFolder::create(&missing.join("run")).unwrap_err();
        assert!(error.to_string().contains("cannot write into") && error.to_string().contains("nowhere"), "{error}");
        std::fs::write(&missing, "a file").unwrap();
        assert!(StagedFile::create(&missing.join("page.html")).is_err());
        assert_eq!(entries(place.path()), 1);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_read_only_folder_is_named() {
        let error = StagedFolder::create(Path::new("/proc/run")).unwrap_err();
        assert!(error.to_string().starts_with("/proc/run: cannot write into /proc"), "{error}");
    }
}

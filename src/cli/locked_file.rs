//! A file that several people may write to, held while one reads, checks and writes.
#![expect(clippy::disallowed_methods, reason = "this is the edge: it touches the disk")]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::disk::{note_input, sync_folder_of, write_failed};
use super::output::{Terminal, write_errors};
use crate::diagnostic::{Code, Problem};

/// A file that nobody else holds.
pub(super) struct LockedFile {
    file: File,
    path: PathBuf,
}

impl LockedFile {
    /// Holds a file to add to it; it is made where there is none.
    pub(super) fn to_append(path: &Path, terminal: &Terminal) -> Result<Self, Problem> {
        let made = !path.exists();
        let file = opened(path, OpenOptions::new().read(true).append(true).create(true))?;
        if made {
            // Not every system can.
            let _ = sync_folder_of(path);
        }
        Self::lock_alone(file, path, terminal)
    }

    /// Holds a file that is there, to mend it.
    pub(super) fn to_mend(path: &Path, terminal: &Terminal) -> Result<Self, Problem> {
        Self::lock_alone(opened(path, OpenOptions::new().read(true).write(true))?, path, terminal)
    }

    /// Holds a file that is there together with others who read it. Where the drive can't do that, it is read even so:
    /// a line that is being written then looks torn, and nothing worse.
    pub(super) fn to_read(path: &Path) -> Result<Self, Problem> {
        let file = opened(path, OpenOptions::new().read(true))?;
        note_input(path);
        match file.lock_shared() {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::Unsupported => {}
            Err(error) => return Err(no_lock(path, &error)),
        }
        Ok(Self { file, path: path.to_owned() })
    }

    fn lock_alone(file: File, path: &Path, terminal: &Terminal) -> Result<Self, Problem> {
        let locked = match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                if !terminal.quiet {
                    write_errors("waiting for someone else who is writing to the register\n");
                }
                file.lock()
            }
            Err(TryLockError::Error(error)) => Err(error),
            Ok(()) => Ok(()),
        };
        match locked {
            Ok(()) => Ok(Self { file, path: path.to_owned() }),
            Err(error) => Err(no_lock(path, &error)),
        }
    }

    /// The whole file, unless it has more than `limit` bytes.
    pub(super) fn read(&mut self, limit: u64) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        let read = self.file.seek(SeekFrom::Start(0));
        let read = read.and_then(|_| (&self.file).take(limit + 1).read_to_end(&mut bytes));
        read.map_err(|error| unreadable(&self.path, &error))?;
        if bytes.len() as u64 > limit {
            let message = format!("`{}` has more than {} MiB", self.path.display(), limit >> 20);
            return Err(Problem::new(Code::FileTooLarge, message).help("check that it is the file you meant"));
        }
        Ok(bytes)
    }

    /// Adds to the end of the file in one write, and waits until it is on the disk.
    pub(super) fn append(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let before = self.file.metadata().map_err(|error| self.failed(&error))?.len();
        let written = match self.file.write(bytes) {
            Ok(count) if count == bytes.len() => self.file.sync_all(),
            Ok(_) => Err(ErrorKind::StorageFull.into()),
            Err(error) => Err(error),
        };
        written.map_err(|error| {
            // What was begun is taken back; where that fails too, the next reader finds it torn.
            let _ = self.file.set_len(before);
            self.failed(&error)
        })
    }

    /// Writes to the end of a file that was opened to be mended.
    pub(super) fn end_with(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.file.seek(SeekFrom::End(0)).map_err(|error| self.failed(&error))?;
        self.append(bytes)
    }

    /// Writes these bytes in place of the whole file, which was opened to be mended.
    pub(super) fn replace(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let written = self.file.seek(SeekFrom::Start(0)).and_then(|_| self.file.write_all(bytes));
        written.map_err(|error| self.failed(&error))?;
        self.cut(bytes.len())
    }

    /// Takes away what follows the first `length` bytes.
    pub(super) fn cut(&mut self, length: usize) -> Result<(), Problem> {
        let cut = self.file.set_len(length as u64).and_then(|()| self.file.sync_all());
        cut.map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &io::Error) -> Problem {
        let message = format!("`{}` can't be written: {}", self.path.display(), error.kind());
        Problem::new(Code::WriteFailed, message)
            .help("check that it is yours and that there is room; `register verify` says whether a line was cut off")
    }
}

fn opened(path: &Path, how: &OpenOptions) -> Result<File, Problem> {
    // A pipe would be waited for.
    if fs::metadata(path).is_ok_and(|about| !about.is_file()) {
        let message = format!("`{}` is not a file", path.display());
        return Err(Problem::new(Code::FileUnreadable, message).help("name the register's file"));
    }
    how.open(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let path = path.display();
    match error.kind() {
        ErrorKind::NotFound => Problem::new(Code::FileMissing, format!("there is no file `{path}`"))
            .help("name the register; `register append` makes one in a folder that exists"),
        kind => Problem::new(Code::FileUnreadable, format!("`{path}` can't be opened: {kind}"))
            .help("check the file's permissions"),
    }
}

fn no_lock(path: &Path, error: &io::Error) -> Problem {
    let message = format!(
        "`{}` is on a drive that can't stop two people from writing at the same time: {}",
        path.display(),
        error.kind()
    );
    Problem::new(Code::NoLock, message).help("keep the register on a disk of this machine, or on another drive")
}

/// Writes new files, all or none, and never over one that is there. Those that are secret nobody else can read, where the
/// system has such permissions.
pub(super) fn write_new(files: &[(&Path, &[u8], bool)]) -> Result<(), Problem> {
    for (count, (path, content, secret)) in files.iter().enumerate() {
        if let Err(error) = write_one(path, content, *secret) {
            let ours = if error.kind() == ErrorKind::AlreadyExists { count } else { count + 1 };
            for (path, ..) in files.iter().take(ours) {
                let _ = fs::remove_file(path);
            }
            return Err(not_written(path, &error));
        }
    }
    Ok(())
}

fn write_one(path: &Path, content: &[u8], secret: bool) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if secret {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = secret;
    let mut file = options.open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

fn not_written(path: &Path, error: &io::Error) -> Problem {
    if error.kind() != ErrorKind::AlreadyExists {
        return write_failed(path, error);
    }
    Problem::new(Code::FileExists, format!("`{}` already exists: nothing is overwritten", path.display()))
        .help("name another file")
}

//! Walking the inputs: files and folders become paths relative to the input that was named.

use marsad_read::Limits;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputFile {
    /// Its path relative to the input that was named, `/` between the parts; a named file is its own name.
    pub path: String,
    /// Where it lies.
    pub at: PathBuf,
    /// Its length in bytes, when it was found.
    pub length: u64,
}

/// How much of a file is fetched at a time.
const FETCHED: usize = 256 << 10;

impl InputFile {
    /// A file by itself.
    pub fn named(at: &Path) -> io::Result<Self> {
        let name = at.file_name().map_or_else(|| at.to_string_lossy(), |n| n.to_string_lossy());
        Ok(Self { path: name.into_owned(), at: at.to_owned(), length: fs::metadata(at)?.len() })
    }

    /// The records in it, read as they are asked for. `read` is told of each stretch of bytes that was fetched.
    pub fn records<'a>(&self, limits: Limits, read: impl FnMut(u64) + 'a) -> io::Result<marsad_read::Records<'a>> {
        let file = Watched { file: File::open(&self.at)?, read };
        let file = BufReader::with_capacity(FETCHED, file);
        Ok(marsad_read::stream_records(&self.path, file, sidecar(&self.at), limits))
    }
}

/// A file that tells how much of it is read.
struct Watched<F> {
    file: File,
    read: F,
}

impl<F: FnMut(u64)> Read for Watched<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        (self.read)(read as u64);
        Ok(read)
    }
}

impl<F> Seek for Watched<F> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// Something that could not be walked, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwalked {
    /// Where.
    pub path: String,
    /// Why, in words for a person.
    pub reason: String,
}

/// What lies in the inputs, sorted; sidecars are left to their files where these are there.
pub fn walk(inputs: &[PathBuf]) -> (Vec<InputFile>, Vec<Unwalked>) {
    let (mut files, mut unwalked) = (Vec::new(), Vec::new());
    for input in inputs {
        let result = fs::metadata(input).and_then(|meta| {
            if meta.is_dir() {
                walk_folder(input, "", &mut files, &mut unwalked)
            } else {
                files.push(InputFile::named(input)?);
                Ok(())
            }
        });
        if let Err(error) = result {
            unwalked.push(Unwalked { path: input.display().to_string(), reason: told(&error) });
        }
    }
    files.sort();
    files.dedup();
    let names: std::collections::BTreeSet<PathBuf> = files.iter().map(|f| f.at.clone()).collect();
    files.retain(|f| !is_sidecar_of(&f.at, &names));
    (files, unwalked)
}

fn walk_folder(folder: &Path, prefix: &str, files: &mut Vec<InputFile>, unwalked: &mut Vec<Unwalked>) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        // Hidden files are the system's or an editor's, never reports.
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{prefix}{name}");
        let at = entry.path();
        let result = fs::metadata(&at).and_then(|meta| {
            if meta.is_dir() {
                // A link to a folder could lead back up.
                if entry.file_type()?.is_symlink() { Ok(()) } else { walk_folder(&at, &format!("{path}/"), files, unwalked) }
            } else {
                files.push(InputFile { path: path.clone(), at: at.clone(), length: meta.len() });
                Ok(())
            }
        });
        if let Err(error) = result {
            unwalked.push(Unwalked { path, reason: told(&error) });
        }
    }
    Ok(())
}

/// The file that a sidecar tells of, if that is among the inputs.
fn is_sidecar_of(at: &Path, names: &std::collections::BTreeSet<PathBuf>) -> bool {
    let name = at.to_string_lossy();
    name.strip_suffix(marsad_read::SIDECAR_SUFFIX).is_some_and(|file| names.contains(Path::new(file)))
}

/// The sidecar beside a file, if there is one.
fn sidecar(at: &Path) -> Option<Vec<u8>> {
    let mut name = at.as_os_str().to_owned();
    name.push(marsad_read::SIDECAR_SUFFIX);
    fs::read(PathBuf::from(name)).ok()
}

/// Why a file cannot be read, and what to do about it.
pub fn told(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder; check the path".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read by this user; change its permissions".to_owned(),
        _ => format!("it cannot be read: {error}"),
    }
}

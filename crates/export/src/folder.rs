//! Where the files of an export go.

use crate::ExportError;
use serde::Serialize;
use std::io::{self, Write};

/// What takes the files of an export: a folder on a disk, or a buffer that is answered with.
pub trait Folder {
    /// A new file of this name.
    fn create(&mut self, name: &str) -> io::Result<Box<dyn Write + Send>>;
}

/// One file in the making.
pub struct Out {
    name: String,
    to: Box<dyn Write + Send>,
}

impl Out {
    /// Begin a file.
    pub fn create(folder: &mut dyn Folder, name: &str) -> Result<Self, ExportError> {
        let to = folder.create(name).map_err(|source| ExportError::Write { name: name.to_owned(), source })?;
        Ok(Self { name: name.to_owned(), to })
    }

    /// Write bytes.
    pub fn put(&mut self, bytes: &[u8]) -> Result<(), ExportError> {
        self.to.write_all(bytes).map_err(|source| ExportError::Write { name: self.name.clone(), source })
    }

    /// Write a record as one line of JSON.
    pub fn line(&mut self, record: &impl Serialize) -> Result<(), ExportError> {
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        self.put(&line)
    }

    /// Write out what is held back.
    pub fn finish(mut self) -> Result<(), ExportError> {
        self.to.flush().map_err(|source| ExportError::Write { name: self.name.clone(), source })
    }
}

impl std::fmt::Debug for Out {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Out({})", self.name)
    }
}

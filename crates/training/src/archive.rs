//! Packed gold data: gzip, and the files of a tar archive.

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use std::io::Read as _;
use std::path::Path;

/// The bytes of a gzip file.
fn unpack(path: &Path) -> Result<Vec<u8>> {
    let at = || format!("reading {}", path.display());
    let mut bytes = Vec::new();
    GzDecoder::new(std::fs::File::open(path).with_context(at)?).read_to_end(&mut bytes).with_context(at)?;
    Ok(bytes)
}

/// The text of a gzip file.
pub(crate) fn text(path: &Path) -> Result<String> {
    String::from_utf8(unpack(path)?).with_context(|| format!("reading {}", path.display()))
}

/// A block of a tar archive.
const BLOCK: usize = 512;

/// Name and text of each file of a gzip-packed tar archive, by name.
pub(crate) fn members(path: &Path) -> Result<Vec<(String, String)>> {
    let bytes = unpack(path)?;
    let (mut at, mut out) = (0, Vec::new());
    while let Some(header) = bytes.get(at..at + BLOCK).filter(|h| h[0] != 0) {
        let field = |from: usize, to: usize| String::from_utf8_lossy(&header[from..to]).trim_matches(['\0', ' ']).to_owned();
        let size = usize::from_str_radix(&field(124, 136), 8).context("a tar header's size")?;
        let body = bytes.get(at + BLOCK..at + BLOCK + size).context("a tar archive that ends too early")?;
        if matches!(header[156], b'0' | 0) {
            out.push((field(0, 100), String::from_utf8_lossy(body).into_owned()));
        }
        at += BLOCK + size.div_ceil(BLOCK) * BLOCK;
    }
    out.sort();
    Ok(out)
}

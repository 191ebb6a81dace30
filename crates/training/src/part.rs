//! Which documents may be learnt from: the same cut as the scorers make.

/// Is the document in the held part, from which nothing may be learnt? A fifth of all, by the CRC-32 of its id.
pub(crate) fn held(document: &str) -> bool {
    crc32(document).is_multiple_of(5)
}

/// The fold of a document in cross-validation, of so many.
pub(crate) fn fold(document: &str, folds: u32) -> u32 {
    crc32(document) / 5 % folds
}

fn crc32(text: &str) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(text.as_bytes());
    crc.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cut_is_that_of_the_scorers() {
        // As zlib.crc32 of the id's UTF-8 has it.
        assert_eq!(crc32("123456789"), 0xcbf4_3926);
        let part: Vec<bool> = ["0", "1", "2", "3", "4", "5", "6", "Damascus.txt", "Atom.txt"].into_iter().map(held).collect();
        assert_eq!(part, PART);
    }

    const PART: [bool; 9] = [false, false, false, false, false, false, true, false, false];
}

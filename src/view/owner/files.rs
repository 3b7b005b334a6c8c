//! The names of the files of owners' pages: no two alike, and none longer than disks take.

use std::collections::HashSet;

use super::OwnerPage;
use crate::plan::is_name;
use crate::source::{mark, portable_name};
use crate::view::inert;

/// No name leads to another folder, whoever was named on the command line: what is no letter, digit, `-` or `_` becomes
/// a `_`. Two pages never share a file, also where a disk takes `Ana` and `ana` for one name.
pub(super) fn part_names(pages: &mut [OwnerPage]) {
    let mut taken = HashSet::new();
    for page in pages {
        page.file = portable_name(&shortened(&plain(&page.file))).into_owned();
        let base = page.file.clone();
        let mut number = 2;
        while !taken.insert(page.file.to_lowercase()) {
            page.file = format!("{base}-{number}");
            number += 1;
        }
        page.file_link = inert::link(&page.file);
    }
}

fn plain(name: &str) -> String {
    name.replace(|c: char| !is_name(c.encode_utf8(&mut [0; 4])), "_")
}

/// The longest name of a file, without its ending: disks take 255 bytes, and a part of them is for the ending and for
/// the file under which it is written first.
const LONGEST_NAME: usize = 120;

/// A name that disks take: one that is too long ends with a mark of all of it, so that it stays the same.
fn shortened(name: &str) -> String {
    if name.len() <= LONGEST_NAME {
        return name.to_owned();
    }
    let end = (0..=LONGEST_NAME).rev().find(|end| name.is_char_boundary(*end)).unwrap_or(0);
    format!("{}-{}", &name[..end], mark([name]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        assert_eq!(plain("../../raj\0\\"), "______raj__");
        assert_eq!(plain("Ána-2_b"), "Ána-2_b");
    }
}

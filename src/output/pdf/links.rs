//! Where links of printed pages lead. A browser writes where on this disk the pages lie; a PDF that is sent
//! away must say it from where it lies itself.

use std::collections::BTreeSet;
use std::path::{Component, Path, Prefix};

use crate::source::percent_decoded;

/// The links of a plan's pages.
pub(super) struct Links {
    /// The address of the folder, in parts.
    folder: Vec<String>,
    /// The pages that are printed.
    pages: BTreeSet<String>,
}

/// The address of a file on this disk, as browsers take it.
#[must_use]
pub fn file_address(path: &Path) -> String {
    format!("file:///{}", parts(path).join("/"))
}

/// The parts of a path, as they stand in an address.
fn parts(path: &Path) -> Vec<String> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let part = |component: Component<'_>| match component {
        Component::Normal(name) => Some(escaped(&name.to_string_lossy())),
        Component::Prefix(prefix) => match prefix.kind() {
            Prefix::Disk(disk) | Prefix::VerbatimDisk(disk) => Some(format!("{}:", char::from(disk))),
            _ => None,
        },
        _ => None,
    };
    whole.components().filter_map(part).collect()
}

fn escaped(name: &str) -> String {
    let mut address = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

impl Links {
    pub(super) fn new<'a>(folder: &Path, pages: impl Iterator<Item = &'a str>) -> Self {
        Self { folder: parts(folder), pages: pages.map(str::to_owned).collect() }
    }

    /// The page of the plan that an address means, if it is one that is printed.
    pub(super) fn page(&self, address: &str) -> Option<&str> {
        let way = self.way(address)?;
        let plain = percent_decoded(way.split('#').next()?);
        self.pages.get(&plain).map(String::as_str)
    }

    /// The address as the PDF of `page` has to say it; nothing when it may stay as it is.
    pub(super) fn from(&self, page: &str, address: &str) -> Option<String> {
        let way = self.way(address)?;
        let up = "../".repeat(page.matches('/').count());
        // Only the index has no PDF of its own.
        let way = match self.page(address).and_then(super::own_pdf) {
            Some(_) => way.split('#').next().unwrap_or(&way).replace(".html", ".pdf"),
            None => way,
        };
        Some(format!("{up}{way}"))
    }

    /// The way from the plan's folder to an address on this disk.
    fn way(&self, address: &str) -> Option<String> {
        let target: Vec<&str> = address.strip_prefix("file:///")?.split('/').collect();
        let same = |(a, b): &(&String, &&str)| decoded_alike(a, b);
        let shared = self.folder.iter().zip(&target).take_while(same).count();
        let up = std::iter::repeat_n("..", self.folder.len() - shared);
        Some(up.chain(target[shared..].iter().copied()).collect::<Vec<_>>().join("/"))
    }
}

/// Browsers escape fewer letters than we do.
fn decoded_alike(one: &str, other: &str) -> bool {
    one == other || percent_decoded(one) == percent_decoded(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_say_nothing_of_this_disk() {
        let links = Links::new(Path::new("/out/my plan"), ["index.html", "owners/ana b.html"].into_iter());
        let from = |page, address| links.from(page, address);
        assert_eq!(from("index.html", "https://a.example/x"), None);
        let ana = "file:///out/my%20plan/owners/ana%20b.html#step-3";
        assert_eq!(links.page(ana), Some("owners/ana b.html"));
        assert_eq!(from("index.html", ana).as_deref(), Some("owners/ana%20b.pdf"));
        let index = "file:///out/my%20plan/index.html";
        assert_eq!(from("owners/ana b.html", index).as_deref(), Some("../index.html"));
        assert_eq!(from("run-sheet.html", "file:///out/index.html").as_deref(), Some("../index.html"));
        assert_eq!(from("run-sheet.html", "file:///out/my%20plan/plan.json").as_deref(), Some("plan.json"));
        assert_eq!(file_address(Path::new("/out/a#b/ü.html")), "file:///out/a%23b/%C3%BC.html");
    }
}

//! PDFs that a browser printed become the PDFs that people hold: one a page, and all of them in one.
//!
//! A browser stamps the time of printing and writes where on this disk the pages lie. Here the time is left
//! out, so that the same pages printed by the same browser are the same bytes, and links lead to the PDFs
//! beside, or to the page in the same file. Promised: what is not a whole PDF is refused; tags, titles and
//! the language stay.

mod bind;
mod document;
mod links;
mod tokens;
mod writer;

use std::path::Path;

use bind::Part;
use document::Document;
use links::Links;
pub use links::file_address;

use crate::view::HANDED_OUT;

/// A page that was printed.
#[derive(Debug)]
pub struct Printed {
    /// The path of its page, in the plan's folder, with `/`.
    pub page: String,
    pdf: Document,
}

/// A PDF that is not written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// Its path in the plan's folder, with `/`.
    pub path: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// All pages in one.
pub const PACK: &str = "all.pdf";

/// The pages that have no PDF of their own: what is on it stands in the pack.
const IN_THE_PACK_ALONE: &str = "index.html";

/// The pages that nobody needs on paper on the night: they have PDFs of their own, for the meetings before.
const FOR_MEETINGS: [&str; 5] =
    ["owners/unassigned.html", "timeline-phases.html", "questions.html", "walkthrough.html", "cards.html"];

impl Printed {
    /// Reads what a browser printed.
    ///
    /// # Errors
    /// When it is not there, or not a whole PDF: what is wrong, in a few words.
    #[expect(clippy::disallowed_methods, reason = "this stage takes back what was printed for it")]
    pub fn read(page: &str, file: &Path) -> Result<Self, String> {
        let bytes = std::fs::read(file).map_err(|_| "it printed nothing".to_owned())?;
        let pdf =
            Document::read(bytes).map_err(|reason| format!("what it printed is no whole PDF: {reason}"))?;
        Ok(Self { page: page.to_owned(), pdf })
    }
}

/// The pages that are printed, in the order in which they are handed out; others come last, in that of the build.
#[must_use]
pub fn printable(pages: &[String]) -> Vec<String> {
    let html = pages.iter().filter(|path| path.ends_with(".html"));
    let place =
        |path: &str| HANDED_OUT.iter().position(|lead| path.starts_with(lead)).unwrap_or(HANDED_OUT.len());
    let mut paths: Vec<String> = html.cloned().collect();
    paths.sort_by_key(|path| place(path));
    paths
}

/// The PDFs that come of the pages of a plan.
pub(super) fn pdfs_of(pages: &[String]) -> Vec<String> {
    let own = printable(pages).into_iter().filter_map(|page| own_pdf(&page));
    own.chain([PACK.to_owned()]).collect()
}

/// The PDF of a page; none of one that stands in the pack alone.
fn own_pdf(page: &str) -> Option<String> {
    let stem = page.strip_suffix(".html").filter(|_| page != IN_THE_PACK_ALONE)?;
    Some(format!("{stem}.pdf"))
}

/// The page that a PDF was printed from; none of the pack.
pub(super) fn page_of(pdf: &str) -> Option<String> {
    pdf.strip_suffix(".pdf").filter(|_| pdf != PACK).map(|stem| format!("{stem}.html"))
}

/// The PDFs of a plan whose pages lie in `folder`: one a page, and one of all of them with a title of its own.
#[must_use]
pub fn pdfs(folder: &Path, printed: &[Printed], title: &str) -> Vec<Pdf> {
    let links = Links::new(folder, printed.iter().map(|one| one.page.as_str()));
    let own = printed.iter().filter_map(|one| {
        let part = Part { pdf: &one.pdf, page: &one.page };
        Some(Pdf { path: own_pdf(&one.page)?, bytes: bind::bind(&[part], None, &links) })
    });
    let mut pdfs: Vec<Pdf> = own.collect();
    let packed = printed.iter().filter(|one| !FOR_MEETINGS.contains(&one.page.as_str()));
    let parts: Vec<Part<'_>> = packed.map(|one| Part { pdf: &one.pdf, page: &one.page }).collect();
    pdfs.push(Pdf { path: PACK.to_owned(), bytes: bind::bind(&parts, Some(title), &links) });
    pdfs
}

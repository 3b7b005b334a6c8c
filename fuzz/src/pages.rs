//! Any plan has all of its pages: each one whole, under a name that stays in its folder, with no script that the
//! templates do not have, and with links that lead to pages that are there.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use tminus::output::{Page, Prints, Renderer, write_plan};
use tminus::view::export::Revision;
use tminus::view::{PageOptions, PlanPages};

use super::input::Input;

static RENDERER: LazyLock<Renderer> =
    LazyLock::new(|| Renderer::new().unwrap_or_else(|_| panic!("the built-in templates parse")));

pub fn hold(text: &str) {
    let pages = pages(&Input::read(text));
    let names: BTreeSet<&str> = pages.iter().map(|page| page.path.as_str()).collect();
    assert_eq!(names.len(), pages.len(), "two pages of one name");
    let lower: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(lower.len(), names.len(), "names that some disks can't tell apart: {names:?}");
    for must in ["index.html", "run-sheet.html", "timeline.html", "plan.json"] {
        assert!(names.contains(must), "{must} is missing");
    }
    for page in pages.iter().filter(|page| page.path.ends_with(".html")) {
        assert!(page.text.trim_end().ends_with("</html>"), "{} is not whole", page.path);
        is_inert(page);
        leads_somewhere(page, &names);
    }
    stays_in_its_folder(&pages);
}

/// All pages of a plan.
pub fn pages(input: &Input) -> Vec<Page> {
    let (compiled, sources) = input.compile();
    let views = PlanPages::present(&compiled, &sources, "plan", PageOptions::default(), Revision::default());
    RENDERER.plan(&views).unwrap_or_else(|errors| panic!("a page can't be rendered: {}", errors.len()))
}

/// What a browser would run or load stands nowhere but in the one script of a template.
fn is_inert(page: &Page) {
    let lower = page.text.to_ascii_lowercase();
    let scripts = lower.matches("<script").count();
    assert!(scripts <= 1, "{} scripts in {}", scripts, page.path);
    let script = lower.find("<script").unwrap_or(lower.len());
    let end = lower[script..].find("</script").map_or(lower.len(), |end| script + end);
    let text = format!("{}{}", &lower[..script], &lower[end..]);
    for tag in text.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest)) {
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        let refused = ["iframe", "object", "embed", "base", "form", "link", "audio", "video"];
        assert!(!refused.contains(&name.as_str()), "<{tag}> in {}", page.path);
        // Outside of values in quotes.
        let bare: String = tag.split('"').step_by(2).collect();
        let is_handler = |word: &str| word.starts_with("on") && word.contains('=');
        assert!(name.is_empty() || !bare.split_whitespace().any(is_handler), "<{tag}> in {}", page.path);
        for address in ["href=\"", "src=\""].iter().filter_map(|lead| tag.split_once(lead)) {
            let address = address.1.trim_start();
            assert!(!address.starts_with("javascript:"), "<{tag}> in {}", page.path);
        }
    }
}

/// Links from page to page.
fn leads_somewhere(page: &Page, names: &BTreeSet<&str>) {
    let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    for link in page.text.split("<a href=\"").skip(1) {
        let address = link.split('"').next().unwrap_or(link).split('#').next().unwrap_or_default();
        let is_page = address.ends_with(".html") && !address.contains([':', '&', '%']);
        let (address, folder) = match address.strip_prefix("../") {
            Some(rest) if !folder.is_empty() => (rest, ""),
            _ => (address, folder),
        };
        let target = if folder.is_empty() { address.to_owned() } else { format!("{folder}/{address}") };
        let is_owner = target.starts_with("owners/") && target.matches('/').count() == 1;
        if is_page && is_owner {
            assert!(names.contains(target.as_str()), "{} leads to {address}, which is not there", page.path);
        }
    }
}

/// Written to a disk, nothing lies beside the folder of the pages, and in it nothing but them and their list.
fn stays_in_its_folder(pages: &[Page]) {
    let disk = tempfile::tempdir().expect("a folder");
    let out = disk.path().join("deep/out");
    let written = write_plan(&out, "plan", Path::new("/no-such-folder/plan.md"), pages, Prints::Unasked);
    let written = written.unwrap_or_else(|error| panic!("{}", error.message));
    assert_eq!(written.written, pages.len());
    let mut found = BTreeSet::new();
    let mut folders = vec![disk.path().to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder lists") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false => drop(found.insert(path)),
            }
        }
    }
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let (lists, found): (BTreeSet<_>, BTreeSet<_>) = found.into_iter().partition(|path| hidden(path));
    assert_eq!(lists.len(), 1, "{lists:?}");
    let made: BTreeSet<_> = pages.iter().map(|page| out.join("plan").join(&page.path)).collect();
    assert_eq!(found, made);
}

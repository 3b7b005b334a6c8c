//! What `tminus build` leaves on the disk: the same bytes for the same text, no file of somebody
//! else touched, and pages that are one file each and run no script but ours.
//!
//! Every tag and attribute of every page is held against the short list that the templates use, and every
//! script against ours, so
//! that a plan which tries to bring its own is found out wherever it tries.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod command;
mod scan;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use command::{Ran, tminus};
use scan::{Scanned, Tag, check_style, scan};
use tempfile::TempDir;

const TWO: &str = "---
title: Two people
people: {ana: Ana Reyes, raj: Raj Patel}
---
- [ ] Stop the API {#stop @ana 5m}
- [ ] Start it again {@raj 10m after=stop}
";

/// A plan that tries to act in every field it has.
const HOSTILE: &str = include_str!("hostile.md");

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    fs::write(path, text).expect("the file is written");
}

fn with_plan(text: &str) -> TempDir {
    let folder = folder();
    write(folder.path(), "plan.md", text);
    folder
}

fn build(folder: &Path, status: i32) -> Ran {
    let ran = tminus(folder, &["build", ".", "-o", "out"]);
    assert_eq!(ran.status, status, "{}", ran.stderr);
    ran
}

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).expect("a folder lists") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let below = path.strip_prefix(folder).expect("it lies below").to_path_buf();
                found.insert(below, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

/// The pages below a folder, as text.
fn pages(folder: &Path) -> Vec<(PathBuf, String)> {
    let html = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "html");
    let found = files(folder).into_iter().filter(|(path, _)| html(path));
    found.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8"))).collect()
}

/// The plans that come with the project.
fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("example-plans")
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    let plans = files(&examples());
    let (one, two) = (folder(), folder());
    for (path, text) in &plans {
        write(one.path(), &path.to_string_lossy(), text);
    }
    // The other folder is made back to front, so that the disk may list it otherwise.
    for (path, text) in plans.iter().rev() {
        write(two.path(), &path.to_string_lossy(), text);
    }
    // Of the three disasters, the wrong plans have errors.
    build(one.path(), 1);
    let mut elsewhere = Command::new(env!("CARGO_BIN_EXE_tminus"));
    elsewhere.args(["build", ".", "-o", "out"]).current_dir(two.path());
    elsewhere
        .env("TZ", "Pacific/Apia")
        .env("LANG", "de_DE.UTF-8")
        .env("COLUMNS", "41")
        .env("HOME", two.path());
    assert_eq!(elsewhere.output().expect("the program starts").status.code(), Some(1));
    let (one, two) = (files(&one.path().join("out")), files(&two.path().join("out")));
    let names = |made: &BTreeMap<PathBuf, Vec<u8>>| made.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&one), names(&two));
    for (path, bytes) in &one {
        assert!(two[path] == *bytes, "{path:?} differs");
    }
    assert!(one.len() > 50, "{} files", one.len());
}

#[test]
fn unchanged_files_are_left_alone() {
    let folder = with_plan(TWO);
    build(folder.path(), 0);
    let out = folder.path().join("out");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let before = files(&out);
    for path in before.keys() {
        let file = fs::File::options().write(true).open(out.join(path)).expect("a file");
        file.set_modified(long_ago).expect("its time is set");
    }
    let ran = build(folder.path(), 0);
    assert!(ran.stdout.contains("0 written") && ran.stdout.contains("unchanged"), "{}", ran.stdout);
    assert_eq!(files(&out), before);
    for path in before.keys().filter(|path| !path.ends_with(".tminus-pages")) {
        let time = fs::metadata(out.join(path)).and_then(|about| about.modified()).expect("a time");
        assert_eq!(time, long_ago, "{path:?} was written again");
    }
}

#[test]
fn what_a_plan_no_longer_has_is_removed_and_what_is_somebodys_own_stays() {
    let folder = with_plan(TWO);
    build(folder.path(), 0);
    let out = folder.path().join("out");
    for own in ["plan/owners/notes.txt", "plan/raj.html", "notes.txt", "plan/owners/zoe.html.bak"] {
        write(&out, own, "mine");
    }
    write(&out, "plan/index.html", "changed by hand");
    assert!(out.join("plan/owners/raj.html").exists());
    write(folder.path(), "plan.md", TWO.replace("@raj", "@ana").replace(", raj: Raj Patel", ""));
    let ran = build(folder.path(), 0);
    assert!(ran.stdout.contains(" removed"), "{}", ran.stdout);
    let left = files(&out);
    for gone in ["plan/owners/raj.html", "plan/owners/raj.md"] {
        assert!(!left.contains_key(Path::new(gone)), "{gone}");
    }
    for own in ["plan/owners/notes.txt", "plan/raj.html", "notes.txt", "plan/owners/zoe.html.bak"] {
        assert_eq!(left[Path::new(own)], b"mine", "{own}");
    }
    assert!(
        left[Path::new("plan/index.html")].starts_with(b"<!DOCTYPE html>"),
        "a page of ours is made again"
    );
    let said =
        pages(&out).into_iter().filter(|(path, text)| !path.ends_with("raj.html") && text.contains("Raj"));
    assert_eq!(said.map(|(path, _)| path).collect::<Vec<_>>(), [] as [PathBuf; 0]);
}

#[test]
fn what_an_interrupted_build_left_half_written_is_removed() {
    let folder = with_plan(TWO);
    let left = [
        "out/..tminus-pages.41.part",
        "out/.index.html.41.part",
        "out/plan/..tminus-pages.41.part",
        "out/plan/.run-sheet.html.4711.part",
        "out/plan/owners/.raj.html.7.part",
    ];
    let own = [
        "out/.notes.txt.41.part",
        "out/plan/.index.html.part",
        "out/plan/.index.html.old.part",
        "out/plan/index.html.41.part",
        "out/plan/owners/.zoe.html.41.part",
        "other/.index.html.41.part",
    ];
    for first in [true, false] {
        for name in left.iter().chain(&own) {
            write(folder.path(), name, "half");
        }
        build(folder.path(), 0);
        for name in left {
            assert!(!folder.path().join(name).exists(), "{name}, first build: {first}");
        }
        for name in own {
            assert!(folder.path().join(name).exists(), "{name} is somebody's own");
        }
    }
}

#[test]
fn a_list_of_files_can_not_name_files_elsewhere() {
    let folder = with_plan(TWO);
    build(folder.path(), 0);
    write(folder.path(), "precious.txt", "mine");
    let list = folder.path().join("out/plan/.tminus-pages");
    let text = fs::read_to_string(&list).expect("the list");
    let absolute = folder.path().join("precious.txt").display().to_string();
    let forged =
        text.replace("\"index.html\"", &format!("\"index.html\", \"../../precious.txt\", \"{absolute}\""));
    assert_ne!(forged, text);
    fs::write(&list, forged).expect("the list is written");
    build(folder.path(), 0);
    assert_eq!(fs::read_to_string(folder.path().join("precious.txt")).expect("a file"), "mine");
}

#[test]
fn a_plan_with_errors_is_built_and_says_so_on_every_page() {
    let folder = with_plan(&TWO.replace("after=stop", "after=stpo"));
    let ran = build(folder.path(), 1);
    assert!(ran.stderr.contains("error[unknown-reference]"), "{}", ran.stderr);
    let made = pages(&folder.path().join("out/plan"));
    assert!(made.len() >= 5, "{} pages", made.len());
    for (path, text) in made {
        assert!(text.contains("This plan has 1 error"), "{path:?}");
    }
    for (path, bytes) in files(&folder.path().join("out/plan/owners")) {
        assert!(String::from_utf8_lossy(&bytes).contains("This plan has 1 error"), "{path:?}");
    }
    let top = fs::read_to_string(folder.path().join("out/index.html")).expect("the list of plans");
    assert!(top.contains("1 error"), "the list of plans says it too");
}

#[test]
fn paper_and_letters_change_how_pages_look_and_nothing_else() {
    let folder = with_plan(TWO);
    build(folder.path(), 0);
    let out = folder.path().join("out/plan");
    let read = |file: &str| fs::read_to_string(out.join(file)).expect("a page");
    let json = read("plan.json");
    let sheet = read("run-sheet.html");
    assert!(sheet.contains("size: landscape;") && sheet.contains("<html lang=\"en\">"));
    let arguments = ["build", ".", "-o", "out", "--paper", "a4", "--large"];
    assert_eq!(tminus(folder.path(), &arguments).status, 0);
    assert_eq!(read("plan.json"), json, "the version read aloud is the same");
    for (file, size) in [
        ("run-sheet.html", "A4 landscape"),
        ("timeline.html", "A4 landscape"),
        ("index.html", "A4 portrait"),
        ("owners/ana.html", "A4 portrait"),
        ("../index.html", "A4 portrait"),
    ] {
        let page = read(file);
        assert!(page.contains(&format!("size: {size};")), "{file}");
        assert!(page.contains("<html lang=\"en\" class=\"large\">"), "{file}");
    }
    let ran = tminus(folder.path(), &["build", "plan.md", "-o", "out", "--paper", "legal"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("a4, letter"), "{}", ran.stderr);
}

/// A size in points would stay as it is with `--large`. Cards have the size of cards.
#[test]
fn all_letters_grow_together() {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    for entry in fs::read_dir(templates).expect("the templates") {
        let path = entry.expect("a template").path();
        if path.extension().is_none_or(|ext| ext != "css") || path.ends_with("cards.css") {
            continue;
        }
        for line in fs::read_to_string(&path).expect("a style sheet").lines() {
            let size = line.split("font-size: ").nth(1).and_then(|rest| rest.split([';', ' ', '}']).next());
            let of_all = ["html", "body", ".large body"].iter().any(|all| line.trim_start().starts_with(all));
            assert!(of_all || !size.is_some_and(|size| size.ends_with("pt")), "{}: {line}", path.display());
        }
    }
}

#[test]
fn the_top_page_lists_the_plans_that_are_there() {
    let folder = with_plan(TWO);
    write(folder.path(), "below/second plan.md", "# Second\n\n- [ ] x\n");
    write(folder.path(), "README.md", "No plan at all.\n");
    write(folder.path(), "node_modules/no.md", "- [ ] x\n");
    write(folder.path(), ".hidden/no.md", "- [ ] x\n");
    build(folder.path(), 0);
    let out = folder.path().join("out");
    let listed = || {
        let top = fs::read_to_string(out.join("index.html")).expect("the list of plans");
        let tags = scan(&top).expect("plain HTML").tags;
        tags.iter().filter_map(|tag| value(tag, "href").map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(listed(), ["below/second%20plan/index.html", "plan/index.html"]);
    assert_eq!(tminus(folder.path(), &["build", "plan.md", "-o", "out"]).status, 0);
    assert_eq!(listed(), ["below/second%20plan/index.html", "plan/index.html"], "the other plan stays");
    fs::remove_dir_all(out.join("below")).expect("a folder is removed");
    assert_eq!(tminus(folder.path(), &["build", "plan.md", "-o", "out"]).status, 0);
    assert_eq!(listed(), ["plan/index.html"]);
}

#[test]
fn pages_of_the_examples_are_whole_and_lead_nowhere_unasked() {
    let out = folder();
    let path = out.path().join("out").display().to_string();
    // Some of the three disasters are errors; their pages say so, and are whole like all others.
    assert_eq!(tminus(&examples(), &["build", ".", "-o", &path]).status, 1);
    let made = pages(&out.path().join("out"));
    assert!(made.len() > 40, "{} pages", made.len());
    check_pages(&out.path().join("out"), &made);
}

#[test]
fn a_hostile_plan_makes_pages_that_do_nothing() {
    let folder = folder();
    write(folder.path(), "plans/hostile.md", HOSTILE);
    write(folder.path(), "plans/pic.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
    assert_eq!(tminus(folder.path(), &["build", "plans", "-o", "out"]).status, 1);
    let made = pages(&folder.path().join("out"));
    check_pages(&folder.path().join("out"), &made);
    let shown = |page: &str| {
        let (_, text) = made.iter().find(|(path, _)| path.ends_with(page)).expect("the page");
        // Words may be escaped in more than one way.
        text.replace("&#39;", "'").replace("&#x27;", "'").replace("&#x2f;", "/")
    };
    // The attempts are all there, as words.
    for (page, words) in [
        ("run-sheet.html", "&lt;script&gt;alert('title')"),
        ("run-sheet.html", "&lt;script&gt;alert('step')"),
        ("run-sheet.html", "&lt;script&gt;alert('cell')"),
        ("run-sheet.html", "&lt;script&gt;alert('fence')"),
        ("run-sheet.html", "&lt;/style&gt;"),
        ("hostile/index.html", "&lt;iframe"),
        ("owners/ana.html", "&lt;script&gt;alert('name')"),
        ("timeline.html", "&lt;script&gt;alert('gate')"),
        ("rollback.html", "&lt;script&gt;alert('undo')"),
        ("rollback.html", "&lt;script&gt;alert('back')"),
        ("questions.html", "&lt;script&gt;alert('question')"),
        ("questions.html", "&lt;script&gt;alert('answer')"),
        ("cards.html", "&lt;script&gt;alert('phase')"),
        ("walkthrough.html", "&lt;img src=x onerror=alert('expect')"),
        ("contacts.html", "&lt;script&gt;alert('name')"),
        ("contacts.html", "&quot;&gt;&lt;b onclick=alert(1)&gt;"),
    ] {
        assert!(shown(page).contains(words), "{words} stands on {page}");
    }
}

#[test]
fn images_come_from_the_plans_folder_alone() {
    let folder = folder();
    write(folder.path(), "secret.svg", "<svg xmlns='http://www.w3.org/2000/svg'/><!-- secret -->");
    write(folder.path(), "plans/below/page.png", "<script>alert(1)</script>");
    let secret = folder.path().join("secret.svg").display().to_string();
    let tricks = [
        "../secret.svg",
        "%2e%2e/secret.svg",
        "below/../../secret.svg",
        "below/%2e./..%2fsecret.svg",
        "..\\\\secret.svg",
        "file:../secret.svg",
        "below/page.png",
        "javascript:alert(1)",
        "data:text/html,alert(1)",
        "https://evil.example/i.png",
        "//evil.example/i.png",
    ];
    let mut targets: Vec<String> = tricks.map(str::to_owned).to_vec();
    targets.extend([format!("file://{secret}"), secret]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../secret.svg", folder.path().join("plans/link.svg")).expect("a link");
        targets.push("link.svg".to_owned());
    }
    for target in targets {
        write(
            folder.path(),
            "plans/plan.md",
            format!("- [ ] Look {{@ana 5m}}\n  - ![picture](<{target}>)\n"),
        );
        let ran = tminus(folder.path(), &["build", "plans", "-o", "out"]);
        assert_eq!(ran.status, 0, "{target}: {}", ran.stderr);
        let on_this_disk = !target.contains(':') && !target.starts_with("//");
        assert_eq!(ran.stderr.contains("warning[image]"), on_this_disk, "{target}: {}", ran.stderr);
        for (path, text) in pages(&folder.path().join("out")) {
            assert!(!text.contains("<img") && !text.contains("data:image"), "{target} stands in {path:?}");
        }
    }
}

/// Elements that the templates use or that prose may bring, with their attributes besides `class` and `id`.
const ALLOWED: &[(&str, &[&str])] = &[
    ("a", &["href", "rel", "data-n", "data-o", "data-p", "data-w"]),
    ("article", STEP),
    ("b", &[]),
    ("blockquote", &[]),
    ("body", &[]),
    ("br", &[]),
    ("button", &["type", "aria-label", "hidden"]),
    ("caption", &[]),
    ("code", &[]),
    ("col", &[]),
    ("colgroup", &[]),
    ("dd", &[]),
    ("defs", &[]),
    ("details", &["open"]),
    ("div", &["tabindex", "role", "aria-label", "hidden", "data-when", "data-what"]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("g", &["transform"]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("head", &[]),
    ("header", &[]),
    ("hr", &[]),
    ("html", &["lang"]),
    ("i", &[]),
    ("img", &["src", "alt"]),
    ("input", &["type", "checked"]),
    ("kbd", &[]),
    ("label", &[]),
    ("li", &["data-tick", "data-name"]),
    ("line", &["x1", "x2", "y1", "y2"]),
    ("main", &["data-ticks", "data-version", "data-begins", "data-zone", "data-about"]),
    ("marker", &["viewBox", "refX", "refY", "markerWidth", "markerHeight", "markerUnits", "orient"]),
    ("meta", &["charset", "name", "content", "http-equiv"]),
    ("nav", &["aria-label"]),
    ("ol", &["start"]),
    ("option", &["value"]),
    ("p", &[]),
    ("path", &["d"]),
    ("pattern", &["width", "height", "patternUnits", "patternTransform"]),
    ("pre", &["data-language"]),
    ("rect", &["x", "y", "width", "height"]),
    ("s", &[]),
    ("script", &[]),
    ("section", &["tabindex", "aria-label"]),
    ("select", &[]),
    ("small", &[]),
    ("span", &["title", "role", "data-box"]),
    ("strong", &[]),
    ("style", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    (
        "svg",
        &[
            "xmlns",
            "viewBox",
            "role",
            "aria-label",
            "aria-hidden",
            "x",
            "y",
            "width",
            "height",
            "data-clock",
            "data-groups",
            "data-top",
            "data-foot",
        ],
    ),
    ("table", &[]),
    ("tbody", STEP),
    ("td", &["colspan", "data-when", "data-what"]),
    ("text", &["x", "y", "text-anchor"]),
    ("th", &["scope", "colspan"]),
    ("thead", &[]),
    ("title", &[]),
    ("tr", &[]),
    ("tspan", &[]),
    ("ul", &[]),
    ("use", &["href", "x", "y"]),
];

/// What the script knows of a step.
const STEP: &[&str] = &["data-step", "data-name", "data-is", "data-back"];

/// Each page is plain HTML, of allowed tags alone, reaches no other file than the pages beside it, and lets
/// no script run but ours.
fn check_pages(root: &Path, pages: &[(PathBuf, String)]) {
    let allowed: BTreeMap<&str, BTreeSet<&str>> =
        ALLOWED.iter().map(|(name, attributes)| (*name, attributes.iter().copied().collect())).collect();
    for (path, text) in pages {
        let found = scan(text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        assert_eq!(found.styles.len(), 1, "{path:?}");
        check_style(&found.styles[0]).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        for tag in &found.tags {
            let known = allowed.get(tag.name.as_str()).unwrap_or_else(|| panic!("{path:?}: <{}>", tag.name));
            for (name, value) in &tag.attributes {
                let plain = ["class", "id"].contains(&name.as_str()) || known.contains(name.as_str());
                assert!(plain, "{path:?}: <{} {name}=\"{value}\">", tag.name);
            }
            check_meta(tag)
                .and_then(|()| check_source(tag))
                .unwrap_or_else(|error| panic!("{path:?}: {error}"));
            let target = value(tag, "href").filter(|target| !is_outside(target));
            let target = target.map(|target| target.split_once('#').map_or(target, |(file, _)| file));
            if let Some(target) = target.filter(|target| !target.is_empty()) {
                let from = root.join(path).parent().expect("a folder").to_path_buf();
                assert!(from.join(decoded(target)).is_file(), "{path:?} leads to {target}");
            }
        }
        check_anchors(path, &found.tags);
        check_policy(&found).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    }
}

fn value<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// Whether a link leaves the pages, by a scheme that does nothing by itself.
fn is_outside(target: &str) -> bool {
    ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| target.to_lowercase().starts_with(scheme))
}

fn check_meta(tag: &Tag) -> Result<(), String> {
    if let Some(other) = value(tag, "http-equiv").filter(|name| *name != "Content-Security-Policy") {
        return Err(format!("<meta http-equiv={other}>"));
    }
    let name = value(tag, "name").unwrap_or("viewport");
    let known = tag.name != "meta" || ["viewport", "color-scheme", "generator"].contains(&name);
    if known { Ok(()) } else { Err(format!("<meta name={name}>")) }
}

/// The page's policy forbids all but its styles, its images and the script at its end, which is one of the
/// templates' and known by its hash.
fn check_policy(page: &Scanned) -> Result<(), String> {
    let policies: Vec<&str> = page
        .tags
        .iter()
        .filter(|tag| value(tag, "http-equiv") == Some("Content-Security-Policy"))
        .filter_map(|tag| value(tag, "content"))
        .collect();
    let show = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
                form-action 'none'";
    let expected = match page.scripts.as_slice() {
        [] => show.to_owned(),
        [script] if is_ours(script) => format!("{show}; script-src 'sha256-{}'", sha256(script)),
        [script] => return Err(format!("a script that is no template: {script}")),
        scripts => return Err(format!("{} scripts", scripts.len())),
    };
    // It acts on what comes after it.
    let first = page.tags.iter().position(|tag| value(tag, "http-equiv").is_some());
    let acts =
        page.tags.iter().position(|tag| ["style", "script", "img", "body"].contains(&tag.name.as_str()));
    if first > acts {
        return Err("something comes before the policy".to_owned());
    }
    if policies == [expected.as_str()] { Ok(()) } else { Err(format!("the policies are {policies:?}")) }
}

/// Whether a script is a file of the templates, to the letter.
fn is_ours(script: &str) -> bool {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let files = fs::read_dir(folder).expect("the templates").map(|entry| entry.expect("an entry").path());
    let mut scripts = files.filter(|path| path.extension().is_some_and(|end| end == "js"));
    scripts.any(|path| fs::read_to_string(path).expect("a script").trim_end() == script.trim_end())
}

fn sha256(text: &str) -> String {
    use base64::Engine;
    use sha2::Digest;
    base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(text))
}

fn check_source(tag: &Tag) -> Result<(), String> {
    match value(tag, "src") {
        Some(source) if !source.starts_with("data:image/") => Err(format!("src={source}")),
        _ => Ok(()),
    }
}

/// Every id stands once, and every link within the page has its place.
fn check_anchors(path: &Path, tags: &[Tag]) {
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| value(tag, "id")) {
        assert!(ids.insert(id), "{path:?}: the id {id} stands twice");
    }
    for target in tags.iter().filter_map(|tag| value(tag, "href")?.strip_prefix('#')) {
        assert!(ids.contains(target), "{path:?}: nothing has the id {target}");
    }
}

fn decoded(link: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = link.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = (byte == b'%').then(|| std::str::from_utf8(&after[..2]).ok()).flatten();
        match escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => (bytes.push(byte), rest = &after[2..]),
            None => (bytes.push(byte), rest = after),
        };
    }
    String::from_utf8(bytes).expect("UTF-8")
}

//! `tminus build --pdf`: what browsers that do well and badly leave on the disk, and what a real one prints.
//!
//! The bad ones are scripts that the tests write. For the real one Chromium is needed, as in `browser.rs`:
//! without it those tests say so loudly and pass, except where `CI` is set.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests read and write files, and the environment")]

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const PLAN: &str = "---
title: Übung (two people)
start: 2026-12-05 22:00
timezone: Europe/Berlin
people: {ana: Ana Reyes, raj: Raj Patel}
---
- [ ] Stop the API {#stop @ana 5m}
- [ ] Start it again {@raj 10m after=stop}
";

/// The files that a build of that plan prints.
const PDFS: [&str; 8] = [
    "all.pdf",
    "cards.pdf",
    "contacts.pdf",
    "owners/ana.pdf",
    "owners/raj.pdf",
    "run-sheet.pdf",
    "timeline.pdf",
    "walkthrough.pdf",
];

/// The beginning of every script: where the PDF shall go, and which page it is of.
const HEAD: &str = "#!/bin/sh
for argument; do case $argument in --print-to-pdf=*) pdf=${argument#--print-to-pdf=};; file:*) page=$argument;; esac; done
";

/// What one sheet looks like as browsers print it.
const SHEET: &str = "%PDF-1.4
1 0 obj
<</Title (A page)
/CreationDate (D:20260101000000)>>
endobj
2 0 obj
<</Type /Page
/Parent 3 0 R
/MediaBox [0 0 595 842]>>
endobj
3 0 obj
<</Type /Pages
/Count 1
/Kids [2 0 R]>>
endobj
4 0 obj
<</Type /Catalog
/Pages 3 0 R
/Lang (en)>>
endobj
xref
0 5
0000000000 65535 f 
0000000009 00000 n 
0000000077 00000 n 
0000000146 00000 n 
0000000201 00000 n 
trailer
<</Size 5
/Root 4 0 R
/Info 1 0 R>>
startxref
259
%%EOF
";

/// How a run ended.
struct Ran {
    status: i32,
    stdout: String,
    stderr: String,
}

/// A folder with a plan, a script for a browser, and a place of its own for temporary files.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a temporary folder"));
        place.write("plan.md", PLAN);
        place.write("sheet", SHEET);
        fs::create_dir(place.path("tmp")).expect("a folder");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(path, text).expect("the file is written");
    }

    /// Writes a browser that does this.
    fn browser(&self, script: &str) {
        let sheet = self.path("sheet").display().to_string();
        self.write("browser", &format!("{HEAD}{}\n", script.replace("SHEET", &sheet)));
        let may_run = fs::Permissions::from_mode(0o755);
        fs::set_permissions(self.path("browser"), may_run).expect("it may be run");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tminus"));
        command.args(["build", "plan.md", "-o", "out"]).args(arguments);
        command.current_dir(self.0.path()).env("TMPDIR", self.path("tmp")).env("COLUMNS", "100");
        command
    }

    fn run(&self, command: &mut Command) -> Ran {
        let output = command.output().expect("the program starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        assert!(!stderr.contains("panicked"), "{stderr}");
        assert_eq!(
            fs::read_dir(self.path("tmp")).expect("a folder").count(),
            0,
            "temporary files are removed"
        );
        Ran { status: output.status.code().expect("it was not killed"), stdout, stderr }
    }

    fn build(&self, arguments: &[&str]) -> Ran {
        self.run(&mut self.command(arguments))
    }

    fn print(&self) -> Ran {
        self.build(&["--pdf", "--browser", "./browser"])
    }

    fn print_within(&self, seconds: &str) -> Ran {
        self.build(&["--pdf", "--browser", "./browser", "--browser-timeout", seconds])
    }

    /// The PDFs of the plan that are there, and whether the list names just them.
    fn pdfs(&self) -> Vec<String> {
        let folder = self.path("out/plan");
        let walk =
            walkdir::WalkDir::new(&folder).into_iter().map(|entry| entry.expect("an entry").into_path());
        let mut found: Vec<String> = walk
            .filter_map(|path| Some(path.strip_prefix(&folder).ok()?.to_string_lossy().into_owned()))
            .filter(|path| path.contains(".pdf"))
            .collect();
        found.sort();
        let list = fs::read_to_string(folder.join(".tminus-pages")).expect("the list");
        let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
        let files = list["files"].as_array().expect("a list").iter().filter_map(|file| file.as_str());
        let mut listed: Vec<String> =
            files.filter(|file| file.ends_with(".pdf")).map(str::to_owned).collect();
        listed.sort();
        assert_eq!(found, listed);
        found
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path("out/plan").join(name)).expect("a file")
    }
}

/// What a browser does, and what is said about it.
const BAD: &[(&str, &str)] = &[
    ("echo 'something broke' >&2; exit 1", "exit status: 1): something broke"),
    ("kill -SEGV $$", "signal: 11"),
    (
        "printf '%%PDF-1.4\\n1 0 obj\\n<</Type /Catalog' > \"$pdf\"",
        "what it printed is no whole PDF: its end is missing",
    ),
    ("head -c 200 SHEET > \"$pdf\"; exit 0", "its end is missing"),
    ("echo '<html>' > \"$pdf\"", "it does not begin like one"),
    ("sed s/Kids/None/ SHEET > \"$pdf\"", "it has no page"),
    ("sed 's/^0000000077/0000000078/' SHEET > \"$pdf\"", "it is of a form that browsers do not print"),
    ("exit 0", "it printed nothing"),
    ("case $page in *raj*) exit 7;; esac; cp SHEET \"$pdf\"", "owners/raj.html` (exit status: 7"),
    ("sleep 300", "after 2 s, and was stopped"),
];

#[test]
fn a_browser_that_fails_is_said_and_the_pages_are_there_all_the_same() {
    for (script, said) in BAD {
        let place = Place::new();
        place.browser(script);
        let ran = if script.contains("sleep") { place.print_within("2") } else { place.print() };
        assert_eq!(ran.status, 3, "{script}: {}", ran.stderr);
        assert!(ran.stderr.contains("error: no PDFs were made: "), "{script}: {}", ran.stderr);
        assert!(ran.stderr.contains(said) && ran.stderr.contains("help: "), "{script}: {}", ran.stderr);
        assert!(place.read("run-sheet.html").ends_with(b"</html>"), "{script}");
        assert!(place.path("out/index.html").exists(), "{script}: the list of plans as well");
        assert_eq!(place.pdfs(), [""; 0], "{script}");
    }
}

#[test]
fn a_browser_that_is_not_there_is_said() {
    let place = Place::new();
    place.write("browser", "no program");
    for (browser, said) in [
        ("none", "there is no browser `none`"),
        ("./nowhere/chromium", "there is no browser `./nowhere/chromium`"),
        (".", "there is no browser `.`"),
        ("./browser", "can't be started"),
    ] {
        let ran = place.build(&["--pdf", "--browser", browser]);
        assert_eq!(ran.status, 3, "{browser}: {}", ran.stderr);
        assert!(ran.stderr.contains(said) && ran.stderr.contains("help: "), "{browser}: {}", ran.stderr);
        assert!(place.path("out/plan/index.html").exists(), "{browser}");
        assert_eq!(place.pdfs(), [""; 0], "{browser}");
    }
    let ran = place.run(place.command(&["--pdf"]).env("PATH", place.path("tmp")));
    let is_somewhere = ["/Applications", "/snap/bin/chromium"].iter().any(|place| Path::new(place).exists());
    assert!(is_somewhere || ran.stderr.contains("there is no browser to print with"), "{}", ran.stderr);
    let ran = place.build(&["--browser", "./browser"]);
    assert_eq!(ran.status, 2, "a browser without anything to print: {}", ran.stderr);
}

#[test]
fn nothing_that_a_browser_started_is_left() {
    let place = Place::new();
    let mark = place.path("pids").display().to_string();
    place.browser(&format!("sleep 300 & echo $! >> {mark}; echo $$ >> {mark}; wait"));
    assert_eq!(place.print_within("2").status, 3);
    assert_gone(&place.path("pids"));
}

#[test]
fn an_interrupt_ends_browser_and_program() {
    let place = Place::new();
    let mark = place.path("pids").display().to_string();
    place.browser(&format!("sleep 300 & echo $! >> {mark}; echo $$ >> {mark}; wait"));
    let mut command = place.command(&["--pdf", "--browser", "./browser"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let began = Instant::now();
    while fs::read_to_string(place.path("pids")).unwrap_or_default().lines().count() < 2 {
        assert!(began.elapsed() < Duration::from_secs(30), "the browser is not started");
        std::thread::sleep(Duration::from_millis(20));
    }
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert_gone(&place.path("pids"));
    assert_eq!(fs::read_dir(place.path("tmp")).expect("a folder").count(), 0);
    assert_eq!(place.pdfs(), [""; 0]);
}

/// None of these processes is there any more, but perhaps as one that nobody has asked about yet.
fn assert_gone(pids: &Path) {
    let pids = fs::read_to_string(pids).expect("numbers");
    assert!(pids.lines().count() >= 2, "{pids}");
    let is_there = |pid: &str| {
        let shown = Command::new("ps").args(["-o", "stat=", "-p", pid]).output().expect("ps runs");
        let state = String::from_utf8_lossy(&shown.stdout).trim().to_owned();
        !state.is_empty() && !state.starts_with('Z')
    };
    let began = Instant::now();
    while pids.lines().any(is_there) {
        assert!(began.elapsed() < Duration::from_secs(10), "still there: {pids}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn pdfs_are_kept_as_long_as_they_say_what_the_pages_say() {
    let place = Place::new();
    place.browser("cp SHEET \"$pdf\"");
    let ran = place.print();
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.contains("out/plan: 8 PDFs, those for the night in `all.pdf`"), "{}", ran.stdout);
    assert_eq!(place.pdfs(), PDFS);
    assert!(place.print().stdout.contains("8 unchanged"));
    let ran = place.build(&[]);
    assert!(!ran.stdout.contains("removed") && ran.stderr.is_empty(), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(place.pdfs(), PDFS, "a build without printing keeps what is still right");
    place.browser("exit 1");
    assert_eq!(place.print().status, 3);
    assert_eq!(place.pdfs(), PDFS, "and so does one that can't print");

    place.write("plan.md", &PLAN.replace("10m", "15m"));
    let ran = place.print();
    assert_eq!(ran.status, 3);
    assert!(ran.stderr.contains("8 PDFs of an earlier version were removed"), "{}", ran.stderr);
    assert_eq!(place.pdfs(), [""; 0], "what carries the letters of another version is no longer there");

    place.browser("cp SHEET \"$pdf\"");
    assert_eq!(place.print().status, 0);
    place.write("plan.md", &PLAN.replace("@raj", "@ana").replace(", raj: Raj Patel", ""));
    let ran = place.build(&[]);
    assert!(ran.stderr.contains("8 PDFs of an earlier version were removed"), "{}", ran.stderr);
    assert_eq!(place.print().status, 0);
    let left: Vec<&str> = PDFS.into_iter().filter(|name| *name != "owners/raj.pdf").collect();
    assert_eq!(place.pdfs(), left);
}

#[test]
fn a_pdf_of_somebodys_own_is_in_the_way_before_anything_is_written() {
    let place = Place::new();
    place.browser("cp SHEET \"$pdf\"");
    place.write("out/plan/run-sheet.pdf", "mine");
    let ran = place.print();
    assert_eq!(ran.status, 3);
    assert!(ran.stderr.contains("run-sheet.pdf` was not made by an earlier build"), "{}", ran.stderr);
    assert!(!place.path("out/plan/index.html").exists());
    assert_eq!(place.build(&[]).status, 0, "without printing it is in nobody's way");
    assert_eq!(place.read("run-sheet.pdf"), b"mine");
}

#[test]
fn the_time_of_printing_is_left_out() {
    let place = Place::new();
    place.browser("cp SHEET \"$pdf\"");
    place.print();
    let first = place.read("all.pdf");
    place.browser("sed s/20260101000000/20270202111111/ SHEET > \"$pdf\"");
    place.print();
    assert!(place.read("all.pdf") == first, "another time of printing makes another file");
}

/// A sheet of a table with two tags that have names, `node…` with these numbers, as browsers give them.
fn sheet_with_tags(head: u32, cell: u32) -> String {
    let objects = [
        "<</Title (A page)>>".to_owned(),
        "<</Type /Page\n/Parent 3 0 R\n/MediaBox [0 0 595 842]\n/StructParents 0>>".to_owned(),
        "<</Type /Pages\n/Count 1\n/Kids [2 0 R]>>".to_owned(),
        "<</Type /Catalog\n/Pages 3 0 R\n/Lang (en)\n/StructTreeRoot 5 0 R>>".to_owned(),
        "<</Type /StructTreeRoot\n/K 6 0 R\n/ParentTreeNextKey 1\n/ParentTree 8 0 R\n/IDTree 9 0 R>>"
            .to_owned(),
        format!("<</Type /StructElem\n/S /TH\n/P 5 0 R\n/K [7 0 R]\n/ID (node{head:08})>>"),
        format!(
            "<</Type /StructElem\n/S /TD\n/P 6 0 R\n/Pg 2 0 R\n/K 0\n\
             /A [<</O /Table\n/Headers [(node{head:08})]>>]\n/ID (node{cell:08})>>"
        ),
        "<</Nums [0 [7 0 R]]>>".to_owned(),
        "<</Kids [10 0 R]>>".to_owned(),
        match head < cell {
            true => format!("<</Names [(node{head:08}) 6 0 R (node{cell:08}) 7 0 R]>>"),
            false => format!("<</Names [(node{cell:08}) 7 0 R (node{head:08}) 6 0 R]>>"),
        },
    ];
    let mut sheet = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (object, number) in objects.iter().zip(1..) {
        table.push_str(&format!("{:010} 00000 n \n", sheet.len()));
        sheet.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let place = sheet.len();
    let size = objects.len() + 1;
    format!("{sheet}{table}trailer\n<</Size {size}\n/Root 4 0 R\n/Info 1 0 R>>\nstartxref\n{place}\n%%EOF\n")
}

#[test]
fn what_a_browser_counted_before_is_left_out() {
    let place = Place::new();
    place.browser("cp SHEET \"$pdf\"");
    let printed = [(31, 36), (90, 36)].map(|(head, cell)| {
        place.write("sheet", &sheet_with_tags(head, cell));
        assert_eq!(place.print().status, 0);
        ["run-sheet.pdf", "all.pdf"].map(|name| String::from_utf8_lossy(&place.read(name)).into_owned())
    });
    assert_eq!(printed[0], printed[1], "the same tags with other names make another file");
    for pdf in &printed[0] {
        let (_, tree) = pdf.split_once("/Names [").expect("tags are found by their names");
        let (tree, _) = tree.split_once(']').expect("the list ends");
        let names: Vec<&str> = tree.split_whitespace().filter(|word| word.starts_with('(')).collect();
        assert!(names.len() >= 2 && names.is_sorted(), "{tree}");
        for name in &names {
            assert!(pdf.contains(&format!("/ID {name}>>")), "{name}: {pdf}");
        }
        assert!(pdf.contains(&format!("/Headers [{}]", names[0])) && !pdf.contains("node"), "{pdf}");
    }
}

/// The arguments that name a real browser, or nothing where there is none.
fn real_browser() -> Option<Vec<String>> {
    let named = std::env::var("TMINUS_BROWSER").ok();
    let place = Place::new();
    let ran = match &named {
        Some(_) => return Some(vec!["--pdf".to_owned(), "--browser".to_owned(), named.unwrap_or_default()]),
        None => place.build(&["--pdf"]),
    };
    if ran.stderr.contains("there is no browser to print with") {
        let _ = writeln!(std::io::stderr(), "NO CHROMIUM HERE: that it prints PDFs is NOT TESTED");
        assert!(std::env::var_os("CI").is_none(), "install Chromium, or name one in TMINUS_BROWSER");
        return None;
    }
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    Some(vec!["--pdf".to_owned()])
}

/// What a tool of poppler says of a PDF; nothing where it is not there.
fn poppler(tool: &str, arguments: &[&str], pdf: &Path) -> Option<String> {
    let mut command = Command::new(tool);
    command.args(arguments).arg(pdf);
    if tool == "pdftotext" {
        command.arg("-");
    }
    let Ok(said) = command.output() else {
        let _ = writeln!(std::io::stderr(), "NO `{tool}` HERE: what stands in PDFs is NOT TESTED");
        return None;
    };
    assert!(said.status.success(), "{tool} {arguments:?} {pdf:?}");
    let errors = String::from_utf8_lossy(&said.stderr).into_owned();
    // Chromium tags with a word of PDF 2.0 that poppler does not know yet.
    let errors: Vec<&str> = errors.lines().filter(|line| !line.contains("wrong type (")).collect();
    assert_eq!(errors, [""; 0], "{tool} {pdf:?}");
    Some(String::from_utf8_lossy(&said.stdout).into_owned())
}

/// A page with what parts of a pack may have alike: names of places, and of heads of tables.
const ANCHORS: &str = "<!doctype html><html lang=\"en\"><head><title>{{ head.title }}</title>
<style>@page { size: A4 landscape }</style></head><body><h1>Here</h1>
<p><a href=\"#later\">later</a> <a href=\"owners/ana.html\">Ana</a> <a href=\"plan.json\">data</a></p>
<table><thead><tr><th>one</th><th>two</th></tr></thead><tr><td>1</td><td>2</td></tr></table>
<h2 id=\"later\" style=\"break-before: page\">Later</h2></body></html>";

#[test]
fn a_real_browser_prints_whole_tagged_pdfs() {
    let Some(arguments) = real_browser() else { return };
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let place = Place::new();
    for name in ["index.html.j2", "timeline.html.j2"] {
        place.write(&format!("templates/{name}"), ANCHORS);
    }
    let ran = place.build(&arguments);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    assert_eq!(place.pdfs(), PDFS);
    let path = |name: &str| place.path("out/plan").join(name);
    for name in PDFS {
        let bytes = place.read(name);
        let text = String::from_utf8_lossy(&bytes);
        let here = place.0.path().display().to_string();
        assert!(!text.contains(&here) && !text.contains("file:"), "{name} says where it was printed");
        assert!(text.contains("/Lang (en)") && !text.contains("CreationDate"), "{name}");
        let Some(info) = poppler("pdfinfo", &[], &path(name)) else { return };
        assert!(
            info.contains("Tagged:          yes") && info.contains("Übung (two people)"),
            "{name}: {info}"
        );
    }
    let sheets = |name: &str| {
        let words = poppler("pdftotext", &["-layout"], &path(name)).expect("poppler is there");
        words.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect::<Vec<_>>()
    };
    let (run_sheet, ana, timeline) =
        (sheets("run-sheet.pdf"), sheets("owners/ana.pdf"), sheets("timeline.pdf"));
    assert!(
        run_sheet.iter().all(|sheet| sheet.contains(&format!("of {}", run_sheet.len()))),
        "{run_sheet:?}"
    );
    let pack = sheets("all.pdf");
    let (raj, contacts) = (sheets("owners/raj.pdf"), sheets("contacts.pdf"));
    let wanted: Vec<String> = [timeline.clone(), run_sheet, ana, raj, timeline, contacts].concat();
    assert_eq!(pack, wanted, "index, run sheet, owners, timeline, contacts, as they are alone, and no cards");
    let info = poppler("pdfinfo", &["-l", "99"], &path("all.pdf")).expect("poppler is there");
    assert!(info.contains("Title:           All pages: Übung (two people)"), "{info}");
    assert!(info.contains("Page    1 size:  841.92 x 594.96 pts (A4)"), "the page says its size: {info}");
    let places = poppler("pdfinfo", &["-dests"], &path("all.pdf")).expect("poppler is there");
    assert!(places.contains("\"0000later\"") && places.contains("\"0004later\""), "{places}");
    let links = poppler("pdfinfo", &["-url"], &path("all.pdf")).expect("poppler is there");
    assert!(
        links.contains("plan.json") && !links.contains("ana"),
        "pages of the pack are found in it: {links}"
    );
    let links = poppler("pdfinfo", &["-url"], &path("timeline.pdf")).expect("poppler is there");
    assert!(links.contains("owners/ana.pdf"), "else beside it: {links}");
    let tags = poppler("pdfinfo", &["-struct-text"], &path("all.pdf")).expect("poppler is there");
    assert_eq!(tags.matches("\n  Document").count(), 6, "{tags}");
    for (words, times) in [("\"Here\"", 2), ("\"Later\"", 2)] {
        assert_eq!(tags.matches(words).count(), times, "{words} is tagged:\n{tags}");
    }
    let before = PDFS.map(|name| place.read(name));
    fs::rename(place.path("out"), place.path("elsewhere")).expect("the folder is renamed");
    place.build(&arguments);
    for (name, before) in PDFS.iter().zip(before) {
        let after = place.read(name);
        let at = after.iter().zip(&before).take_while(|(one, other)| one == other).count();
        let around = |bytes: &[u8]| {
            let (from, to) = (at.saturating_sub(120).min(bytes.len()), (at + 120).min(bytes.len()));
            String::from_utf8_lossy(&bytes[from..to]).into_owned()
        };
        assert!(
            after == before,
            "{name}: the same pages, other bytes from {at} on:\n{}\n{}",
            around(&before),
            around(&after)
        );
    }
}

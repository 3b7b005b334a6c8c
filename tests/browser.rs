//! The pages in a real browser: how they print, what the script of the timeline does, and that nothing
//! in them calls out or runs but our scripts.
//!
//! Needs a Chromium, found by its usual names or by `TMINUS_BROWSER`. Without one the tests say so
//! loudly and pass, except where `CI` is set: there they fail.
#![expect(clippy::disallowed_methods, reason = "tests read and write files, and the environment")]

mod chromium;
mod command;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::JoinHandle;

use chromium::{browser, say};
use command::tminus;
use tempfile::TempDir;

/// A plan that tries to act in every field it has. What it tries to do is to change the page's title.
const HOSTILE: &str = include_str!("hostile.md");

/// Pages that were built, and the browser to show them in.
struct Shown {
    browser: PathBuf,
    folder: TempDir,
}

/// What came of showing a page.
struct Dump {
    /// The page as it was in the end.
    page: String,
    /// The first line of every request that left the browser.
    requests: Vec<String>,
}

impl Shown {
    /// Builds a plan, or nothing where there is no browser.
    fn build(plan: &Path, status: i32) -> Option<Self> {
        Self::build_with(plan, &[], status)
    }

    /// The same, with more on the command line.
    fn build_with(plan: &Path, options: &[&str], status: i32) -> Option<Self> {
        let browser = browser()?;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let plan = plan.display().to_string();
        let build = ["build", &plan, "-o", "out"];
        let arguments: Vec<&str> = build.into_iter().chain(options.iter().copied()).collect();
        let ran = tminus(folder.path(), &arguments);
        assert_eq!(ran.status, status, "{}\n{}", ran.stdout, ran.stderr);
        Some(Self { browser, folder })
    }

    fn page(&self, name: &str) -> PathBuf {
        self.folder.path().join("out").join(name)
    }

    /// Prints a page; the PDF comes back with its text, a sheet each, where `pdftotext` is there.
    fn print(&self, page: &str) -> (Vec<u8>, Option<Vec<String>>) {
        let pdf = self.folder.path().join("printed.pdf");
        let print = format!("--print-to-pdf={}", pdf.display());
        self.run(&[&print, "--no-pdf-header-footer"], page);
        let bytes = fs::read(&pdf).expect("a PDF");
        let words =
            Command::new("pdftotext").args(["-layout".as_ref(), pdf.as_os_str(), "-".as_ref()]).output();
        let Ok(words) = words else {
            say("NO `pdftotext` HERE: what stands on the printed sheets is NOT TESTED");
            return (bytes, None);
        };
        let words = String::from_utf8_lossy(&words.stdout).into_owned();
        (bytes, Some(words.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect()))
    }

    /// Shows a page until its scripts, if it had any, would have run.
    fn dump(&self, page: &str) -> Dump {
        let proxy = Proxy::begin();
        let server = format!("--proxy-server=http://{}", proxy.address);
        let arguments =
            [&server, "--proxy-bypass-list=<-loopback>", "--virtual-time-budget=3000", "--dump-dom"];
        let page = self.run(&arguments, page);
        Dump { page, requests: proxy.end() }
    }

    fn run(&self, arguments: &[&str], page: &str) -> String {
        let profile = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new(&self.browser);
        command.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]);
        command.args(["--disable-background-networking", "--disable-component-update", "--disable-sync"]);
        command.arg(format!("--user-data-dir={}", profile.path().display()));
        command.args(arguments).arg(format!("file://{}", self.page(page).display()));
        let output = command.stdin(Stdio::null()).output().expect("the browser starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}

fn example(plan: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("example-plans").join(plan)
}

#[test]
fn the_run_sheet_prints_in_landscape_with_its_stamp_on_every_sheet() {
    let Some(shown) = Shown::build(&example("product-launch/fernledger-3.md"), 0) else { return };
    let (pdf, words) = shown.print("fernledger-3/run-sheet.html");
    let sheets = sizes(&pdf);
    assert!(sheets.len() > 3, "{} sheets", sheets.len());
    assert!(sheets.iter().all(|size| is_paper(size.1, size.0)), "landscape: {sheets:?}");
    let Some(words) = words else { return };
    assert_eq!(words.len(), sheets.len());
    for (index, sheet) in words.iter().enumerate() {
        let page = format!("page {} of {}", index + 1, words.len());
        for stamp in ["Fernledger 3 launch", "FINAL", "Europe/Berlin", &page, "after", "initials"] {
            assert!(sheet.contains(stamp), "`{stamp}` stands on sheet {}:\n{sheet}", index + 1);
        }
        assert_eq!(sheet.contains("End of document"), index + 1 == words.len(), "sheet {}", index + 1);
    }
}

#[test]
fn an_owners_page_prints_upright() {
    let Some(shown) = Shown::build(&example("product-launch/fernledger-3.md"), 0) else { return };
    let (pdf, words) = shown.print("fernledger-3/owners/dana.html");
    let sheets = sizes(&pdf);
    assert!(!sheets.is_empty() && sheets.iter().all(|size| is_paper(size.0, size.1)), "upright: {sheets:?}");
    let Some(words) = words else { return };
    for (index, sheet) in words.iter().enumerate() {
        let page = format!("page {} of {}", index + 1, words.len());
        assert!(sheet.contains(&page) && sheet.contains("copy for Dana Brookner"), "{sheet}");
    }
    assert!(words.last().is_some_and(|last| last.contains("End of document")));
}

#[test]
fn pages_print_on_the_paper_that_is_asked_for() {
    let plan = example("product-launch/fernledger-3.md");
    for (paper, short, long) in [("a4", 595.0, 842.0), ("letter", 612.0, 792.0)] {
        let near = |one: f64, other: f64| (one - other).abs() < 2.0;
        let Some(shown) = Shown::build_with(&plan, &["--paper", paper], 0) else { return };
        let (pdf, words) = shown.print("fernledger-3/run-sheet.html");
        let sheets = sizes(&pdf);
        assert!(sheets.iter().all(|size| near(size.0, long) && near(size.1, short)), "{paper}: {sheets:?}");
        let rows: Vec<Vec<&str>> = words.iter().flatten().map(|sheet| rows(sheet)).collect();
        assert_eq!(rows.concat().len(), if rows.is_empty() { 0 } else { 74 + 15 }, "{paper}: {rows:?}");
        for rows in rows {
            // A part ends where its steps do: the main line, and each way back.
            let part_ends = rows.iter().any(|row| ["74", "R4", "R10", "R15"].contains(row));
            // 6 to 8, and one more or less where letters of another machine run wider or narrower.
            let few = if part_ends { 3 } else { 5 };
            assert!((few..=9).contains(&rows.len()), "{paper}: a sheet has the steps {rows:?}");
        }
        let (pdf, _) = shown.print("fernledger-3/owners/linh.html");
        let sheets = sizes(&pdf);
        assert!(sheets.iter().all(|size| near(size.0, short) && near(size.1, long)), "{paper}: {sheets:?}");
        assert!(sheets.len() < 3, "five steps, with all that belongs to them, take {} sheets", sheets.len());
    }
}

/// The numbers of the steps on a sheet.
fn rows(sheet: &str) -> Vec<&str> {
    let row = |line: &'_ str| -> bool {
        let mut words = line.split_whitespace();
        let number = words.next().is_some_and(|word| {
            let digits = word.strip_prefix('R').unwrap_or(word);
            !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
        });
        number && words.next().is_some_and(|time| time.contains(':'))
    };
    sheet
        .lines()
        .filter(|line| row(line))
        .map(|line| line.split_whitespace().next().expect("a number"))
        .collect()
}

/// What belongs together stays so: bars with what they name, rows whole, and a row that is longer than a
/// sheet begins on the sheet with its heading line.
#[test]
fn sheets_end_between_rows() {
    let written = tempfile::tempdir().expect("a temporary folder");
    let plan = written.path().join("long.md");
    fs::write(&plan, many_steps()).expect("the plan is written");
    let Some(shown) = Shown::build(&plan, 0) else { return };
    let (_, Some(sheets)) = shown.print("long/run-sheet.html") else { return };
    assert!(sheets.len() > 8, "{} sheets", sheets.len());
    for (index, sheet) in sheets.iter().enumerate() {
        let lines: Vec<&str> = sheet.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let (foot, lines) = lines.split_last().expect("a stamp");
        assert!(foot.contains(&format!("page {} of", index + 1)), "{foot}");
        let last = lines.last().expect("a row");
        assert!(!last.starts_with("Phase"), "a bar ends sheet {}: {last}", index + 1);
        // A sheet that lies on the floor says where it belongs.
        let first = lines[0];
        let says =
            first.starts_with("Phase") && first.contains("day 2027-03-0") && first.contains("initials");
        assert!(index == 0 || says, "sheet {} begins with {first}", index + 1);
        // The last line of each step stands on the sheet of its title.
        for number in 1..=120 {
            let title = format!("Step number {number} ");
            let end = format!("the end of {number} ");
            let whole = sheet.contains(&title) == sheet.contains(&end);
            assert!(whole || number == LONG_STEP, "step {number} is parted:\n{sheet}");
        }
    }
    let begins = sheets.iter().position(|sheet| sheet.contains(&format!("Step number {LONG_STEP} ")));
    let sheet = &sheets[begins.expect("the long step")];
    assert!(sheet.contains("line 1 of many"), "its code begins below its heading line:\n{sheet}");
}

/// Where the first row has no room below the head of the page, the heads of its columns go with it.
#[test]
fn the_heads_of_columns_are_not_left_alone() {
    let written = tempfile::tempdir().expect("a temporary folder");
    let plan = written.path().join("tall.md");
    let code = "   line\n".repeat(28);
    fs::write(
        &plan,
        format!("## Phase\n\n1. [ ] First {{@ana 5m}}\n\n   ```sh\n{code}   ```\n2. [ ] Last {{@raj 5m}}\n"),
    )
    .expect("the plan is written");
    let Some(shown) = Shown::build(&plan, 0) else { return };
    let (_, Some(sheets)) = shown.print("tall/run-sheet.html") else { return };
    let first = sheets.first().expect("a sheet");
    assert!(!first.contains("First") && !first.contains("initials"), "{first}");
    assert!(sheets[1].contains("initials") && sheets[1].contains("First"), "{}", sheets[1]);
}

/// A step of that many lines of code that no sheet holds it.
const LONG_STEP: usize = 77;

/// Phases of all sizes, with steps of all sizes.
fn many_steps() -> String {
    let mut plan =
        "---\ntitle: Many steps\nstart: 2027-03-01 20:00\ntimezone: Europe/Berlin\n---\n".to_owned();
    for number in 1..=120 {
        if number % 7 == 1 || number % 11 == 3 {
            plan += &format!("\n## Phase {number}\n\n");
        }
        plan += &format!("- [ ] Step number {number} {{10m}}\n");
        let lines = if number == LONG_STEP { 90 } else { number * 5 % 13 };
        if lines > 0 {
            let code: String = (1..=lines).map(|line| format!("  line {line} of many\n")).collect();
            plan += &format!("\n  ```sh\n{code}  ```\n\n");
        }
        plan += &format!("  - expect: the end of {number} is there\n");
    }
    plan
}

#[test]
fn every_sheet_of_the_way_back_says_what_it_is() {
    let Some(shown) = Shown::build(&example("product-launch/fernledger-3.md"), 0) else { return };
    let (pdf, words) = shown.print("fernledger-3/rollback.html");
    let sheets = sizes(&pdf);
    assert!(sheets.iter().all(|size| is_paper(size.1, size.0)), "landscape: {sheets:?}");
    let Some(words) = words else { return };
    assert!(words.len() >= 5, "the list of gates, three ways back and that from any step each begin a sheet");
    for (index, sheet) in words.iter().enumerate() {
        let page = format!("page {} of {}", index + 1, words.len());
        for stamp in ["WAY BACK", "not the main line", "Fernledger 3 launch", "FINAL", "Europe/Berlin", &page]
        {
            assert!(sheet.contains(stamp), "`{stamp}` stands on sheet {}:\n{sheet}", index + 1);
        }
    }
    for (index, title) in
        ["Postpone to the week after", "Stand down before the doors open"].iter().enumerate()
    {
        assert!(words[index + 1].contains(title), "{title} has a sheet of its own:\n{}", words[index + 1]);
    }
}

#[test]
fn eight_cards_go_on_a_sheet_of_either_paper() {
    let Some(shown) = Shown::build(&example("product-launch/fernledger-3.md"), 0) else { return };
    let page = "fernledger-3/cards.html";
    let made = fs::read_to_string(shown.page(page)).expect("the cards");
    let cards = made.matches("<article").count();
    for paper in ["A4", "letter"] {
        let sized = made.replace("size: portrait", &format!("size: {paper} portrait"));
        fs::write(shown.page(page), sized).expect("the page is written");
        let (pdf, words) = shown.print(page);
        let sizes = sizes(&pdf);
        assert!(sizes.iter().all(|size| is_paper(size.0, size.1)), "upright: {sizes:?}");
        assert_eq!(sizes.len(), cards.div_ceil(8), "{paper}");
        let Some(words) = words else { continue };
        for (index, sheet) in words.iter().enumerate() {
            assert_eq!(
                sheet.matches("takes").count(),
                (cards - 8 * index).min(8),
                "sheet {} of {paper}",
                index + 1
            );
            assert!(sheet.contains("Fernledger 3 launch") && sheet.contains("FINAL"), "{sheet}");
        }
    }
}

#[test]
fn no_page_asks_for_anything_outside() {
    let Some(shown) = Shown::build(&example("product-launch/fernledger-3.md"), 0) else { return };
    let pages =
        ["index", "run-sheet", "timeline", "rollback", "contacts", "questions", "cards", "walkthrough"];
    let pages = pages.map(|page| format!("fernledger-3/{page}.html"));
    for page in pages.iter().map(String::as_str).chain(["index.html"]) {
        let dump = shown.dump(page);
        assert!(dump.page.contains("End of document"), "{page} is shown");
        assert_eq!(asked_for(&dump, "example"), [""; 0], "{page}");
    }
}

#[test]
fn nothing_of_a_hostile_plan_runs_or_calls_out() {
    let written = tempfile::tempdir().expect("a temporary folder");
    let plan = written.path().join("hostile.md");
    fs::write(&plan, HOSTILE.replace("alert(", "document.title=(")).expect("the plan is written");
    let Some(shown) = Shown::build(&plan, 1) else { return };
    let pages = [
        "index.html",
        "run-sheet.html",
        "timeline.html",
        "rollback.html",
        "contacts.html",
        "questions.html",
        "cards.html",
        "walkthrough.html",
        "owners/ana.html",
    ];
    for page in pages {
        let dump = shown.dump(&format!("hostile/{page}"));
        let made = fs::read_to_string(shown.page(&format!("hostile/{page}"))).expect("the page");
        assert_eq!(plain(title(&dump.page)), plain(title(&made)), "{page}");
        assert!(dump.page.contains("End of document"), "{page} is whole");
        assert_eq!(asked_for(&dump, "evil"), [""; 0], "{page}");
    }
}

/// A page that does what the plans must not do: what the other tests go by notices it.
#[test]
fn a_page_that_runs_and_calls_out_would_be_noticed() {
    let Some(shown) = Shown::build(&example("first-draft/plan.md"), 0) else { return };
    let page =
        "<title>before</title><img src='http://evil.example/i.png'><script>document.title='ran'</script>";
    fs::write(shown.page("bad.html"), page).expect("the page is written");
    let dump = shown.dump("bad.html");
    assert_eq!(title(&dump.page), "ran");
    assert_eq!(asked_for(&dump, "evil").len(), 1, "{:?}", dump.requests);
}

/// Two people, and a step that is in nobody's way while another is copied.
const CHAIN: &str = "---
title: Chain
start: 2027-03-01 10:00
timezone: UTC
people: {ana: Ana Reyes, raj: Raj Patel}
---

## First

- [ ] Stop {#stop @ana 30m}
- [ ] Sweep {#sweep @raj 10m .parallel}

## Second

- [ ] Copy {#copy @raj 30m after=stop}
- [ ] Look {#look @ana 10m .parallel}
- [ ] Start {#start @ana 30m after=copy}
";

/// Acts as somebody does at the timeline, and writes what came of it into the page's title.
const ACTS: &str = r#"
const said = [];
const tell = (name, what) => said.push(name + "=" + what);
const $ = (id) => document.getElementById(id);
const bar = (number) => document.querySelector(`a[data-n="${number}"]`);
const lit = () => Array.from(document.querySelectorAll("a.on"), (one) => one.dataset.n).sort().join(",");
const press = (on, key) => on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
tell("tools", !$("tools").hidden);
tell("tab stops", document.querySelectorAll('a[tabindex="0"]').length);
bar(1).focus();
press(bar(1), "ArrowRight");
tell("right", document.activeElement.dataset.n);
press(document.activeElement, "End");
tell("end", document.activeElement.dataset.n);
press(document.activeElement, "Home");
press(document.activeElement, "ArrowDown");
tell("down", document.activeElement.dataset.n);
bar(3).dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
tell("chain", lit());
tell("lines", $("chain").childElementCount > 0);
tell("announced", $("said").textContent);
tell("stayed", location.hash === "");
press(document.body, "Escape");
tell("ended", lit() === "" && $("chain").childElementCount === 0);
$("person").value = "1";
$("person").dispatchEvent(new Event("change"));
tell("raj", lit());
$("phase").value = "0";
$("phase").dispatchEvent(new Event("change"));
tell("raj first", lit());
const width = $("strip").offsetWidth;
$("closer").click();
tell("closer", $("strip").offsetWidth > width);
press($("picture"), "0");
tell("fit", Math.abs($("strip").offsetWidth - $("picture").clientWidth) < 2);
const place = Number(/M([\d.]+)/.exec($("present").querySelector("path").getAttribute("d"))[1]);
const first = bar(1).querySelector(".s").getBBox();
tell("now", Math.abs(place - first.x - first.width / 2) < 2 && $("present").getAttribute("visibility"));
$("now").click();
tell("no now", $("present").getAttribute("visibility"));
document.title = said.join("; ");
"#;

#[test]
fn the_script_of_the_timeline_does_what_it_says() {
    let written = tempfile::tempdir().expect("a temporary folder");
    let plan = written.path().join("chain.md");
    fs::write(&plan, CHAIN).expect("the plan is written");
    let Some(shown) = Shown::build(&plan, 0) else { return };
    for page in ["timeline", "timeline-phases"] {
        let made = fs::read_to_string(shown.page(&format!("chain/{page}.html"))).expect("the page");
        // The clock stands at the middle of the first step, a quarter past ten.
        let clock = "<script>Date.now = () => 1803896100000;</script><script>";
        // The page's policy would not let this test act.
        let (before, policy) = made.split_once("<meta http-equiv").expect("a policy");
        let made = format!("{before}{}", policy.split_once('>').expect("its end").1);
        let driven =
            made.replace("<script>", clock).replace("</body>", &format!("<script>{ACTS}</script></body>"));
        fs::write(shown.page("chain/driven.html"), driven).expect("the page is written");
        let dump = shown.dump("chain/driven.html");
        let expected = "tools=true; tab stops=1; right=2; end=5; down=2; chain=1,2,3,5; lines=true; \
            announced=Step 3: 2 before it, 1 after it; stayed=true; ended=true; raj=2,3; raj first=2; \
            closer=true; fit=true; now=visible; no now=hidden";
        assert_eq!(title(&dump.page), expected, "{page}");
        assert_eq!(asked_for(&dump, "example"), [""; 0], "{page}");
    }
}

#[test]
fn the_timeline_prints_in_landscape_and_names_its_sheets() {
    let Some(shown) = Shown::build(&example("product-launch/fernledger-3.md"), 0) else { return };
    let (pdf, words) = shown.print("fernledger-3/timeline.html");
    assert!(sizes(&pdf).iter().all(|size| is_paper(size.1, size.0)), "landscape");
    let Some(words) = words else { return };
    let pieces: Vec<&String> = words.iter().filter(|sheet| sheet.contains("Part ")).collect();
    assert!(pieces.len() > 1, "{} pieces", pieces.len());
    for (index, piece) in pieces.iter().enumerate() {
        let said = format!("Part {} of {}", index + 1, pieces.len());
        assert!(piece.contains(&said), "`{said}` stands on sheet {}:\n{piece}", index + 1);
    }
    // Two sheets side by side, and two below them.
    for (sheet, said) in [
        (0, ["Two weeks before", "Petra Vollrath to", "later: part 2", "more people: part 3", "has slack"]),
        (1, ["The day before", "Petra Vollrath to", "T-0", "more people: part 4", "Mon 03-08"]),
        (2, ["Two weeks before", "Greta Baum to", "later: part 4", "latest back-out 18:20", "renewals"]),
        (3, ["The day before", "Greta Baum to", "T-0", "latest back-out 16:44", "down 1 h 30"]),
    ] {
        for said in said {
            assert!(
                pieces[sheet].contains(said),
                "`{said}` stands on sheet {}:\n{}",
                sheet + 1,
                pieces[sheet]
            );
        }
    }
    for name in ["Petra Vollrath", "Dana Brookner"] {
        assert!(pieces.iter().any(|piece| piece.contains(name)), "{name} has a lane");
    }
    assert!(words.iter().any(|sheet| sheet.contains("The same as a table")));
    // What is for hands and ears alone is not printed.
    assert!(!words.iter().any(|sheet| sheet.contains("line at the present time")));
}

/// No sheet holds the end of a list alone, and ways back begin where the main line ends.
#[test]
fn the_last_sheet_is_no_leftover() {
    let Some(shown) = Shown::build(&example("product-launch/fernledger-3.md"), 0) else { return };
    for (page, most, least) in [
        ("walkthrough.html", 11, 12),
        ("contacts.html", 2, 12),
        ("timeline.html", 6, 12),
        ("owners/greta.html", 3, 8),
    ] {
        let (pdf, Some(words)) = shown.print(&format!("fernledger-3/{page}")) else { return };
        assert!(sizes(&pdf).len() <= most, "{page}: {} sheets", sizes(&pdf).len());
        let last = words.last().expect("a sheet");
        let lines = last.lines().filter(|line| !line.trim().is_empty()).count();
        assert!(lines >= least, "{page} ends with a sheet of {lines} lines:\n{last}");
    }
}

fn asked_for<'a>(dump: &'a Dump, host: &str) -> Vec<&'a str> {
    dump.requests.iter().map(String::as_str).filter(|request| request.contains(host)).collect()
}

fn title(page: &str) -> &str {
    let (_, after) = page.split_once("<title>").expect("a title");
    after.split_once("</title>").expect("the title ends").0
}

/// The page may write as entities what the browser writes as it is.
fn plain(title: &str) -> String {
    let entities = [("&#x27;", "'"), ("&#39;", "'"), ("&#x2f;", "/"), ("&quot;", "\"")];
    let title = entities.iter().fold(title.to_owned(), |title, (entity, plain)| title.replace(entity, plain));
    title.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Width and height of every sheet of a PDF, in points.
fn sizes(pdf: &[u8]) -> Vec<(f64, f64)> {
    let text = String::from_utf8_lossy(pdf);
    let boxes = text.split("/MediaBox").skip(1).map(|after| {
        let inner = after.trim_start().trim_start_matches('[').split(']').next().unwrap_or("");
        let numbers: Vec<f64> = inner.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        assert_eq!(numbers.len(), 4, "{inner}");
        (numbers[2] - numbers[0], numbers[3] - numbers[1])
    });
    boxes.collect()
}

/// A4 or Letter, by its short and its long side.
fn is_paper(short: f64, long: f64) -> bool {
    let near = |one: f64, other: f64| (one - other).abs() < 2.0;
    (near(short, 595.0) && near(long, 842.0)) || (near(short, 612.0) && near(long, 792.0))
}

/// Stands between the browser and the network: writes every request down and answers none.
struct Proxy {
    address: SocketAddr,
    thread: JoinHandle<Vec<String>>,
}

/// What ends the proxy, sent by the test itself.
const END: &str = "END\r\n";

impl Proxy {
    fn begin() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let thread = std::thread::spawn(move || {
            let mut requests = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                let mut line = String::new();
                let _ = BufReader::new(&stream).read_line(&mut line);
                if line == END {
                    break;
                }
                let _ = stream
                    .write_all(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                requests.push(line.trim_end().to_owned());
            }
            requests
        });
        Self { address, thread }
    }

    fn end(self) -> Vec<String> {
        let mut stream = TcpStream::connect(self.address).expect("the proxy listens");
        stream.write_all(END.as_bytes()).expect("the proxy hears");
        drop(stream);
        self.thread.join().expect("the proxy ends")
    }
}

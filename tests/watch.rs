//! `tminus watch`, with real files and a real process: what each change is said to have done, which pages
//! change, and what browsers and others get when they ask.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod command;
#[path = "watch/running.rs"]
mod running;

use std::fs;
use std::path::Path;
use std::time::Duration;

use command::tminus;
use running::{Running, get, send, wait_for_change};
use tempfile::TempDir;

const PLAN: &str = "\
---
title: Move the shop
start: 2026-12-05 22:00
timezone: Europe/Berlin
people: roster.yaml
windows:
  quiet: 2026-12-05 22:00 .. 2026-12-06 02:00
---

## Move {in=quiet}

- [ ] Stop the API {10m @ana}
- [ ] Copy the data {40m @raj}
- [ ] Start the API {10m @ana}
";

const ROSTER: &str = "ana: {name: Ana Reyes}\nraj: {name: Raj Patel}\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("launch.md"), PLAN).expect("the plan is written");
    fs::write(folder.path().join("roster.yaml"), ROSTER).expect("the roster is written");
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("the file is written");
}

/// As most editors save: a temporary file takes the place of the old one.
fn replace(folder: &Path, name: &str, text: &str) {
    write(folder, &format!(".{name}.swp"), text);
    fs::rename(folder.join(format!(".{name}.swp")), folder.join(name)).expect("it is renamed");
}

#[test]
fn a_line_says_what_each_change_did() {
    let folder = folder();
    let at = folder.path();
    let mut watch = Running::start(at, &["launch.md"]);
    let longer = PLAN.replace("40m @raj", "55m @raj");
    write(at, "launch.md", &longer);
    let line = watch.wait_for("launch.md: ");
    assert_eq!(
        line,
        "launch.md: finish 23:00 → 23:15; margin in quiet +3 h → +2 h 45 min; “Copy the data” takes 55m, and took 40m; \
         1 step begins 15 min later"
    );
    replace(at, "launch.md", &longer.replace("55m @raj", "55m @ana"));
    let line = watch.wait_for("launch.md: ");
    assert_eq!(
        line,
        "launch.md: Raj is no longer critical; Ana gains “Copy the data”; Raj loses “Copy the data”"
    );
    // As vim saves: a trial file, the old text under another name, a new file.
    write(at, "4913", "");
    fs::remove_file(at.join("4913")).expect("it is removed");
    fs::rename(at.join("launch.md"), at.join("launch.md~")).expect("it is renamed");
    write(at, "launch.md", &longer);
    let line = watch.wait_for("launch.md: ");
    assert_eq!(line, "launch.md: Raj is now critical; Raj gains “Copy the data”; Ana loses “Copy the data”");
    fs::remove_file(at.join("launch.md~")).expect("it is removed");
    write(at, "launch.md", &format!("{longer}- [ ] Check it {{5m @raj}}\n"));
    let line = watch.wait_for("launch.md: ");
    assert!(line.contains("“Check it” is new; Raj gains “Check it”"), "{line}");
    write(at, "launch.md", &format!("{longer}- [ ] Look at it {{5m @raj}}\n"));
    assert_eq!(watch.wait_for("launch.md: "), "launch.md: “Check it” is called “Look at it” now");
    write(at, "launch.md", &format!("{longer}- [ ] Look at it {{5m @raj}}\n\n  With both eyes.\n"));
    let line = watch.wait_for("launch.md: ");
    assert_eq!(line, "launch.md: only words have changed: the same times, people and steps");
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn a_file_that_is_emptied_before_it_is_written_was_never_empty() {
    let folder = folder();
    let at = folder.path();
    let mut watch = Running::start(at, &["launch.md"]);
    // The roster is read when the plan has been, which takes a while: some of these moments are in it.
    let steps: String = (0..300).map(|number| format!("- [ ] Look at part {number} {{5s @ana}}\n")).collect();
    write(at, "launch.md", &format!("{PLAN}{steps}"));
    for round in 0..100 {
        write(at, "roster.yaml", "");
        std::thread::sleep(Duration::from_millis(3));
        write(at, "roster.yaml", &ROSTER.replace("Patel", &format!("Patel the {round}.")));
        std::thread::sleep(Duration::from_millis(7));
    }
    write(at, "launch.md", &format!("{}{steps}", PLAN.replace("Start", "Begin")));
    watch.wait_for("is called “Begin the API” now");
    let wrong: Vec<&String> = watch.said.iter().filter(|line| line.contains("error")).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn an_error_keeps_the_pages_and_comes_and_goes() {
    let folder = folder();
    let at = folder.path();
    let mut watch = Running::start(at, &["launch.md"]);
    let page = at.join("pages/launch/run-sheet.html");
    let before = fs::read(&page).expect("a page");
    write(at, "launch.md", &PLAN.replace("@raj", "@rai"));
    let line = watch.wait_for("launch.md: ");
    assert!(line.ends_with("1 new error; the pages stay as they are until it has no errors"), "{line}");
    watch.hear("error[unknown-owner]");
    watch.hear("write `raj`");
    // What is said next is said after the pages would have been made.
    write(at, "launch.md", &PLAN.replace("@raj", "@rai").replace("10m @ana", "11m @ana"));
    watch.wait_for("launch.md: ");
    assert_eq!(fs::read(&page).expect("a page"), before);
    write(at, "launch.md", &PLAN.replace("40m", "41m"));
    let line = watch.wait_for("launch.md: ");
    assert!(line.contains("1 error gone") && !line.contains("stay"), "{line}");
    // A round is done when the next one begins.
    write(at, "launch.md", PLAN);
    watch.wait_for("launch.md: ");
    assert_eq!(watch.interrupt(), Some(0));
    assert_eq!(fs::read(&page).expect("a page"), before);
    let built = tminus(at, &["build", "launch.md"]);
    assert!(built.stdout.contains("(0 written"), "a build makes the same bytes: {}", built.stdout);
}

#[test]
fn other_files_count_and_what_nobody_wrote_is_silent() {
    let folder = folder();
    let at = folder.path();
    let mut watch = Running::start(at, &["launch.md"]);
    watch.hear("pages/launch/index.html: ");
    write(at, "notes.txt", "of no interest");
    write(at, "launch.md", PLAN);
    fs::create_dir(at.join("templates")).expect("a folder");
    write(at, "roster.yaml", &ROSTER.replace("Raj Patel", "Rajesh Patel"));
    let line = watch.up_to("launch.md: ");
    assert_eq!(line, ["launch.md: only words have changed: the same times, people and steps"]);
    write(at, "templates/questions.css", "/* ours */");
    write(at, "templates/style.css", ":root { color: red }");
    watch.wait_for("the templates or the logo have changed");
    fs::remove_file(at.join("launch.md")).expect("it is removed");
    assert_eq!(watch.wait_for("launch.md: "), "launch.md: the file is gone; its pages stay");
    assert!(at.join("pages/launch/index.html").is_file());
    write(at, "launch.md", &PLAN.replace("40m", "50m"));
    let line = watch.wait_for("launch.md: ");
    assert!(line.starts_with("launch.md: the file is back; finish 23:00 → 23:10"), "{line}");
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn a_folder_of_templates_that_comes_keeps_nothing_from_being_heard() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    fs::create_dir(at.join("plans")).expect("a folder");
    write(at, "plans/x.md", "- [ ] Begin {5m}\n");
    let mut watch = Running::start(at, &["plans"]);
    fs::create_dir(at.join("plans/templates")).expect("a folder");
    write(at, "plans/templates/style.css", "/* ours */");
    watch.wait_for("the templates or the logo have changed");
    for minutes in 6..9 {
        write(at, "plans/x.md", &format!("- [ ] Begin {{{minutes}m}}\n"));
        watch.wait_for(&format!("“Begin” takes {minutes}m"));
    }
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn a_file_in_a_folder_of_its_own_may_go_and_come_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    fs::create_dir_all(at.join("plans/parts")).expect("a folder");
    write(at, "plans/x.md", "- [ ] [Part](parts/part.md)\n");
    write(at, "plans/parts/part.md", "- [ ] Begin {5m}\n");
    let mut watch = Running::start(at, &["plans/x.md"]);
    for round in 1..4 {
        fs::remove_file(at.join("plans/parts/part.md")).expect("it is removed");
        watch.wait_for("“Part” takes ~10m");
        write(at, "plans/parts/part.md", "- [ ] Begin {5m}\n");
        watch.wait_for("“Begin” takes 5m");
        write(at, "plans/parts/part.md", &format!("- [ ] Begin {{5{round}m}}\n"));
        watch.wait_for("“Begin” takes 5");
        write(at, "plans/parts/part.md", "- [ ] Begin {5m}\n");
        watch.wait_for("“Begin” takes 5m");
    }
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn clashes_with_a_plan_that_is_gone_go_with_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let head = "---\nstart: 2026-12-05 22:00\ntimezone: UTC\n---\n\n";
    write(at, "a.md", &format!("{head}- [ ] A0 {{@raj 30m}}\n- [ ] A1 {{@ana 30m}}\n"));
    write(at, "n.md", &format!("{head}- [ ] N {{@ana 38m}}\n"));
    write(at, "z.md", &format!("{head}- [ ] S0 {{@ana 40m}}\n- [ ] S1 {{@ana 10m}}\n"));
    let mut watch = Running::start(at, &["."]);
    fs::remove_file(at.join("n.md")).expect("it is removed");
    watch.hear("z.md: who is needed in other plans at the same time has changed");
    write(at, "a.md", &format!("{head}- [ ] A0 {{@raj 30m}}\n"));
    watch.wait_for("a.md: ");
    watch.wait_for("z.md: ");
    assert_eq!(watch.interrupt(), Some(0));
    let built = tminus(at, &["build", "."]);
    assert!(!built.stdout.contains("(1 written") && built.stdout.contains("(0 written"), "{}", built.stdout);
}

#[test]
fn pages_that_could_not_be_written_are_written_later() {
    let folder = folder();
    let at = folder.path();
    let mut watch = Running::start(at, &["launch.md"]);
    let page = at.join("pages/launch");
    // Somebody puts a file where a folder should be.
    fs::rename(&page, at.join("away")).expect("it is renamed");
    write(&at.join("pages"), "launch", "in the way");
    let longer = PLAN.replace("40m", "41m");
    write(at, "launch.md", &longer);
    watch.wait_for("launch.md: finish");
    watch.wait_for("error");
    fs::remove_file(&page).expect("it is removed");
    write(at, "launch.md", &longer);
    let sheet = page.join("run-sheet.html");
    let began = std::time::Instant::now();
    while !sheet.is_file() && began.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(sheet.is_file(), "{:#?}", watch.said);
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn a_folder_of_plans_is_one_round_whatever_happens_in_it() {
    let folder = folder();
    let at = folder.path();
    for number in 0..12 {
        write(at, &format!("part-{number}.md"), "- [ ] Begin {5m}\n");
    }
    fs::create_dir_all(at.join(".git")).expect("a folder");
    let mut watch = Running::start(at, &["."]);
    // As Git does it: while its lock is there, more is to come.
    write(at, ".git/index.lock", "");
    for number in 0..12 {
        fs::remove_file(at.join(format!("part-{number}.md"))).expect("it is removed");
    }
    for number in 0..12 {
        write(at, &format!("part-{number}.md"), "- [ ] Begin {6m}\n- [ ] End {5m}\n");
    }
    fs::create_dir(at.join("more")).expect("a folder");
    write(&at.join("more"), "other.md", "- [ ] Begin {5m}\n");
    fs::remove_file(at.join(".git/index.lock")).expect("it is removed");
    watch.wait_for("other.md: a new plan");
    write(at, "launch.md", &PLAN.replace("40m", "41m"));
    let last = watch.wait_for("launch.md: ");
    assert!(last.contains("finish 23:00 → 23:01"), "{last}");
    for number in 0..12 {
        let name = format!("part-{number}.md: ");
        let lines: Vec<&String> = watch.said.iter().filter(|line| line.contains(&name)).collect();
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].contains("“End” is new") && !lines[0].contains("gone"), "{lines:?}");
    }
    // What the build itself writes below the folder is no change.
    let own: Vec<&String> =
        watch.said.iter().filter(|line| line.contains("pages/") && line.contains(": a new")).collect();
    assert!(own.is_empty(), "{own:?}");
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn what_is_wrong_in_a_file_that_several_plans_share_is_said_once_a_round() {
    let folder = folder();
    let at = folder.path();
    write(at, "again.md", PLAN);
    let mut watch = Running::start(at, &["launch.md", "again.md"]);
    write(at, "roster.yaml", &ROSTER.replace("name: Raj", "nam: Raj"));
    watch.wait_for("again.md: 1 new error");
    watch.hear("launch.md: 1 new error");
    // A round is over when the next one says something.
    write(at, "roster.yaml", ROSTER);
    watch.wait_for("again.md: 1 error gone");
    let said = watch.said.iter().filter(|line| line.contains("error[unknown-key]")).count();
    assert_eq!(said, 1, "{}", watch.said.join("\n"));
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn a_plan_that_stops_being_text_is_said_to_be_unreadable_once() {
    let folder = folder();
    let at = folder.path();
    write(at, "other.md", "- [ ] Begin {5m}\n");
    let mut watch = Running::start(at, &["launch.md", "other.md"]);
    fs::write(at.join("launch.md"), b"- [ ] caf\xe9\n").expect("the file is written");
    let line = watch.wait_for("launch.md: ");
    assert!(line.contains("can't be read"), "{line}");
    watch.hear("error[unreadable]");
    watch.hear("launch.md:1:10");
    write(at, "other.md", "- [ ] Begin {6m}\n");
    watch.wait_for("other.md: ");
    write(at, "launch.md", PLAN);
    watch.wait_for("launch.md: ");
    let said = watch.said.iter().filter(|line| line.contains("error[unreadable]")).count();
    assert_eq!(said, 1, "{}", watch.said.join("\n"));
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn with_port_0_the_port_that_was_taken_is_printed() {
    let folder = folder();
    let mut watch = Running::start(folder.path(), &["launch.md", "--serve=127.0.0.1:0"]);
    let address = watch.address();
    assert!(!address.ends_with(":0"), "{address}");
    assert!(get(&address, "/launch/").head.starts_with("HTTP/1.1 200"));
}

#[test]
fn wrong_words_end_at_once() {
    let folder = folder();
    let at = folder.path();
    for (arguments, status, said) in [
        (vec!["watch"], 2, "PATH"),
        (
            vec!["watch", "launch.md", "--serve=example.org:80"],
            2,
            "write a port up to 65535 (0 for any that is free) or an address with one",
        ),
        (vec!["watch", "launch.md", "--serve=65536"], 2, "--serve=8080"),
        (vec!["watch", "launch.md", "--serve", "8080"], 2, "write `--serve=8080`, without a space"),
        (vec!["watch", "nothing.md"], 3, "nothing.md"),
        (vec!["watch", "launch.md", "--start", "soon"], 2, "--start"),
    ] {
        let ran = tminus(at, &arguments);
        assert_eq!(ran.status, status, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let ran = tminus(at, &["watch", "launch.md", &format!("--serve={address}")]);
    assert_eq!(ran.status, 3);
    assert!(ran.stderr.contains(&format!("pages can't be shown at {address}")), "{}", ran.stderr);
    fs::create_dir(at.join("empty")).expect("a folder");
    let ran = tminus(at, &["watch", "empty"]);
    assert!(ran.status == 2 && ran.stderr.contains("there is no plan in `empty`"), "{}", ran.stderr);
}

#[test]
fn a_browser_gets_the_page_and_hears_of_its_change() {
    let folder = folder();
    let at = folder.path();
    let mut watch = Running::start(at, &["launch.md", "--serve"]);
    let address = watch.address();
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    let page = get(&address, "/launch/run-sheet.html");
    assert!(page.head.starts_with("HTTP/1.1 200 OK"), "{}", page.head);
    let disk = fs::read_to_string(at.join("pages/launch/run-sheet.html")).expect("a page");
    assert!(
        !disk.contains("data-live") && !disk.contains("connect-src"),
        "pages on the disk stay as they are"
    );
    // Without what is added the served page is the page: its script, its hash, its own origin.
    let script = page.body.rfind("<script data-live").expect("the script");
    let end = page.body.rfind("</body>").expect("an end");
    let plain = format!("{}{}", &page.body[..script], &page.body[end..]);
    let hash = plain.find("; connect-src 'self'").expect("the policy");
    let own = plain[..hash].rfind(" 'sha256-").expect("the hash of the script");
    let policy = &plain[own..hash + "; connect-src 'self'".len()];
    assert_eq!(plain.replacen(policy, "", 1), disk);
    for path in ["/", "/index.html", "/launch/", "/launch/plan.json", "/launch/owners/ana.md"] {
        assert!(get(&address, path).head.starts_with("HTTP/1.1 200"), "{path}");
    }
    let moved = get(&address, "/launch").head;
    assert!(moved.starts_with("HTTP/1.1 308") && moved.contains("Location: /launch/\r\n"), "{moved}");
    let changed = wait_for_change(&address, "%2Flaunch%2Frun-sheet.html", &page.body);
    write(at, "launch.md", &PLAN.replace("40m @raj", "55m @raj"));
    watch.wait_for("finish 23:00 → 23:15");
    assert!(changed.join().expect("an answer").ends_with("data: changed\n\n"));
    assert!(get(&address, "/launch/run-sheet.html").body.contains("23:15"));
    // One who comes late hears of it at once.
    let late = wait_for_change(&address, "/launch/run-sheet.html", &page.body);
    assert!(late.join().expect("an answer").ends_with("data: changed\n\n"));
    let _open = std::net::TcpStream::connect(&address).expect("a connection");
    assert_eq!(watch.interrupt(), Some(0), "whoever waits keeps nobody from ending");
}

#[test]
fn who_is_not_meant_gets_nothing() {
    let folder = folder();
    let at = folder.path();
    write(at, "secret.txt", "the secret");
    let mut watch = Running::start(at, &["launch.md", "--serve"]);
    let address = watch.address();
    write(&at.join("pages/launch"), "mine.html", "the secret");
    let port = address.rsplit(':').next().expect("a port");
    for hosts in [
        "Host: example.org\r\n".to_owned(),
        format!("Host: 127.0.0.1.example.org:{port}\r\n"),
        format!("Host: localhost.example.org:{port}\r\n"),
        String::new(),
        format!("Host: {address}\r\nHost: example.org\r\n"),
    ] {
        let answer = send(&address, format!("GET /launch/ HTTP/1.1\r\n{hosts}\r\n").as_bytes());
        assert!(
            answer.head.starts_with("HTTP/1.1 403") && !answer.body.contains("Stop"),
            "{hosts}: {}",
            answer.head
        );
    }
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/launch/../../secret.txt",
        "/launch/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/%2Fetc/passwd",
        "/launch/mine.html",
        "/.tminus-pages",
        "/launch/.tminus-pages",
        "/launch/%00",
        "/launch/run-sheet.html/",
    ] {
        let answer = get(&address, path);
        assert!(answer.head.starts_with("HTTP/1.1 404"), "{path}: {}", answer.head);
        assert!(!answer.body.contains("secret") && !answer.body.contains("root:"), "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "BREW"] {
        let ask = format!("{method} /launch/ HTTP/1.1\r\nHost: {address}\r\nContent-Length: 4\r\n\r\nbody");
        let head = send(&address, ask.as_bytes()).head;
        assert!(head.starts_with("HTTP/1.1 405") && head.contains("Allow: GET, HEAD"), "{method}: {head}");
    }
    let head = send(&address, format!("HEAD /launch/ HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes());
    assert!(head.head.starts_with("HTTP/1.1 200") && head.body.is_empty());
    for (bytes, status) in [
        (b"\x16\x03\x01\x02\x00\x01".to_vec(), "400"),
        (b"GET\r\n\r\n".to_vec(), "400"),
        (format!("GET http://{address}/launch/ HTTP/1.1\r\nHost: {address}\r\n\r\n").into_bytes(), "400"),
        (format!("GET /{} HTTP/1.1\r\n", "a".repeat(40_000)).into_bytes(), "431"),
        (format!("GET /.tminus/changes HTTP/1.1\r\nHost: {address}\r\n\r\n").into_bytes(), "400"),
    ] {
        let head = send(&address, &bytes).head;
        assert!(head.starts_with(&format!("HTTP/1.1 {status}")), "{status}: {head}");
    }
    // Those who connect and say nothing, as many as there may be, keep others away only while they stay.
    let silent: Vec<_> =
        (0..80).map(|_| std::net::TcpStream::connect(&address).expect("a connection")).collect();
    drop(silent);
    let answered = (0..2_000).any(|_| get(&address, "/launch/").head.starts_with("HTTP/1.1 200"));
    assert!(answered, "it answers again");
    assert_eq!(watch.interrupt(), Some(0));
}

#[test]
fn an_address_that_others_reach_warns() {
    let folder = folder();
    let watch = Running::start(folder.path(), &["launch.md", &format!("--serve=0.0.0.0:{}", free_port())]);
    let warned = watch.said.iter().any(|line| line.contains("warning: whoever can reach 0.0.0.0:"));
    assert!(warned, "{:?}", watch.said);
    assert_eq!(watch.interrupt(), Some(0));
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("0.0.0.0:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

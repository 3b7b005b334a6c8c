//! Wrong inputs of every kind, given to the program itself: each gets a clear sentence and the exit
//! status that is its due (0 done, 1 the plan has errors, 2 wrong usage, 3 the environment).
//!
//! Promised besides: nothing panics, nothing is left half-written, diagnostics stand on the error
//! stream and JSON alone on the other, and a pipe sees no escape codes.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod command;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use command::{Ran, tminus};
use tempfile::TempDir;

const SMALL: &str = "- [ ] Stop the API {#stop @ana 5m}\n- [ ] Start it again {@ana 10m after=stop}\n";

const FULL: &str = "---
start: 2026-12-05 22:00
timezone: Europe/Berlin
people: {ana: Ana Reyes, raj: Raj Patel}
roles: {dba: raj}
variants: [staging, production]
vars: {host: db-1}
---
- [ ] Copy {{ host }} {@ana 400d}
- [ ] Check it {@dba 5m}
";

/// How deep the nested inputs go.
const DEEP: usize = 10_000;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// A folder with one plan in it, `plan.md`.
fn with_plan(text: impl AsRef<[u8]>) -> TempDir {
    let folder = folder();
    fs::write(folder.path().join("plan.md"), text).expect("the plan is written");
    folder
}

/// Every file and folder below a folder, by its path from there.
fn listing(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).expect("a folder lists") {
            let path = entry.expect("an entry").path();
            found.push(path.strip_prefix(folder).expect("it lies below").to_path_buf());
            if path.is_dir() {
                open.push(path);
            }
        }
    }
    found.sort();
    found
}

#[track_caller]
fn ends(ran: &Ran, status: i32, sentence: &str) {
    assert_eq!(ran.status, status, "expected: {sentence}\n{}\n{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains(sentence), "expected: {sentence}\n{}", ran.stderr);
}

/// Runs with arguments written as on a command line without quotes.
fn run(folder: &Path, line: &str) -> Ran {
    tminus(folder, &line.split(' ').collect::<Vec<_>>())
}

#[test]
fn a_file_without_steps_is_a_plan_without_steps() {
    for text in ["", "\n\n", "\u{feff}", "---\n---\n", "# Only a title\n", "\0\0\0\0"] {
        let folder = with_plan(text);
        ends(&run(folder.path(), "check plan.md"), 0, "nothing in this file could be a step");
        let built = run(folder.path(), "build plan.md -o out");
        ends(&built, 0, "warning[no-steps]");
        assert!(folder.path().join("out/plan/index.html").exists(), "{text:?}");
    }
}

#[test]
fn levels_want_rules_and_what_is_wrong_with_them_is_said_once() {
    let folder = with_plan(SMALL);
    fs::write(folder.path().join("other.md"), SMALL).expect("a second plan");
    for line in ["check plan.md --deny", "check plan.md --deny cycle,", "check plan.md --strict=yes"] {
        assert_eq!(run(folder.path(), line).status, 2, "{line}");
    }
    for line in ["check . --deny cycles", "build . -o out --warn cycles"] {
        let ran = run(folder.path(), line);
        ends(&ran, 1, "error[unknown-rule]: there is no rule `cycles`");
        assert_eq!(ran.stderr.matches("unknown-rule").count(), 1, "{}", ran.stderr);
    }
    ends(&run(folder.path(), "show plan.md --deny cycles --allow unknown-rule"), 0, "");
}

#[test]
fn what_is_wrong_in_a_file_that_several_plans_share_is_said_once() {
    let folder = with_plan("---\npeople: people.yaml\n---\n- [ ] [Inner](inner.md)\n- [ ] End {@ana 5x}\n");
    let at = folder.path();
    fs::write(
        at.join("other.md"),
        "---\npeople: people.yaml\n---\n- [ ] Go {@ana 5m}\n- [ ] [Inner](inner.md)\n",
    )
    .expect("a second plan");
    fs::write(at.join("inner.md"), "- [ ] Copy {@ana 5y}\n").expect("the inner plan");
    fs::write(at.join("people.yaml"), "ana: { name: Ana Reyes, phon: 5 }\n").expect("a roster");
    for line in ["check .", "build . -o out"] {
        let ran = run(at, line);
        ends(&ran, 1, "plan.md:5:17");
        for (place, rule) in [("inner.md:1:18", "attribute"), ("people.yaml:1:25", "unknown-key")] {
            assert_eq!(ran.stderr.matches(place).count(), 1, "{line}: {place}\n{}", ran.stderr);
            assert!(ran.stderr.contains(&format!("error[{rule}]")), "{line}\n{}", ran.stderr);
        }
    }
    // Each page says what is wrong in its own plan.
    for plan in ["plan", "other"] {
        let page = fs::read_to_string(at.join(format!("out/{plan}/index.html"))).expect("a page");
        assert!(page.contains("5y"), "{plan}");
    }
}

#[test]
fn a_check_ends_with_how_ready_each_plan_is() {
    let text = "---\ndraft: 2\nstart: 2038-01-04 08:00\ntimezone: UTC\n\
        windows: { night: 2038-01-04 08:00 .. 2038-01-04 09:00, day: 2038-01-04 08:00 .. 2038-01-05 09:00 }\n---\n\
        - [ ] Copy {@ana 20m..40m in=night}\n- [ ] Count TBD\n- [-] Dropped\n\
        - [?] Who pays? {by=2020-05-05}\n- [?] Who calls? {by=2037-05-05}\n- [?] And why?\n  - answer: because\n";
    let folder = with_plan(text);
    let last = |ran: &Ran, lines: usize| {
        let all: Vec<&str> = ran.stderr.lines().collect();
        all[all.len() - lines..].join("\n")
    };
    let line = "draft 2 · 2 steps · no owner 1 · no estimate 1 · open questions 2 (1 overdue) · to be written 1 · \
        margin in window “night” +30m, at worst +20m";
    assert_eq!(last(&run(folder.path(), "check plan.md"), 1), line);
    let back = "- [ ] Copy {@ana 5m}\n\n## Back {.rollback}\n\n- [ ] Delete {5m}\n- [ ] Tell {@ana 5m}\n";
    fs::write(folder.path().join("back.md"), back).expect("a plan with a way back");
    let counted = "draft 1 · 1 step + 2 on the way back · no owner 1";
    assert_eq!(last(&run(folder.path(), "check back.md"), 1), counted);
    fs::remove_file(folder.path().join("back.md")).expect("it is gone");
    fs::write(folder.path().join("other.md"), "- [ ] Copy {@ana 5m}\n").expect("a second plan");
    let two = format!("./other.md: draft 1 · 1 step\n./plan.md: {line}");
    assert_eq!(last(&run(folder.path(), "check ."), 2), two);
    let built = run(folder.path(), "build plan.md -o out");
    assert_eq!(built.status, 0, "{}", built.stderr);
    let page = fs::read_to_string(folder.path().join("out/plan/index.html")).expect("the index page");
    assert!(page.contains(&line.replace(" (1 overdue)", "")), "pages know no clock");
}

#[test]
fn what_is_missing_or_no_file_is_said_so() {
    let folder = with_plan(SMALL);
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    let before = listing(folder.path());
    for (line, status, sentence) in [
        ("check missing.md", 3, "there is no file or folder `missing.md`"),
        ("build missing -o out", 3, "there is no file or folder `missing`"),
        ("build plan.md/below -o out", 3, "there is no file or folder `plan.md/below`"),
        ("show missing.md", 3, "there is no file or folder `missing.md`"),
        ("export json missing.md", 3, "there is no file or folder `missing.md`"),
        ("check empty", 2, "there is no plan in `empty`"),
        ("build empty -o out", 2, "there is no plan in `empty`"),
        ("show empty", 2, "`empty` is a folder: name one plan in it"),
        ("export json empty", 2, "`empty` is a folder: name one plan in it"),
        ("export json .", 2, "`.` is a folder: name one plan in it"),
    ] {
        let ran = run(folder.path(), line);
        ends(&ran, status, sentence);
        assert!(ran.stderr.contains("help: "), "{line} offers a way out:\n{}", ran.stderr);
        assert_eq!(ran.stdout, "", "{line}");
    }
    assert_eq!(listing(folder.path()), before, "nothing is written for what can't be read");
}

#[test]
fn one_plan_that_can_not_be_read_does_not_keep_the_others_from_being_built() {
    let folder = with_plan(SMALL);
    fs::write(folder.path().join("latin.md"), b"- [ ] caf\xe9\n").expect("a file");
    let sentence = "latin.md` is not UTF-8 text: line 1, column 10 has the byte 0xe9";
    ends(&run(folder.path(), "build . -o out"), 3, sentence);
    assert!(folder.path().join("out/plan/index.html").exists());
    assert!(!folder.path().join("out/latin").exists());
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_place() {
    for (bytes, sentence, place, help) in [
        (
            &b"- [ ] ok\n- [ ] caf\xe9\n"[..],
            "`plan.md` is not UTF-8 text: line 2, column 10 has the byte 0xe9",
            "plan.md:2:10",
            "it looks like Windows-1252 (Latin-1), in which this reads `café`",
        ),
        (
            b"- [ ] \xc3\xa9\n- [ ] caf\xe9 5\n",
            "`plan.md` is not UTF-8 text: line 2, column 10 has the byte 0xe9",
            "plan.md:2:10",
            "type `é` anew, if that is meant",
        ),
        (
            b"\xff\xfe-\0 \0[\0",
            "`plan.md` is UTF-16 text",
            "plan.md:1:1",
            "save the file as UTF-8; PowerShell",
        ),
        (
            b"-\0 \0[\0 \0]\0 \0",
            "`plan.md` is UTF-16 text",
            "plan.md:1:1",
            "save the file as UTF-8; PowerShell",
        ),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            "`plan.md` is not UTF-8 text: line 1, column 1 has the byte 0x89",
            "plan.md:1:1",
            "a picture or a document of an office program is no plan",
        ),
        (
            b"- [ ] x\n\xf0\x9f\x98",
            "`plan.md` ends in the middle of a character, at line 2, column 1: it is cut off",
            "plan.md:2:1",
            "get the whole file again",
        ),
    ] {
        let folder = with_plan(bytes);
        for command in ["check", "show", "build -o out", "export json"] {
            let ran = run(folder.path(), &format!("{command} plan.md"));
            for said in [sentence, place, help] {
                ends(&ran, 3, said);
            }
        }
        assert!(!folder.path().join("out").exists());
        let short = run(folder.path(), "check plan.md --format short").stdout;
        assert!(short.starts_with(&format!("{place}: error[unreadable]: {sentence}")), "{short}");
    }
}

#[test]
fn a_file_that_a_plan_names_and_that_is_no_text_is_told_with_its_place() {
    let folder = with_plan("---\npeople: people.yaml\n---\n- [ ] [Two](two.md) {#two}\n");
    fs::write(folder.path().join("people.yaml"), b"ana: Ana Reyes\nraj: Ra\xfal\n").expect("a roster");
    fs::write(folder.path().join("two.md"), b"- [ ] One\n- [ ] caf\xe9\n").expect("an inner plan");
    let told = json(&run(folder.path(), "check plan.md --format json").stdout);
    let place = |one: &serde_json::Value| {
        let file = one["file"].as_str().and_then(|file| file.rsplit('/').next()).unwrap_or_default();
        (file.to_owned(), one["line"].as_u64(), one["column"].as_u64())
    };
    let said = |rule: &str| {
        let mut all = told["diagnostics"].as_array().expect("a list").iter();
        let one = all.find(|one| one["rule"] == rule).unwrap_or_else(|| panic!("{rule}: {told}"));
        (place(one), place(&one["related"][0]))
    };
    let at = |file: &str, line, column| (file.to_owned(), Some(line), Some(column));
    assert_eq!(said("unreadable"), (at("people.yaml", 2, 8), at("plan.md", 2, 9)));
    assert_eq!(said("include"), (at("plan.md", 4, 8), at("two.md", 2, 10)));
}

#[test]
fn control_characters_never_reach_a_pipe() {
    let text = "- [ ] a\0b {@ana 5m}\n- [ ] \u{1b}[31mred {@ana}\n- [ ] c {@ana after=\"\u{1b}[31mno\"}\n";
    let folder = with_plan(text);
    for line in ["check plan.md", "show plan.md", "show --timeline plan.md", "build plan.md -o out"] {
        let ran = run(folder.path(), line);
        ends(&ran, 1, "error[unknown-reference]");
        assert!(!ran.stdout.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'), "{line}");
    }
}

#[test]
fn a_plan_can_not_act_at_a_terminal() {
    // Colours, a window's title, the same as one character, a line overwritten, text turned round.
    let tricks = "\u{1b}[31mred\u{1b}]0;owned\u{7}\u{9b}8mgone\u{7f}\u{8}\u{202e}round\u{2066}";
    let text = format!(
        "---\ntitle: Launch {tricks}\npeople: {{ana: \"{tricks}\"}}\n---\n\n## Phase {tricks}\n\n\
         - [ ] Stop {tricks} {{@ana}}\n- [ ] Start {{@{tricks} after=\"{tricks}\"}}\n- [ ] {tricks} {{@anna}}\n"
    );
    let folder = folder();
    fs::create_dir(folder.path().join("plans")).expect("a folder");
    let name = format!("plans/{tricks}.md");
    let ours = [
        "\u{1b}[1;31m",
        "\u{1b}[0m",
        "\u{1b}[1m",
        "\u{1b}[91m",
        "\u{1b}[93m",
        "\u{1b}[94m",
        "\u{1b}[96m",
        "\u{1b}[92m",
    ];
    let yaml_safe = text.replace(['\u{1b}', '\u{7}', '\u{7f}', '\u{8}'], "");
    for plan in [&text, &yaml_safe] {
        fs::write(folder.path().join(&name), plan).expect("the plan is written");
        for arguments in [
            &["check", "plans"][..],
            &["show", &name],
            &["show", "--timeline", &name],
            &["show", "--owner", "nobody", &name],
            &["build", "plans", "-o", "out"],
            &["check", "--format", "json", "plans"],
            &["export", "json", &name],
            &["check", "--variant", tricks, "plans"],
            &["check", "--start", tricks, "plans"],
        ] {
            for colour in [false, true] {
                let mut command = Command::new(env!("CARGO_BIN_EXE_tminus"));
                command.args(arguments).current_dir(folder.path()).env_remove("CLICOLOR_FORCE");
                if colour {
                    command.env("CLICOLOR_FORCE", "1");
                }
                let output = command.output().expect("the program starts");
                let mut said = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
                if colour {
                    said = ours.iter().fold(said, |said, style| said.replace(style, ""));
                }
                let acts = |c: char| {
                    (c.is_control() && c != '\n')
                        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
                };
                assert!(!said.contains(acts), "{arguments:?}: {said:?}");
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn only_files_are_read() {
    let folder = with_plan(SMALL);
    let pipe = folder.path().join("pipe.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    let named = "named.md";
    for (text, path, status, sentence) in [
        ("", "pipe.md", 3, "`pipe.md` is a pipe or a device, and a file is needed here"),
        ("", "/dev/zero", 3, "`/dev/zero` is a pipe or a device, and a file is needed here"),
        ("---\npeople: pipe.md\n---\n- [ ] x {@ana}\n", named, 3, "`pipe.md` is a pipe or a device"),
        ("---\npeople: /dev/zero\n---\n- [ ] x {@ana}\n", named, 3, "`/dev/zero` lies outside of the folder"),
        (
            "- [ ] x {@ana 5m}\n\n  ![plan](pipe.md)\n",
            named,
            0,
            "warning[image]: the image `pipe.md` can't be read",
        ),
    ] {
        fs::write(folder.path().join(named), text).expect("a plan");
        ends(&run(folder.path(), &format!("check {path}")), status, sentence);
    }
    // A folder is searched for files alone.
    fs::write(folder.path().join(named), SMALL).expect("a plan");
    ends(&run(folder.path(), "check ."), 0, "no mistakes found in 2 plans");
}

#[test]
fn large_files_are_read_or_refused_by_their_size() {
    let folder = folder();
    for (name, size, status, sentence) in [
        ("zeros.md", 17 << 20, 0, "nothing in this file could be a step"),
        ("larger.md", (512 << 20) + 1, 3, "`larger.md` is larger than 512 MB, the most that a plan may have"),
    ] {
        // No block of the disk is taken: the file is one hole.
        let file = fs::File::create(folder.path().join(name)).expect("a file");
        file.set_len(size).expect("a hole");
        ends(&run(folder.path(), &format!("check {name}")), status, sentence);
    }
}

#[test]
fn long_lines_are_only_long() {
    let long = 10_000_000;
    for (text, says) in [
        (format!("- [ ] Stop\n\n  > {}\n", "word ".repeat(long / 5)), "Stop"),
        (format!("- [ ] {}\n- [ ] Stop\n", "x".repeat(long)), "Stop"),
        (format!("{}\n- [ ] Stop\n", "#".repeat(long)), "Stop"),
        (format!("- [ ] Stop {{@ana 5m}}\n\n  > {}\n", "`".repeat(long)), "Stop"),
    ] {
        let folder = with_plan(&text);
        let ran = run(folder.path(), "export json plan.md");
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
        assert!(json(&ran.stdout)["steps"].to_string().contains(says));
    }
    let folder = with_plan(format!("---\ntitle: {}\n---\n- [ ] Stop\n", "x".repeat(long)));
    ends(&run(folder.path(), "check plan.md"), 1, "the front matter has more than 8 MB of text");
}

#[test]
fn a_paragraph_of_many_lines_is_only_long() {
    let lines =
        "-[ ] almost `a step`\n##Almost {in=night}\n#Almost {#one} `a phase`\n| [ ] Almost | @ana |\n";
    let folder = with_plan(format!("- [ ] Stop\n\n{}", lines.repeat(30_000)));
    let began = Instant::now();
    ends(&run(folder.path(), "check plan.md"), 0, "this line looks like a heading");
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
}

#[test]
fn depth_is_no_danger() {
    let bold = format!("- [ ] {}x{}\n", "*a ".repeat(DEEP), " b*".repeat(DEEP));
    let links = format!("- [ ] {}x{}\n", "[".repeat(DEEP), "](u)".repeat(DEEP));
    // One space a level would be no nesting, and two make the text as large as the square of it.
    let indented: String = (0..DEEP / 10).map(|depth| format!("{}- [ ] x\n", "  ".repeat(depth))).collect();
    for (name, text) in [
        ("lists", format!("{}[ ] x\n", "- ".repeat(DEEP))),
        ("indented lists", indented),
        ("quotes", format!("{} - [ ] x\n", ">".repeat(DEEP))),
        ("quotes in a step", format!("- [ ] x\n  {}- [ ] y\n", "> ".repeat(DEEP))),
        ("emphasis", bold),
        ("stars", format!("- [ ] {}x{}\n", "*".repeat(DEEP), "*".repeat(DEEP))),
        ("links", links),
        ("images", format!("- [ ] {}\n", "![a](b ".repeat(DEEP))),
        ("braces", format!("- [ ] x {}@a{}\n", "{".repeat(DEEP), "}".repeat(DEEP))),
        ("details", format!("- [ ] x\n\n  {}\n", "<details>".repeat(DEEP))),
        ("bold tags", format!("- [ ] x\n\n  {}\n", "<b>".repeat(DEEP))),
        ("comments", format!("- [ ] x {}\n", "<!-- ".repeat(DEEP))),
    ] {
        let folder = with_plan(&text);
        let ran = run(folder.path(), "build plan.md -o out");
        assert_eq!(ran.status, 0, "{name}: {}", ran.stderr);
        assert!(folder.path().join("out/plan/run-sheet.html").exists(), "{name}");
    }
}

#[test]
fn front_matter_that_grows_or_never_ends_is_an_error() {
    let mut bomb = "---\nx-0: &a0 [l,l,l,l,l,l,l,l,l]\n".to_owned();
    for level in 1..12 {
        let nine = vec![format!("*a{}", level - 1); 9].join(",");
        bomb.push_str(&format!("x-{level}: &a{level} [{nine}]\n"));
    }
    bomb.push_str("title: *a11\n---\n- [ ] x\n");
    for (text, sentence) in [
        (bomb, "the front matter has more than 200,000 values"),
        ("---\nx-a: &a [*a]\n---\n- [ ] x\n".to_owned(), "error[front-matter]"),
        (
            format!("---\ntitle: {}{}\n---\n- [ ] x\n", "[".repeat(DEEP), "]".repeat(DEEP)),
            "error[front-matter]",
        ),
        (format!("---\npeople: {}{}\n---\n- [ ] x\n", "{a: ".repeat(DEEP), "}".repeat(DEEP)), "24 levels"),
    ] {
        let folder = with_plan(&text);
        ends(&run(folder.path(), "build plan.md -o out"), 1, sentence);
        let sheet = fs::read_to_string(folder.path().join("out/plan/run-sheet.html")).expect("a run sheet");
        assert!(sheet.contains("This plan has "), "the page says that the plan has errors");
    }
}

#[test]
fn times_and_lengths_past_any_calendar_are_errors_at_their_word() {
    let dated = |start: &str, rest: &str| format!("---\nstart: {start}\ntimezone: UTC\n---\n{rest}\n");
    for (text, sentence) in [
        ("- [ ] x {99999999999999d}\n".to_owned(), "error[attribute]: `99999999999999d` is no estimate"),
        ("- [ ] x {9223372036854775808s}\n".to_owned(), "this is longer than ten years"),
        ("- [ ] x {5m..99999999999999999999h}\n".to_owned(), "this is longer than ten years"),
        ("- [ ] x\n- [ ] y {after=x+99999999999w}\n".to_owned(), "error[attribute]: `99999999999w`"),
        ("- [ ] x {at=T-99999999999999d}\n".to_owned(), "error[bad-time]: `T-99999999999999d`"),
        (dated("9999-12-31T23:59", "- [ ] x {400d}"), "error[bad-time]"),
        (dated("0000-01-01 00:00", "- [ ] x {4h}"), "error[bad-time]"),
        (dated("-0001-01-01 00:00", "- [ ] x {4h}"), "error[bad-time]: `-0001-01-01 00:00`"),
        (dated("99999-01-01 00:00", "- [ ] x {4h}"), "error[bad-time]: `99999-01-01 00:00`"),
        (dated("2026-02-30", "- [ ] x {4h}"), "error[bad-time]"),
        (dated("2026-12-05 24:61", "- [ ] x {4h}"), "error[bad-time]"),
        (dated("2026-12-05 22:00", "- [ ] x {by=9999-12-31T23:59}"), "error[bad-time]"),
    ] {
        let folder = with_plan(&text);
        ends(&run(folder.path(), "build plan.md -o out"), 1, sentence);
        assert!(folder.path().join("out/plan/plan.json").exists(), "{text}");
    }
}

#[test]
fn lags_that_add_up_past_any_calendar_are_an_error() {
    let chain = |one: fn(usize) -> String| (1..3_000).map(one).collect::<String>();
    for text in [
        format!("- [ ] s0 {{1m}}\n{}", chain(|n| format!("- [ ] s{n} {{1m after=s{}+3650d}}\n", n - 1))),
        format!("---\nstart: 2026-01-05\n---\n{}", chain(|n| format!("- [ ] s{n} {{@ana 87000h}}\n"))),
    ] {
        let folder = with_plan(&text);
        let ran = run(folder.path(), "export json plan.md");
        assert_eq!(ran.status, 1);
        let plan = json(&ran.stdout);
        let errors = plan["diagnostics"].as_array().expect("diagnostics");
        assert!(errors.iter().any(|one| one["severity"] == "error"), "{errors:?}");
    }
}

#[test]
fn options_that_fit_no_plan_are_refused() {
    let folder = with_plan(FULL);
    let before = listing(folder.path());
    for (option, sentence) in [
        ("--start tomorrow", "`--start tomorrow` is no time"),
        (
            "--start 9999-12-31T23:59",
            "`--start 9999-12-31T23:59` is too far away: plans lie between the years",
        ),
        ("--t0 0999-12-31", "`--t0 0999-12-31` is too far away: plans lie between the years 1970 and 8999"),
        ("--start 2026-13-01", "`--start 2026-13-01`: no calendar or clock has that time"),
        ("--start 2026-02-30", "`--start 2026-02-30`: no calendar or clock has that time"),
        ("--t0 2026-12-05T24:30", "`--t0 2026-12-05T24:30`: no calendar or clock has that time"),
        ("--start 22:00", "`--start 22:00` is no time"),
        ("--start T-5m", "`--start T-5m` is no time"),
        ("--start=", "`--start` needs a time"),
        ("--t0 now", "`--t0 now` is no time"),
        ("--var host", "invalid value 'host' for '--var <NAME=TEXT>'"),
        ("--var =x", "'--var <NAME=TEXT>': `=x` needs the name of a variable before its `=`"),
        ("--variant=", "a value is required for '--variant <NAME>'"),
        ("--var host=a --var host=b", "`--var host=…` is given twice"),
        ("--sub ana", "invalid value 'ana' for '--sub <A=B>'"),
        ("--sub ana=", "'--sub <A=B>': `ana=` needs a second name after its `=`, of who stands in"),
        ("--sub ana=../../raj", "'--sub <A=B>': `../../raj` can't be anybody's handle: letters, digits,"),
        ("--sub ana=@", "'--sub <A=B>': `ana=@` needs a second name"),
        ("--sub =raj", "'--sub <A=B>': `=raj` needs a first name before its `=`, of who drops out"),
        ("--sub ana=ana", "`ana` can't stand in for `ana`: write who stands in after the `=`"),
        ("--sub @=raj", "'--sub <A=B>': `@=raj` needs a first name"),
        ("--sub ana=raj --sub ana=dba", "`--sub ana=…` is given twice"),
        ("--slip copy", "'--slip <STEP=+TIME>': write it as STEP=+40m"),
        ("--slip =+5m", "'--slip <STEP=+TIME>': `=+5m` needs a step before its `=`"),
        ("--slip copy=soon", "'--slip <STEP=+TIME>': `soon` is no length of time: write `+40m`"),
        ("--slip copy=", "`copy=` needs a length of time after its `=`: write `+40m` for longer, or `-10m`"),
        ("--slip 13=+", "'--slip <STEP=+TIME>': `+` is no length of time: write `+40m`, `1h30m` or `-10m`"),
        ("--slip 13=+9999w", "`+9999w` is longer than ten years: write less, such as `+40m`"),
        ("--slip copy=+1d4h", "`+1d4h` mixes days with hours or minutes"),
        ("--slip copy=+5m --slip copy=+6m", "`--slip copy=…` is given twice"),
        ("--bogus", "unexpected argument '--bogus'"),
        ("-o", "a value is required for '--output <DIR>'"),
        ("--output=", "a value is required for '--output <DIR>'"),
    ] {
        let ran = run(folder.path(), &format!("build plan.md {option}"));
        ends(&ran, 2, sentence);
        assert_eq!(ran.stdout, "", "{option}");
    }
    assert_eq!(listing(folder.path()), before, "wrong usage writes nothing");
}

#[test]
fn a_variable_takes_any_text() {
    let folder = with_plan("---\nvars: {to: nobody}\n---\n- [ ] Tell [{{ to }}] {@ana 5m}\n");
    for (text, title) in [("@here", "Tell [@here]"), ("", "Tell []"), ("a=b", "Tell [a=b]")] {
        let ran = tminus(folder.path(), &["export", "json", "plan.md", "--var", &format!("to={text}")]);
        assert_eq!(json(&ran.stdout)["steps"][0]["title"], title, "{}", ran.stderr);
    }
}

#[test]
fn what_is_said_about_the_command_line_has_no_margin_of_lines_of_a_plan() {
    let folder = with_plan(SMALL);
    let said = "error[unknown-variant]: the plan has no variant `x` (from `--variant x`)\n = help: ";
    ends(&run(folder.path(), "check plan.md --variant x"), 1, said);
    let mut coloured = Command::new(env!("CARGO_BIN_EXE_tminus"));
    coloured
        .args(["check", "plan.md", "--variant", "x"])
        .current_dir(folder.path())
        .env("CLICOLOR_FORCE", "1");
    let output = coloured.output().expect("the program starts");
    let text = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(text.contains("\u{1b}[1mhelp\u{1b}[0m: ") && !text.contains('|'), "{text:?}");
}

#[test]
fn options_that_fit_no_name_of_the_plan_are_errors_of_the_plan() {
    let folder = with_plan(FULL);
    for (option, sentence, help) in [
        ("--var hots=x", "error[unknown-variable]: the plan has no variable `hots`", "--var host="),
        ("--sub nobody=ana", "error[substitute]: the plan has nobody called `nobody`", "`ana`, `raj`"),
        ("--sub ana=nobody", "error[substitute]: the plan has nobody called `nobody`", "`ana`, `raj`"),
        ("--slip nothing=+5m", "error[substitute]: the plan has no step called `nothing`", "by its id"),
        ("--variant prod", "error[unknown-variant]: the plan has no variant `prod`", "--variant production"),
        ("--start 2026-03-29T02:30", "error[skipped-time]: 2026-03-29 02:30 does not exist", "03:00"),
        ("--start 2026-10-25T02:30", "error[ambiguous-time]: 2026-10-25 02:30 happens twice", "+02:00"),
    ] {
        let ran = run(folder.path(), &format!("check plan.md {option}"));
        ends(&ran, 1, sentence);
        ends(&ran, 1, help);
    }
}

#[test]
fn options_that_do_not_fit_a_plan_leave_its_pages_as_they_are() {
    let folder = with_plan(FULL);
    assert_eq!(run(folder.path(), "build plan.md").status, 0);
    let bytes = |path: &PathBuf| fs::read(folder.path().join(path)).ok();
    let before: Vec<_> = listing(folder.path()).into_iter().map(|path| (bytes(&path), path)).collect();
    for (option, sentence) in [
        ("--sub nobody=ana", "error[substitute]: the plan has nobody called `nobody`"),
        ("--sub check-itt:dba=ana", "error[substitute]: the plan has no step called `check-itt`"),
        (
            "--slip 13=+10m",
            "numbers change when times do, so name a step by its id, or by its title in quotes",
        ),
        ("--sub 2:dba=ana", "`tminus why PLAN 2` says which one is 2 as the plan is written"),
        ("--var hots=x", "error[unknown-variable]: the plan has no variable `hots`"),
        ("--variant prod", "error[unknown-variant]: the plan has no variant `prod`"),
        ("--start 2026-03-29T02:30", "error[skipped-time]: 2026-03-29 02:30 does not exist"),
    ] {
        for command in ["build", "watch", "show", "rollback", "without", "export csv"] {
            let ran = run(folder.path(), &format!("{command} plan.md {option}"));
            ends(&ran, 2, sentence);
            ends(&ran, 2, "nothing was made of `plan.md`: the command line does not fit it");
            assert_eq!(ran.stdout, "", "{command} {option}");
        }
        ends(&run(folder.path(), &format!("export json plan.md -o plan.json {option}")), 2, sentence);
        ends(&run(folder.path(), &format!("why plan.md 1 {option}")), 2, sentence);
        assert_eq!(run(folder.path(), &format!("export json plan.md {option}")).status, 1, "{option}");
    }
    let after: Vec<_> = listing(folder.path()).into_iter().map(|path| (bytes(&path), path)).collect();
    assert!(before == after, "wrong usage writes nothing");
}

#[test]
fn options_that_fit_one_plan_of_several_leave_all_pages_as_they_are() {
    let folder = with_plan(FULL);
    fs::write(folder.path().join("small.md"), SMALL).expect("the plan is written");
    let ran = run(folder.path(), "build . --sub raj=ana");
    ends(&ran, 2, "the plan has nobody called `raj`");
    ends(&ran, 2, "nothing was made of `./small.md`");
    assert!(!folder.path().join("pages").exists());
}

#[test]
fn a_warning_about_the_command_line_that_is_made_an_error_is_no_wrong_usage() {
    let folder = with_plan("- [ ] Stop the API {@ana 5m}\n");
    ends(&run(folder.path(), "build plan.md --strict --start 2026-12-05T22:00"), 1, "error[no-timezone]");
}

#[test]
fn a_name_that_is_too_long_is_said_to_be() {
    let long = "a".repeat(5_000);
    for people in [format!("\n  {long}: Ana"), format!("{{ {long}: Ana }}")] {
        let folder = with_plan(format!("---\npeople: {people}\n---\n- [ ] Stop {{@ana 5m}}\n"));
        let ran = run(folder.path(), "check plan.md --format short");
        assert_eq!(ran.status, 1, "{}", ran.stdout);
        let said = "a name of 5000 letters stands before a `:` in the front matter, and YAML allows 1024";
        assert!(ran.stdout.contains(said), "{}", ran.stdout);
        assert_eq!(ran.stdout.lines().count(), 1, "{}", ran.stdout);
    }
    let folder = with_plan(format!("---\npeople: {long}\n---\n- [ ] Stop {{@ana 5m}}\n"));
    ends(&run(folder.path(), "check plan.md"), 3, "a name of 5000 letters is longer than any file's");
    ends(
        &run(folder.path(), &format!("check {long}")),
        3,
        "a name of 5000 letters is longer than any file's",
    );
}

#[test]
fn names_of_devices_are_no_names_of_pages() {
    let folder = folder();
    fs::write(folder.path().join("CON.md"), "- [ ] Stop {@nul 5m}\n").expect("the plan is written");
    assert_eq!(run(folder.path(), "build CON.md").status, 0);
    let pages = folder.path().join("pages/CON_");
    assert!(pages.join("owners/nul_.html").is_file(), "{:?}", listing(folder.path()));
}

#[cfg(unix)]
#[test]
fn nothing_that_a_plan_says_is_a_command_to_a_runner() {
    let text = "# ::error::title\n\n## ::add-mask::phase\n\n- [ ] ::warning::step {#a @ana 5m}\n  - undo: ::notice::back\n\
                - [ ] ##[set-env]b {.gate @ana 5m}\n- [ ] hidden\u{200b} and \u{202e}turned {@ana 5m}\n";
    let folder = with_plan(text);
    for line in ["show plan.md", "rollback plan.md", "why plan.md 2", "without plan.md ana", "check plan.md"]
    {
        let words: Vec<&str> = line.split(' ').collect();
        let output = command::prepared(folder.path(), &words)
            .env("GITHUB_ACTIONS", "true")
            .output()
            .expect("the program starts");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).expect("UTF-8");
        for line in said.lines() {
            assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{line}");
            assert!(!line.contains(['\u{200b}', '\u{202e}']), "{line:?}");
        }
    }
    let ran = command::prepared(
        folder.path(),
        &["check", "plan.md", "--format", "github", "--deny", "missing-owner"],
    )
    .env("GITHUB_ACTIONS", "true")
    .output()
    .expect("the program starts");
    let said = String::from_utf8(ran.stdout).expect("UTF-8");
    assert!(said.is_empty() || said.starts_with("::"), "{said}");
}

#[test]
fn a_plan_at_the_end_of_the_calendar_still_has_pages() {
    let folder = with_plan(FULL);
    assert_eq!(run(folder.path(), "build plan.md -o out --start 8999-12-31").status, 0);
    ends(
        &run(folder.path(), "build plan.md -o no --start 9000-01-01"),
        2,
        "`--start 9000-01-01` is too far away",
    );
    let sheet = fs::read_to_string(folder.path().join("out/plan/run-sheet.html")).expect("a run sheet");
    assert!(sheet.contains("8999-12-31") && sheet.contains("9001-"), "400 days of work go on after it");
    assert!(!folder.path().join("no").exists());
}

#[test]
fn a_folder_that_can_not_be_written_is_named() {
    let folder = with_plan(SMALL);
    fs::write(folder.path().join("file"), "mine").expect("a file");
    let before = listing(folder.path());
    for (output, sentence) in [
        ("file", "the folder `file/plan` can't be made: `file` is a file"),
        ("file/below", "the folder `file/below/plan` can't be made: `file` is a file"),
        ("plan.md", "the folder `plan.md/plan` can't be made: `plan.md` is a file"),
    ] {
        let ran = run(folder.path(), &format!("build plan.md -o {output}"));
        ends(&ran, 3, sentence);
        ends(&ran, 3, "help: choose another folder with `-o`");
    }
    assert_eq!(listing(folder.path()), before);
    assert_eq!(fs::read_to_string(folder.path().join("file")).expect("a file"), "mine");
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_where_nobody_may_write_is_named() {
    let folder = with_plan(SMALL);
    ends(&run(folder.path(), "build plan.md -o /proc/pages"), 3, "`/proc/pages/plan` can't be written");
    assert_eq!(listing(folder.path()), [PathBuf::from("plan.md")]);
}

#[test]
fn pages_of_another_plan_and_files_of_somebody_are_left_alone() {
    let folder = with_plan(SMALL);
    fs::create_dir(folder.path().join("other")).expect("a folder");
    fs::write(folder.path().join("other/plan.md"), "- [ ] Another\n").expect("a plan");
    assert_eq!(run(folder.path(), "build plan.md -o out").status, 0);
    let before = listing(&folder.path().join("out"));
    let page = fs::read(folder.path().join("out/plan/index.html")).expect("a page");
    ends(
        &run(folder.path(), "build other/plan.md -o out"),
        3,
        "the folder `out/plan` holds the pages of another plan, `plan.md`, and those of `other/plan.md` would",
    );
    assert_eq!(listing(&folder.path().join("out")), before);
    assert_eq!(fs::read(folder.path().join("out/plan/index.html")).expect("a page"), page);

    fs::create_dir_all(folder.path().join("mine/plan/timeline.html")).expect("a folder");
    let said = "`mine/plan/timeline.html` was not made by an earlier build, and would be overwritten";
    ends(&run(folder.path(), "build plan.md -o mine"), 3, said);
    let left = ["plan", "plan/timeline.html"].map(PathBuf::from);
    assert_eq!(listing(&folder.path().join("mine")), left, "nothing half-written stays");
}

#[cfg(unix)]
#[test]
fn a_plan_that_becomes_a_link_keeps_its_pages() {
    let folder = with_plan(SMALL);
    assert_eq!(run(folder.path(), "build plan.md -o out").status, 0);
    fs::create_dir(folder.path().join("kept")).expect("a folder");
    fs::rename(folder.path().join("plan.md"), folder.path().join("kept/small.md")).expect("it is moved");
    std::os::unix::fs::symlink("kept/small.md", folder.path().join("plan.md")).expect("a link");
    for _ in 0..2 {
        assert_eq!(run(folder.path(), "build plan.md -o out").status, 0, "it is the same plan");
    }
    fs::write(folder.path().join("kept/plan.md"), "- [ ] Another\n").expect("a plan");
    let said = "holds the pages of another plan, `kept/small.md`, and those of `kept/plan.md` would";
    ends(&run(folder.path(), "build kept/plan.md -o out"), 3, said);
}

#[test]
fn a_list_of_plans_that_can_not_be_written_is_said_first() {
    let folder = with_plan(SMALL);
    fs::create_dir(folder.path().join("out")).expect("a folder");
    fs::write(folder.path().join("out/index.html"), "mine").expect("a page");
    let said = "`out/index.html` was not made by an earlier build, and would be overwritten";
    ends(&run(folder.path(), "build plan.md -o out"), 3, said);
    assert_eq!(listing(&folder.path().join("out")), [PathBuf::from("index.html")]);
    assert_eq!(fs::read_to_string(folder.path().join("out/index.html")).expect("a page"), "mine");
}

#[test]
fn a_broken_list_of_pages_is_named_with_a_way_out() {
    let of_the_plan = [
        "out/plan/index.html",
        "out/plan/run-sheet.html",
        "out/plan/timeline.html",
        "out/plan/cards.html",
        "out/plan/walkthrough.html",
        "out/plan/contacts.html",
        "out/plan/plan.json",
        "out/plan/owners/ana.html",
        "out/plan/owners/ana.md",
    ];
    for (list, pages) in
        [("out/plan/.tminus-pages", &of_the_plan[..]), ("out/.tminus-pages", &["out/index.html"])]
    {
        let folder = with_plan(SMALL);
        assert_eq!(run(folder.path(), "build plan.md -o out").status, 0);
        let whole = fs::read_to_string(folder.path().join(list)).expect("a list");
        for broken in ["", "{", "{\"files\": []}", "[]", &whole[..whole.len() / 2], "\u{0}"] {
            fs::write(folder.path().join(list), broken).expect("a list");
            let ran = run(folder.path(), "build plan.md -o out");
            ends(&ran, 3, &format!("`{list}`, the list of what earlier builds made there, is broken"));
            ends(&ran, 3, "help: delete that list and the pages beside it, or choose another folder");
            assert_eq!(fs::read_to_string(folder.path().join(list)).expect("a list"), broken);
        }
        for page in pages.iter().chain([&list]) {
            fs::remove_file(folder.path().join(page)).expect("it is deleted");
        }
        assert_eq!(run(folder.path(), "build plan.md -o out").status, 0, "what the help says helps");
    }
}

#[test]
fn plans_whose_pages_would_have_one_place_are_both_named() {
    let index = "---\npeople: {index: Ida}\n---\n- [ ] Stop {@index 5m}\n";
    for (one, other, place) in [
        (("a.md", index), ("a/owners.md", SMALL), "out/a/owners/index.html"),
        (("a.md", SMALL), ("a/index.html.md", SMALL), "out/a/index.html"),
        (("a.md", SMALL), ("a/plan.json.md", SMALL), "out/a/plan.json"),
        (("a.md", SMALL), ("a/owners/ana.md.md", SMALL), "out/a/owners/ana.md"),
    ] {
        let folder = folder();
        fs::create_dir_all(folder.path().join("a/owners")).expect("folders");
        for (name, text) in [one, other] {
            fs::write(folder.path().join(name), text).expect("a plan");
        }
        for (first, second) in [(one.0, other.0), (other.0, one.0)] {
            let (_, kept) = [one, other].into_iter().find(|(name, _)| *name == second).expect("a plan");
            fs::remove_file(folder.path().join(second)).expect("a plan");
            assert_eq!(run(folder.path(), "build . -o out").status, 0);
            fs::write(folder.path().join(second), kept).expect("a plan");
            let before = listing(&folder.path().join("out"));
            let ran = run(folder.path(), "build . -o out");
            ends(&ran, 3, &format!("{second}` and those of `{first}` would have the same place, `{place}`"));
            ends(&ran, 3, "help: rename one of the two plans");
            assert_eq!(listing(&folder.path().join("out")), before);
            fs::remove_dir_all(folder.path().join("out")).expect("the pages");
        }
        let ran = run(folder.path(), "build . -o out");
        ends(&ran, 3, "would have the same place");
    }
}

#[test]
fn no_plan_takes_the_place_of_the_list_of_plans_or_leaves_the_folder_of_pages() {
    let folder = with_plan(SMALL);
    for name in ["index.html.md", "Index.HTML.md", ".tminus-pages.md"] {
        fs::write(folder.path().join(name), SMALL).expect("a plan");
        let ran = run(folder.path(), &format!("build plan.md {name} -o out"));
        ends(&ran, 3, &format!("the pages of `{name}` would lie at `out/"));
        ends(&ran, 3, "where the list of all plans is");
        ends(&ran, 3, "help: rename that plan");
        assert!(folder.path().join("out/plan/index.html").is_file(), "the other plan is built");
        assert!(folder.path().join("out/index.html").is_file(), "and listed");
        fs::remove_file(folder.path().join(name)).expect("a plan");
    }
    for name in ["..md", "...md"] {
        fs::create_dir(folder.path().join("sub")).expect("a folder");
        fs::write(folder.path().join("sub").join(name), SMALL).expect("a plan");
        assert_eq!(run(&folder.path().join("sub"), &format!("build {name} -o out")).status, 0);
        let made = listing(&folder.path().join("sub"));
        assert!(made.contains(&PathBuf::from("out/plan/index.html")), "{name}: {made:?}");
        assert!(!made.contains(&PathBuf::from("index.html")), "{name}: {made:?}");
        fs::remove_dir_all(folder.path().join("sub")).expect("a folder");
    }
}

#[test]
fn no_temporary_file_stays() {
    let folder = with_plan(SMALL);
    assert_eq!(run(folder.path(), "build plan.md -o out").status, 0);
    // A folder in the place of a page that an earlier build made can't be replaced by a file.
    fs::remove_file(folder.path().join("out/plan/timeline.html")).expect("a page");
    fs::create_dir(folder.path().join("out/plan/timeline.html")).expect("a folder");
    ends(&run(folder.path(), "build plan.md -o out"), 3, "`out/plan/timeline.html` can't be written");
    let parts =
        listing(folder.path()).into_iter().filter(|path| path.extension().is_some_and(|e| e == "part"));
    assert_eq!(parts.collect::<Vec<_>>(), [] as [PathBuf; 0]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_are_walked_once() {
    let folder = folder();
    fs::create_dir(folder.path().join("deep")).expect("a folder");
    fs::write(folder.path().join("deep/plan.md"), SMALL).expect("a plan");
    std::os::unix::fs::symlink("..", folder.path().join("deep/up")).expect("a link");
    std::os::unix::fs::symlink("deep", folder.path().join("again")).expect("a link");
    let ran = run(folder.path(), "build . -o out");
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    assert_eq!(ran.stdout.lines().count(), 1, "the plan is found once: {}", ran.stdout);
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_are_named() {
    use std::os::unix::fs::symlink;
    let folder = with_plan(SMALL);
    let place = |name: &str| folder.path().join(name);
    for name in ["picture.png", "deep/.#plan.md", ".old"] {
        fs::create_dir_all(place("deep")).expect("a folder");
        symlink("gone", place(name)).expect("a link");
    }
    let ran = run(folder.path(), "check .");
    ends(&ran, 0, "no mistakes found");
    assert!(!ran.stderr.contains("link"), "what can be no plan and no folder of plans is passed over");
    for (name, target, said) in [
        ("gone.md", "no/such.md", "the link `NAME` leads nowhere: there is no `no/such.md`"),
        ("plans", "../no-plans", "the link `NAME` leads nowhere: there is no `../no-plans`"),
        ("self.md", "self.md", "the link `NAME` leads in a circle"),
    ] {
        symlink(target, place(name)).expect("a link");
        for (line, shown) in [("check .", format!("./{name}")), (&format!("check {name}"), name.to_owned())] {
            let ran = run(folder.path(), line);
            ends(&ran, 3, &format!("error[unreadable]: {}", said.replace("NAME", &shown)));
            ends(&ran, 3, "help: let the link lead to what is there, or delete it");
        }
        fs::write(place("named.md"), format!("---\npeople: {name}\n---\n- [ ] x {{@ana}}\n"))
            .expect("a plan");
        ends(&run(folder.path(), "check named.md"), 3, &said.replace("NAME", name));
        fs::remove_file(place("named.md")).expect("a plan");
        fs::remove_file(place(name)).expect("a link");
    }
}

#[test]
fn wrong_flags_and_commands_are_wrong_usage() {
    let folder = with_plan(SMALL);
    for (line, sentence) in [
        ("frobnicate", "unrecognized subcommand 'frobnicate'"),
        ("biuld plan.md", "'build'"),
        ("--bogus", "unexpected argument '--bogus'"),
        ("check", "required arguments were not provided"),
        ("build", "required arguments were not provided"),
        ("show", "required arguments were not provided"),
        ("export json", "required arguments were not provided"),
        ("export xml plan.md", "invalid value 'xml'"),
        ("check --format yaml plan.md", "invalid value 'yaml'"),
        ("show plan.md plan.md", "unexpected argument 'plan.md'"),
        ("explain pin-mised", "did you mean `tminus explain pin-missed`?"),
        ("explain PIN-MISSED", "did you mean `tminus explain pin-missed`?"),
        ("explain zzzz", "run `tminus explain` for the list of rules"),
        ("show plan.md --owner=", "a value is required for '--owner <HANDLE>'"),
        ("show plan.md --owner anna", "the plan has nobody called `anna`"),
    ] {
        let ran = run(folder.path(), line);
        ends(&ran, 2, sentence);
        assert_eq!(ran.stdout, "", "{line}");
    }
}

#[test]
fn a_new_plan_never_takes_the_place_of_a_file() {
    let folder = folder();
    assert_eq!(tminus(folder.path(), &["new", "Atlas 2.0"]).status, 0);
    let path = folder.path().join("atlas-2-0.md");
    fs::write(&path, "mine").expect("a file");
    ends(&tminus(folder.path(), &["new", "Atlas 2.0"]), 3, "`atlas-2-0.md` is there already");
    assert_eq!(fs::read_to_string(&path).expect("a file"), "mine");
    for (number, name) in
        ["\"quoted\" \\ name", "{{title}} %}", "../../up", "日本", "", "***"].iter().enumerate()
    {
        let ran = tminus(folder.path(), &["new", name]);
        assert_eq!(ran.status, 0, "{name}: {}", ran.stderr);
        assert_eq!(listing(folder.path()).len(), number + 2, "{name} makes one file, here");
    }
    // Each is a plan without a mistake; all of them in one night are too much for the same people.
    let ran = run(folder.path(), "check --format json --allow double-booked .");
    assert_eq!(json(&ran.stdout)["diagnostics"].as_array().map(Vec::len), Some(0), "{}", ran.stdout);
}

#[test]
fn a_new_plan_of_any_name_has_a_file_that_can_be_made() {
    for (name, file) in [
        ("n".repeat(300), format!("{}.md", "n".repeat(60))),
        (format!("{} and more", "日".repeat(60)), format!("{}.md", "日".repeat(60))),
        ("İ".repeat(300), format!("{}.md", "i\u{307}".repeat(30))),
        (format!("{} tail", "n".repeat(59)), format!("{}.md", "n".repeat(59))),
        ("Red \u{1b}[31m\u{7} line".to_owned(), "red-31m-line.md".to_owned()),
    ] {
        let folder = folder();
        let ran = tminus(folder.path(), &["new", &name]);
        assert_eq!(ran.status, 0, "{name}: {}", ran.stderr);
        assert_eq!(listing(folder.path()), [PathBuf::from(&file)]);
        ends(&tminus(folder.path(), &["check", &file]), 0, "no mistakes found");
        let title = fs::read_to_string(folder.path().join(&file)).expect("the plan");
        let shown: String = name.chars().filter(|c| !c.is_control()).collect();
        assert!(title.contains(&format!("\"{shown}\"")), "the title is whole");
    }
}

#[test]
fn a_new_plan_takes_a_name_that_ends_in_md_for_its_file() {
    for (name, title) in [
        ("foo.md", "Foo"),
        ("big_move-east.md", "Big move east"),
        ("2027-03-06-switch.md", "2027-03-06 switch"),
        ("Atlas 2.0.md", "Atlas 2.0"),
        ("UP.MD", "UP"),
        ("plans/école.md", "École"),
        ("foo.md.md", "Foo.md"),
    ] {
        for (more, what) in [(&[][..], "a first plan"), (&["--sample", "3"][..], "a sample of 3 steps")] {
            let folder = folder();
            fs::create_dir(folder.path().join("plans")).expect("a folder");
            let ran = tminus(folder.path(), &[&["new", name], more].concat());
            assert_eq!(ran.status, 0, "{name}: {}", ran.stderr);
            assert!(ran.stdout.starts_with(&format!("{name}: {what}. ")), "{}", ran.stdout);
            let text = fs::read_to_string(folder.path().join(name)).expect("the plan has that very name");
            assert!(text.contains(&format!("title: \"{title}\"\n")), "{name}: {text}");
            ends(&tminus(folder.path(), &["check", name]), 0, "no mistakes found");
            ends(&tminus(folder.path(), &["new", name]), 3, &format!("`{name}` is there already"));
        }
    }
    let folder = folder();
    for (name, file, title) in [("---.md", "---.md", "My launch"), (".md", "md.md", ".md")] {
        let ran = tminus(folder.path(), &["new", "--", name]);
        assert_eq!(ran.status, 0, "{name}: {}", ran.stderr);
        let text = fs::read_to_string(folder.path().join(file)).expect("the plan");
        assert!(text.contains(&format!("title: \"{title}\"\n")), "{name}: {text}");
    }
    let long = format!("{}.md", "n".repeat(300));
    ends(&tminus(folder.path(), &["new", &long]), 3, "can't be written");
    ends(
        &tminus(folder.path(), &["new", "none/a.md"]),
        3,
        "`none/a.md` can't be written: its folder is not there",
    );
    assert_eq!(listing(folder.path()).len(), 2);
}

#[test]
fn json_stands_alone_on_its_stream() {
    let broken = with_plan("- [ ] x {@ana after=nothing}\n- [ ] y {99999999d}\n");
    for line in ["check --format json plan.md", "export json plan.md"] {
        let ran = run(broken.path(), line);
        assert_eq!((ran.status, ran.stderr.as_str()), (1, ""), "{line}");
        assert_eq!(json(&ran.stdout)["diagnostics"].as_array().map(Vec::len), Some(2), "{line}");
    }
    let ran = run(broken.path(), "check --format json missing.md");
    assert_eq!((ran.status, ran.stderr.as_str()), (3, ""));
    assert_eq!(json(&ran.stdout)["diagnostics"][0]["rule"], "unreadable");
}

#[test]
fn what_is_wrong_stands_on_the_error_stream() {
    let broken = with_plan("- [ ] x {@ana after=nothing}\n");
    for line in ["check plan.md", "show plan.md", "build plan.md -o out"] {
        let ran = run(broken.path(), line);
        ends(&ran, 1, "error[unknown-reference]");
        assert!(!ran.stdout.contains("unknown-reference"), "{line}");
    }
    assert_eq!(run(broken.path(), "check plan.md").stdout, "");
}

#[test]
fn pipes_and_no_color_get_no_escape_codes() {
    let broken = with_plan("- [ ] x {@ana after=nothing}\n");
    for line in ["check plan.md", "show plan.md", "explain", "explain cycle", "--help", "--bogus"] {
        let ran = run(broken.path(), line);
        assert!(!ran.stdout.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'), "{line}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_mistake() {
    let many: String = (0..3_000).map(|n| format!("- [ ] Step {n} {{@ana 5m}}\n")).collect();
    let folder = with_plan(many);
    for arguments in
        [&["show", "plan.md"][..], &["export", "json", "plan.md"], &["show", "--timeline", "plan.md"]]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tminus"));
        command.args(arguments).current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut first = [0];
        child.stdout.take().expect("a pipe").read_exact(&mut first).expect("a first byte");
        // The pipe is closed here, with most of the text still to come.
        let output = child.wait_with_output().expect("the program ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

/// Runs with one of the streams going where the test says, and gives the status and the other stream.
#[cfg(unix)]
fn run_into(folder: &Path, line: &str, stdout: Stdio, stderr: Stdio) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tminus"));
    command.args(line.split(' ')).current_dir(folder).stdout(stdout).stderr(stderr);
    let output = command.spawn().and_then(|child| child.wait_with_output()).expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).expect("UTF-8"))
}

/// The end for writing of a pipe that nobody reads.
#[cfg(unix)]
fn closed_pipe() -> Stdio {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    writer.into()
}

#[cfg(target_os = "linux")]
fn full_disk() -> Stdio {
    fs::File::options().write(true).open("/dev/full").expect("a device that is always full").into()
}

#[cfg(target_os = "linux")]
#[test]
fn an_error_stream_that_takes_nothing_changes_no_status() {
    let broken = with_plan("- [ ] x {@ana after=nothing}\n");
    let sound = with_plan(SMALL);
    for (folder, line, status) in [
        (&broken, "check plan.md", 1),
        (&sound, "check plan.md", 0),
        (&broken, "show plan.md", 1),
        (&broken, "build plan.md -o out", 1),
        (&sound, "check missing.md", 3),
        (&sound, "explain no-rule", 2),
        (&sound, "check --bogus", 2),
    ] {
        for stream in [closed_pipe(), full_disk()] {
            let (ended, _) = run_into(folder.path(), line, Stdio::piped(), stream);
            assert_eq!(ended, Some(status), "{line}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_is_lost_is_said_so_and_a_pipe_that_closes_is_no_error() {
    let folder = with_plan(SMALL);
    for line in [
        "export json plan.md",
        "check --format json plan.md",
        "show plan.md",
        "show --timeline plan.md",
        "build plan.md -o out",
        "explain",
        "explain pin-missed",
        "new Second",
        "--help",
        "--version",
        "show --help",
    ] {
        let (status, said) = run_into(folder.path(), line, full_disk(), Stdio::piped());
        assert_eq!(status, Some(3), "{line}: {said}");
        assert!(said.contains("the answer can't be written: No space left on device"), "{line}: {said}");
        if !line.starts_with("new") {
            let (status, said) = run_into(folder.path(), line, closed_pipe(), Stdio::piped());
            assert_eq!((status, said.as_str()), (Some(0), ""), "{line}");
        }
    }
}

#[test]
fn the_rows_of_somebody_begin_with_their_day() {
    let folder = with_plan(
        "---\nstart: 2026-12-05 09:00\ntimezone: UTC\n---\n- [ ] Pack {@ana 10h}\n- [ ] Wait {.hold 20h}\n- [ ] Call {@raj 10m}\n",
    );
    let rows = |owner: &str| {
        let ran = tminus(folder.path(), &["show", "plan.md", "--owner", owner]);
        ran.stdout.split("\n\n").nth(1).unwrap_or_default().to_owned()
    };
    assert_eq!(rows("ana"), "1  09:00–19:00  10h  Pack  ana  critical\n");
    assert_eq!(rows("raj"), "-- Sunday 2026-12-06 --\n3  15:00–15:10  10m  Call  raj  critical\n");
}

#[test]
fn the_rows_of_somebody_are_found_by_name_too() {
    let folder = with_plan(
        "---\npeople: { jk: { name: Jan Kroll }, jm: { name: Jan Moser }, bea: { name: Bea Lind } }\n---\n\
         - [ ] Pack {@bea 10m}\n- [ ] Call {@jk @jm 10m}\n",
    );
    let show = |owner: &str| tminus(folder.path(), &["show", "plan.md", "--owner", owner]);
    assert!(show("Bea").stdout.contains("Pack") && show("lind").stdout.contains("Pack"));
    assert!(!show("Jan Kroll").stdout.contains("Pack") && show("Jan Kroll").stdout.contains("Call"));
    assert!(show("jan").stderr.contains("`jan` could mean several people"), "{}", show("jan").stderr);
    assert!(show("zed").stderr.contains("the plan has nobody called `zed`"));
}

#[test]
fn titles_are_whole_where_lines_have_no_end() {
    let title = "Copy the orders and the customers and whatever else there is ".repeat(4);
    let folder = with_plan(format!("- [ ] {title}{{@ana 5m}}\n"));
    let shown = |columns: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tminus"));
        command.args(["show", "plan.md"]).current_dir(folder.path()).env_remove("COLUMNS");
        let output = command.envs(columns.map(|columns| ("COLUMNS", columns))).output().expect("it starts");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert!(shown(None).contains(title.trim_end()));
    assert!(shown(Some("80")).contains('…'));
}

#[test]
fn the_width_of_a_terminal_has_bounds() {
    let folder = with_plan(SMALL);
    let widest = |columns: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tminus"));
        command.args(["show", "--timeline", "plan.md"]).current_dir(folder.path()).env("COLUMNS", columns);
        let output = command.output().expect("the program starts");
        assert_eq!(output.status.code(), Some(0), "{columns}");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        text.lines().map(|line| line.chars().count()).max().unwrap_or(0)
    };
    let usual = widest("100");
    for odd in ["", "0", "-1", "wide", "99999999999999999999999999"] {
        assert_eq!(widest(odd), usual, "{odd}");
    }
    assert_eq!(widest("7"), widest("40"));
    assert_eq!(widest("99999999999"), widest("400"));
    assert!(widest("40") < usual && usual < widest("400"));
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Links that can't hold are found one by one, and after some of them all at once; each is said, and none that holds.
#[test]
fn of_many_links_that_cannot_hold_each_is_said_and_no_other() {
    let shapes = [
        // Pinned steps that what follows must wait for, and one that may not begin yet.
        (
            "start: 2026-12-05 22:00",
            "- [ ] Copy {#c% 5m at=\"2026-12-07 10:00\"}\n- [ ] Open {#a% 5m at=\"2026-12-06 10:00\"}\n\
             - [ ] Held {5m right-after=a% after=c%}\n- [ ] Early {5m right-after=a% from=\"2026-12-08\"}\n\
             - [ ] Fine {5m right-after=c%}\n",
            2,
        ),
        // Blocks that something in them tears apart whenever they begin.
        (
            "start: 2026-12-05 22:00",
            "- [ ] Copy {#c% 5m}\n- [ ] Open {#a% 5m right-after=c%}\n- [ ] Read {#r% 1h after=a%}\n\
             - [ ] Held {5m right-after=a% after=r%}\n- [ ] Fine {5m right-after=r%}\n",
            1,
        ),
        // The same, counted backward from a pin.
        (
            "t0: 2026-12-05 22:00",
            "- [ ] Copy {#c% 5m}\n- [ ] Open {#a% 5m right-after=c%}\n- [ ] Read {#r% 1h after=a%}\n\
             - [ ] Held {#h% 5m right-after=a% after=r%}\n- [ ] Fine {5m right-after=r%}\n\
             - [ ] Live {.milestone at=T after=h%}\n",
            1,
        ),
    ];
    for (begins, body, missed) in shapes {
        for times in [1, 40] {
            let mut text = format!("---\n{begins}\ntimezone: UTC\nbullets: any-order\n---\n");
            for number in 0..times {
                text.push_str(&body.replace('%', &number.to_string()));
            }
            let folder = with_plan(text);
            let ran = run(folder.path(), "check plan.md");
            let said = ran.stderr.matches("error[link-missed]").count();
            assert_eq!(said, missed * times, "{times} times {body}\n{}", ran.stderr);
            assert!(!ran.stderr.contains("\"Fine\" can't"), "{}", ran.stderr);
        }
    }
}

//! What README.md promises is tried out: its plans are written, its commands are run in order, and
//! what it shows of their output has to be what they print.
//!
//! A fence ` ```markdown NAME.md ` is a file. In ` ```sh ` every line is a command, with `# exits 1`
//! behind it where it does not end well. A ` ```text ` right after it is all that the commands print
//! (of one that prints only what is wrong: that, without the count and the readiness at its end); a line `…` in it
//! stands for any number of lines.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod command;

use std::fs;
use std::path::Path;

use command::tminus;

/// What no test can do: fetch and install the project, and run the tests from within a test.
const SKIPPED: [&str; 4] = ["cargo test", "cargo install", "git clone", "cd"];

/// A fenced block.
struct Fence {
    /// Its first line in the file, from 1.
    line: usize,
    /// What stands behind the ticks.
    words: Vec<String>,
    text: String,
    /// Whether nothing but empty lines is between it and the fence before it.
    adjoins: bool,
}

#[test]
fn the_readme_is_true() {
    let text = fs::read_to_string(root().join("README.md")).expect("README.md");
    let wrong = try_out(&text);
    assert!(wrong.is_empty(), "README.md:\n{}", wrong.join("\n"));
}

#[test]
fn an_untrue_readme_is_found_out() {
    let plan = "```markdown a.md\n- [ ] Stop\n```\n";
    for (text, said) in [
        (format!("{plan}Prose, and no command.\n"), "no command of tminus"),
        (format!("{plan}\n```sh\ncargo test\n```\n"), "no command of tminus"),
        (format!("{plan}\n```sh\ntminus check a.md # exits 1\n```\n"), "line 6: `tminus check a.md` exits 0"),
        (format!("{plan}\n```sh\n$ tminus check b.md\n```\n"), "line 6: `tminus check b.md` exits 3"),
        (format!("{plan}\n```sh\nrm a.md\n```\n"), "line 6: `rm a.md` is no command that can be tried"),
        (
            format!("{plan}\n```sh\ntminus show a.md\n```\n\n```text\nnothing\n```\n"),
            "line 9: the commands print",
        ),
        (
            format!("{plan}\n```sh\ntminus show a.md\n```\n\n```text\n…\nStop\n```\n"),
            "line 9: the commands print",
        ),
        (format!("{plan}\n```text\nnothing\n```\n"), "line 5: no command stands before this output"),
        // A fence of the same length, indented by its list, ends the one around it.
        (
            "```markdown b.md\n1. [ ] Stop\n\n   ```sh\n   halt\n   ```\n```\n\n```sh\ntminus check b.md\n```\n".to_owned(),
            "no command of tminus",
        ),
    ] {
        let wrong = try_out(&text);
        assert!(wrong.iter().any(|one| one.contains(said)), "expected: {said}\n{}", wrong.join("\n"));
    }
    let right = format!(
        "{plan}\n```sh\ncd away\n$ tminus export json \"a.md\" # all\n```\n\n```text\n{{\n…\n}}\n```\n"
    );
    assert_eq!(try_out(&right), [""; 0]);
}

/// What a picture may weigh: a README is read on the train too.
const HEAVIEST: usize = 150 * 1024;

#[test]
fn every_picture_is_light_described_and_can_be_made_again() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let how = fs::read_to_string(root().join("docs/pictures.md")).expect("docs/pictures.md");
    let mut shown: Vec<&str> = Vec::new();
    for (at, _) in readme.match_indices("![") {
        let (words, rest) = readme[at + 2..].split_once("](").expect("a picture has its file");
        let (path, _) = rest.split_once(')').expect("a picture's file ends");
        assert!(words.split_whitespace().count() > 10, "{path}: the words say what one sees");
        let bytes = fs::read(root().join(path)).expect("the picture is there");
        assert!(
            bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.ends_with(b"IEND\xaeB`\x82"),
            "{path}: a whole PNG"
        );
        assert!(bytes.len() <= HEAVIEST, "{path}: {} bytes are too many", bytes.len());
        let name = path.strip_prefix("docs/").expect("pictures lie in docs");
        assert!(how.contains(&format!("`{name}`")), "docs/pictures.md says how {name} is made");
        shown.push(name);
    }
    let mut kept: Vec<String> = fs::read_dir(root().join("docs/pictures"))
        .expect("the pictures")
        .map(|entry| format!("pictures/{}", entry.expect("an entry").file_name().to_string_lossy()))
        .collect();
    kept.sort_unstable();
    shown.sort_unstable();
    assert_eq!(kept, shown, "every picture that is kept is shown");
}

/// Does what a README says in a folder with the examples; comes back with what is not as it says.
fn try_out(readme: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("example-plans"), &folder.path().join("example-plans"));
    let mut wrong = Vec::new();
    let mut tried = 0;
    let mut printed: Option<String> = None;
    for fence in fences(readme) {
        let kind = fence.words.first().map_or("", String::as_str);
        let before = printed.take().filter(|_| fence.adjoins);
        match (kind, fence.words.get(1), before) {
            ("markdown", Some(name), _) => {
                fs::write(folder.path().join(name), &fence.text).expect("the plan is written");
            }
            ("sh", ..) => {
                let mut all = String::new();
                for (index, line) in fence.text.lines().enumerate() {
                    let at = fence.line + 1 + index;
                    match run(folder.path(), line) {
                        Ok(Some(said)) => {
                            tried += 1;
                            all.push_str(&said);
                        }
                        Ok(None) => {}
                        Err(error) => wrong.push(format!("line {at}: {error}")),
                    }
                }
                printed = Some(all);
            }
            ("text", _, Some(said)) if !matches(&fence.text, &said) => {
                wrong.push(format!("line {}: the commands print\n{said}", fence.line));
            }
            ("text", _, None) => {
                wrong.push(format!("line {}: no command stands before this output", fence.line));
            }
            _ => {}
        }
    }
    if tried == 0 {
        wrong.push("there is no command of tminus in it".to_owned());
    }
    wrong
}

/// Runs a line; what it prints comes back, or nothing for a line that is passed over.
fn run(folder: &Path, line: &str) -> Result<Option<String>, String> {
    let (command, comment) = line.split_once(" #").unwrap_or((line, ""));
    let command = command.trim().trim_start_matches("$ ");
    let skipped = SKIPPED.iter().any(|start| command == *start || command.starts_with(&format!("{start} ")));
    if command.is_empty() || command.starts_with('#') || skipped {
        return Ok(None);
    }
    let arguments = ["tminus ", "cargo run --release -- ", "cargo run -- "]
        .into_iter()
        .find_map(|start| command.strip_prefix(start))
        .ok_or_else(|| format!("`{command}` is no command that can be tried"))?;
    let arguments = words(arguments);
    let ran = tminus(folder, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let status = comment.trim().strip_prefix("exits ").map_or("0", str::trim);
    if ran.status.to_string() != status {
        return Err(format!("`{command}` exits {}, and not {status}:\n{}", ran.status, ran.stderr));
    }
    Ok(Some(if ran.stdout.is_empty() { without_count(&ran.stderr) } else { ran.stdout }))
}

/// What is wrong, without the line that counts it and the one on how ready the plan is.
fn without_count(said: &str) -> String {
    let counts =
        |line: &str| ["error", "errors", "warning", "warnings"].iter().any(|word| line.ends_with(word));
    let is_readiness = |line: &str| {
        line.split(" · ").nth(1).is_some_and(|part| part.ends_with(" steps") || part.ends_with(" step"))
    };
    let mut lines: Vec<&str> = said.trim_end().lines().collect();
    lines.pop_if(|line| is_readiness(line));
    if lines.len() > 1 {
        lines.pop_if(|line| counts(line));
    }
    lines.join("\n")
}

/// Whether a text is what was expected, in which a line `…` stands for any number of lines.
fn matches(expected: &str, text: &str) -> bool {
    fn from(expected: &[&str], lines: &[&str]) -> bool {
        match expected.split_first() {
            None => lines.is_empty(),
            Some((&"…", rest)) => (0..=lines.len()).any(|skipped| from(rest, &lines[skipped..])),
            Some((first, rest)) => lines.first() == Some(first) && from(rest, &lines[1..]),
        }
    }
    let expected: Vec<&str> = expected.trim().lines().map(str::trim_end).collect();
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    from(&expected, &lines)
}

/// The words of a command; what stands in quotes is one.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in command.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

fn fences(text: &str) -> Vec<Fence> {
    let mut fences: Vec<Fence> = Vec::new();
    let mut open: Option<(Fence, usize)> = None;
    let mut adjoins = false;
    for (index, line) in text.lines().enumerate() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        open = match open {
            Some((fence, length)) if closes(line, length) => {
                fences.push(fence);
                adjoins = true;
                None
            }
            Some((mut fence, length)) => {
                fence.text.push_str(line);
                fence.text.push('\n');
                Some((fence, length))
            }
            None if ticks >= 3 => {
                let words = line[ticks..].split_whitespace().map(str::to_owned).collect();
                Some((Fence { line: index + 1, words, text: String::new(), adjoins }, ticks))
            }
            None => {
                adjoins = adjoins && line.trim().is_empty();
                None
            }
        };
    }
    fences
}

/// Up to three blanks before the ticks make no difference: a fence in a fence is a shorter one.
fn closes(line: &str, length: usize) -> bool {
    let ticks = line.trim_start_matches(' ');
    let blanks = line.len() - ticks.len();
    blanks <= 3 && ticks.len() >= length && ticks.bytes().all(|byte| byte == b'`')
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder is made");
    for entry in fs::read_dir(from).expect("a folder lists") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file is copied");
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

//! What `tminus` says of itself to shells and to `man`: scripts that each shell that is here takes, and pages that a
//! reader of manuals finds nothing wrong with.
#![expect(clippy::disallowed_methods, reason = "tests read and write files, and start shells")]

mod command;

use std::fs;
use std::path::Path;
use std::process::Command;

use command::tminus;

/// Every command of the program, by its help.
fn commands() -> Vec<String> {
    let help = tminus(Path::new("."), &["--help"]).stdout;
    let list = help.split("Commands:").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default();
    let lines = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: Vec<String> =
        lines.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect();
    assert!(names.len() > 10 && names.contains(&"build".to_owned()), "{help}");
    names
}

/// What a program of this machine says to arguments; nothing where it is not installed.
fn asked(program: &str, arguments: &[&str]) -> Option<(bool, String)> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let said = [output.stdout, output.stderr].concat();
    Some((output.status.success(), String::from_utf8_lossy(&said).into_owned()))
}

#[test]
fn every_shell_gets_a_script_with_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    for (shell, check) in [
        ("bash", "-n"),
        ("zsh", "-n"),
        ("fish", "--no-execute"),
        ("elvish", "-compileonly"),
        ("powershell", ""),
    ] {
        let ran = tminus(folder.path(), &["completions", shell]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        for command in commands() {
            assert!(ran.stdout.contains(&command), "{shell}: {command}");
        }
        assert!(ran.stdout.contains("slip") && ran.stdout.contains("paper"), "{shell}: options");
        // The others don't offer values.
        if ["bash", "zsh", "fish"].contains(&shell) {
            assert!(ran.stdout.contains("gitlab"), "{shell}: values");
        }
        let script = folder.path().join(shell);
        fs::write(&script, &ran.stdout).expect("the script");
        let script = script.to_str().expect("a path of text");
        if let Some((is_good, said)) = asked(shell, &[check, script]).filter(|_| !check.is_empty()) {
            assert!(is_good, "{shell}: {said}");
        }
    }
}

#[test]
fn bash_completes_a_command_and_an_option() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("tminus.bash");
    fs::write(&script, tminus(folder.path(), &["completions", "bash"]).stdout).expect("the script");
    let complete = |words: &str, count: usize| {
        let line = format!(
            "source {}; COMP_WORDS=({words}); COMP_CWORD={count}; _tminus tminus \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD - 1]}}\"; \
             echo ${{COMPREPLY[@]}}",
            script.display()
        );
        asked("bash", &["-c", &line]).map(|(_, said)| said.trim().to_owned())
    };
    if let Some(said) = complete("tminus roll", 1) {
        assert_eq!(said, "rollback");
        let options = complete("tminus check --", 2).unwrap_or_default();
        assert!(options.split(' ').any(|option| option == "--format"), "{options}");
        let formats = complete("tminus check --format ''", 3).unwrap_or_default();
        assert!(formats.contains("human") && formats.contains("sarif"), "{formats}");
        for words in ["tminus explain pin", "tminus check --deny pin"] {
            let rules = complete(words, words.split(' ').count() - 1).unwrap_or_default();
            assert_eq!(rules, "pin-missed pin-clash", "{words}");
        }
    }
}

#[test]
fn a_shell_that_is_none_is_told() {
    let ran = tminus(Path::new("."), &["completions", "bsh"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("'bash'"), "{}", ran.stderr);
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = tminus(folder.path(), &["man", "share/man1"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let mut expected: Vec<String> = commands().iter().map(|name| format!("tminus-{name}.1")).collect();
    expected.push("tminus.1".to_owned());
    expected.sort();
    let man1 = folder.path().join("share/man1");
    let entries = fs::read_dir(&man1).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    let mut found: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    found.sort();
    assert_eq!(found, expected);
    for name in &found {
        let page = man1.join(name);
        let text = fs::read_to_string(&page).expect("the page");
        assert!(text.contains(".SH NAME") && text.contains(".SH SYNOPSIS"), "{name}");
        assert!(text.contains(&format!("tminus {}", env!("CARGO_PKG_VERSION"))), "{name}");
        let page = page.to_str().expect("a path of text");
        if let Some((is_good, said)) = asked("groff", &["-Kutf8", "-man", "-Tutf8", "-ww", "-z", page]) {
            assert!(is_good && said.trim().is_empty(), "{name}: {said}");
        }
        if let Some((_, said)) = asked("mandoc", &["-T", "lint", "-W", "error", page]) {
            assert!(said.trim().is_empty(), "{name}: {said}");
        }
    }
    let synopsis = |name: &str| {
        let text = fs::read_to_string(man1.join(name)).expect("the page").replace("\\-", "-");
        text.split(".SH SYNOPSIS\n")
            .nth(1)
            .and_then(|rest| rest.lines().next())
            .unwrap_or_default()
            .to_owned()
    };
    for part in ["[-o|--output DIR]", "[--sub A=B]", "[--timings]", "[--start TIME]", " PATH ..."] {
        assert!(synopsis("tminus-build.1").contains(part), "{part}: {}", synopsis("tminus-build.1"));
    }
    assert!(synopsis("tminus-watch.1").contains("[--serve[=ADDRESS]]"), "{}", synopsis("tminus-watch.1"));
    assert!(synopsis("tminus-without.1").ends_with(" PLAN [NAME]"), "{}", synopsis("tminus-without.1"));
    let again = tminus(folder.path(), &["man", "share/man1"]);
    assert_eq!(again.stdout, "share/man1: the manual of this version is there already\n");
}

#[test]
fn pages_of_an_older_version_are_replaced_and_others_are_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    tminus(folder.path(), &["man", "."]);
    let page = fs::read_to_string(folder.path().join("tminus.1")).expect("the page");
    write("tminus.1", &page.replace(env!("CARGO_PKG_VERSION"), "0.0.9"));
    let ran = tminus(folder.path(), &["man", "."]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ".: 1 page of the manual written\n"));
    write("tminus-check.1", "my notes");
    fs::remove_file(folder.path().join("tminus-build.1")).expect("a page");
    let ran = tminus(folder.path(), &["man", "."]);
    assert_eq!(ran.status, 3);
    assert!(ran.stderr.contains("tminus-check.1` is there already"), "{}", ran.stderr);
    assert!(!folder.path().join("tminus-build.1").exists(), "nothing was written");
    write("file", "");
    let ran = tminus(folder.path(), &["man", "file"]);
    assert_eq!(ran.status, 3);
    assert!(ran.stderr.contains("file"), "{}", ran.stderr);
}

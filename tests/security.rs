//! Each promise of `docs/security.md`, held against plans, rosters, pictures, templates and names that mean harm.
//!
//! A promise names its tests, here or in another file of this folder, and one that names none fails the last test.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod command;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use command::{Ran, tminus};
use tempfile::TempDir;

/// What nobody may ever see.
const SECRET: &str = "hunter2";

const PLAN: &str = "- [ ] Stop the API {#stop @ana 5m}\n- [ ] Start it again {@raj 10m after=stop}\n";

/// A folder with files in it; `repo` is a repository, what lies beside it is none of its business.
struct Place(TempDir);

impl Place {
    fn new(files: &[(&str, &str)]) -> Self {
        let place = Self(tempfile::tempdir().expect("a folder"));
        fs::create_dir_all(place.path("repo/.git")).expect("a repository");
        place.write("repo/.git/config", &format!("token: {SECRET}\n- [ ] token {SECRET}\n"));
        place.write("secret.yaml", &format!("eve: {{ name: {SECRET}, phone: {SECRET}, zzz: {SECRET} }}\n"));
        place.write("secret.md", &format!("- [ ] {SECRET} {{@eve 5m bad}}\n"));
        files.iter().for_each(|(name, text)| place.write(name, text));
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

    fn link(&self, target: &str, name: &str) {
        symlink(target, self.path(name)).expect("a link");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("the file can be read")
    }

    /// Runs in the repository.
    fn run(&self, line: &str) -> Ran {
        tminus(&self.path("repo"), &line.split(' ').collect::<Vec<_>>())
    }

    /// Whatever a command says, in every form, and whatever a build leaves, holds no secret.
    #[track_caller]
    fn keeps_the_secret(&self, plan: &str, status: i32, sentence: &str) {
        for form in ["human", "short", "json", "sarif", "github"] {
            let ran = self.run(&format!("check {plan} --format {form}"));
            assert_eq!(ran.status, status, "{}\n{}", ran.stdout, ran.stderr);
            let said = ran.stdout + &ran.stderr;
            assert!(said.contains(sentence), "expected: {sentence}\n{said}");
            assert!(!said.contains(SECRET), "{form}:\n{said}");
        }
        let ran = self.run(&format!("build {plan} -o out"));
        assert!(!(ran.stdout + &ran.stderr).contains(SECRET));
        for (path, bytes) in files(&self.path("repo/out")) {
            assert!(!String::from_utf8_lossy(&bytes).contains(SECRET), "{path:?} has it");
        }
    }
}

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = walk.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_path_buf(), fs::read(entry.path()).expect("a file"))).collect()
}

fn naming(roster: &str) -> String {
    format!("---\npeople: {roster}\n---\n- [ ] Copy {{@eve 5m}}\n")
}

#[test]
fn a_roster_outside_of_the_repository_is_not_read() {
    for name in ["../secret.yaml", "../../secret.yaml", "plans/../../secret.yaml", "../gone/secret.yaml"] {
        let place = Place::new(&[("repo/plan.md", &naming(name))]);
        place.keeps_the_secret("plan.md", 3, "lies outside of the repository of the plan, and is not read");
    }
    let place = Place::new(&[]);
    for name in [place.path("secret.yaml").display().to_string(), "/etc/passwd".to_owned()] {
        place.write("repo/plan.md", &naming(&name));
        place.keeps_the_secret("plan.md", 3, "lies outside of the repository of the plan");
    }
    place.link("../secret.yaml", "repo/people.yaml");
    place.link("..", "repo/up");
    for name in ["people.yaml", "up/secret.yaml"] {
        place.write("repo/plan.md", &naming(name));
        place.keeps_the_secret("plan.md", 3, "lies outside of the repository of the plan");
    }
}

#[test]
fn a_roster_that_is_hidden_or_has_another_ending_is_not_read() {
    let place = Place::new(&[
        ("repo/.env", &format!("KEY={SECRET}\n")),
        ("repo/key.json", &format!("\"{SECRET}\"\n")),
    ]);
    place.link(".git/config", "repo/people.yaml");
    place.link("key.json", "repo/team.yaml");
    for name in [".env", ".git/config", "people.yaml"] {
        place.write("repo/plan.md", &naming(name));
        place.keeps_the_secret("plan.md", 3, "is hidden, or lies in a hidden folder, and is not read");
    }
    for name in ["key.json", "team.yaml"] {
        place.write("repo/plan.md", &naming(name));
        place.keeps_the_secret("plan.md", 3, "only a file that ends in `.yaml` or `.yml` is a roster");
    }
}

#[test]
fn a_roster_is_shared_by_the_plans_of_a_repository_or_of_a_folder() {
    let roster = "ana: Ana Reyes\n";
    let plan = naming("../people.yaml").replace("eve", "ana");
    let place = Place::new(&[("repo/people.yaml", roster), ("repo/plans/plan.md", &plan)]);
    for line in ["check plans", "check plans/plan.md", "check .", "show plans/plan.md"] {
        assert_eq!(place.run(line).status, 0, "{line}: {}", place.run(line).stderr);
    }
    // Without a repository the folder counts that is searched, else that of the plan.
    fs::remove_dir_all(place.path("repo/.git")).expect("no repository");
    assert_eq!(place.run("check .").status, 0);
    let ran = place.run("check plans");
    assert_eq!(ran.status, 3);
    assert!(ran.stderr.contains("lies outside of the folder that is searched for plans"), "{}", ran.stderr);
    let ran = place.run("check plans/plan.md");
    assert_eq!(ran.status, 3);
    assert!(ran.stderr.contains("lies outside of the folder of the plan"), "{}", ran.stderr);
}

#[test]
fn a_plan_that_a_link_brings_from_outside_is_not_followed() {
    let place = Place::new(&[("repo/plans/plan.md", PLAN)]);
    place.link("../../secret.md", "repo/plans/linked.md");
    place.link("../..", "repo/plans/all");
    for plan in ["plans", ".", "plans/linked.md", "plans/all/secret.md", "plans/all"] {
        let sentence = "leads out of the repository in which it lies, and is not followed";
        place.keeps_the_secret(plan, 3, sentence);
    }
    assert!(place.path("repo/out/plans/plan/index.html").exists(), "the others are built");
    fs::remove_file(place.path("repo/plans/linked.md")).expect("a link");
    fs::remove_file(place.path("repo/plans/all")).expect("a link");
    place.link("../.git/config", "repo/plans/config.md");
    place.keeps_the_secret("plans/config.md", 3, "leads to what is hidden, and is not followed");
    place.keeps_the_secret("plans", 3, "leads to what is hidden, and is not followed");
    // What a step links to stays below the folder of the plan.
    place.write("repo/plans/outer.md", "- [ ] [x](inner.md) {#a}\n- [ ] [x](../../secret.md) {#b}\n");
    place.link("../../secret.md", "repo/plans/inner.md");
    place.keeps_the_secret("plans/outer.md", 1, "error");
}

#[test]
fn a_link_that_stays_inside_is_followed_and_many_links_cost_little() {
    let place = Place::new(&[("repo/shared/plan.md", PLAN), ("repo/plans/x.txt", "")]);
    place.link("../shared/plan.md", "repo/plans/linked.md");
    assert_eq!(place.run("build plans -o out").status, 0);
    assert!(place.path("repo/out/linked/index.html").exists());
    // Two links in each of forty folders to the next: 2^40 ways, if each were walked.
    for index in 0..40 {
        place.write(&format!("repo/maze/{index}/plan-{index}.md"), PLAN);
        place.link(&format!("../{}", index + 1), &format!("repo/maze/{index}/left"));
        place.link(&format!("../{}", index + 1), &format!("repo/maze/{index}/right"));
    }
    fs::create_dir(place.path("repo/maze/40")).expect("a folder");
    let began = Instant::now();
    let ran = place.run("check maze");
    assert!(ran.stderr.contains("no mistakes found in 40 plans"), "{}", ran.stderr);
    assert!(began.elapsed() < Duration::from_secs(60));
}

#[test]
fn pictures_from_outside_stand_on_no_page() {
    let picture = format!("<svg><text>{SECRET}</text></svg>");
    let place = Place::new(&[("secret.svg", &picture), ("repo/plans/plan.md", "")]);
    place.link("../../secret.svg", "repo/plans/link.svg");
    let outside = place.path("secret.svg").display().to_string();
    for target in ["../../secret.svg", "%2e%2e/../secret.svg", "link.svg", &outside] {
        place.write("repo/plans/plan.md", &format!("- [ ] x {{@ana 5m}}\n\n  ![p]({target})\n"));
        place.keeps_the_secret("plans/plan.md", 0, "lies outside the plan's folder");
    }
    // What is no picture, whatever its name, is none on the page.
    place.write("repo/plans/key.png", SECRET);
    place.write("repo/plans/plan.md", "- [ ] x {@ana 5m}\n\n  ![p](key.png)\n");
    place.keeps_the_secret("plans/plan.md", 0, "is no image that browsers show");
}

#[test]
fn templates_beside_a_plan_are_read_from_there_alone() {
    let place = Place::new(&[("repo/plan.md", PLAN), ("style.css", &format!("/* {SECRET} */"))]);
    place.link("..", "repo/templates");
    let ran = place.run("build plan.md -o out");
    assert_ne!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("leads out of"), "{}", ran.stderr);
    assert!(
        files(&place.path("repo/out")).values().all(|bytes| !String::from_utf8_lossy(bytes).contains(SECRET))
    );
}

#[test]
fn mends_and_fmt_write_only_what_was_named() {
    let roster = "eve: { nam: Eve, backup: @eve }\n";
    let plan = "---\npeople: ../out.yaml\n---\n- [] Copy {@eve 5m}\n";
    let place = Place::new(&[("repo/out.yaml", roster), ("repo/plans/plan.md", plan)]);
    let ran = place.run("check --fix plans/plan.md");
    assert!(
        ran.stderr.contains("out.yaml: lies outside of what was named, and is left as it is"),
        "{}",
        ran.stderr
    );
    assert_eq!(place.read("repo/out.yaml"), roster);
    assert!(place.read("repo/plans/plan.md").contains("- [ ] Copy"), "the plan itself is mended");
    place.run("check --fix .");
    assert!(place.read("repo/out.yaml").contains("name: Eve"), "a folder around both was named");

    // Also through links, and for `fmt`.
    let braces = "- [ ] x {5m @ana}\n";
    let place = Place::new(&[("repo/shared/plan.md", braces), ("repo/plans/own.md", braces)]);
    place.link("../shared/plan.md", "repo/plans/linked.md");
    let ran = place.run("fmt plans");
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("lies outside of what was named, and is left as it is"), "{}", ran.stderr);
    assert_eq!(place.read("repo/shared/plan.md"), braces);
    assert_eq!(place.read("repo/plans/own.md"), "- [ ] x {@ana 5m}\n");
}

#[test]
fn pages_are_never_written_through_a_link() {
    for linked in ["out/plan", "out/plan/owners"] {
        let place = Place::new(&[
            ("repo/plan.md", PLAN),
            ("repo/mine/ana.html", "mine"),
            ("repo/mine/index.html", "mine"),
        ]);
        // A list that somebody brought along would have the file be ours.
        place.write(
            "repo/mine/.tminus-pages",
            "{\"plan\": \"../../plan.md\", \"files\": [\"ana.html\", \"index.html\"]}",
        );
        if linked.ends_with("owners") {
            let list =
                "{\"plan\": \"../../plan.md\", \"files\": [\"owners/ana.html\", \"owners/index.html\"]}";
            place.write("repo/out/plan/.tminus-pages", list);
        }
        fs::create_dir_all(place.path(&format!("repo/{linked}")).parent().expect("a folder"))
            .expect("a folder");
        symlink(place.path("repo/mine"), place.path(&format!("repo/{linked}"))).expect("a link");
        let before = files(&place.path("repo/mine"));
        let ran = place.run("build plan.md -o out");
        assert_eq!(ran.status, 3, "{}", ran.stderr);
        let sentence = format!("`{linked}` is a link to another place, and pages would be written there");
        assert!(ran.stderr.contains(&sentence), "{}", ran.stderr);
        assert_eq!(files(&place.path("repo/mine")), before);
    }
    // The folder that was named may be a link: whoever named it has chosen it.
    let place = Place::new(&[("repo/plan.md", PLAN), ("elsewhere/x", "")]);
    place.link("../elsewhere", "repo/out");
    assert_eq!(place.run("build plan.md -o out").status, 0);
}

#[test]
fn a_list_of_pages_names_nothing_outside_of_its_folder() {
    let place = Place::new(&[("repo/plan.md", PLAN), ("repo/keep.md", "mine")]);
    place.write(
        "repo/out/plan/.tminus-pages",
        "{\"plan\": \"../../plan.md\", \"files\": [\"../../keep.md\", \"/etc/x\", \"\"]}",
    );
    assert_eq!(place.run("build plan.md -o out").status, 0);
    assert_eq!(place.read("repo/keep.md"), "mine");
}

#[test]
fn names_of_any_length_make_files_that_disks_take() {
    let names = ["a".repeat(252), "a".repeat(260), format!("{}b", "a".repeat(259)), "ä".repeat(300)];
    let steps: String = names.iter().map(|name| format!("- [ ] Copy {{@{name} 5m}}\n")).collect();
    let long = format!("{}.md", "p".repeat(252));
    let place = Place::new(&[(&format!("repo/{long}"), &steps)]);
    let built = |place: &Place| {
        let ran = place.run(&format!("build {long} -o out"));
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        files(&place.path("repo/out")).into_keys().collect::<Vec<_>>()
    };
    let made = built(&place);
    let owners = made.iter().filter(|path| path.parent().is_some_and(|parent| parent.ends_with("owners")));
    assert_eq!(owners.filter(|path| path.extension().is_some_and(|end| end == "html")).count(), 4);
    assert_eq!(built(&place), made, "they stay the same");
    let index =
        fs::read_to_string(place.path(&format!("repo/out/{}/index.html", "p".repeat(252)))).expect("a page");
    for path in made.iter().filter(|path| path.parent().is_some_and(|parent| parent.ends_with("owners"))) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name.ends_with(".html") {
            assert!(index.contains(&format!("owners/{}", name.replace('ä', "%C3%A4"))), "{name} has a link");
        }
    }
    let file = format!("{}.csv", "x".repeat(250));
    assert_eq!(place.run(&format!("export csv {long} -o {file}")).status, 0);
    assert!(place.path(&format!("repo/{file}")).exists());
}

#[test]
fn an_export_never_takes_the_place_of_the_plan() {
    let place = Place::new(&[("repo/plan.md", PLAN)]);
    fs::hard_link(place.path("repo/plan.md"), place.path("repo/other.csv")).expect("a second name");
    place.link("plan.md", "repo/link.csv");
    for name in ["plan.md", "./plan.md", "other.csv", "link.csv"] {
        let ran = place.run(&format!("export csv plan.md -o {name}"));
        assert_eq!(ran.status, 3, "{name}");
        assert!(ran.stderr.contains("the export would overwrite it"), "{}", ran.stderr);
    }
    assert_eq!(
        (place.read("repo/plan.md"), place.read("repo/other.csv")),
        (PLAN.to_owned(), PLAN.to_owned())
    );
}

#[test]
fn what_is_said_grows_no_faster_than_the_plan() {
    let long = "x".repeat(200_000);
    let waits: String =
        (0..500).map(|index| format!("- [ ] s{index} {{#s{index} 5m by=T-1h after=long}}\n")).collect();
    let marks: String = (0..20_000).map(|index| format!("k{index}: 1, ")).collect();
    for plan in [
        format!(
            "---\nstart: 2026-12-05 22:00\ntimezone: UTC\n---\n- [ ] {long} {{#long 5m by=T-1h}}\n{waits}"
        ),
        format!("---\npeople: {{ana: {{{marks}}}}}\n---\n- [ ] x {{@ana 5m}}\n"),
        format!(
            "---\nvars: {{a: 1}}\n---\n- [ ] {} {{@ana 5m}}\n",
            (0..20_000).map(|index| format!("{{{{ x{index} }}}} ")).collect::<String>()
        ),
    ] {
        let place = Place::new(&[("repo/plan.md", &plan)]);
        for form in ["human", "json", "sarif", "github"] {
            let began = Instant::now();
            let ran = place.run(&format!("check plan.md --format {form}"));
            let mistakes = place.run("check plan.md --format short").stdout.lines().count();
            let said = ran.stdout.len() + ran.stderr.len();
            assert!(mistakes > 0 && ran.status == 1, "{}", &ran.stderr[..ran.stderr.len().min(1000)]);
            assert!(
                said < 200_000 + 8_000 * mistakes.min(1000) + 1_000 * mistakes,
                "{form}: {said} of {mistakes}"
            );
            assert!(began.elapsed() < Duration::from_secs(100), "{form}");
        }
    }
}

#[test]
fn a_link_where_a_file_is_begun_is_no_way_out() {
    let place = Place::new(&[("repo/plan.md", "- [ ] x {5m @ana}\n"), ("victim", "theirs")]);
    // The name has the number of the process in it, which can be guessed.
    let next = std::process::id() + 1;
    for number in (next..next + 2_000).chain(1..2_000) {
        for name in ["plan.md", "plan.csv"] {
            let link = place.path(&format!("repo/.{name}.{number}.part"));
            if link.symlink_metadata().is_err() {
                place.link("../victim", &format!("repo/.{name}.{number}.part"));
            }
        }
    }
    for line in ["fmt plan.md", "export csv plan.md -o plan.csv"] {
        let ran = place.run(line);
        assert_eq!(ran.status, 0, "{line}: {}", ran.stderr);
        assert_eq!(place.read("victim"), "theirs", "{line}");
    }
    assert_eq!(place.read("repo/plan.md"), "- [ ] x {@ana 5m}\n");
    for name in ["plan.md", "plan.csv"] {
        assert!(place.path(&format!("repo/{name}")).symlink_metadata().expect("it is there").is_file());
    }
}

#[test]
fn a_list_that_somebody_wrote_leads_to_pages_alone() {
    let list = r#"{"files":["index.html"],"plans":[{"name":"e","link":"javascript:alert(1)//","title":"Pay","draft":"",
        "hash":"","begins":"","ends":"","steps":"","trouble":"","findings":""}]}"#;
    let place = Place::new(&[
        ("repo/plan.md", "- [ ] x {@ana 5m}\n"),
        ("repo/pages/e/.tminus-pages", r#"{"plan":"","files":[]}"#),
        ("repo/pages/.tminus-pages", list),
    ]);
    assert_eq!(place.run("build plan.md").status, 0);
    let page = place.read("repo/pages/index.html");
    assert!(
        page.contains("Pay") && page.contains("href=\"e&#x2f;index.html\"")
            || page.contains("href=\"e/index.html\"")
    );
    assert!(!page.contains("javascript:"), "{page}");
}

#[test]
fn a_command_on_a_page_is_what_it_looks_like() {
    let turned = "rm --keep \u{202e}lla--\u{202c} \u{2066}x\u{2069}";
    let plan = format!(
        "---\ntitle: A {turned}\npeople: {{ana: {{name: 'Ana {turned}', phone: '{turned}'}}}}\nstart: 2027-03-06 22:00\n---\n\
         - [ ] Go {turned} {{@ana 5m}}\n  Run `{turned}`:\n\n      {turned}\n\n  - expect: {turned}\n"
    );
    let place = Place::new(&[("repo/plan.md", &plan)]);
    assert_eq!(place.run("build plan.md").status, 0);
    let pages = files(&place.path("repo/pages/plan"));
    // The compiled plan is for programs, and says what is written.
    let shown = pages.iter().filter(|(path, _)| path.extension().is_none_or(|ending| ending != "json"));
    for (path, text) in shown {
        let text = String::from_utf8_lossy(text);
        let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!text.contains(turns), "{}", path.display());
    }
    assert!(
        place
            .read("repo/pages/plan/run-sheet.html")
            .contains("rm --keep \u{fffd}lla--\u{fffd} \u{fffd}x\u{fffd}")
    );
}

#[test]
fn variables_have_a_size_at_most() {
    let place = Place::new(&[]);
    let line = "- [ ] {{ v }}{{ v }}\n";
    let plan = format!("---\nvars: {{ v: {} }}\n---\n{}", "x".repeat(64_000), line.repeat(300));
    place.write("repo/plan.md", &plan);
    let ran = place.run("check plan.md");
    assert_eq!(ran.status, 1);
    let sentence = "the values of variables make up more than 16 MB of this plan";
    assert_eq!(ran.stderr.matches(sentence).count(), 1, "{}", &ran.stderr[..ran.stderr.len().min(3000)]);
    // Each makes twice of what it gets.
    let twice = |index: usize| {
        format!(
            "---\nvars: {{ v: xxxxxxxx }}\n---\n- [ ] [c](c{index}.md) {{vars=\"v={{{{ v }}}}{{{{ v }}}}\"}}\n"
        )
    };
    (0..40).for_each(|index| place.write(&format!("repo/c{index}.md"), &twice(index + 1)));
    place.write("repo/c40.md", "---\nvars: { v: x }\n---\n- [ ] {{ v }}\n");
    let ran = place.run("check c0.md");
    assert!(ran.status == 1 && ran.stderr.contains(sentence), "{}", ran.stderr);
}

#[test]
fn a_plan_has_a_size_at_most() {
    let place = Place::new(&[]);
    let hole = fs::File::create(place.path("repo/large.md")).expect("a file");
    hole.set_len((512 << 20) + 1).expect("a hole");
    let ran = place.run("check large.md");
    assert_eq!(ran.status, 3);
    assert!(
        ran.stderr.contains("`large.md` is larger than 512 MB, the most that a plan may have"),
        "{}",
        ran.stderr
    );
    let words = "a word and another. ".repeat(200_000);
    let mut plan = String::new();
    place.write("repo/inner.md", &format!("- [ ] x\n\n{words}"));
    for index in 0..6 {
        plan.push_str(&format!("- [ ] [inner](inner.md) {{#i{index}}}\n"));
    }
    place.write("repo/plan.md", &plan);
    let ran = place.run("check plan.md");
    let sentence = "the plans that stand in this one several times are larger than 16 MB together";
    assert!(ran.stderr.contains(sentence), "{}", ran.stderr);
}

#[test]
fn a_block_may_begin_with_any_letter_whatever_ends_its_lines() {
    for end in ["\n", "\r\n"] {
        let lines = |text: &str| text.replace('\n', end);
        let front = "---\npeople:\n  øy: Ida\n---\n- [ ] Copy {@øy 5m}\n";
        let outside = "---\npeople: folk.yaml\n---\n- [ ] Copy {@ås 5m}\n";
        let place = Place::new(&[
            ("repo/front.md", &lines(front)),
            ("repo/outside.md", &lines(outside)),
            ("repo/folk.yaml", &lines("ås:\n  name: Åse\nø: Ola\n")),
        ]);
        for plan in ["front.md", "outside.md"] {
            let ran = place.run(&format!("check {plan}"));
            assert!(
                ran.status == 0 && ran.stderr.contains("no mistakes found"),
                "{plan} {end:?}: {}",
                ran.stderr
            );
        }
    }
}

#[test]
fn a_logo_is_whole_and_a_picture() {
    let place = Place::new(&[
        ("repo/plan.md", PLAN),
        ("repo/cut.svg", "<svg><g></svg>"),
        ("repo/logo.svg", "<svg/>"),
    ]);
    fs::write(place.path("repo/cut.png"), b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR").expect("a file");
    for name in ["cut.svg", "cut.png"] {
        let ran = place.run(&format!("build plan.md -o out --brand {name}"));
        assert_eq!(ran.status, 3);
        assert!(ran.stderr.contains(&format!("the logo `{name}` is cut off or broken")), "{}", ran.stderr);
    }
    assert_eq!(place.run("build plan.md -o out --brand logo.svg").status, 0);
}

#[test]
fn every_promise_names_a_test_that_there_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("docs/security.md")).expect("the page");
    let promised = text.split("## What we promise").nth(1).expect("promises");
    let promised = promised.split("\n## What we don't promise").next().unwrap_or(promised);
    let promises: Vec<&str> = promised.split("\n- ").skip(1).collect();
    assert!(promises.len() > 20, "{} promises", promises.len());
    let mut named = Vec::new();
    for promise in promises {
        let tests: Vec<(&str, &str)> =
            promise.split('`').filter_map(|word| word.strip_prefix("tests/")?.split_once(".rs: ")).collect();
        assert!(!tests.is_empty(), "no test is named:\n{promise}");
        for (file, test) in tests {
            let path = root.join(format!("tests/{file}.rs"));
            let code = fs::read_to_string(&path).unwrap_or_else(|_| panic!("no {path:?}:\n{promise}"));
            let at = code
                .find(&format!("\nfn {test}()"))
                .unwrap_or_else(|| panic!("no test `{test}`:\n{promise}"));
            let head = code[..at].rsplit("\n\n").next().unwrap_or_default();
            assert!(head.contains("#[test]"), "`{test}` is no test:\n{promise}");
            assert!(!head.contains("#[ignore"), "`{test}` is not run:\n{promise}");
            named.push(format!("{file}.{test}"));
        }
    }
    // And each test of these two files is there for a promise.
    for file in ["security", "faults"] {
        let code = fs::read_to_string(root.join(format!("tests/{file}.rs"))).expect("the tests");
        let tests =
            code.split("#[test]\n").skip(1).filter_map(|rest| rest.split("fn ").nth(1)?.split('(').next());
        for test in tests
            .filter(|test| *test != "every_promise_names_a_test_that_there_is" && !test.ends_with("_times"))
        {
            assert!(named.contains(&format!("{file}.{test}")), "no promise names {file}.{test}");
        }
    }
}

#[test]
fn no_name_and_no_value_begins_a_line() {
    let place = Place::new(&[("repo/plans/plan.md", PLAN)]);
    place.write("repo/plans/a\n::stop-commands::zz.md", "- [ ] One {5m}\n- [ ] Two {5m}\n");
    place.write("repo/zone/zone.md", "---\ntimezone: \"x\\n::add-mask::e\"\n---\n- [ ] One {5m}\n");
    place.write("repo/zone/key.md", "---\n\"a\\n::error::b\": 1\n---\n- [ ] One {5m}\n");
    for command in [
        "check plans zone",
        "check plans zone --format short",
        "check plans zone --format github",
        "fmt --check plans zone",
        "build plans zone -o out",
    ] {
        let ran = place.run(command);
        let said = ran.stdout + &ran.stderr;
        for line in said.lines() {
            let is_ours = ["::error file=", "::warning file=", "::notice file="];
            let begins = line.trim_start().starts_with("::");
            assert!(!begins || is_ours.iter().any(|ours| line.starts_with(ours)), "{command}:\n{said}");
        }
    }
    let ran = place.run("check plans");
    assert!(ran.stderr.contains("control character in its name"), "{}", ran.stderr);
    assert_eq!(ran.status, 3);
}

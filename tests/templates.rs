//! Templates of somebody's own, and the logo: what they may do, and what is said when they are wrong.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod command;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use command::{Ran, tminus};
use tempfile::TempDir;

const PLAN: &str = "---
title: Move & <b>more</b>
people: {ana: Ana Reyes, raj: Raj Patel}
---
- [ ] Stop the API {#stop @ana 5m}
- [ ] Start it again {@raj 10m after=stop}
";

/// A logo: the smallest PNG there is.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82";

fn with(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "plan.md", PLAN);
    files.iter().for_each(|(name, text)| write(folder.path(), name, text));
    folder
}

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    fs::write(path, text).expect("the file is written");
}

fn build(folder: &TempDir, arguments: &[&str]) -> Ran {
    tminus(folder.path(), &[&["build", "plan.md", "-o", "out"], arguments].concat())
}

fn page(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join("out/plan").join(name)).expect("the page")
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry").into_path());
    let files = walk.filter(|path| path.is_file());
    files
        .map(|path| {
            let below = path.strip_prefix(folder).expect("it lies below").to_path_buf();
            (below, fs::read(&path).expect("a file"))
        })
        .collect()
}

#[test]
fn a_misspelt_template_alone_in_its_folder_gets_a_note() {
    let folder = with(&[("templates/runsheet.html.j2", "mine"), ("templates/mail.txt.j2", "of others")]);
    let ran = build(&folder, &[]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let said =
        "note[template]: there is no template called `runsheet.html.j2`, so the pages are made without it";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
    assert!(ran.stderr.contains("rename it to `run-sheet.html.j2`"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("mail.txt"), "{}", ran.stderr);
    assert!(!page(&folder, "run-sheet.html").contains("mine"));
}

#[test]
fn the_built_in_templates_written_out_make_the_same_pages() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let ran = tminus(folder.path(), &["templates", "own"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let own = folder.path().join("own").display().to_string();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-plans");
    let made = |name: &str, arguments: &[&str]| {
        let out = folder.path().join(name).display().to_string();
        let ran = tminus(&examples, &[&["build", ".", "-o", &out], arguments].concat());
        assert_eq!(ran.status, 1, "three disasters, and nothing else: {}", ran.stderr);
        assert!(!ran.stderr.contains("error[template]"), "{}", ran.stderr);
        files(&folder.path().join(name))
    };
    let (plain, with_own) = (made("plain", &[]), made("with-own", &["--templates", &own]));
    let lists = |path: &&PathBuf| path.ends_with(".tminus-pages");
    assert!(plain.keys().filter(|path| !lists(path)).count() > 50);
    assert_eq!(plain.keys().collect::<Vec<_>>(), with_own.keys().collect::<Vec<_>>());
    for path in plain.keys().filter(|path| !lists(path)) {
        assert!(plain[path] == with_own[path], "{path:?} differs");
    }
}

#[test]
fn a_file_beside_the_plan_stands_in_the_place_of_one_template() {
    let folder = with(&[("templates/style.css", "body { color: teal }"), ("templates/notes.txt", "mine")]);
    let hash = |text: &str| text.split("<code>").nth(1).map(|after| after[..9].to_owned());
    let ran = build(&folder, &[]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let own = page(&folder, "run-sheet.html");
    assert!(own.contains("body { color: teal }") && own.contains("Stop the API"), "{own}");
    assert!(page(&folder, "owners/ana.html").contains("teal"));
    let top = fs::read_to_string(folder.path().join("out/index.html")).expect("the list of plans");
    assert!(top.contains("teal"), "the list of plans as well");
    fs::remove_dir_all(folder.path().join("templates")).expect("the folder is removed");
    build(&folder, &[]);
    let plain = page(&folder, "run-sheet.html");
    assert!(!plain.contains("teal"));
    assert_eq!(hash(&own), hash(&plain), "the version is that of the plan");
}

#[test]
fn a_named_folder_goes_before_the_one_beside_the_plan() {
    let folder = with(&[
        ("templates/style.css", "body { color: teal }"),
        ("templates/index.html.j2", "{{ broken"),
        ("look/owner.html.j2", "<p>{{ head.title }}: {{ name }}"),
    ]);
    let ran = build(&folder, &["--templates", "look"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    assert!(!page(&folder, "run-sheet.html").contains("teal"));
    assert_eq!(page(&folder, "owners/ana.html"), "<p>Move &amp; &lt;b&gt;more&lt;&#x2f;b&gt;: Ana Reyes");
}

#[test]
fn each_plan_of_a_folder_has_the_templates_beside_it() {
    let folder =
        with(&[("one/templates/style.css", "body { color: teal }"), ("one/a.md", PLAN), ("two/b.md", PLAN)]);
    let ran = tminus(folder.path(), &["build", "one", "two", "-o", "out"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let has = |path: &str| fs::read_to_string(folder.path().join(path)).expect("a page").contains("teal");
    assert!(has("out/a/index.html") && !has("out/b/index.html"));
    assert!(!has("out/index.html"), "what they do not share is not on the page of all");
}

#[test]
fn a_folder_of_templates_of_something_else_is_left_alone() {
    let folder = with(&[("templates/index.html", "{{ broken"), ("templates/mail.txt.j2", "{{ broken")]);
    let ran = build(&folder, &[]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
}

/// A mistake in a template: its file, its text, and what is said about it.
const MISTAKES: &[(&str, &str, &[&str])] = &[
    (
        "index.html.j2",
        "a\n<p>{{ head.titel }}",
        &["index.html.j2:2:7", "`head.titel` is no field", "write `head.title`"],
    ),
    ("index.html.j2", "{{ readines.line }}", &["`readines` is no field", "write `readiness`"]),
    ("index.html.j2", "{{ zzz }}", &["`zzz` is no field", "use one of `"]),
    ("owner.html.j2", "{% for step in steps %}{{ step.critcal }}{% endfor %}", &["write `step.critical`"]),
    (
        "run-sheet.html.j2",
        "{% include \"stile.css\" %}",
        &["there is no template `stile.css`", "write `style.css`"],
    ),
    ("timeline.html.j2", "{% extends \"../../plan.md\" %}", &["there is no template `../../plan.md`"]),
    ("timeline.html.j2", "{% include \"/etc/hostname\" %}", &["there is no template `/etc/hostname`"]),
    (
        "timeline.html.j2",
        "\n\n{% if %}",
        &["timeline.html.j2:3:7", "does not parse: unexpected end of block"],
    ),
    ("timeline.html.j2", "{{ head.title", &["does not parse: unexpected end of input"]),
    (
        "timeline.html.j2",
        "{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}",
        &["does not come to an end"],
    ),
    (
        "timeline.html.j2",
        "{% set x = \"x\" * 10000 %}{% for a in range(100000) %}{{ x }}{% endfor %}",
        &["does not come to an end"],
    ),
    ("timeline.html.j2", "{% include \"timeline.html.j2\" %}", &["without an end"]),
    ("timeline.html.j2", "{% macro x() %}{{ x() }}{% endmacro %}{{ x() }}", &["without an end"]),
    ("timeline.html.j2", "{{ head.title|safe }}", &["`safe` is for fields that hold HTML"]),
    (
        "timeline.html.j2",
        "{% autoescape false %}{{ head.title }}{% endautoescape %}",
        &["escaping is switched off"],
    ),
    ("timeline.html.j2", "{{ head.title|uper }}", &["there is no filter `uper`"]),
    ("timeline.html.j2", "{{ head.title - 1 }}", &["this template can't be used", "string and number"]),
    ("timeline.html.j2", "{{ now() }}", &["there is no function `now`"]),
    ("parts.html.j2", "", &["built in", "there is no macro `", "keep in `parts.html.j2` what the built-in"]),
    ("plans.html.j2", "{{ plan.titel }}", &["`plan` is no field", "write `plans`"]),
    ("owner.md.j2", "{{ nam }}", &["owner.md.j2:1:4", "write `name`"]),
];

#[test]
fn every_mistake_has_its_place_and_a_way_out() {
    for (name, text, said) in MISTAKES {
        let folder = with(&[(&format!("templates/{name}"), text)]);
        let ran = build(&folder, &[]);
        assert_eq!(ran.status, 1, "{name}: {text}\n{}", ran.stderr);
        assert!(ran.stderr.contains("error[template]: "), "{name}: {text}\n{}", ran.stderr);
        for said in *said {
            assert!(ran.stderr.contains(said), "{name}: {text}\nis to say: {said}\n{}", ran.stderr);
        }
        let pages = folder.path().join("out/plan");
        assert_eq!(
            pages.exists(),
            *name == "plans.html.j2",
            "{name}: {text}: no page of a broken set is written"
        );
    }
}

#[test]
fn all_that_is_wrong_is_said_in_one_run_and_once() {
    let folder = with(&[
        ("templates/index.html.j2", "{{ nope }}"),
        ("templates/owner.html.j2", "{{ nope }}"),
        ("templates/run-sheet.html.j2", "{{ nope }}"),
    ]);
    let ran = build(&folder, &[]);
    assert_eq!(ran.stderr.matches("error[template]").count(), 3, "{}", ran.stderr);
    let folder = with(&[
        ("templates/index.html.j2", "{{ nope"),
        ("templates/owner.css", "{% endif %}"),
        ("templates/ownr.html.j2", ""),
        ("a/b.md", PLAN),
        ("a/c.md", PLAN),
    ]);
    let ran = tminus(folder.path(), &["build", ".", "-o", "out", "--templates", "templates"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert_eq!(ran.stderr.matches("error[template]").count(), 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("rename it to `owner.html.j2`"), "{}", ran.stderr);
    assert_eq!(ran.stderr.matches("no pages of").count(), 3, "{}", ran.stderr);
}

#[test]
fn pages_that_are_there_stay_when_a_template_breaks() {
    let folder = with(&[]);
    build(&folder, &[]);
    let before = files(&folder.path().join("out"));
    write(folder.path(), "templates/run-sheet.html.j2", "{{ nope }}");
    assert_eq!(build(&folder, &[]).status, 1);
    assert_eq!(files(&folder.path().join("out")), before);
}

#[test]
fn a_folder_that_can_not_be_used_is_said() {
    let folder = with(&[("empty/notes.txt", "mine"), ("bad/style.css/x", ""), ("latin/style.css", "")]);
    write(folder.path(), "latin/style.css", b"\xff");
    for (templates, status, said) in [
        ("none", 3, "there is no file or folder `none`"),
        ("plan.md", 3, "`plan.md`"),
        ("empty", 1, "no file in `empty` has the name of a template"),
        ("bad", 3, "is a folder, and a file is needed here"),
        ("latin", 3, "is not UTF-8 text"),
    ] {
        let ran = build(&folder, &["--templates", templates]);
        assert_eq!(ran.status, status, "{templates}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{templates}: {}", ran.stderr);
        assert!(!folder.path().join("out/plan").exists(), "{templates}");
    }
}

#[test]
fn what_a_plan_says_stays_words_in_every_kind_of_template() {
    let folder = with(&[
        ("templates/owner.css", "p::after { content: \"{{ head.title }}\" }"),
        (
            "templates/index.html.j2",
            "<style>{% include \"owner.css\" %}</style>\n<p title=\"{{ head.title }}\">{{ head.title }}{{ [head.title, \"<i>\"]|join(\"<hr>\") }}</p>",
        ),
    ]);
    write(folder.path(), "plan.md", PLAN.replace("Move & <b>more</b>", "'a\" } </style><script>x'"));
    let ran = build(&folder, &[]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let index = page(&folder, "index.html");
    assert_eq!(index.matches("</style>").count(), 1, "{index}");
    assert!(!index.contains("<script") && !index.contains("<hr>") && !index.contains("<i>"), "{index}");
    assert!(
        index.contains("content: \"a\\22 \\20 \\7d \\20 \\3c \\2f style\\3e \\3c script\\3e x\""),
        "{index}"
    );
}

#[test]
fn templates_are_written_and_no_file_of_somebody_is_overwritten() {
    let folder = with(&[]);
    let run = |arguments: &[&str]| tminus(folder.path(), &[&["templates"], arguments].concat());
    let ran = run(&["own/deep"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.contains("templates written"), "{}", ran.stdout);
    let written = files(&folder.path().join("own/deep"));
    assert!(written.len() > 10 && written.contains_key(Path::new("style.css")));
    assert!(run(&["own/deep"]).stdout.contains("there already"));
    write(folder.path(), "own/deep/style.css", "mine");
    fs::remove_file(folder.path().join("own/deep/index.css")).expect("a file is removed");
    let ran = run(&["own/deep"]);
    assert_eq!(ran.status, 3);
    assert!(
        ran.stderr.contains("`own/deep/style.css` is there already, and is not the built-in"),
        "{}",
        ran.stderr
    );
    assert!(!folder.path().join("own/deep/index.css").exists(), "nothing was written");
    let ran = run(&["some", "owner.css", "owner.html.j2"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(files(&folder.path().join("some")).len(), 2);
    let ran = run(&["some", "owner.html"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("did you mean `owner.html.j2`?"), "{}", ran.stderr);
    let ran = run(&["plan.md"]);
    assert_eq!(ran.status, 3);
    assert!(
        ran.stderr.contains("the folder `plan.md` can't be made: `plan.md` is no folder"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_logo_stands_on_every_page_and_in_no_version() {
    let folder = with(&[]);
    write(folder.path(), "logo.png", PNG);
    write(
        folder.path(),
        "logo.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(2)</script></svg>",
    );
    build(&folder, &[]);
    let plain = fs::read(folder.path().join("out/plan/plan.json")).expect("the plan");
    for (logo, lead) in
        [("logo.png", "data:image/png;base64,iVBORw0KGgo"), ("logo.svg", "data:image/svg+xml;base64,PHN2Zy")]
    {
        let ran = build(&folder, &["--brand", logo]);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{logo}");
        let made = files(&folder.path().join("out"));
        let pages: Vec<_> =
            made.iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "html")).collect();
        assert!(pages.len() >= 6);
        for (path, bytes) in pages {
            let text = String::from_utf8_lossy(bytes);
            assert_eq!(text.matches(&format!("<img src=\"{lead}")).count(), 1, "{logo} on {path:?}");
            assert!(text.matches("<script").count() <= 1 && !text.contains("onload"), "{path:?}");
        }
        assert_eq!(made[Path::new("plan/plan.json")], plain, "the version is that of the plan");
    }
}

#[test]
fn a_logo_that_can_not_be_used_is_said_before_anything_is_written() {
    let folder = with(&[]);
    write(folder.path(), "large.png", [PNG, &[0; 600 * 1024]].concat());
    write(folder.path(), "page.png", "<!doctype html><p>no logo");
    for (logo, said) in [
        ("none.png", "there is no file or folder `none.png`"),
        ("large.png", "the logo `large.png` is larger than 500 KB"),
        ("page.png", "the logo `page.png` is no image that browsers show"),
        (".", "is a folder"),
    ] {
        let ran = build(&folder, &["--brand", logo]);
        assert_eq!(ran.status, 3, "{logo}: {}", ran.stderr);
        assert!(ran.stderr.contains(said) && ran.stderr.contains("help: "), "{logo}: {}", ran.stderr);
        assert!(!folder.path().join("out").exists(), "{logo}");
    }
}

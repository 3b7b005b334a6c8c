//! What docs/ci.md tells code hosts to do, and `.pre-commit-hooks.yaml`: read as YAML, held to the shape that the hosts
//! ask for, and every command of tminus in it run on a plan that is right and on one that is wrong.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod command;
#[path = "docs/page.rs"]
#[expect(dead_code, reason = "of a page only its blocks are asked for here")]
mod page;

use std::fs;
use std::path::Path;

use command::tminus;
use page::Page;
use serde_json::Value;
use tminus::document::{Node, NodeValue, parse_yaml};
use tminus::source::{Source, Sources};

const RIGHT: &str = "---\npeople: { ana: Ana }\n---\n- [ ] Stop {@ana 5m}\n";
const WRONG: &str = "---\npeople: { ana: Ana }\n---\n- [ ] Stop {5m @anna}\n";

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file can be read")
}

/// YAML as a value of JSON, every scalar as its text.
fn yaml(text: &str) -> Value {
    let mut sources = Sources::new();
    let source = sources.add(Source::new("ci.yaml", text));
    let mut wrong = Vec::new();
    let node = parse_yaml(source, &sources, &mut wrong);
    assert!(wrong.is_empty(), "{text}\n{wrong:?}");
    value(&node)
}

fn value(node: &Node) -> Value {
    match &node.value {
        NodeValue::Empty => Value::Null,
        NodeValue::Text(text) => text.as_str().into(),
        NodeValue::List(items) => items.iter().map(value).collect(),
        NodeValue::Map(entries) => {
            entries.iter().map(|entry| (entry.key.clone(), value(&entry.value))).collect()
        }
    }
}

/// The blocks of a kind in docs/ci.md.
fn snippets(kind: &str) -> Vec<Value> {
    let text = read("docs/ci.md");
    let page = Page::read(&text);
    let blocks = page.blocks.iter().filter(|block| block.info == ["yaml", kind]);
    let found: Vec<Value> = blocks.map(|block| yaml(block.text)).collect();
    assert!(!found.is_empty(), "no {kind}");
    found
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// Runs a line of a script, if it is one of tminus, on a folder `plans` with this plan: its status, and where its
/// output goes.
fn run(line: &str, plan: &str) -> Option<(i32, Option<(String, String)>)> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("plans")).expect("a folder");
    fs::write(folder.path().join("plans/plan.md"), plan).expect("the plan");
    let (command, target) =
        line.split_once(" > ").map_or((line, None), |(command, file)| (command, Some(file)));
    let words: Vec<&str> = command.strip_prefix("tminus ")?.split_whitespace().collect();
    let ran = tminus(folder.path(), &words);
    let output = target.map(|file| (file.trim().to_owned(), ran.stdout.clone()));
    assert!(ran.status == 0 || ran.status == 1, "`{line}` exits {}: {}", ran.status, ran.stderr);
    Some((ran.status, output))
}

#[test]
fn workflows_of_github_check_plans() {
    let mut commands = 0;
    for workflow in snippets("github") {
        assert!(workflow["name"].is_string() && !workflow["on"].is_null(), "{workflow}");
        for job in workflow["jobs"].as_object().expect("jobs").values() {
            assert!(job["runs-on"].is_string(), "{job}");
            let uploads: Vec<&str> = list(&job["steps"])
                .iter()
                .filter_map(|step| step["with"]["sarif_file"].as_str().or(step["with"]["path"].as_str()))
                .collect();
            for step in list(&job["steps"]) {
                assert_ne!(step["uses"].is_null(), step["run"].is_null(), "one of both: {step}");
                let Some(line) = step["run"].as_str() else { continue };
                let Some((right, output)) = run(line, RIGHT) else {
                    assert!(line.starts_with("cargo install "), "{line}");
                    continue;
                };
                commands += 1;
                assert_eq!(right, 0, "`{line}` with a plan that is right");
                assert_eq!(
                    run(line, WRONG).map(|(status, _)| status),
                    Some(1),
                    "`{line}` with one that is wrong"
                );
                if let Some((file, printed)) = output {
                    assert!(uploads.contains(&file.as_str()), "{file} is not sent");
                    assert!(serde_json::from_str::<Value>(&printed).is_ok(), "{printed}");
                }
            }
        }
    }
    assert!(commands >= 4, "{commands} commands");
}

#[test]
fn the_job_of_gitlab_sends_its_report() {
    for pipeline in snippets("gitlab") {
        for job in pipeline.as_object().expect("jobs").values() {
            let report = text(&job["artifacts"]["reports"]["codequality"]);
            assert_eq!(
                job["artifacts"]["when"], "always",
                "mistakes end the job, and are what the report is for"
            );
            let lines = list(&job["script"]).iter().map(text);
            let ran: Vec<_> = lines.filter_map(|line| run(line, WRONG)).collect();
            let [(status, Some((file, printed)))] = &ran[..] else { panic!("one command: {ran:?}") };
            assert_eq!((*status, file.as_str()), (1, report));
            let printed: Value = serde_json::from_str(printed).expect("the report is JSON");
            assert_eq!(printed[0]["location"]["path"], "plans/plan.md");
        }
    }
}

#[test]
fn hooks_of_pre_commit_are_whole_and_run() {
    let hooks = yaml(&read(".pre-commit-hooks.yaml"));
    let ids: Vec<&str> = list(&hooks).iter().map(|hook| text(&hook["id"])).collect();
    assert_eq!(ids, ["tminus-check", "tminus-fmt"]);
    for hook in list(&hooks) {
        assert!(!text(&hook["name"]).is_empty() && !text(&hook["description"]).is_empty());
        assert_eq!((text(&hook["language"]), &hook["types"][0]), ("rust", &Value::from("markdown")));
        // The files that have changed come behind the entry.
        let line = format!("{} plans/plan.md", text(&hook["entry"]));
        assert_eq!(run(&line, RIGHT).map(|(status, _)| status), Some(0), "{line}");
        // One that writes ends well: the host stops the commit because a file has changed.
        let stops = i32::from(text(&hook["id"]) != "tminus-fmt");
        assert_eq!(run(&line, WRONG).map(|(status, _)| status), Some(stops), "{line}");
    }
    for config in snippets("pre-commit") {
        for repo in list(&config["repos"]) {
            assert!(repo["repo"].is_string() && repo["rev"].is_string(), "{repo}");
            for hook in list(&repo["hooks"]) {
                assert!(ids.contains(&text(&hook["id"])), "{hook}");
            }
        }
    }
}

//! What editors can and what they can't: how they start the program, and what they are sent.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::client::{Client, range, uri};
use super::path;

const PLAN: &str = "- [ ] Stop {@ana 5m}\n- [ ] Stop {@ana 5m after=Stop}\n";

#[test]
fn what_editors_add_on_the_command_line_changes_nothing() {
    for arguments in
        [&["--stdio"][..], &["--stdio", "--clientProcessId=1"], &["--clientProcessId", "4000000000"]]
    {
        let mut client = Client::start_with(arguments);
        let answer = client.ask("initialize", json!({ "capabilities": {} }));
        assert_eq!(answer["serverInfo"]["name"], "tminus", "{arguments:?}");
        client.goodbye();
    }
}

#[test]
fn an_editor_of_few_words_is_sent_no_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let able = json!({ "textDocument": {
        "publishDiagnostics": { "relatedInformation": false },
        "hover": { "contentFormat": ["plaintext"] },
        "documentSymbol": { "hierarchicalDocumentSymbolSupport": false },
    } });
    let (mut client, answer) = Client::able_to(folder.path(), able);
    assert_eq!(answer["capabilities"]["renameProvider"], json!(true));
    let text = PLAN.replace("after=Stop", "after=\"Stop\"");
    client.open("untitled:1", &text);
    let shown = client.wait(|message| message["method"] == "textDocument/publishDiagnostics");
    assert_eq!(shown["params"].get("version"), None);
    let said = &shown["params"]["diagnostics"][0];
    assert_eq!(
        (&said["code"], said.get("relatedInformation")),
        (&json!("ambiguous-reference"), None),
        "{said}"
    );
    let hover = client.at("textDocument/hover", "untitled:1", 0, 14);
    assert_eq!(hover["contents"], json!({ "kind": "plaintext", "value": "@ana\n\nana" }));
    let outline =
        client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": "untitled:1" } }));
    assert_eq!(
        outline[1]["location"],
        json!({ "uri": "untitled:1", "range": range((1, 0), (1, 33)) }),
        "{outline}"
    );
    client.goodbye();
}

/// Scripts that talk to it say nothing of what they show.
#[test]
fn one_that_says_nothing_is_shown_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut client, _) = Client::able_to(folder.path(), json!({}));
    client.open("untitled:1", &format!("## First\n\n{}", PLAN.replace("after=Stop", "after=\"Stop\"")));
    let shown = client.wait(|message| message["method"] == "textDocument/publishDiagnostics");
    assert!(shown["params"]["diagnostics"][0]["relatedInformation"].is_array(), "{shown}");
    let hover = client.at("textDocument/hover", "untitled:1", 2, 14);
    assert_eq!(hover["contents"]["kind"], "markdown");
    let outline =
        client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": "untitled:1" } }));
    assert_eq!(outline[0]["children"].as_array().map(Vec::len), Some(2), "{outline}");
    client.goodbye();
}

#[test]
fn an_outline_without_levels_says_what_is_around() {
    let folder = tempfile::tempdir().expect("a folder");
    let able =
        json!({ "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": false } } });
    let (mut client, _) = Client::able_to(folder.path(), able);
    client.open("untitled:1", "## First\n\n- [ ] One\n- [ ] Two\n\n## Second\n\n- [ ] Three\n");
    let outline =
        client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": "untitled:1" } }));
    let told = |one: &Value| format!("{} {}", one["containerName"].as_str().unwrap_or("-"), one["name"]);
    let told: Vec<String> = outline.as_array().expect("a list").iter().map(told).collect();
    assert_eq!(told, ["- \"First\"", "First \"One\"", "First \"Two\"", "- \"Second\"", "Second \"Three\""]);
    client.goodbye();
}

#[test]
fn mistakes_name_the_version_of_the_text_they_are_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let able = json!({ "textDocument": { "publishDiagnostics": { "versionSupport": true, "relatedInformation": true } } });
    let (mut client, _) = Client::able_to(folder.path(), able);
    client.open("untitled:1", "- [ ] Stop {@ana 5 m}\n");
    let shown = |message: &Value| message["method"] == "textDocument/publishDiagnostics";
    assert_eq!(client.wait(shown)["params"]["version"], 1);
    client.change("untitled:1", (0, 18), (0, 19), "");
    assert_eq!(client.wait(shown)["params"]["version"], 2);
    client.goodbye();
}

#[test]
fn a_copied_name_is_a_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut client, _) = Client::in_folder(folder.path(), &[]);
    client.open("untitled:1", PLAN);
    let hover = client.at("textDocument/hover", "untitled:1", 0, 14);
    assert_eq!(hover["contents"], json!({ "kind": "markdown", "value": "@ana\n\nana" }));
    client.goodbye();
}

/// The cursor is in a step as long as it is in its details.
#[test]
fn a_step_reaches_to_the_end_of_its_details() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut client, _) = Client::in_folder(folder.path(), &[]);
    let text = "## Phase\n\n- [ ] One\n  more of it {5m\n  @ana}\n\n  Its details.\n\n  - undo: back\n- [ ] Two\n\nAfterwards.\n\n## Next\n\n- [ ] Three\n";
    client.open("untitled:1", text);
    let outline =
        client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": "untitled:1" } }));
    let lines = |one: &Value| (one["range"]["start"]["line"].clone(), one["range"]["end"]["line"].clone());
    assert_eq!(lines(&outline[0]), (json!(0), json!(11)), "{outline}");
    assert_eq!(lines(&outline[0]["children"][0]), (json!(2), json!(8)), "{outline}");
    assert_eq!(outline[0]["children"][0]["selectionRange"]["end"]["line"], 2);
    assert_eq!(lines(&outline[0]["children"][1]), (json!(9), json!(9)), "{outline}");
    client.goodbye();
}

#[test]
fn files_that_change_on_the_disk_are_asked_for_and_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder_path = path(&folder);
    let plan = "---\npeople: people.yaml\n---\n- [ ] Stop {@ana 5m}\n";
    fs::write(folder_path.join("people.yaml"), "raj: Raj Patel\n").expect("a file");
    let able = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let (mut client, _) = Client::able_to(&folder_path, able);
    let asked = client.wait(|message| message["method"] == "client/registerCapability");
    let registration = &asked["params"]["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    let globs = registration["registerOptions"]["watchers"].as_array().expect("a list");
    let globs: Vec<&str> = globs.iter().filter_map(|one| one["globPattern"].as_str()).collect();
    assert_eq!(globs, ["**/*.md", "**/*.yaml", "**/*.yml"]);
    client.reply(&asked["id"], Value::Null);
    let uri_of = |name: &str| uri(&folder_path.join(name));
    client.open(&uri_of("plan.md"), plan);
    client.shows(&uri_of("plan.md"), &["unknown-owner"]);
    fs::write(folder_path.join("people.yaml"), "ana: Ana Reyes\n").expect("a file");
    let changes = json!([{ "uri": uri_of("people.yaml"), "type": 2 }]);
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    client.shows(&uri_of("plan.md"), &[]);
    client.goodbye();
}

/// It may be gone without the stream being closed, where somebody between the two keeps that open.
#[cfg(target_os = "linux")]
#[test]
fn the_program_ends_with_its_editor() {
    let start = || Command::new("sleep").arg("600").stdin(Stdio::null()).spawn().expect("a process");
    let (mut first, mut second) = (start(), start());
    let mut by_message = Client::start();
    by_message.ask("initialize", json!({ "processId": first.id(), "capabilities": {} }));
    let mut by_argument = Client::start_with(&["--stdio", &format!("--clientProcessId={}", second.id())]);
    by_argument.ask("initialize", json!({ "processId": null, "capabilities": {} }));
    for editor in [&mut first, &mut second] {
        editor.kill().and_then(|()| editor.wait()).expect("it ends");
    }
    for client in [by_message, by_argument] {
        assert_eq!(client.wait_for_end(), 1);
    }
}

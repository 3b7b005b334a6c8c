//! `tminus lsp`, as an editor sees it: a client sends messages over the streams, and the answers are looked at.
#![expect(clippy::disallowed_methods, reason = "tests read and write files, and start the program")]

#[path = "lsp/choices.rs"]
mod choices;
#[path = "lsp/client.rs"]
mod client;
#[path = "lsp/editors.rs"]
mod editors;
#[path = "lsp/meant.rs"]
mod meant;
#[path = "lsp/workspace.rs"]
mod workspace;

use std::fs;
use std::path::PathBuf;

use client::{Client, range, uri};
use serde_json::{Value, json};
use tempfile::TempDir;

const PLAN: &str = "---
start: 2026-11-14 08:00
timezone: UTC
people:
  ana: { name: Ana Reyes, phone: \"+1 555\", backup: raj }
  raj: Raj Patel
systems: [shop, db]
windows: { night: 2026-11-14 08:00 .. 2026-11-14 12:00 }
vars: { host: db-2 }
---

## Größe 🚀 {#main @ana}

1. [ ] Stop the shop {5m @ana #stop stops=shop in=night}
2. [ ] Copy {#copy @raj 20m..40m after=stop}
3. [ ] Start it {@anna 5m starts=shop after=copy}
4. [ ] [Inner](inner.md) {#inner after=\"Copy\"}

## Check {#check}

- [ ] Look at {{ host }} {@ana 10m after=inner/deep,main}
";

const INNER: &str = "- [ ] Deep {#deep @ana 5m}\n- [ ] Deeper {@raj 5m after=deep}\n";

/// A folder with a plan and one inside it; their addresses.
fn folder() -> (TempDir, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = fs::canonicalize(folder.path()).expect("a folder");
    fs::write(path.join("plan.md"), PLAN).expect("the plan");
    fs::write(path.join("inner.md"), INNER).expect("the inner plan");
    let (plan, inner) = (uri(&path.join("plan.md")), uri(&path.join("inner.md")));
    (folder, plan, inner)
}

fn path(folder: &TempDir) -> PathBuf {
    fs::canonicalize(folder.path()).expect("a folder")
}

/// A client with the plan open, its mistakes shown.
fn opened(encodings: &[&str]) -> (TempDir, Client, String, String) {
    let (folder, plan, inner) = folder();
    let (mut client, _) = Client::in_folder(&path(&folder), encodings);
    client.open(&plan, PLAN);
    client.diagnostics(&plan);
    (folder, client, plan, inner)
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|one| one["code"].as_str().expect("a rule")).collect()
}

/// The text after these edits, which stand in order.
fn edited(text: &str, edits: &Value) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let offset = |place: &Value| {
        let line = usize::try_from(place["line"].as_u64().expect("a line")).expect("a number");
        let before: usize = lines[..line].iter().map(|line| line.len()).sum();
        let mut left = place["character"].as_u64().expect("a column");
        let mut at = before;
        for c in text[before..].chars() {
            // A column behind the end of a line is its end.
            if left == 0 || c == '\n' {
                break;
            }
            left -= c.len_utf16() as u64;
            at += c.len_utf8();
        }
        at
    };
    let mut out = text.to_owned();
    for edit in edits.as_array().expect("a list").iter().rev() {
        let range = offset(&edit["range"]["start"])..offset(&edit["range"]["end"]);
        out.replace_range(range, edit["newText"].as_str().expect("text"));
    }
    out
}

#[test]
fn an_editor_is_greeted_and_takes_its_leave() {
    let (folder, ..) = folder();
    let (client, answer) = Client::in_folder(&path(&folder), &["utf-32", "utf-8"]);
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-32");
    assert_eq!(answer["serverInfo"]["name"], "tminus");
    client.goodbye();
    let (client, answer) = Client::in_folder(&path(&folder), &[]);
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    let (status, said) = client.end();
    assert_eq!((status, said.as_str()), (1, ""), "an editor that is gone without a word");
}

#[test]
fn mistakes_are_shown_as_one_types() {
    let (_folder, plan, inner) = folder();
    let (mut client, _) = Client::in_folder(&path(&_folder), &[]);
    client.open(&plan, PLAN);
    let shown = client.diagnostics(&plan);
    assert_eq!(codes(&shown), ["unknown-owner"], "{shown:?}");
    assert_eq!(shown[0]["range"], range((15, 17), (15, 22)));
    assert_eq!(shown[0]["severity"], 1);
    assert!(shown[0]["message"].as_str().expect("text").contains("write `ana`"), "{shown:?}");
    client.change(&plan, (15, 19), (15, 20), "");
    client.shows(&plan, &[]);
    // What stands in another file is compiled as the editor holds it, saved or not.
    client.open(&inner, INNER);
    client.change(&inner, (0, 13), (0, 17), "deap");
    client.shows(&inner, &["unknown-reference"]);
    client.shows(&plan, &["unknown-reference"]);
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": inner } }));
    client.shows(&inner, &[]);
    client.shows(&plan, &[]);
    client.goodbye();
}

/// Whoever types sees what somebody sees who opens the text as it has become.
#[test]
fn a_text_that_was_typed_is_as_one_that_is_opened() {
    let (_folder, mut typing, plan, _) = opened(&[]);
    let (mut opening, _) = Client::in_folder(&path(&_folder), &[]);
    let typed = [
        ((20, 26), "after={{ hots }} "),
        ((15, 17), "é"),
        ((13, 0), "```\n"),
        ((11, 4), "{{ host }} "),
        ((14, 0), "\n# Own phase\n\n- [ ] Another {@rja after=copy}\n\n"),
        ((20, 5), "x"),
        ((3, 8), "z"),
        ((24, 10), " {@nobody"),
        ((12, 0), "\n[label]: other.md\n"),
        ((13, 1), "x"),
        ((13, 0), "[ ] "),
        ((26, 0), "- [ ] Deep {{ hots }} {by=25:00}\n"),
        ((10, 0), "<!--\n"),
    ];
    let mut text = PLAN.to_owned();
    let mut seen = 0;
    for (from, new) in typed {
        for (to, new) in [(from, new), ((from.0, from.1 + 1), ""), (from, "-")] {
            let change = range(from, to);
            text = edited(&text, &json!([{ "range": change, "newText": new }]));
            typing.change(&plan, from, to, new);
            opening.open(&plan, &text);
            let (typed, opened) = (typing.diagnostics(&plan), opening.diagnostics(&plan));
            assert_eq!(typed, opened, "{text}");
            let asked = json!({ "textDocument": { "uri": plan } });
            let outline = typing.ask("textDocument/documentSymbol", asked.clone());
            assert_eq!(outline, opening.ask("textDocument/documentSymbol", asked), "{text}");
            seen += typed.len();
            opening.tell("textDocument/didClose", json!({ "textDocument": { "uri": plan } }));
            opening.diagnostics(&plan);
        }
    }
    assert!(seen > 100, "there was something to see: {seen}");
    typing.goodbye();
    opening.goodbye();
}

#[test]
fn whoever_points_at_a_step_is_told_of_it() {
    let (_folder, mut client, plan, _) = opened(&[]);
    let said = client.at("textDocument/hover", &plan, 14, 8);
    let text = said["contents"]["value"].as_str().expect("text");
    for part in ["2. Copy (Raj)", "08:05", "08:35", "because it waits for 1. Stop the shop", "critical"] {
        assert!(text.replace('\\', "").contains(part), "no «{part}» in {text}");
    }
    let said = client.at("textDocument/hover", &plan, 13, 27);
    assert!(said["contents"]["value"].as_str().expect("text").contains("Ana Reyes"), "{said}");
    let said = client.at("textDocument/hover", &plan, 11, 5);
    assert!(said["contents"]["value"].as_str().expect("text").contains("Größe"), "{said}");
    assert_eq!(client.at("textDocument/hover", &plan, 10, 0), Value::Null);
    client.goodbye();
}

#[test]
fn times_and_owners_stand_behind_the_lines() {
    let (_folder, mut client, plan, inner) = opened(&[]);
    let all = json!({ "textDocument": { "uri": plan }, "range": range((0, 0), (99, 0)) });
    let hints = client.ask("textDocument/inlayHint", all);
    let hints: Vec<(u64, u64, &str)> = hints
        .as_array()
        .expect("a list")
        .iter()
        .map(|hint| {
            let position = &hint["position"];
            let number = |key: &str| position[key].as_u64().expect("a number");
            (number("line"), number("character"), hint["label"].as_str().expect("a label"))
        })
        .collect();
    assert_eq!(hints[0], (13, 56, "08:00–08:05 · Ana"));
    assert_eq!(hints[1].2, "08:05–08:35 · Raj");
    assert_eq!(hints.len(), 4);
    client.open(&inner, INNER);
    let one = json!({ "textDocument": { "uri": inner }, "range": range((1, 0), (1, 99)) });
    let hints = client.ask("textDocument/inlayHint", one);
    assert_eq!(hints.as_array().map(Vec::len), Some(1), "{hints}");
    client.goodbye();
}

#[test]
fn names_are_offered_where_they_may_stand() {
    let (_folder, mut client, plan, inner) = opened(&[]);
    let line = "- [ ] New {";
    client.change(&plan, (21, 0), (21, 0), line);
    let labels = client.labels(&plan, 21, 11);
    assert!(labels.contains(&"after=".to_owned()) && labels.contains(&".gate".to_owned()), "{labels:?}");
    let mut written = line.len() as u32;
    let mut after = |client: &mut Client, text: &str| {
        client.change(&plan, (21, 11), (21, written), text);
        written = 11 + text.encode_utf16().count() as u32;
        client.labels(&plan, 21, written)
    };
    let near = ["look-at-db-2", "inner/deeper", "inner/deep", "inner", "start-it", "copy", "stop", "main"];
    assert_eq!(after(&mut client, "5m after="), near, "the nearest first");
    assert_eq!(after(&mut client, "with=stop,co"), ["copy"]);
    assert_eq!(after(&mut client, "after=\"Co"), ["Copy"], "by title");
    assert_eq!(after(&mut client, "else="), ["main"]);
    assert_eq!(after(&mut client, "🚀 @"), ["@ana", "@raj"]);
    assert_eq!(after(&mut client, "backup=@r"), ["@raj"]);
    assert_eq!(after(&mut client, "uses=shop,"), ["db", "shop"]);
    assert_eq!(after(&mut client, "in="), ["night"]);
    assert_eq!(after(&mut client, "#x-{{ h"), ["host"]);
    assert!(after(&mut client, "#x").is_empty());
    assert!(after(&mut client, "5m} and").is_empty());
    let keys = client.labels(&plan, 1, 0);
    assert!(keys.contains(&"windows: ".to_owned()), "{keys:?}");
    client.open(&inner, INNER);
    client.change(&inner, (1, 28), (1, 32), "");
    assert_eq!(client.labels(&inner, 1, 28), ["deep"], "by their own names");
    assert_eq!(client.labels(&inner, 0, 20), ["@ana", "@raj"], "people of the plan around it");
    client.goodbye();
}

#[test]
fn names_of_other_lines_are_those_of_the_text_as_it_is() {
    let (_folder, mut client, plan, inner) = opened(&[]);
    client.open(&inner, INNER);
    client.diagnostics(&inner);
    // The step at the cursor does not wait for itself, however much of it is new.
    let end = "3. [ ] Start it {@anna 5m starts=shop after=copy".len() as u32;
    client.change(&plan, (15, end), (15, end), ",");
    let near = ["copy", "stop", "inner/deeper", "inner/deep", "inner", "check", "look-at-db-2"];
    let offered = |labels: Vec<String>| labels.into_iter().filter(|one| one != "main").collect::<Vec<_>>();
    let quick = offered(client.labels(&plan, 15, end + 1));
    client.diagnostics(&plan);
    assert_eq!(quick, offered(client.labels(&plan, 15, end + 1)), "the same as when it was compiled");
    assert!(
        near.iter().all(|one| quick.contains(&(*one).to_owned())) && quick.len() == near.len(),
        "{quick:?}"
    );
    // What is written on another line, in another file, or in the same breath on several lines, counts at once.
    client.change(&plan, (14, 0), (14, 0), "2. [ ] New {#brand-new 1m @ana}\n");
    assert!(client.labels(&plan, 16, end + 1).contains(&"brand-new".to_owned()));
    let start = "- [ ] Deeper {".len() as u32;
    client.change(&inner, (1, start), (1, start), "#below ");
    client.change(&plan, (16, end + 1), (16, end + 1), "i");
    let labels = client.labels(&plan, 16, end + 2);
    assert!(labels.contains(&"inner/below".to_owned()), "{labels:?}");
    client.goodbye();
}

#[test]
fn names_lead_to_where_they_are_declared() {
    let (_folder, mut client, plan, inner) = opened(&[]);
    let found = client.at("textDocument/definition", &plan, 20, 51);
    assert_eq!(found, json!([{ "uri": inner, "range": range((0, 13), (0, 17)) }]), "of inner/deep");
    let found = client.at("textDocument/definition", &plan, 20, 45);
    assert_eq!(found, json!([{ "uri": plan, "range": range((16, 27), (16, 32)) }]), "of the inner plan");
    let found = client.at("textDocument/definition", &plan, 14, 19);
    assert_eq!(found, json!([{ "uri": plan, "range": range((5, 2), (5, 5)) }]), "of @raj");
    let found = client.at("textDocument/definition", &plan, 13, 46);
    assert_eq!(found, json!([{ "uri": plan, "range": range((6, 10), (6, 14)) }]), "of the shop");
    let asked = json!({
        "textDocument": { "uri": plan },
        "position": { "line": 14, "character": 14 },
        "context": { "includeDeclaration": true },
    });
    let found = client.ask("textDocument/references", asked);
    let lines: Vec<u64> = found
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["range"]["start"]["line"].as_u64())
        .collect();
    assert_eq!(lines, [14, 15, 16], "#copy, after=copy, and the title");
    client.goodbye();
}

#[test]
fn a_name_is_changed_in_all_files() {
    let (_folder, mut client, plan, inner) = opened(&[]);
    let rename = |client: &mut Client, line: u32, character: u32, name: &str| {
        let position = json!({ "line": line, "character": character });
        client.answer(
            "textDocument/rename",
            json!({ "textDocument": { "uri": plan }, "position": position, "newName": name }),
        )
    };
    let answer = rename(&mut client, 14, 20, "@rajesh");
    let changes = &answer["result"]["changes"];
    let new = edited(PLAN, &changes[&plan]);
    assert!(
        new.contains("backup: rajesh }\n  rajesh: Raj Patel") && new.contains("{#copy @rajesh 20m"),
        "{new}"
    );
    assert_eq!(edited(INNER, &changes[&inner]), INNER.replace("@raj", "@rajesh"));
    let answer = rename(&mut client, 20, 48, "low");
    let changes = &answer["result"]["changes"];
    assert_eq!(edited(PLAN, &changes[&plan]), PLAN.replace("inner/deep", "inner/low"));
    assert_eq!(
        edited(INNER, &changes[&inner]),
        INNER.replace("#deep", "#low").replace("after=deep", "after=low")
    );
    for (line, character, name, said) in [
        (14, 20, "a b", "can't be a name"),
        (14, 20, "ana", "is the name of something else"),
        (14, 14, "stop", "is the name of something else"),
        (13, 46, "x", "only ids and handles"),
        (16, 42, "x", "named by its title"),
        (10, 0, "x", "there is no name here"),
    ] {
        let answer = rename(&mut client, line, character, name);
        let message = answer["error"]["message"].as_str().unwrap_or_default();
        assert!(message.contains(said), "{name}: {answer}");
    }
    let prepared = client.at("textDocument/prepareRename", &plan, 14, 14);
    assert_eq!(prepared, json!({ "range": range((14, 14), (14, 18)), "placeholder": "copy" }));
    client.goodbye();
}

#[test]
fn a_file_has_an_outline() {
    let (_folder, mut client, plan, _) = opened(&[]);
    let outline = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": plan } }));
    let names = |list: &Value| -> Vec<String> {
        list.as_array()
            .expect("a list")
            .iter()
            .map(|one| one["name"].as_str().expect("a name").to_owned())
            .collect()
    };
    assert_eq!(names(&outline), ["Größe 🚀", "Check"]);
    assert_eq!(names(&outline[0]["children"]), ["Stop the shop", "Copy", "Start it", "Inner"]);
    assert_eq!(outline[0]["range"]["end"]["line"], 16);
    client.goodbye();
}

/// Editors read what is nested with as many frames on their stack, and readers of JSON end at 128.
#[test]
fn an_outline_has_few_levels_however_deep_the_lists_are() {
    const DEPTH: usize = 2_000;
    let (folder, mut client, ..) = opened(&[]);
    let deep = uri(&path(&folder).join("deep.md"));
    let lines = (0..DEPTH).map(|depth| format!("{}- [ ] Step {depth}\n", "  ".repeat(depth)));
    let text: String = lines.chain(["- [ ] Last\n".to_owned()]).collect();
    client.open(&deep, &text);
    let outline = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": deep } }));
    let (mut levels, mut named) = (Vec::new(), Vec::new());
    let mut level: Vec<&Value> = outline.as_array().expect("a list").iter().collect();
    while !level.is_empty() {
        levels.push(level.len());
        named.extend(level.iter().filter_map(|one| one["name"].as_str()));
        level = level.iter().filter_map(|one| one["children"].as_array()).flatten().collect();
    }
    assert_eq!((levels.len(), levels[0], levels[1], levels[31]), (32, 2, 1, DEPTH - 31), "{levels:?}");
    let wanted: Vec<String> = (0..DEPTH).map(|depth| format!("Step {depth}")).collect();
    named.retain(|name| *name != "Last");
    assert_eq!(named, wanted, "each is there, in written order");
    client.goodbye();
}

#[test]
fn mends_are_offered_and_braces_written_anew() {
    let (_folder, mut client, plan, _) = opened(&[]);
    let asked = json!({
        "textDocument": { "uri": plan },
        "range": range((15, 20), (15, 20)),
        "context": { "diagnostics": [] },
    });
    let actions = client.ask("textDocument/codeAction", asked);
    assert_eq!(actions[0]["title"], "Write `ana`", "{actions}");
    assert_eq!(edited(PLAN, &actions[0]["edit"]["changes"][&plan]), PLAN.replace("@anna", "@ana"));
    // As editors ask while they save, wherever the cursor is.
    let mut kinds = |only: &[&str]| {
        let asked = json!({
            "textDocument": { "uri": plan },
            "range": range((0, 0), (0, 0)),
            "context": { "diagnostics": [], "only": only },
        });
        let actions = client.ask("textDocument/codeAction", asked);
        let kinds = actions.as_array().expect("a list").iter().map(|one| one["kind"].clone());
        kinds.collect::<Vec<_>>()
    };
    assert_eq!(kinds(&["source.fixAll"]), ["source.fixAll.tminus"]);
    assert_eq!(kinds(&["source.organizeImports", "source.fix"]), Vec::<Value>::new());
    assert_eq!(kinds(&["quickfix"]), Vec::<Value>::new());
    let asked = json!({ "textDocument": { "uri": plan }, "options": { "tabSize": 2, "insertSpaces": true } });
    let edits = client.ask("textDocument/formatting", asked);
    assert_eq!(
        edited(PLAN, &edits),
        PLAN.replace("{5m @ana #stop stops=shop in=night}", "{#stop @ana 5m in=night stops=shop}")
            .replace("starts=shop after=copy}", "after=copy starts=shop}")
    );
    client.goodbye();
}

#[test]
fn columns_count_as_agreed_on() {
    for (encodings, column) in [(&["utf-8"][..], 18), (&["utf-32"], 13), (&["utf-16"], 14)] {
        let (_folder, mut client, plan, _) = opened(encodings);
        let found = client.at("textDocument/definition", &plan, 20, 53);
        assert_eq!(found[0]["range"]["start"], json!({ "line": 11, "character": column }), "{encodings:?}");
        client.goodbye();
    }
}

#[test]
fn a_text_without_a_file_and_one_that_is_no_plan() {
    let (folder, ..) = folder();
    let (mut client, _) = Client::in_folder(&path(&folder), &[]);
    let untitled = "untitled:Untitled-1";
    client.open(untitled, "- [ ] Stop {@ana 5 m}\n");
    assert_eq!(codes(&client.diagnostics(untitled)), ["attribute"]);
    let readme = uri(&path(&folder).join("README.md"));
    client.open(&readme, "# Read me\n\n1. Install it {5m @x}\n");
    let all = json!({ "textDocument": { "uri": readme }, "range": range((0, 0), (9, 0)) });
    assert_eq!(client.ask("textDocument/inlayHint", all), Value::Null);
    assert_eq!(
        client.ask("textDocument/formatting", json!({ "textDocument": { "uri": readme } })),
        json!([])
    );
    client.change(&readme, (2, 0), (2, 3), "- [ ] ");
    let all = json!({ "textDocument": { "uri": readme }, "range": range((0, 0), (9, 0)) });
    let hints = client.ask("textDocument/inlayHint", all);
    assert_eq!(hints.as_array().map(Vec::len), Some(1), "with a box it is one: {hints}");
    client.goodbye();
}

#[test]
fn a_wrong_message_is_answered_with_what_is_wrong() {
    let mut client = Client::start();
    let answer = client.answer("textDocument/hover", json!({}));
    assert_eq!(answer["error"]["code"], -32002);
    client.tell("textDocument/didOpen", json!({ "textDocument": 3 }));
    client.ask("initialize", json!({ "capabilities": {} }));
    let is_fault =
        |code: i64| move |message: &Value| message["error"]["code"] == code && message["id"].is_null();
    client.send_bytes(b"Content-Length: 9\r\n\r\n{\"a\": 1,}");
    client.wait(is_fault(-32700));
    client.send_bytes(b"Content-Length: 2\r\n\r\n[]");
    client.wait(is_fault(-32600));
    client.send_bytes(b"Content-Length: some\r\nContent-Length: 99999999999999999999999\r\n\xff\xfe\r\n");
    client.wait(is_fault(-32700));
    client.wait(is_fault(-32700));
    client.wait(is_fault(-32700));
    client.open("untitled:1", "- [ ] x {@ana 5m}\n");
    for (method, params, code) in [
        ("textDocument/unheardOf", json!({}), -32601),
        ("textDocument/hover", json!({ "textDocument": { "uri": "untitled:1" } }), -32602),
        ("textDocument/hover", json!([1]), -32602),
        (
            "textDocument/hover",
            json!({ "textDocument": { "uri": "untitled:2" }, "position": { "line": 0, "character": 0 } }),
            -32602,
        ),
        (
            "textDocument/hover",
            json!({ "textDocument": { "uri": "untitled:1" }, "position": { "line": -1, "character": 0 } }),
            -32602,
        ),
        ("initialize", json!({}), -32600),
    ] {
        let answer = client.answer(method, params);
        assert_eq!(answer["error"]["code"], code, "{method}: {answer}");
    }
    // Places that are not there, and changes that make no sense, do no harm.
    client.change("untitled:1", (9, 9), (0, 3), "\n- [ ] y {after=");
    client.change("untitled:3", (0, 0), (0, 0), "x");
    client.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": "untitled:1" }, "contentChanges": 3 }),
    );
    for method in ["hover", "completion", "definition", "prepareRename"] {
        let position = json!({ "line": 4_294_967_295_u32, "character": 4_294_967_295_u32 });
        let answer = client.answer(
            &format!("textDocument/{method}"),
            json!({ "textDocument": { "uri": "untitled:1" }, "position": position }),
        );
        assert!(answer.get("result").is_some() || answer["error"]["code"] == -32803, "{method}: {answer}");
    }
    client.ask("shutdown", Value::Null);
    assert_eq!(client.answer("textDocument/hover", json!({}))["error"]["code"], -32600);
    client.tell("exit", Value::Null);
    assert_eq!(client.end().0, 0);
}

/// Places all over a text: line and column.
fn places(text: &str) -> Vec<(u32, u32)> {
    let lines = text.lines().enumerate();
    let all = lines.flat_map(|(line, text)| {
        let columns = 0..=text.encode_utf16().count();
        let number = |number: usize| u32::try_from(number).expect("a short text");
        columns.step_by(7).map(move |column| (number(line), number(column)))
    });
    all.collect()
}

#[test]
fn no_place_of_any_plan_does_harm() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    // Of a small workspace, since some answers look through all of it.
    let (mut client, _) = Client::in_folder(&root.join("example-plans"), &[]);
    let texts = [
        root.join("tests/hostile.md"),
        root.join("example-plans/outage-playbook/tracking-down.md"),
        root.join("src/cli/new.md"),
    ];
    let texts = texts.iter().filter_map(|path| Some((uri(path), fs::read_to_string(path).ok()?)));
    let odd = "---\nvars: {a: b}\npeople: x.yaml\n---\n- [ ] {{{ {#a-{{ a }} after=\"é🚀 \n  - [ ] {after=a/b/,c+ @ }\n\u{feff}## x {#\u{301} else=\"\"}\r- [ ] y {after=a after=\"x\"}";
    let texts: Vec<(String, String)> = texts.chain([("untitled:odd".to_owned(), odd.to_owned())]).collect();
    assert_eq!(texts.len(), 4, "the texts are there");
    for (uri, text) in texts {
        client.open(&uri, &text);
        for (line, character) in places(&text) {
            let position = json!({ "line": line, "character": character });
            for method in
                ["hover", "completion", "definition", "references", "prepareRename", "rename", "codeAction"]
            {
                let asked = json!({
                    "textDocument": { "uri": uri },
                    "position": position,
                    "range": { "start": position, "end": position },
                    "context": { "includeDeclaration": true, "diagnostics": [] },
                    "newName": "other-name",
                });
                let answer = client.answer(&format!("textDocument/{method}"), asked);
                let code = &answer["error"]["code"];
                assert!(code.is_null() || *code == -32803, "{uri} {line}:{character} {method}: {answer}");
            }
        }
        for method in ["documentSymbol", "formatting"] {
            client.ask(&format!("textDocument/{method}"), json!({ "textDocument": { "uri": uri } }));
        }
    }
    client.goodbye();
}

/// The allocator is told to keep what the last plan took for the next, unless somebody has told it otherwise.
#[cfg(target_os = "linux")]
#[test]
fn memory_is_kept_from_key_to_key() {
    let (_, client, _, _) = opened(&["utf-16"]);
    let environment = fs::read(format!("/proc/{}/environ", client.process())).expect("the environment");
    let told: Vec<&[u8]> = environment.split(|byte| *byte == 0).collect();
    assert!(told.contains(&&b"MIMALLOC_PURGE_DELAY=2000"[..]));
    client.goodbye();
}

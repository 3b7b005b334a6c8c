//! Several plans of one workspace: what is said and done in one of them follows the others.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::client::{Client, range, uri};
use super::{edited, path};

/// A folder with these files, and a client for it. Each may lie in folders of its own.
fn folder(files: &[(&str, &str)]) -> (TempDir, Client) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }
    let (client, _) = Client::in_folder(&path(&folder), &[]);
    (folder, client)
}

fn file(folder: &TempDir, name: &str) -> PathBuf {
    path(folder).join(name)
}

fn rename(client: &mut Client, uri: &str, at: (u32, u32), name: &str) -> Value {
    let position = json!({ "line": at.0, "character": at.1 });
    client.answer(
        "textDocument/rename",
        json!({ "textDocument": { "uri": uri }, "position": position, "newName": name }),
    )
}

/// What an answer to a rename makes of these texts; those it leaves alone are not named.
fn renamed(folder: &TempDir, answer: &Value, texts: &[(&str, &str)]) -> Vec<(String, String)> {
    let changes = answer["result"]["changes"].as_object().unwrap_or_else(|| panic!("changes: {answer}"));
    let told = |name: &str| changes.get(&uri(&file(folder, name)));
    let all: Vec<(String, String)> = texts
        .iter()
        .filter_map(|(name, text)| Some(((*name).to_owned(), edited(text, told(name)?))))
        .collect();
    assert_eq!(all.len(), changes.len(), "no other file is changed: {answer}");
    all
}

fn refusal(answer: &Value) -> &str {
    answer["error"]["message"].as_str().unwrap_or_else(|| panic!("no refusal: {answer}"))
}

const PEOPLE: &str = "ana: Ana Reyes\nraj: { name: Raj Patel, backup: ana }\n";
const MOVE: &str = "---\npeople: people.yaml\n---\n- [ ] Stop {@ana 5m}\n- [ ] [Database](db/db.md) {#db}\n- [ ] Open {@raj 5m after=db/copy}\n";
const DRILL: &str = "---\npeople: people.yaml\nteams: { ops: [ana, raj] }\n---\n- [ ] [Database](db/db.md) {#eu}\n- [ ] Look {@ops 5m after=eu/copy}\n";
const DATABASE: &str = "- [ ] Copy {#copy 20m @raj}\n- [ ] Check {5m @raj after=copy}\n";
/// Nothing to do with the others, but for a name that sounds the same.
const PARTY: &str = "---\npeople: { ana: Ana Novak }\n---\n- [ ] Copy the invitations {#copy @ana 5m}\n";

const PLANS: [(&str, &str); 5] = [
    ("people.yaml", PEOPLE),
    ("move.md", MOVE),
    ("drill.md", DRILL),
    ("db/db.md", DATABASE),
    ("party/party.md", PARTY),
];

fn all(changed: &[(&str, String)]) -> Vec<(String, String)> {
    changed.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect()
}

#[test]
fn a_name_is_changed_in_all_plans_that_read_a_file_in_which_it_stands() {
    let (folder, mut client) = folder(&PLANS);
    let move_ = uri(&file(&folder, "move.md"));
    client.open(&move_, MOVE);
    // A handle of the file of people that two plans name.
    let answer = rename(&mut client, &move_, (3, 13), "anna");
    assert_eq!(
        renamed(&folder, &answer, &PLANS),
        all(&[
            ("people.yaml", PEOPLE.replace("ana: Ana", "anna: Ana").replace("backup: ana", "backup: anna")),
            ("move.md", MOVE.replace("@ana", "@anna")),
            ("drill.md", DRILL.replace("[ana,", "[anna,")),
        ])
    );
    // An id of the plan that stands in two others, asked for from where it is named.
    let answer = rename(&mut client, &move_, (5, 30), "#move-it");
    assert_eq!(
        renamed(&folder, &answer, &PLANS),
        all(&[
            ("move.md", MOVE.replace("db/copy", "db/move-it")),
            ("drill.md", DRILL.replace("eu/copy", "eu/move-it")),
            ("db/db.md", DATABASE.replace("#copy", "#move-it").replace("after=copy", "after=move-it")),
        ])
    );
    // One that no other plan can see.
    let answer = rename(&mut client, &move_, (4, 29), "data");
    let changed = MOVE.replace("{#db}", "{#data}").replace("after=db/", "after=data/");
    assert_eq!(renamed(&folder, &answer, &PLANS), all(&[("move.md", changed)]));
    client.goodbye();
}

#[test]
fn a_name_leads_from_plan_to_plan() {
    // `first` and `last` have no file in common, and what `middle` reads hangs them together.
    let plan = |people: &str, link: &str| {
        format!("---\npeople: {people}\n---\n- [ ] [Shared]({link}) {{@ana}}\n- [ ] Own {{@ana 5m}}\n")
    };
    let one = "- [ ] One {@ana 5m}\n";
    let files = [
        ("first.md", plan("a.yaml", "one.md")),
        ("middle.md", plan("b.yaml", "one.md")),
        ("last.md", plan("b.yaml", "two.md")),
        ("one.md", one.to_owned()),
        ("two.md", one.to_owned()),
        ("a.yaml", "ana: Ana\n".to_owned()),
        ("b.yaml", "ana: Ana\n".to_owned()),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let (folder, mut client) = folder(&files);
    let first = uri(&file(&folder, "first.md"));
    client.open(&first, files[0].1);
    let answer = rename(&mut client, &first, (4, 13), "eva");
    let wanted: Vec<(String, String)> = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.replace("@ana", "@eva").replace("ana:", "eva:")))
        .collect();
    assert_eq!(renamed(&folder, &answer, &files), wanted);
    client.goodbye();
}

#[test]
fn texts_that_are_not_saved_count_for_other_plans_too() {
    let (folder, mut client) = folder(&PLANS);
    let [move_, drill, party] =
        ["move.md", "drill.md", "party/party.md"].map(|name| uri(&file(&folder, name)));
    client.open(&move_, MOVE);
    let drill_now = format!("\n{}- [ ] Tidy up {{@ana 5m}}\n", DRILL.replace("[ana, raj]", "[raj]"));
    client.open(&drill, DRILL);
    client.change(&drill, (2, 14), (2, 19), "");
    client.change(&drill, (6, 0), (6, 0), "- [ ] Tidy up {@ana 5m}\n");
    let drill_now = drill_now.trim_start();
    let party_now = PARTY.replace("{ ana: Ana Novak }", "../people.yaml").replace("---\n-", "---\n\n-");
    // It reads the file of people now, as the editor holds it.
    fs::create_dir(path(&folder).join(".git")).expect("a repository");
    client.open(&party, &party_now);
    let new = "- [ ] Never saved {@ana 5m}\n";
    let new = format!("---\npeople: people.yaml\n---\n{new}");
    let unsaved = uri(&file(&folder, "unsaved.md"));
    client.open(&unsaved, &new);
    let answer = rename(&mut client, &move_, (3, 13), "anna");
    let texts = [
        ("people.yaml", PEOPLE),
        ("move.md", MOVE),
        ("drill.md", drill_now),
        ("party/party.md", &party_now),
        ("unsaved.md", &new),
    ];
    assert_eq!(
        renamed(&folder, &answer, &texts),
        all(&[
            ("people.yaml", PEOPLE.replace("ana: Ana", "anna: Ana").replace("backup: ana", "backup: anna")),
            ("move.md", MOVE.replace("@ana", "@anna")),
            ("drill.md", drill_now.replace("@ana", "@anna")),
            ("party/party.md", party_now.replace("@ana", "@anna")),
            ("unsaved.md", new.replace("@ana", "@anna")),
        ])
    );
    client.goodbye();
}

#[test]
fn a_name_that_another_plan_can_not_take_is_refused_with_its_file() {
    let odd = "---\npeople: people.yaml\nvars: { who: ana }\n---\n- [ ] Stop {@{{ who }} 5m}\n";
    let plans = [PLANS.as_slice(), &[("odd.md", odd)]].concat();
    let (folder, mut client) = folder(&plans);
    let move_ = uri(&file(&folder, "move.md"));
    client.open(&move_, MOVE);
    let answer = rename(&mut client, &move_, (5, 13), "ops");
    assert_eq!(
        refusal(&answer),
        "`ops` is the name of something else in the plan `drill.md`, which would have to change too"
    );
    let answer = rename(&mut client, &move_, (3, 13), "anna");
    assert_eq!(
        refusal(&answer),
        "this name can't be changed in all plans: a variable stands in it on line 5 of `odd.md`"
    );
    // An id is one file's: that others are called so elsewhere is no trouble.
    let answer = rename(&mut client, &move_, (5, 30), "look");
    assert_eq!(answer["result"]["changes"].as_object().map(serde_json::Map::len), Some(3), "{answer}");
    let answer = rename(&mut client, &move_, (5, 30), "check");
    assert_eq!(refusal(&answer), "`check` is the name of something else in this plan");
    client.goodbye();
}

#[test]
fn uses_are_found_in_all_plans() {
    let (folder, mut client) = folder(&PLANS);
    let drill = uri(&file(&folder, "drill.md"));
    client.open(&drill, DRILL);
    let mut found = |at: (u32, u32), declarations: bool| -> Vec<(String, u64)> {
        let asked = json!({
            "textDocument": { "uri": drill },
            "position": { "line": at.0, "character": at.1 },
            "context": { "includeDeclaration": declarations },
        });
        let found = client.ask("textDocument/references", asked);
        let place = |one: &Value| {
            let uri = one["uri"].as_str().expect("an address").rsplit('/').next().expect("a name").to_owned();
            (uri, one["range"]["start"]["line"].as_u64().expect("a line"))
        };
        found.as_array().expect("a list").iter().map(place).collect()
    };
    let named = |list: &[(&str, u64)]| -> Vec<(String, u64)> {
        list.iter().map(|(name, line)| ((*name).to_owned(), *line)).collect()
    };
    assert_eq!(
        found((5, 30), true),
        named(&[("drill.md", 5), ("db.md", 0), ("db.md", 1), ("move.md", 5)]),
        "of the step in the plan inside"
    );
    assert_eq!(
        found((2, 15), false),
        named(&[("drill.md", 2), ("people.yaml", 1), ("move.md", 3)]),
        "of @ana, without where she is declared"
    );
    client.goodbye();
}

#[test]
fn a_page_that_lists_plans_is_none() {
    let list = "# All plans\n\n- [Move](move.md)\n- [Drill](drill.md)\n";
    let (folder, mut client) = folder(&[
        ("README.md", list),
        ("move.md", "- [ ] Stop {@ana 5m}\n"),
        ("drill.md", "- [ ] Look {@raj 5m}\n"),
    ]);
    let [readme, drill] = ["README.md", "drill.md"].map(|name| uri(&file(&folder, name)));
    client.open(&drill, "- [ ] Look {@raj 5m}\n");
    let all = json!({ "textDocument": { "uri": drill }, "range": range((0, 0), (9, 0)) });
    let hints = client.ask("textDocument/inlayHint", all);
    assert_eq!(hints[0]["label"], "T+0:00–T+0:05 · raj", "it begins by itself");
    client.open(&readme, list);
    client.shows(&readme, &[]);
    let outline = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": readme } }));
    assert_eq!(outline, Value::Null, "the page is left alone");
    client.goodbye();
}

#[test]
fn a_file_stands_in_the_plan_whose_open_text_links_to_it() {
    let (outer, inner_text) =
        ("---\npeople: { ana: Ana Reyes }\n---\n- [ ] Stop {@ana 5m}\n", "- [ ] Deep {@anna 5m}\n");
    let (folder, mut client) =
        folder(&[("plan.md", outer), ("inner.md", inner_text), ("notes.md", "Notes\n")]);
    let [plan, inner, notes] = ["plan.md", "inner.md", "notes.md"].map(|name| uri(&file(&folder, name)));
    client.open(&plan, outer);
    client.open(&inner, inner_text);
    client.shows(&inner, &[]);
    // Letter by letter, and back again.
    let link = "- [ ] [Inner](inner.md)\n";
    for (column, letter) in (0..).zip(link.chars()) {
        client.change(&plan, (4, column), (4, column), &letter.to_string());
    }
    client.shows(&inner, &["unknown-owner"]);
    client.change(&plan, (4, 14), (4, 15), "");
    client.shows(&inner, &[]);
    // Who asks at once is answered from the texts as they are.
    client.change(&plan, (4, 14), (4, 14), "i");
    assert_eq!(client.labels(&inner, 0, 13), ["@ana"]);
    client.change(&plan, (4, 0), (5, 0), "");
    assert_eq!(client.labels(&inner, 0, 13), ["@anna"]);
    client.change(&inner, (0, 16), (0, 16), "b");
    client.change(&plan, (4, 0), (4, 0), link);
    client.shows(&inner, &["unknown-owner"]);
    // What is linked may become a plan, and cease to be one.
    client.open(&notes, "Notes\n");
    client.change(&plan, (5, 0), (5, 0), "- [ ] [Notes](notes.md)\n");
    client.change(&notes, (1, 0), (1, 0), "- [ ] Note {@rja 5m}\n");
    client.shows(&notes, &["unknown-owner"]);
    client.change(&notes, (1, 2), (1, 6), "");
    client.shows(&notes, &[]);
    // So may what links: a list is no plan until it has a box.
    client.change(&plan, (0, 0), (6, 0), "- [Inner](inner.md)\n");
    client.shows(&inner, &[]);
    let outline = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": plan } }));
    assert_eq!(outline, Value::Null);
    client.change(&plan, (0, 2), (0, 2), "[ ] ");
    client.change(&plan, (1, 0), (1, 0), "- [ ] Look {after=inner/deep}\n");
    let found = client.at("textDocument/definition", &plan, 1, 25);
    assert_eq!(found[0]["uri"], json!(inner), "{found}");
    client.goodbye();
}

#[test]
fn somebody_in_two_open_plans_at_once_is_shown() {
    let plan = |start: &str, rest: &str| {
        format!("---\nstart: 2026-11-14 {start}\ntimezone: UTC\npeople: {{ ana: Ana Reyes }}\n---\n{rest}")
    };
    let first = plan("08:00", "- [ ] [Inner](inner.md)\n");
    let inner = "- [ ] Copy {@ana 1h}\n";
    let second = plan("08:30", "- [ ] Look {@ana 1h}\n");
    let third = second.replace("people:", "lints: { double-booked: allow }\npeople:");
    let files = [("a.md", first.as_str()), ("inner.md", inner), ("b.md", &second), ("c/c.md", &third)];
    let (folder, mut client) = folder(&files);
    let [a, inner_uri, b, c] = ["a.md", "inner.md", "b.md", "c/c.md"].map(|name| uri(&file(&folder, name)));
    client.open(&b, &second);
    assert_eq!(client.diagnostics(&b), Vec::<Value>::new(), "only what is open is compared");
    client.open(&a, &first);
    client.open(&c, &third);
    let shown = client.shows(&b, &["double-booked"]);
    let said = shown[0]["message"].as_str().expect("text");
    assert!(
        said.contains("Ana Reyes is needed in two plans at once: for \"Look\" here, and for \"Copy\" there"),
        "{said}"
    );
    assert_eq!(shown[0]["severity"], 2);
    assert_eq!(shown[0]["range"]["start"]["line"], 5);
    let related = &shown[0]["relatedInformation"];
    assert_eq!(
        (&related[0]["location"]["uri"], related.as_array().map(Vec::len)),
        (&json!(inner_uri), Some(1))
    );
    assert_eq!(related[0]["location"]["range"]["start"]["line"], 0, "{related}");
    // Where a plan does not want to hear of it, nothing is said there.
    client.change(&c, (3, 0), (4, 0), "");
    client.shows(&c, &["double-booked"]);
    client.change(&c, (3, 0), (3, 0), "lints: { double-booked: allow }\n");
    client.shows(&c, &[]);
    // It follows what is typed in either of them, and goes with the other plan.
    client.change(&a, (1, 18), (1, 20), "06");
    client.shows(&b, &[]);
    client.change(&b, (1, 18), (1, 20), "06");
    client.shows(&b, &["double-booked"]);
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": a } }));
    client.shows(&b, &[]);
    client.open(&a, &first.replace("08:00", "06:00"));
    client.shows(&b, &["double-booked"]);
    client.goodbye();
}

/// As `tminus check` says it of the folder.
#[test]
fn a_circle_of_plans_is_shown_once() {
    let plans = [
        ("a.md", "- [ ] Stop {@ana 5m}\n- [ ] [B](b.md) {@ana}\n"),
        ("b.md", "- [ ] Copy {@ana 5m}\n- [ ] [A](a.md) {@ana}\n"),
    ];
    for order in [[0, 1], [1, 0]] {
        let (folder, mut client) = folder(&plans);
        let [a, b] = ["a.md", "b.md"].map(|name| uri(&file(&folder, name)));
        for (name, text) in order.map(|index| plans[index]) {
            client.open(&uri(&file(&folder, name)), text);
        }
        assert_eq!(client.diagnostics(&a), Vec::<Value>::new(), "{order:?}");
        let shown = client.diagnostics(&b);
        assert_eq!(super::codes(&shown), ["include"], "{order:?}");
        client.goodbye();
    }
}

#[test]
fn a_file_of_people_that_is_no_text_is_told_at_its_byte() {
    let text = "---\npeople: people.yaml\n---\n- [ ] Stop {@ana 5m}\n";
    let (folder, mut client) = folder(&[("plan.md", text)]);
    let people = file(&folder, "people.yaml");
    fs::write(&people, b"ana: Ana Reyes\nraj: Ra\xfal\n").expect("a roster");
    let plan = uri(&file(&folder, "plan.md"));
    client.open(&plan, text);
    let said = client.shows(&uri(&people), &["unreadable"]);
    assert_eq!(said[0]["range"]["start"], json!({ "line": 1, "character": 7 }));
    let message = said[0]["message"].as_str().unwrap_or_default();
    assert!(message.contains("in which this reads `Raúl`"), "{message}");
    assert_eq!(said[0]["relatedInformation"][0]["location"]["uri"], plan);
    // What is typed is text.
    client.open(&uri(&people), "ana: Ana Reyes\n");
    client.shows(&uri(&people), &[]);
}

#[test]
fn a_file_of_people_knows_its_keys_and_values() {
    let (folder, mut client) = folder(&PLANS);
    let people = uri(&file(&folder, "people.yaml"));
    let text = "ana: { name: Ana Reyes, em }\nraj:\n  backup: \n  timezone: Europe/Ber\n\n";
    client.open(&people, text);
    // No plan that reads it is open.
    assert_eq!(client.labels(&people, 0, 26), ["email: "]);
    assert_eq!(client.labels(&people, 2, 10), ["ana", "ops", "raj"]);
    assert_eq!(client.labels(&people, 3, 22), ["Europe/Berlin"]);
    assert!(client.labels(&people, 4, 0).is_empty(), "a handle is whatever one likes");
    client.change(&people, (4, 0), (4, 0), "  ph");
    assert_eq!(client.labels(&people, 4, 4), ["phone: "]);
    // Other YAML is left alone, however near to a plan it is.
    let other = uri(&file(&folder, "compose.yaml"));
    client.open(&other, "---\nstart: 1\nweb:\n  na\n---\n- [] Stop {@ana 5 m}\n");
    assert!(client.labels(&other, 3, 4).is_empty());
    assert_eq!(client.at("textDocument/hover", &other, 3, 3), Value::Null);
    client.open(&uri(&file(&folder, "party/party.md")), PARTY);
    client.diagnostics(&uri(&file(&folder, "party/party.md")));
    assert!(client.labels(&other, 3, 4).is_empty());
    client.goodbye();
}

//! Texts without a box: what is meant as a plan is told what keeps it from being one, and other pages are left alone.

use std::fs;

use serde_json::{Value, json};

use super::client::{Client, range, uri};
use super::{codes, edited, path};

#[test]
fn a_plan_that_has_no_box_yet_is_told_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut client, _) = Client::in_folder(&path(&folder), &[]);
    for (text, rules) in [
        ("- [] Stop the shop {@ana 5m}\n", &["no-boxes", "almost-a-box"][..]),
        ("# Move\n\n-[ ] Stop the shop\n", &["no-steps", "almost-a-box"]),
        ("1. Stop the shop {@ana 5 m}\n", &["no-boxes", "attribute"]),
        ("1. Stop the shop {@ana 5m\n", &["no-boxes", "attribute"]),
        ("Stop the shop {@ana 5m}\n", &["no-steps", "almost-a-box"]),
        ("---\nstart: 2026-11-14 08:00\n\n1. Stop the shop\n", &["front-matter"]),
    ] {
        client.open("untitled:1", text);
        let shown = client.diagnostics("untitled:1");
        let mut shown = codes(&shown);
        for rule in rules {
            let place = shown
                .iter()
                .position(|one| one == rule)
                .unwrap_or_else(|| panic!("{rule} in {text}: {shown:?}"));
            shown.remove(place);
        }
        client.tell("textDocument/didClose", json!({ "textDocument": { "uri": "untitled:1" } }));
        client.diagnostics("untitled:1");
    }
    let text = "- [] Stop the shop {@ana 5m}\n";
    client.open("untitled:2", text);
    let asked = json!({
        "textDocument": { "uri": "untitled:2" },
        "range": range((0, 3), (0, 3)),
        "context": { "diagnostics": [] },
    });
    let actions = client.ask("textDocument/codeAction", asked);
    assert_eq!(
        edited(text, &actions[0]["edit"]["changes"]["untitled:2"]),
        text.replace("[]", "[ ]"),
        "{actions}"
    );
    client.goodbye();
}

#[test]
fn other_pages_are_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(path(&folder).join("plan.md"), "- [ ] Stop {@ana 5 m}\n").expect("a file");
    let (mut client, _) = Client::in_folder(&path(&folder), &[]);
    let readme = uri(&path(&folder).join("README.md"));
    for text in [
        "# Read me\n\n- one\n- [two](plan.md)\n\n1. Install it\n",
        "# Read me {#top .unnumbered}\n\n- [Get it](x){ .md-button }\n- ![a](b.png){width=50%}\n",
        "##Usage\n\nRun `x {@ana 5m}`.\n\n```\n- [ ] Stop {@ana 5 m}\n```\n",
        "---\ntitle: A: b\nlayout: post\n---\n\n- a {x}\n",
        "---\nname: Feature request\nabout: an idea\n---\n\nWhat for?\n[ ] Have you looked?\n",
        "---\n\nA line above.\n\n- a\n",
        "- See {@link Plan}\n- {@html text}\n\nAnd {@inheritDoc}\n",
        "See [the list][] and [x]: both are links.\n\n- [a] b\n- [link]()\n",
    ] {
        client.open(&readme, text);
        assert_eq!(client.diagnostics(&readme), Vec::<Value>::new(), "{text}");
        client.tell("textDocument/didClose", json!({ "textDocument": { "uri": readme } }));
    }
    client.goodbye();
}

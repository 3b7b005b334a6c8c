//! What is offered where: in braces by what they stand on, in the front matter, and in the middle of a word.

use serde_json::Value;

use super::client::Client;
use super::edited;

/// A client that holds a text without a file.
struct Open {
    client: Client,
    text: String,
}

const URI: &str = "untitled:plan";

impl Open {
    /// A text with the cursor at its `|`.
    fn at(text: &str) -> (Self, (u32, u32)) {
        let folder = tempfile::tempdir().expect("a folder");
        let (client, _) = Client::in_folder(folder.path(), &[]);
        let before = &text[..text.find('|').expect("a cursor")];
        let line = before.matches('\n').count();
        let column = before.rsplit('\n').next().map_or(0, |line| line.encode_utf16().count());
        let mut open = Self { client, text: text.replacen('|', "", 1) };
        open.client.open(URI, &open.text);
        let number = |number: usize| u32::try_from(number).expect("a short text");
        (open, (number(line), number(column)))
    }
}

/// What is offered at the cursor `|` of a text.
fn offered(text: &str) -> Vec<String> {
    let (mut open, (line, column)) = Open::at(text);
    let labels = open.client.labels(URI, line, column);
    open.client.goodbye();
    labels
}

/// The text after something is chosen at the cursor.
fn chosen(text: &str, choice: &str) -> String {
    let (mut open, (line, column)) = Open::at(text);
    let list = open.client.at("textDocument/completion", URI, line, column);
    let items = list["items"].as_array().cloned().unwrap_or_default();
    let item = items.iter().find(|item| item["label"] == choice).unwrap_or_else(|| panic!("{text}: {list}"));
    let edit = item["textEdit"].clone();
    open.client.goodbye();
    edited(&open.text, &Value::Array(vec![edit]))
}

#[test]
fn the_rest_of_a_word_goes_with_it() {
    for (text, choice, after) in [
        ("- [ ] a {#joan @joan}\n- [ ] b {@jo|an @pavel 15m}\n", "@joan", "{@joan @pavel 15m}"),
        ("- [ ] a\n- [ ] b {.par|allel}\n", ".parallel", "{.parallel}"),
        ("- [ ] a {#stop}\n- [ ] b {wi|th=stop 5m}\n", "with=", "{with=stop 5m}"),
        ("- [ ] a {#stop-it}\n- [ ] b {after=st|op+5m,c}\n", "stop-it", "{after=stop-it+5m,c}"),
        ("- [ ] a {#stop}\n- [ ] b {after=|x}\n", "stop", "{after=stop}"),
        ("- [ ] Stop it\n- [ ] b {after=\"St|op\" 5m}\n", "Stop it", "{after=\"Stop it\" 5m}"),
        // Nothing is taken of a word before which another is written.
        ("- [ ] b {|@joan}\n", ".gate", "{.gate@joan}"),
        ("- [ ] b {.par|} text}\n", ".parallel", "{.parallel} text}"),
        ("---\nstart: T\ntimez|one: UTC\n---\n", "timezone: ", "timezone: UTC"),
        ("---\nstart: T\nlints: { cyc|le: warn }\n---\n", "cycle: ", "{ cycle: warn }"),
        ("---\nvars: { host: a, hour: b }\n---\n- [ ] b {{ ho|st }}\n", "hour", "{{ hour }}"),
    ] {
        let said = chosen(text, choice);
        assert!(said.contains(after), "{text}: {said}");
    }
}

#[test]
fn each_word_is_offered_on_what_it_may_stand_on() {
    let step = "- [ ] Other {#other}\n- [ ] Work {|}\n";
    let has = |text: &str, yes: &[&str], no: &[&str]| {
        let labels = offered(text);
        let is_there = |word: &&str| labels.iter().any(|label| label == *word);
        assert!(yes.iter().all(&is_there), "{text}: {yes:?} of {labels:?}");
        assert!(!no.iter().any(is_there), "{text}: none of {no:?} in {labels:?}");
    };
    has(step, &["after=", "stops=", ".gate", ".parallel"], &["else=", ".any-order", ".rollback", "vars="]);
    has("## P {|}\n\n- [ ] a\n", &[".any-order", ".rollback", "in="], &["stops=", ".gate", "during="]);
    has("- [ ] a\n\n## P {|}\n", &[".any-order", "after="], &[".late"]);
    has("# P {|}\n\n- [ ] a\n", &["uses=", "from="], &["after=", ".parallel", "at=", ".rollback"]);
    has("- [ ] G {|}\n  - [ ] a\n", &[".in-order", "after=", ".gate"], &["stops=", ".rollback", "else="]);
    has("- [ ] G {5m |}\n  - [ ] a\n", &["stops=", ".gate"], &[".in-order", "during=", ".milestone"]);
    has("- [ ] a {.gate |}\n", &["else=", "by="], &[".milestone", ".hold", ".gate"]);
    has("- [ ] a {e| .gate}\n", &["else="], &[]);
    has("- [ ] a {at=T |}\n", &["by="], &["at=", "during=", "right-after="]);
    has("- [ ] a\n\n## B {.rollback}\n\n- [ ] b {|}\n", &["by=", "after="], &["at=", "from="]);
    assert_eq!(offered("- [ ] a\n- [?] b {|}\n"), ["by=", "only="]);
    for nothing in [
        "- [ ] a {5m}\n  - [ ] b {|}\n",
        "- [ ] a {5m}\n  - undo: z {|}\n",
        "- [ ] a {5m}\n  - expect: z {|}\n",
        "- [ ] a {5m}\n  - only text {|}\n",
        "- [ ] a {5m}\n\n  ```\n  - [ ] b {|}\n  ```\n",
        "- [ ] a\n\n```\nx {|}\n```\n",
        "- [ ] a `x {|}` b\n",
        "- [ ] a\n\nOnly text {|}\n",
        "- [ ] a {5m}\n  - [ ] b {after=|}\n",
        "## P {stops=|}\n\n- [ ] a {stops=x}\n",
    ] {
        assert!(offered(nothing).is_empty(), "{nothing}");
    }
    assert_eq!(offered("- [ ] a {5m @ana}\n  - undo: z {@|}\n"), ["@ana"]);
    assert_eq!(offered("- [ ] a {5m @ana}\n  - [ ] z {@|}\n"), ["@ana"]);
}

#[test]
fn neither_line_waits_for_the_other() {
    let plan = "- [ ] Ask {#ask .gate else=back}\n- [ ] Go {#go MAIN}\n\n## Back {#back .rollback}\n\n- [ ] One {#one}\n- [ ] Two {#two BACK}\n";
    let main = plan.replace("MAIN", "after=|").replace(" BACK", "");
    assert_eq!(offered(&main), ["ask"]);
    let back = plan.replace(" MAIN", "").replace("BACK", "after=|");
    assert_eq!(offered(&back), ["one"]);
    let title = plan.replace(" MAIN", "").replace("BACK", "after=\"|\"");
    assert_eq!(offered(&title), ["One"]);
    let no_go = plan.replace("else=back", "else=|").replace(" MAIN", "").replace(" BACK", "");
    assert_eq!(offered(&no_go), ["back"]);
}

#[test]
fn the_front_matter_knows_its_keys_and_values() {
    let plan = |line: &str| format!("---\nstart: 2026-11-14 08:00\n{line}\n---\n\n- [ ] a {{@ana}}\n");
    let rules = offered(&plan("lints: { | }"));
    assert!(rules.contains(&"missing-owner: ".to_owned()), "{rules:?}");
    assert!(!rules.contains(&"unreadable: ".to_owned()), "which is always an error");
    for (line, wanted) in [
        ("lints: { missing-owner: | }", &["allow", "warn", "deny"][..]),
        ("lints:\n  missing-owner: d|", &["deny"]),
        ("bullets: |", &["in-order", "any-order"]),
        ("draft: f|", &["final"]),
        ("systems: { shop: | }", &["up", "down"]),
        ("people:\n  ana: { ph| }", &["phone: "]),
        ("people:\n  ana:\n    em|", &["email: "]),
        ("people: { ana: Ana, raj: { backup: | } }", &["ana", "raj"]),
        ("people: { ana: Ana }\nteams: { ops: [a|] }", &["ana"]),
        ("people: { ana: Ana }\ncaller: |", &["ana"]),
        ("timezone: Europe/Ber|", &["Europe/Berlin"]),
        ("timezone: kolk|", &["Asia/Kolkata"]),
        ("people: { ana: { name: Ana, timezone: America/New_Y| } }", &["America/New_York"]),
        ("people:\n  ana:\n    timezone: honol|", &["Pacific/Honolulu"]),
        ("timezone: Europe/Nowhere|", &[]),
        ("vars: { | }", &[]),
        ("title: st|", &[]),
        ("title: \"{|\"", &[]),
    ] {
        assert_eq!(offered(&plan(line)), wanted, "{line}");
    }
    assert!(offered(&plan("tim|")).contains(&"timezone: ".to_owned()));
    // What begins so comes before what has this inside; a zone of the plan comes first.
    let begin = ["Atlantic/Bermuda", "Europe/Berlin", "Australia/Canberra"];
    assert_eq!(offered(&plan("timezone: ber|")), begin);
    assert_eq!(offered(&plan("timezone: eu|"))[..2], ["Europe/Amsterdam", "Europe/Andorra"]);
    let zoned = "people: { ana: { timezone: Pacific/Auckland } }\ntimezone: |";
    let all = offered(&plan(zoned));
    assert_eq!((all.len(), all[0].as_str()), (200, "Pacific/Auckland"));
    assert_eq!(chosen(&plan("timezone: Europe/Lon|don"), "Europe/London"), plan("timezone: Europe/London"));
}

/// What is typed at once is not compiled yet; what is offered is the same.
#[test]
fn whoever_types_on_is_offered_the_same() {
    let text = "---\nlints: { a }\n---\n- [ ] a {#a 5m @ana}\n  - [ ] b {x}\n  - undo: c {x}\n- [?] d {x}\n";
    for (line, column, typed, wanted) in [
        (1, 9, "cycl", &["cycle: "][..]),
        (4, 12, "@", &["@ana"]),
        (4, 12, "after=", &[]),
        (5, 14, "@", &["@ana"]),
        (5, 14, ".", &[]),
        (6, 10, "o", &["only="]),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut client, _) = Client::in_folder(folder.path(), &[]);
        client.open(URI, text);
        client.diagnostics(URI);
        client.change(URI, (line, column - 1), (line, column), typed);
        let end = column - 1 + u32::try_from(typed.len()).expect("a short text");
        assert_eq!(client.labels(URI, line, end), wanted, "{line}: {typed}");
        client.diagnostics(URI);
        assert_eq!(client.labels(URI, line, end), wanted, "{line}: {typed}, compiled");
        client.goodbye();
    }
}

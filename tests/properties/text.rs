//! Any text compiles: nothing panics, every place that is named lies in the text, no box is lost, and
//! the same text gives the same answer.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options as Markdown, Parser};
use serde_json::Value;
use tminus::diagnostic::{Report, render_human};
use tminus::output::Renderer;
use tminus::source::Span;

use crate::answer::{Answer, answer, cases};

/// What a line may begin with; the pieces are parted by `·`.
const OPENINGS: &str = "- [ ] ·- [x] ·* [X] ·1. [ ] ·2) [ ] ·- [/] ·- [-] ·- [~] ·- [?] ·- [] ·-[ ] ·- [  ] ·\
- - [ ] ·  - [ ] ·    - [ ] ·> - [ ] ·- ·1. ·# ·## ·### ·###### ·  expect: ·- undo: ·  - answer: ";

/// Lines of a front matter.
const KEYS: &str = "title: x·start: 2026-12-05 22:00·t0: 2026-12-06 00:00·timezone: Europe/Berlin·\
people:\n  ana: { name: Ana }·people: { ana: A, bob: { hours: 22:00-06:00 } }·vars: { x: y }·\
vars:\n  x: \"{@ana 5m}\"·draft: final·bullets: any-order·systems: [db, web]·variants: [a, b]·\
windows: { w: 2026-12-05 22:00 .. 2026-12-06 02:00 }·closed: [2026-12-05..2026-12-31]·estimate: 1w·\
x-y: &a [*a]·? : -·lints: { cycle: allow }·teams: { web: [ana, bob] }·roles: { dba: ana }·# x";

/// Blocks in braces, and what looks like one.
const BRACES: &str = "{@ana 5m after=·{@ana 5m}·{5m}·{#a 5m}·{#b 1h after=a}·{after=a,b+30m}·{right-after=a}·\
{with=a+5m}·{during=a}·{.gate}·{.hold 5m}·{.milestone}·{.parallel}·{.any-order}·{.rollback}·{.late}·\
{.unattended 3d}·{at=2026-12-05T23:00}·{at=T-1h}·{from=23:00}·{by=2026-12-05}·{in=w}·{locks=db stops=web}·\
{uses=web}·{only=a}·{else=a}·{access=k backup=@bob}·{·}·{#·{@·{.·{:·{{x}}·{{ x }}·{{·${{ x }}·\\{{x}}·\
{after=\"A b\"}·{#𝔸 @ana 5m}·{@🚀 5m}·{99999999999999999999m}·{at=9999-12-31T23:59}·{by=2026-02-30}·\
{2w right-after=b}·{1d @ana}·{0m #a}·<!-- {@ana 5m} -->";

/// Other pieces of text that are likely to bite.
const REST: &str = "\n·\n\n·\r\n·\r·\n   ·\t· ·  \n·\\\n·---\n·---·\n---\n·...\n·```\n·~~~ sh\n·    code\n·<!-- · -->·\
<details>\n·</details>\n·<script>·<b>·&amp;·&#0;·[^1]·\n[^1]: ·| a | b |\n|---|---|\n| [ ] | x |\n·|·~~·**·_·`·\"·\
[a](b.md)·![i](p.png)·[l]: /u\n·%%·TBD·\0·\u{feff}·\u{a0}·\u{202e}·e\u{301}·🚀·𝔸·A b·2026-02-30";

fn one_of(pieces: &'static str) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(pieces.split('·').collect::<Vec<_>>())
}

/// Pieces in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => one_of(OPENINGS).prop_map(str::to_owned),
        1 => one_of(KEYS).prop_map(|key| format!("{key}\n")),
        3 => one_of(BRACES).prop_map(str::to_owned),
        4 => one_of(REST).prop_map(str::to_owned),
        2 => "[a-z ]{0,8}",
        1 => "\\PC{0,4}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Lines that each make sense, in an order that need not.
fn lines() -> impl Strategy<Value = String> {
    let end = prop_oneof![3 => one_of(BRACES), 1 => one_of(REST), 2 => Just("")];
    let line = (one_of(OPENINGS), "[a-z]{1,6} ", prop_oneof![one_of(REST), Just("")], end);
    let line = line.prop_map(|(opening, word, middle, end)| [opening, &word, middle, end].concat());
    let front = proptest::collection::vec(one_of(KEYS), 0..5);
    (proptest::option::of(front), proptest::collection::vec(line, 0..12)).prop_map(|(front, lines)| {
        let front = front.map(|keys| format!("---\n{}\n---\n\n", keys.join("\n"))).unwrap_or_default();
        format!("{front}{}\n", lines.join("\n"))
    })
}

/// Texts of every kind.
pub fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![1 => any::<String>(), 2 => "(?s).{0,60}", 8 => pieces(), 8 => lines()]
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_text_compiles_and_says_where(text in any_text()) {
        let answer = answer(&text);
        for one in &answer.compiled.diagnostics {
            for span in one.span().into_iter().chain(one.related.iter().map(|(span, _)| *span)) {
                assert_inside(&answer, span);
            }
            prop_assert!(!render_human(one, &answer.sources, false).is_empty());
            prop_assert!(!render_human(one, &answer.sources, true).is_empty());
        }
        let report = serde_json::to_value(Report::new(&answer.compiled.diagnostics, &answer.sources));
        let report = report.expect("a report is JSON");
        prop_assert_eq!(&report["diagnostics"], &answer.json["diagnostics"]);
        assert_places(&answer.json, &text);
    }

    #[test]
    fn any_text_gives_the_same_answer_and_the_same_pages_twice(text in any_text()) {
        let (one, two) = (answer(&text), answer(&text));
        prop_assert_eq!(&one.json, &two.json);
        let renderer = Renderer::new().expect("the built-in templates parse");
        let render = |answer: &Answer| renderer.plan(&answer.pages()).expect("every page renders");
        prop_assert_eq!(render(&one), render(&two));
    }

    #[test]
    fn no_box_is_lost_and_none_invented(text in any_text()) {
        let ours = ["[?]", "[-]", "[~]", "[/]", "only="];
        let plain = !text.starts_with("---") && !text.starts_with('\u{feff}');
        if plain && !ours.iter().any(|word| text.contains(word)) {
            let boxes = boxes(&text);
            let found = found(&answer(&text).json);
            prop_assert!(boxes == 0 || found == boxes, "{} boxes, {} in the answer", boxes, found);
        }
    }
}

fn assert_inside(answer: &Answer, span: Span) {
    let source = answer.sources.get(span.source);
    assert!(span.start() <= span.end() && span.end() <= source.text.len(), "{span:?} lies outside");
    assert!(source.text.is_char_boundary(span.start()), "{span:?} starts inside a character");
    assert!(source.text.is_char_boundary(span.end()), "{span:?} ends inside a character");
}

/// Lines and columns count from 1 and end where the text ends; an end is not before its beginning.
fn assert_places(json: &Value, text: &str) {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").split('\n').count() as u64;
    for one in json["diagnostics"].as_array().expect("a list") {
        let number = |key: &str| one[key].as_u64();
        let (Some(line), Some(column)) = (number("line"), number("column")) else {
            assert!(one["line"].is_null() && one["column"].is_null(), "{one}");
            continue;
        };
        let end = (number("end_line").expect("an end"), number("end_column").expect("an end"));
        assert!(line >= 1 && column >= 1 && (line, column) <= end && end.0 <= lines, "{one}");
        for related in one["related"].as_array().expect("a list") {
            assert!(related["line"].as_u64() >= Some(1) && related["column"].as_u64() >= Some(1), "{one}");
        }
    }
    for step in json["steps"].as_array().expect("a list") {
        assert!((1..=lines).contains(&step["line"].as_u64().expect("a line")), "{step}");
    }
}

/// The boxes that every Markdown parser knows, counted without the program.
fn boxes(text: &str) -> usize {
    let options = Markdown::ENABLE_TABLES
        | Markdown::ENABLE_TASKLISTS
        | Markdown::ENABLE_STRIKETHROUGH
        | Markdown::ENABLE_FOOTNOTES
        | Markdown::ENABLE_GFM;
    Parser::new_ext(text, options).filter(|event| matches!(event, Event::TaskListMarker(_))).count()
}

/// What boxes became: steps, groups and ticks.
fn found(json: &Value) -> usize {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut steps = list(&json["steps"]);
    steps.extend(list(&json["ways_back"]).iter().flat_map(|way| list(&way["steps"])));
    let ticks: usize = steps.iter().map(|step| list(&step["ticks"]).len()).sum();
    let groups = list(&json["groups"]).iter().filter(|group| group["boxed"] == true).count();
    steps.len() + ticks + groups
}

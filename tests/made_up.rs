//! Folders of plans that are made up of words in their places, right ones and wrong ones, held to the promises of
//! `fuzz/src`: a fuzzer that turns bytes over seldom writes two files of which one links to the other.
#![expect(clippy::disallowed_methods, reason = "the promises write pages")]

#[path = "../fuzz/src/lib.rs"]
mod promises;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Pieces are parted by `·`.
const BOXES: &str = "- [ ] ·- [ ] ·- [ ] ·- [x] ·- [-] ·- [?] ·- [/] ·1. [ ] ·1. ·- ·* [ ] ·- [ ]";

const TITLES: &str = "Copy·Copy·Stop {{ host }}·Undo: back·Expect: it works·Step **one** `x`··ünïcode 测试·a | b·<b>x</b>·\
[Link](https://example.org)·[Sub](b.md)·[Sub](b.md)·[Other](c.md)·[Loop](plan.md)·[Far](../x.md)·![i](a.png)";

const HEADS: &str = "## Phase ·### Deep ·## Rollback ·## ·# Title ·## Copy ";

/// What stands in braces.
const WORDS: &str = "@ana·@raj·@bo·@dba·@ops·@zoe·@Ána·@ana,raj·5m·5m·1h·2h30m·0m·1d·2w·500w·20m..40m·3d..1d·1h..·90s·1.5h·\
#a·#b·#copy·#über·#x/y·#all-of-the-names·after=a·after=b·after=copy·after=a,b·after=b/a+10m·after=a-1h·after=x/y·after=·\
after=nothing·after=\"Copy\"·after=\"nö\"·right-after=a·right-after=b·right-after=phase·with=a·with=b+5m·with=phase·\
with=deep·during=a·during=phase·at=T·at=T-2h·at=22:30·at=25:00·at=\"2026-12-05 23:00\"·from=2026-12-06·by=T+1d·by=sat·\
in=night·in=x·stops=db·starts=db·uses=db·uses=api,web·locks=db·uses=nope·.gate·.hold·.milestone·.late·.unattended·\
.no-return·.parallel·.any-order·.in-order·.rollback·.wrong·access=prod·access=·backup=@raj·backup=@zoe·else=rollback·\
else=x·only=a·only=x·vars=host:x·{{ host }}·\"·\\·🦀·due=T·name=";

const KEYS: &str = "title: X·title:·start: 2026-12-05 22:00·start: 2026-12-05·start: x·t0: 2026-12-06 02:00·t0: T·\
timezone: Europe/Berlin·timezone: Mars/X·draft: 3·draft: final·draft: x·estimate: 10m..20m·bullets: any-order·\
people: { ana: Ana, raj: { name: Raj, phone: \"+34 1\", hours: 09:00-17:00, away: 2026-12-05, access: [prod] }, bo: Bo }·\
people: people.md·people: people.yaml·people: { ana: { away: x } }·people: [ana]·roles: { dba: ana }·roles: { dba: zoe }·\
teams: { ops: [raj, bo] }·teams: { ops: [] }·systems: [db, api, web]·systems: { db: down }·caller: ana·caller: zoe·\
windows: { night: 2026-12-05 22:00 .. 2026-12-06 04:00 }·windows: { night: x }·vars: { host: db-1 }·variants: [a, b]·\
lints: { no-owner: off }·lints: { x: deny }·closed: [2026-12-24]·bridge: https://example.org·x-own: 1·typo: 2";

/// What stands below an item.
const BELOW: &str = "some text·> quote·```\n  code {x}\n  ```·- [ ] tick {@ana}·- [?] Who? {@raj by=T}·- Undo: back {5m @raj}·\
- Expect: fine·- [x] done {#b}·- [Sub](b.md)·- [ ] inner {#a 5m}·| a |\n  |---|\n  | 1 |";

const OPTIONS: &str = "--sub ana=raj·--sub b:ana=bo·--sub zoe=ana·--slip a=+1h·--slip b/a=+10m·--slip x=-5m·--variant b·\
--start 2026-12-06T20:00·--t0 2026-12-06T20:00·--var host=x";

fn one_of(pieces: &'static str) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(pieces.split('·').collect::<Vec<_>>())
}

fn braces() -> impl Strategy<Value = String> {
    let words =
        proptest::collection::vec(one_of(WORDS), 0..5).prop_map(|words| format!(" {{{}}}", words.join(" ")));
    prop_oneof![8 => words, 1 => Just(String::new())]
}

fn item() -> BoxedStrategy<String> {
    let depth = prop_oneof![6 => Just(0usize), 2 => Just(1), 1 => Just(2)];
    let below = prop_oneof![4 => Just(None), 1 => one_of(BELOW).prop_map(Some)];
    let item = (depth, one_of(BOXES), one_of(TITLES), braces(), below);
    item.prop_map(|(depth, mark, title, braces, below)| {
        let deeper = "  ".repeat(depth);
        let below = below.map(|below| format!("{deeper}  {below}\n")).unwrap_or_default();
        format!("{deeper}{mark}{title}{braces}\n{below}")
    })
    .boxed()
}

fn plan() -> BoxedStrategy<String> {
    let front = proptest::collection::vec(one_of(KEYS), 1..7)
        .prop_map(|keys| format!("---\n{}\n---\n\n", keys.join("\n")));
    let front = prop_oneof![1 => Just(String::new()), 3 => front];
    let head = prop_oneof![
        1 => Just(String::new()),
        4 => (one_of(HEADS), braces()).prop_map(|(head, braces)| format!("\n{head}{braces}\n\n")),
    ];
    let part =
        (head, proptest::collection::vec(item(), 0..5)).prop_map(|(head, items)| head + &items.concat());
    (front, proptest::collection::vec(part, 1..5)).prop_map(|(front, parts)| front + &parts.concat()).boxed()
}

/// A plan, two that it may link to, people, and words of a command line.
fn folder() -> impl Strategy<Value = String> {
    let people = one_of(
        "---\npeople: { ana: Ana, raj: Raj }\n---\n·people: x\n·---\npeople: { zoe: Zoe }\nroles: { dba: zoe }\n---\n",
    );
    (plan(), plan(), plan(), people, proptest::collection::vec(one_of(OPTIONS), 0..3)).prop_map(
        |(plan, b, c, people, options)| {
            format!(
                "{plan}\n==> b.md\n{b}\n==> c.md\n{c}\n==> people.md\n{people}==> people.yaml\nana: Ana\nraj: {{ name: Raj }}\n\
                 ==> options\n{}\n",
                options.join(" ")
            )
        },
    )
}

/// The same ones on every run; `PROPTEST_CASES` asks for more, and for others each time.
fn cases(number: u32) -> ProptestConfig {
    let config =
        ProptestConfig { failure_persistence: None, max_shrink_time: 30_000, ..ProptestConfig::default() };
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => config,
        None => ProptestConfig { cases: number, rng_seed: RngSeed::Fixed(20_261_205), ..config },
    }
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn folders_of_plans_keep_every_promise(folder in folder()) {
        for promise in ["compile", "pages", "export", "fix", "fmt"] {
            promises::hold(promise, folder.as_bytes());
        }
    }
}

//! `tminus rollback`: what it prints, word by word, for gates, for steps and for the whole plan.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod command;

use std::fs;
use std::path::Path;

use command::{Ran, tminus};
use tempfile::TempDir;

const MOVE: &str = "---
title: Shop move
start: 2026-12-05 22:00
timezone: Europe/Berlin
people:
  ana: { name: Ana Reyes, phone: \"+49 30 5550 101\", backup: raj }
  raj: { name: Raj Patel, phone: \"+49 30 5550 102\" }
  mia: { name: Mia Chen }
windows: { night: 2026-12-05 22:00 .. 2026-12-06 00:05 }
---

## Cut over {in=night}

- [ ] Stop the shop {@ana 5m stops=shop}
  - undo: start it again
- [ ] Tell the customers {@mia 5m .parallel}
- [ ] Stop the mail {@ana 5m stops=mail}
- [ ] Move the tables {@raj 50m}
  - undo: point the shop at the old tables {10m..20m}

    ```sh
    psql \"$OLD_URL\" -f back.sql
    ```
- [-] Warm the cache {@raj 10m}
  - undo: empty it {1h}
- [ ] Switch the address {@mia 10m}
  - undo: switch it back {20m @mia @raj}
- [ ] Stay? {#stay .gate @ana 5m}
  - [ ] as many orders as before
- [ ] Open? {#open .gate @raj 10m else=back}
  - [ ] a test order goes through
- [ ] Delete the old tables {#delete @raj 5m .no-return}
- [ ] Happy? {#happy .gate @ana 5m}
  - [ ] no complaints

## Back {.rollback #back}

1. [ ] Stop the new shop {@ana 5m}
2. [ ] Restore the old tables {@raj 40m}
   - expect: the old count

## Total loss {.rollback}

- [ ] Call the bank {1h}
";

const STAY: &str = "
Way back from 6 Stay?
  Planned Sat 2026-12-05 23:10–23:15. Decides: Ana, +49 30 5550 101 (or Raj).
  Turn back by 23:20 at the latest: the way back takes 45 min, and the window “night” ends Sun 12-06
  00:05.
  If it takes its longest, 50 min, that is 23:15.
  The gate ends 23:15, with 5 min to spare.
  Called at 23:15, it is done at Sun 12-06 00:00.

  3 undos, the last step first, 45 min
  1  23:15–23:35  R+0:00–R+0:20  20m      undo 5 Switch the address
     Mia; Raj, +49 30 5550 102
     switch it back
  2  23:35–23:50  R+0:20–R+0:35  10m–20m  undo 4 Move the tables
     Raj, +49 30 5550 102
     point the shop at the old tables
         psql \"$OLD_URL\" -f back.sql
  3  23:50–00:00  R+0:35–R+0:45  ~10m     undo 1 Stop the shop
     Ana, +49 30 5550 101 (or Raj)
     start it again

  No undo is written, and a system stays changed: 3 Stop the mail (stops mail).
  No undo is written: 2 Tell the customers.
  Nothing to undo: 6 (decisions, pauses, moments).
";

const OPEN: &str = "
Way back from 7 Open?
  Planned Sat 2026-12-05 23:15–23:25. Decides: Raj, +49 30 5550 102.
  Turn back by 23:20 at the latest: the way back takes 45 min, and the window “night” ends Sun 12-06
  00:05.
  TOO LATE AS PLANNED: the gate ends 23:25, 5 min after that.
  Called at 23:25, it is done at Sun 12-06 00:10.

  No-go: Back, 2 steps, 45 min
  R1  23:25–23:30  R+0:00–R+0:05  5m   Stop the new shop
      Ana, +49 30 5550 101 (or Raj)
  R2  23:30–00:10  R+0:05–R+0:45  40m  Restore the old tables
      Raj, +49 30 5550 102
      - expect: the old count
";

const HAPPY: &str = "
Way back from 9 Happy?
  Planned Sat 2026-12-05 23:30–23:35. Decides: Ana, +49 30 5550 101 (or Raj).
  THERE IS NO WAY BACK: 8 Delete the old tables has begun by then, and can't be undone.

  Nothing to undo: 9 (decisions, pauses, moments).
";

const TOTAL_LOSS: &str = "
Way back: Total loss
  No gate leads here: it begins when somebody calls it.

  1 step, 1 h
  R3  R+0:00–R+1:00  1h  Call the bank
      nobody is named for it
";

fn with_plan(text: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("plan.md"), text).expect("the plan is written");
    folder
}

fn rollback(folder: &Path, arguments: &[&str]) -> Ran {
    tminus(folder, &[&["rollback", "plan.md"], arguments].concat())
}

/// All that is printed below the head of the plan.
fn ways(folder: &Path, arguments: &[&str]) -> String {
    let ran = rollback(folder, arguments);
    let (_, ways) = ran.stdout.split_once("\n\n").unwrap_or_else(|| panic!("no ways:\n{}", ran.stderr));
    format!("\n{ways}")
}

#[test]
fn a_gate_without_a_phase_goes_back_by_undos() {
    let folder = with_plan(MOVE);
    for name in ["stay", "#stay", "6", "Stay?", "\"Stay?\""] {
        assert_eq!(ways(folder.path(), &[name]), STAY, "{name}");
    }
}

#[test]
fn a_gate_with_a_phase_goes_back_through_it() {
    let folder = with_plan(MOVE);
    assert_eq!(ways(folder.path(), &["open"]), OPEN);
}

#[test]
fn without_a_step_every_gate_has_its_way_back() {
    let folder = with_plan(MOVE);
    assert_eq!(ways(folder.path(), &[]), [STAY, OPEN, HAPPY, TOTAL_LOSS].concat());
}

#[test]
fn numbers_are_counted_on_from_one_way_back_to_the_next() {
    let folder = with_plan(MOVE);
    for (number, title) in
        [("R1", "Stop the new shop"), ("r2", "Restore the old tables"), ("R3", "Call the bank")]
    {
        let said = ways(folder.path(), &[number]);
        assert!(said.contains(&format!("{} {title} is a part of it", number.to_uppercase())), "{said}");
    }
    assert_eq!(rollback(folder.path(), &["R4"]).status, 2);
}

#[test]
fn the_plan_and_its_trouble_stand_above() {
    let folder = with_plan(MOVE);
    let ran = rollback(folder.path(), &["stay", "--sub", "mia=raj"]);
    assert_eq!(ran.status, 1, "the plan has an error:\n{}", ran.stderr);
    assert!(ran.stderr.contains("error[gate-too-late]"), "{}", ran.stderr);
    let head: Vec<&str> = ran.stdout.lines().take_while(|line| !line.is_empty()).collect();
    assert!(head[0].starts_with("Shop move  DRAFT 1  "), "{head:?}");
    assert_eq!(
        head[1..],
        [
            "times: Europe/Berlin (UTC+01:00); R counts from the call",
            "Raj Patel stands in for Mia Chen",
            "! This plan has 1 error: times and owners on this page may be wrong. Do not work from it.",
        ]
    );
    assert!(ran.stdout.contains("\n     Raj, +49 30 5550 102\n     switch it back\n"), "{}", ran.stdout);
}

#[test]
fn a_step_that_is_no_gate_goes_back_by_what_has_begun() {
    let folder = with_plan(MOVE);
    let phases =
        "  The plan has phases for a way back: Back (`tminus rollback PLAN back`), Total loss (`tminus
  rollback PLAN total-loss`).
";
    let wanted = "
Way back from 3 Stop the mail
  Planned Sat 2026-12-05 22:05–22:10.
  Called at 22:10, it is done at 22:20.

  1 undo, the last step first, 10 min
  1  22:10–22:20  R+0:00–R+0:10  ~10m  undo 1 Stop the shop
     Ana, +49 30 5550 101 (or Raj)
     start it again

  No undo is written, and a system stays changed: 3 Stop the mail (stops mail).
  No undo is written: 2 Tell the customers.
";
    assert_eq!(ways(folder.path(), &["3"]), format!("{wanted}{phases}"));
    let wanted = "
Way back from 8 Delete the old tables
  Planned Sat 2026-12-05 23:25–23:30.
  THERE IS NO WAY BACK once this has begun: it is a point of no return.
  Nothing that has begun since has an `undo:`.

";
    assert_eq!(ways(folder.path(), &["delete"]), format!("{wanted}{phases}"));
}

#[test]
fn what_began_since_the_point_of_no_return_can_be_undone() {
    let plan = "- [ ] Switch {@ana 5m}
  - undo: switch back {5m}
- [ ] Wipe {@ana 5m .no-return}
- [ ] Announce {@mia 5m}
  - undo: take the news down {2m}
- [ ] Ask around {#ask @mia 5m}
";
    let wanted = "
Way back from 4 Ask around
  Planned T+0:15–T+0:20.
  THERE IS NO WAY BACK: 2 Wipe has begun by then, and can't be undone. What has begun since can be:
  Called at T+0:20, it is done at T+0:22.

  1 undo, the last step first, 2 min
  1  T+0:20–T+0:22  R+0:00–R+0:02  2m  undo 3 Announce
     mia
     take the news down

  No undo is written: 4 Ask around.
";
    assert_eq!(ways(with_plan(plan).path(), &["ask"]), wanted);
}

#[test]
fn past_the_point_of_no_return_a_phase_leads_elsewhere() {
    let plan = "- [ ] Switch {@ana 5m}
  - undo: switch back {5m}
- [ ] Live {#live .milestone .no-return}
- [ ] Happy? {#happy .gate @ana 5m else=mend by=T+30m}

## Later {.rollback}

### Look {#look}

- [ ] Look around {5m}

### Mend

- [ ] Repair {@ana 10m}
";
    let folder = with_plan(plan);
    let mend = "  No-go: Mend, 1 step, 10 min
  R2  T+0:10–T+0:20  R+0:00–R+0:10  10m  Repair
      ana
";
    let happy = "
Way back from 3 Happy?
  Planned T+0:05–T+0:10. Decides: ana.
  THERE IS NO WAY BACK: 2 Live has begun by then, and can't be undone. What the gate names for a
  no-go leads elsewhere.
  Say no by T+0:20 at the latest: what follows takes 10 min, and the deadline is T+0:30.
  The gate ends T+0:10, with 10 min to spare.
  Called at T+0:10, it is done at T+0:20.

";
    assert_eq!(ways(folder.path(), &["happy"]), format!("{happy}{mend}"));
    let live = "
Way back from 2 Live
  Planned T+0:05.
  THERE IS NO WAY BACK once this has begun: it is a point of no return.
  Nothing that has begun since has an `undo:`.

  The plan has phases for a way back: Later (`tminus rollback PLAN later`).
";
    assert_eq!(ways(folder.path(), &["live"]), live);
    let look = "
Way back: Look
  No gate leads here: it begins when somebody calls it.

  1 step, 5 min
  R1  R+0:00–R+0:05  5m  Look around
      nobody is named for it
";
    assert_eq!(ways(folder.path(), &["#look"]), look);
}

#[test]
fn a_phase_or_a_step_of_a_way_back_is_that_way_back() {
    let folder = with_plan(MOVE);
    let rows = "
  2 steps, 45 min
  R1  R+0:00–R+0:05  5m   Stop the new shop
      Ana, +49 30 5550 101 (or Raj)
  R2  R+0:05–R+0:45  40m  Restore the old tables
      Raj, +49 30 5550 102
      - expect: the old count
";
    let lead = "\nWay back: Back\n  A no-go leads here at 7 Open? (by Sat 12-05 23:20 at the latest).\n";
    assert_eq!(ways(folder.path(), &["back"]), format!("{lead}{rows}"));
    let lead = "\nWay back: Back\n  R2 Restore the old tables is a part of it. A no-go leads here at 7 Open? (by \
                Sat 12-05 23:20 at\n  the latest).\n";
    assert_eq!(ways(folder.path(), &["R2"]), format!("{lead}{rows}"));
}

#[test]
fn the_compiled_plan_says_it_to_programs() {
    let folder = with_plan(MOVE);
    let ran = tminus(folder.path(), &["export", "json", "plan.md", "--sub", "mia=raj"]);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let step = |number: usize| &json["steps"][number - 1];
    assert_eq!(
        step(4)["undos"],
        serde_json::json!([{
            "text": "point the shop at the old tables psql \"$OLD_URL\" -f back.sql",
            "owners": ["raj"], "seconds": 900, "assumed": false, "line": 19,
        }])
    );
    assert_eq!(step(1)["undos"][0]["assumed"], true);
    assert_eq!(step(1)["undos"][0]["owners"], serde_json::json!(["ana"]));
    assert_eq!(step(5)["undos"][0]["owners"], serde_json::json!(["raj"]), "who stands in undoes it too");
    assert_eq!(step(2).get("undos"), None);
    assert_eq!(step(2).get("latest_back_out"), None);
    let stay = (&step(6)["latest_back_out"], &step(6)["way_back_seconds"], &step(6)["way_back"]);
    assert_eq!(stay.0, "2026-12-05T23:20:00+01:00");
    assert_eq!((stay.1.as_i64(), stay.2.is_null()), (Some(2700), true));
    assert_eq!(step(7)["way_back"], "back");
    assert!(step(9)["latest_back_out"].is_null() && step(9)["way_back_seconds"].is_null());
}

#[test]
fn names_that_mean_no_step_are_wrong_usage() {
    let folder = with_plan(MOVE);
    for (name, sentence, help) in [
        ("sta", "the plan has no step called `sta`", "did you mean `stay`?"),
        ("Opan?", "the plan has no step called `Opan?`", "did you mean \"Open?\"?"),
        ("12", "the plan has no step number 12", "the steps have the numbers 1 to 9"),
        ("0", "the plan has no step number 0", "the steps have the numbers 1 to 9"),
        (
            "Warm the cache",
            "\"Warm the cache\" was dropped, so it never begins",
            "name a step that is planned",
        ),
    ] {
        let ran = rollback(folder.path(), &[name]);
        assert_eq!(ran.status, 2, "{name}");
        assert_eq!(ran.stdout, "", "{name}");
        assert_eq!(ran.stderr, format!("error: {sentence}\n  = help: {help}\n"), "{name}");
    }
}

#[test]
fn an_id_that_is_the_number_of_another_step_means_neither() {
    let folder = with_plan("- [ ] Stop {#2 5m}\n- [ ] Copy {#1 5m}\n- [ ] Start {#3 5m}\n");
    let ran = rollback(folder.path(), &["1"]);
    let said = "error: `1` is the id of \"Copy\" and the number of \"Stop\"\n  \
                = help: write `#1` for \"Copy\", or the title in quotes for \"Stop\"\n";
    assert_eq!((ran.status, ran.stderr.as_str()), (2, said));
    for (name, step) in [("#1", "2 Copy"), ("Stop", "1 Stop"), ("3", "3 Start")] {
        let said = ways(folder.path(), &[name]);
        assert!(said.contains(&format!("Way back from {step}\n")), "{said}");
    }
}

#[test]
fn a_plan_without_gates_says_so() {
    let folder = with_plan("- [ ] Switch {@ana 5m}\n");
    let ran = rollback(folder.path(), &[]);
    assert_eq!(ran.status, 0);
    assert!(ran.stdout.contains("This plan has no gate and no way back."), "{}", ran.stdout);
}

#[test]
fn a_phase_of_which_nothing_is_left_has_nothing_to_take_back() {
    let folder = with_plan("- [ ] Switch {@ana 5m}\n\n## Later {#later}\n\n- [-] Wipe {5m}\n");
    let ran = rollback(folder.path(), &["later"]);
    assert_eq!(ran.status, 0);
    assert!(
        ran.stdout.ends_with("\nNothing in it is planned, so there is nothing to take back.\n"),
        "{}",
        ran.stdout
    );
}

#[test]
fn of_many_gates_the_first_have_their_rows() {
    let gate = |number: usize| format!("- [ ] Stay {number}? {{#g{number} .gate 1m}}\n");
    let plan = "- [ ] Switch {1m}\n  - undo: switch back {1m}\n".to_owned()
        + &(1..=51).map(gate).collect::<String>();
    let overview = ways(with_plan(&plan).path(), &[]);
    assert_eq!(overview.matches("undo 1 Switch").count(), 50, "{overview}");
    assert_eq!(overview.matches("Name the gate to see what is done.").count(), 1, "{overview}");
}

#[test]
fn a_long_overview_names_the_way_to_all_of_it() {
    let steps =
        |number: usize| format!("- [ ] Switch {number} {{1m}}\n  - undo: switch {number} back {{1m}}\n");
    let plan: String = (1..=45).map(steps).collect::<String>() + "- [ ] Stay? {#stay .gate 1m}\n";
    let folder = with_plan(&plan);
    let overview = ways(folder.path(), &[]);
    assert!(overview.contains("  40  "), "{overview}");
    assert!(overview.contains("\n  … and 5 more: name the gate to see all\n"), "{overview}");
    let whole = ways(folder.path(), &["stay"]);
    assert!(whole.contains("\n  45  T+1:30–T+1:31  R+0:44–R+0:45  1m  undo 1 Switch 1\n"), "{whole}");
}

#[test]
fn an_undo_has_those_who_step_in_and_its_credentials() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let plan = "---\npeople:\n  ana: { name: Ana, has: shop-admin, backup: raj }\n  raj: { name: Raj, has: shop-admin }\n---\n\n\
                1. [ ] Stop the shop {@ana 5m access=shop-admin}\n   - undo: start it again {5m}\n   - undo: tell them {5m @raj}\n\
                2. [ ] Stay? {.gate #stay 5m @raj}\n   - [ ] all is well\n";
    fs::write(folder.path().join("plan.md"), plan).expect("the plan is written");
    let Ran { stdout, .. } = tminus(folder.path(), &["rollback", "plan.md", "stay"]);
    assert!(stdout.contains("\n     Ana (or Raj) · access: shop-admin\n     start it again\n"), "{stdout}");
    assert!(stdout.contains("\n     Raj\n     tell them\n"), "{stdout}");
    tminus(folder.path(), &["build", "plan.md", "-o", "out"]);
    let page = fs::read_to_string(folder.path().join("out/plan/rollback.html")).expect("a page");
    let list = page.split_once("From any other step").expect("the list").1;
    assert!(list.contains("access: shop-admin") && list.contains("or Raj"), "{list}");
}

//! A plan over the night in which the clocks are put back: no page leaves open which 02:30 is meant.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod command;

use std::fs;

use calamine::{Reader, Xlsx, open_workbook};
use command::tminus;

/// At 03:00 in summer time it is 02:00 again.
const NIGHT: &str = r#"---
title: Night move
draft: 2
start: 2026-10-24 23:30
t0: 2026-10-25T02:00+01:00
timezone: Europe/Berlin
windows: { night: 2026-10-24 23:30 .. 2026-10-25T02:50+01:00 }
people:
  ana: { name: Ana Reyes, phone: "+49 30 5550 101", backup: raj }
  raj: { name: Raj Patel, phone: "+1 212 555 0102", timezone: America/New_York, backup: mia }
  mia: { name: Mia Chen, phone: "+49 30 5550 103", backup: ana }
systems: { shop: up }
---

## Move {in=night}

- [ ] Stop the shop {#stop @ana 5m stops=shop}
- [ ] Copy the orders {#copy @raj 2h55m .unattended}
- [ ] Compare {#compare @ana 10m}
- [ ] Rest {.hold 25m}
- [ ] Start the shop {#start @mia 5m starts=shop}
- [ ] Stay? {#stay .gate @ana 5m else=back}
  - [ ] an order goes through {@raj}

## Back {.rollback #back}

- [ ] Restore the orders {@raj 20m}
"#;

#[test]
fn every_time_that_comes_twice_says_which_it_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    fs::write(at.join("plan.md"), NIGHT).expect("the plan is written");
    let ran = tminus(at, &["build", "plan.md", "-o", "out"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    let page = |name: &str| fs::read_to_string(at.join("out/plan").join(name)).expect("a page");
    // Times are not broken at the end of a line.
    let page = |name: &str| page(name).replace('\u{a0}', " ");
    let says = |name: &str, text: &str| assert!(page(name).contains(text), "{name} does not say {text}");
    let told = |arguments: &[&str], text: &str| {
        let said = tminus(at, arguments).stdout;
        assert!(
            said.split_whitespace().collect::<Vec<_>>().join(" ").contains(text),
            "{arguments:?}: {said}"
        );
    };

    says("index.html", "T-0<b>Sun 2026-10-25 02:00 (UTC+01:00)");
    says("index.html", "Sun 10-25 02:10 (UTC+01:00)–02:15");
    let narrow = fs::read_to_string(at.join("out/plan/index.html")).expect("a page");
    assert!(
        narrow.contains("Sun\u{a0}10-25\u{a0}02:10 (UTC+01:00)–02:15"),
        "a narrow column has a place to break it"
    );
    says("run-sheet.html", "Sun 10-25 02:30 (UTC+02:00)");
    says("run-sheet.html", "Sun 10-25 02:50 (UTC+01:00)");
    says("timeline.html", "from Sat 10-24 23:30 to Sun 10-25 02:10 (UTC+01:00)");
    says("rollback.html", "Called at 02:15 (UTC+01:00), it is done at 02:35.");
    says("walkthrough.html", "Sun 10-25 02:40 (UTC+02:00)");
    told(&["show", "plan.md"], "-- Clocks go back 1 h: from here on UTC+01:00 -- 5 02:05–02:10");
    told(&["why", "plan.md", "start"], "Start the shop starts 02:05 (UTC+01:00) because");
    told(
        &["rollback", "plan.md"],
        "Called at 02:15 (UTC+01:00), it is done at 02:35. No-go: Back, 1 step, 20 min R1 02:15–02:35",
    );
    told(&["without", "plan.md", "mia"], "02:05 (UTC+01:00)–02:10");
    let slipped = tminus(at, &["check", "plan.md", "--slip", "copy=+40m", "--format", "short"]).stdout;
    assert!(slipped.contains("02:55 (UTC+01:00)"), "{slipped}");
}

#[test]
fn the_day_stands_above_what_happens_to_its_clocks() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    fs::write(
        at.join("plan.md"),
        NIGHT.replace("Compare {#compare @ana 10m}", "Compare {#compare @raj 10m}"),
    )
    .expect("the plan is written");
    tminus(at, &["build", "plan.md", "-o", "out"]);
    let page = fs::read_to_string(at.join("out/plan/owners/ana.html")).expect("a page");
    let (_, steps) = page.split_once("Stop the shop").expect("her first step");
    let (day, clocks) = (steps.find("Sunday 2026-10-25"), steps.find("Clocks go back"));
    assert!(day.is_some() && day < clocks, "{steps}");
    // Mia is called once, and by then it has happened.
    let mia = fs::read_to_string(at.join("out/plan/owners/mia.html")).expect("a page");
    assert!(mia.contains("Clocks go back 1 h: from here on UTC+01:00"), "{mia}");
    assert!(mia.contains("Sun 10-25 02:05 (UTC+01:00)"), "{mia}");
    let list = fs::read_to_string(at.join("out/plan/owners/mia.md")).expect("a list");
    assert!(
        list.contains("\n\n**Clocks go back 1 h: from here on UTC+01:00**\n\n- [ ] **Sun 10-25 02:05"),
        "{list}"
    );
}

#[test]
fn contacts_say_when_the_distance_to_a_zone_is_another_at_the_end() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("plan.md"), NIGHT).expect("the plan is written");
    tminus(folder.path(), &["build", "plan.md", "-o", "out"]);
    let page = fs::read_to_string(folder.path().join("out/plan/contacts.html")).expect("a page");
    let zone = "America&#x2f;New_York (UTC−04:00), 6 h behind the plan, at the end 5 h behind the plan";
    assert!(page.contains(zone), "{page}");
}

#[test]
fn a_spreadsheet_says_how_far_its_clock_is_ahead() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    fs::write(at.join("plan.md"), NIGHT).expect("the plan is written");
    fs::write(at.join("day.md"), NIGHT.replace("10-24", "10-21").replace("10-25", "10-22"))
        .expect("it is written");
    let rows = |plan: &str| {
        let ran = tminus(at, &["export", "xlsx", plan, "-o", "plan.xlsx"]);
        assert!(ran.status < 2, "{}{}", ran.stdout, ran.stderr);
        let mut book: Xlsx<_> = open_workbook(at.join("plan.xlsx")).expect("a workbook");
        let plan = book.worksheet_range("Plan").expect("a sheet");
        plan.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect::<Vec<Vec<String>>>()
    };
    let clock = |rows: &[Vec<String>], step: &str| {
        let heads = rows.iter().find(|row| row[0] == "No.").expect("heads");
        let column = heads.iter().position(|head| head == "Clock")?;
        let row = rows.iter().find(|row| row.iter().any(|cell| cell == step)).expect("the step");
        Some(row[column].clone())
    };
    let night = rows("plan.md");
    assert_eq!(clock(&night, "Stop the shop").as_deref(), Some("UTC+02:00"));
    assert_eq!(clock(&night, "Copy the orders").as_deref(), Some("UTC+02:00"));
    assert_eq!(clock(&night, "Rest").as_deref(), Some("UTC+02:00, at the end UTC+01:00"));
    assert_eq!(clock(&night, "Start the shop").as_deref(), Some("UTC+01:00"));
    assert_eq!(clock(&night, "Restore the orders").as_deref(), Some(""));
    assert_eq!(clock(&rows("day.md"), "Stop the shop"), None);
    // Back in autumn and forward in spring: it ends as it began.
    let long = "---\nstart: 2026-10-20 09:00\ntimezone: Europe/Berlin\n---\n- [ ] Begin {5m}\n- [ ] Wait {.hold at=2026-12-01T09:00 5m}\n- [ ] End {at=2027-04-01T09:00 5m}\n";
    fs::write(at.join("long.md"), long).expect("it is written");
    let rows = rows("long.md");
    let clocks = ["Begin", "Wait", "End"].map(|step| clock(&rows, step).unwrap_or_default());
    assert_eq!(clocks, ["UTC+02:00", "UTC+01:00", "UTC+02:00"]);
}

#[test]
fn days_before_t_are_counted_to_the_same_time_of_day() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let plan = "---\ntimezone: Europe/Berlin\nt0: 2027-03-30 09:00\nstart: 2027-03-09 09:00\n---\n\n\
                - [ ] Ask {5m at=T-21d}\n- [ ] Ring {5m at=T-47h}\n- [ ] Go {5m at=T}\n";
    fs::write(folder.path().join("plan.md"), plan).expect("the plan is written");
    assert_eq!(tminus(folder.path(), &["build", "plan.md", "-o", "out"]).status, 0);
    let sheet = fs::read_to_string(folder.path().join("out/plan/run-sheet.html")).expect("a page");
    assert!(sheet.contains(">T−21d\u{a0}0:00 ") && sheet.contains(">T−47:00 "), "{sheet}");
}

/// The second 02:30 is no end of a step that begins at the first.
#[test]
fn an_hour_that_comes_twice_is_an_hour_for_planners() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = "---\nstart: 2026-10-25 01:30\ntimezone: Europe/Berlin\n---\n\n- [ ] Before {1h}\n- [ ] Twice {60m}\n- [ ] After {30m}\n";
    fs::write(folder.path().join("plan.md"), plan).expect("the plan");
    let export = |format: &str| {
        let ran = tminus(folder.path(), &["export", format, "plan.md"]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        ran.stdout
    };
    let bars = export("mermaid");
    assert!(
        bars.contains("2026-10-25 02:30:00, 2026-10-25 03:30:00") && bars.contains("as at the start"),
        "{bars}"
    );
    let project = export("msproject");
    assert!(!project.contains("PT0H0M0S"), "{project}");
}

//! Calendars, read back by another program's parser: times, texts, names, and what is newer.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use icalendar::{
    Calendar, CalendarComponent, CalendarDateTime, Component, DatePerhapsTime, Event, EventLike,
};

use crate::command::{prepared, tminus};
use crate::made::{all_plans, export, json, with_plan};

const PLAN: &str = "---\ntitle: Night\nstart: 2026-12-05 22:00\ntimezone: Europe/Berlin\n---\n\n\
                    - [ ] Stop {#stop @ana 5m}\n- [ ] Start {#start @raj 5m}\n";

/// The events of a calendar.
fn events(text: &str) -> Vec<Event> {
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
    let calendar: Calendar = text.parse().expect("a calendar");
    let events = calendar.components.into_iter().filter_map(|component| match component {
        CalendarComponent::Event(event) => Some(event),
        _ => None,
    });
    events.collect()
}

fn moment(time: Option<DatePerhapsTime>) -> Option<DateTime<Utc>> {
    match time {
        Some(DatePerhapsTime::DateTime(CalendarDateTime::Utc(time))) => Some(time),
        other => {
            assert!(other.is_none(), "{other:?} is no time in UTC");
            None
        }
    }
}

fn exported(folder: &Path, arguments: &[&str], environment: Option<&str>) -> Vec<Event> {
    let arguments = [&["export", "ics", "plan.md"], arguments].concat();
    let mut command = prepared(folder, &arguments);
    command.envs(environment.map(|seconds| ("SOURCE_DATE_EPOCH", seconds)));
    let ran = command.output().expect("the program starts");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    events(&String::from_utf8(ran.stdout).expect("UTF-8"))
}

fn uids(events: &[Event]) -> Vec<String> {
    events.iter().map(|event| event.get_uid().expect("a name").to_owned()).collect()
}

#[test]
fn every_step_of_the_main_line_is_an_event_at_its_time() {
    for plan in all_plans() {
        let steps = json(&plan)["steps"].as_array().expect("a list").clone();
        let events = events(&String::from_utf8(export(&plan, &["ics"])).expect("UTF-8"));
        assert_eq!(events.len(), steps.len(), "{plan}");
        assert_eq!(uids(&events).into_iter().collect::<BTreeSet<_>>().len(), steps.len(), "{plan}");
        for (event, step) in events.iter().zip(&steps) {
            let time = |field: &str| {
                let text = step[field].as_str().expect("a time");
                DateTime::parse_from_rfc3339(text).expect("a time").with_timezone(&Utc)
            };
            assert_eq!(moment(event.get_start()), Some(time("start")), "{plan}");
            let end = moment(event.get_end());
            assert_eq!(end, Some(time("finish")).filter(|end| *end > time("start")), "{plan}");
            let summary = event.get_summary().expect("a title");
            let title = step["title"].as_str().expect("a title");
            assert_eq!(summary, format!("{} {title}", step["number"]), "{plan}");
        }
    }
}

#[test]
fn texts_come_back_as_they_were_written() {
    let plan = all_plans()[0].clone();
    let events = events(&String::from_utf8(export(&plan, &["ics"])).expect("UTF-8"));
    let find =
        |part: &str| events.iter().find(|event| event.get_summary().is_some_and(|text| text.contains(part)));
    let stop = find("Stop the API").expect("the step");
    assert_eq!(stop.get_summary(), Some("1 Stop the API; then wait, and look"));
    assert_eq!(stop.get_location(), Some("https://meet.example.com/move;room=2, +49 30 5550 100"));
    let text = stop.get_description().expect("a text");
    for part in [
        "See the notes (https://example.com/notes?a=1&b=2), or journalctl -u api.\nssh shop-1 sudo systemctl stop api\n",
        "\n[ ] told support\n",
        "\nExpect: no request for a minute\n",
        "\nUndo: start it again (5m)\n",
        "\nBridge: https://meet.example.com/move;room=2, +49 30 5550 100\n",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    assert_eq!(find("Stay?").and_then(|event| event.get_summary()), Some("8 Stay? \"yes\" \\ no"));
    for (part, busy) in [("Stop the API", "OPAQUE"), ("Copy", "TRANSPARENT"), ("caches", "TRANSPARENT")] {
        assert_eq!(find(part).and_then(|event| event.property_value("TRANSP")), Some(busy), "{part}");
    }
}

#[test]
fn an_event_keeps_its_name_wherever_the_plan_lies_and_whatever_stands_around_it() {
    let folder = with_plan(PLAN);
    let first = uids(&exported(folder.path(), &[], None));
    let other = with_plan(&PLAN.replace("- [ ] Stop", "- [ ] Look {#look @ana 5m}\n- [ ] Stop it now"));
    let second = uids(&exported(other.path(), &["--start", "2026-12-12 22:00"], None));
    assert_eq!(first, second[1..], "the same steps of the same plan");
    let renamed = with_plan(&PLAN.replace("title: Night", "title: Another night"));
    let third = uids(&exported(renamed.path(), &[], None));
    assert!(first.iter().all(|uid| !third.contains(uid)), "another plan");
}

#[test]
fn a_newer_version_says_so() {
    let folder = with_plan(PLAN);
    let version = |arguments: &[&str], environment| {
        let event = &exported(folder.path(), arguments, environment)[0];
        let sequence: u32 = event.property_value("SEQUENCE").expect("a number").parse().expect("a number");
        (sequence, event.get_timestamp().expect("a time"))
    };
    let draft = version(&[], None);
    assert_eq!(draft, (1, "2000-01-01T00:00:01Z".parse().expect("a time")));
    let given = version(&["--revision", "2"], None);
    let changed = version(&[], Some("1790000000"));
    assert_eq!(changed, (29_833_333, "2026-09-21T14:13:20Z".parse().expect("a time")));
    assert!(draft < given && given < changed);
    assert_eq!(version(&["--revision", "5"], Some("1790000000")).0, 5);
}

#[test]
fn a_build_writes_a_calendar_for_everybody_who_has_steps() {
    let folder = with_plan(PLAN);
    let ran = tminus(folder.path(), &["build", "plan.md", "-o", "out", "--revision", "9"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let read =
        |name: &str| fs::read_to_string(folder.path().join("out/plan/owners").join(name)).expect("a file");
    let all = exported(folder.path(), &["--revision", "9"], None);
    let ana = events(&read("ana.ics"));
    assert_eq!(ana, all[..1], "her step is the same event in every file");
    assert_eq!(events(&read("raj.ics")), all[1..]);
    assert!(read("ana.html").contains("href=\"ana.ics\""));
    let index = fs::read_to_string(folder.path().join("out/plan/index.html")).expect("a page");
    assert!(index.contains("href=\"owners/raj.ics\""), "{index}");
    let undated = with_plan("- [ ] Stop {@ana 5m}\n");
    assert_eq!(tminus(undated.path(), &["build", "plan.md", "-o", "out"]).status, 0);
    assert!(!undated.path().join("out/plan/owners/ana.ics").exists());
    let page = fs::read_to_string(undated.path().join("out/plan/owners/ana.html")).expect("a page");
    assert!(!page.contains("ana.ics"), "{page}");
}

#[test]
fn ways_back_and_dropped_steps_are_in_no_diary() {
    let plan = all_plans()[0].clone();
    let text = String::from_utf8(export(&plan, &["ics"])).expect("UTF-8");
    assert!(!text.contains("Start the old API") && !text.contains("Send a fax"), "{text}");
}

//! Projects, read back as XML: every step at its time, with what it waits for and who does it.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::made::{all_plans, export, json};

/// Fields of an element by name; of those that stand there several times all values.
type Fields = HashMap<String, Vec<String>>;

/// All elements of these names, with what stands inside each by its path.
fn elements(xml: &str, wanted: &str) -> Vec<Fields> {
    let mut reader = Reader::from_str(xml);
    let (mut path, mut found, mut current) = (Vec::<String>::new(), Vec::new(), None::<Fields>);
    let mut text = String::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) => {
                path.push(start.name().as_ref().to_owned());
                text.clear();
                if path.len() == 3 && path[2] == wanted {
                    current = Some(Fields::new());
                }
            }
            Event::Text(words) => text.push_str(&words),
            Event::GeneralRef(name) => text.push_str(match &*name {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                "quot" => "\"",
                "apos" => "'",
                other => panic!("&{other};"),
            }),
            Event::End(_) => {
                if let Some(fields) = &mut current {
                    fields.entry(path[3..].join("/")).or_default().push(std::mem::take(&mut text));
                }
                if path.len() == 3 && path[2] == wanted {
                    found.extend(current.take());
                }
                path.pop();
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn one<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).and_then(|values| values.first()).map_or("", String::as_str)
}

fn list(value: &Value) -> Vec<String> {
    let list = value.as_array().expect("a list");
    list.iter().map(|one| one.as_str().expect("a text").to_owned()).collect()
}

/// A time as the wall shows it, or on a clock that keeps one offset.
fn shown(time: &Value, steady: Option<FixedOffset>) -> String {
    let time: DateTime<FixedOffset> = time.as_str().expect("a time").parse().expect("a time");
    let time = steady.map_or(time, |offset| time.with_timezone(&offset));
    time.format("%Y-%m-%dT%H:%M:%S").to_string()
}

#[test]
fn a_planner_reads_the_schedule() {
    for plan in all_plans() {
        let xml = String::from_utf8(export(&plan, &["msproject"])).expect("UTF-8");
        let tasks = elements(&xml, "Task");
        let people = elements(&xml, "Resource");
        let parts = elements(&xml, "Assignment");
        let ids: HashMap<&str, &str> = tasks
            .iter()
            .filter_map(|task| {
                Some((one(task, "UID"), task.get("ExtendedAttribute/Value")?.last()?.as_str()))
            })
            .collect();
        assert_eq!(ids.len() + 1, tasks.len(), "{plan}: every name in numbers is another");
        let plan_json = json(&plan);
        let steps = plan_json["steps"].as_array().expect("a list");
        // Where the clock is put back in the middle of it, all times keep the offset of the start.
        let begins = plan_json["start"].as_str().expect("a time").parse::<DateTime<FixedOffset>>();
        let keeps = xml.contains(", as at the start</Subject>");
        assert_eq!(keeps, plan.ends_with("exports/plan.md"), "{plan}");
        let steady = keeps.then(|| *begins.expect("a time").offset());
        let leaves: Vec<&Fields> = tasks.iter().filter(|task| one(task, "Summary") == "0").collect();
        assert_eq!(leaves.len(), steps.len(), "{plan}");
        for step in steps {
            let id = step["id"].as_str().expect("an id");
            let task = leaves.iter().find(|task| ids[one(task, "UID")] == id).expect("the step");
            let local = |field: &str| shown(&step[field], steady);
            assert_eq!(
                (one(task, "Start"), one(task, "Finish")),
                (&*local("start"), &*local("finish")),
                "{id}"
            );
            assert_eq!(one(task, "Name"), step["title"].as_str().expect("a title"), "{id}");
            let none = Vec::new();
            let before = task.get("PredecessorLink/PredecessorUID").unwrap_or(&none);
            let before: Vec<String> = before.iter().map(|uid| ids[uid.as_str()].to_owned()).collect();
            assert_eq!(before, [list(&step["waits_for"]), list(&step["starts_with"])].concat(), "{id}");
            let pinned = step["reason"]["kind"] == "pin";
            assert!(pinned || one(task, "ConstraintType") != "2", "{id}");
            let uid = one(task, "UID");
            let who: Vec<&str> = parts
                .iter()
                .filter(|part| one(part, "TaskUID") == uid)
                .map(|part| {
                    let person = people.iter().find(|person| one(person, "UID") == one(part, "ResourceUID"));
                    one(person.expect("somebody"), "Notes")
                })
                .collect();
            let owners = list(&step["owners"]);
            assert_eq!(who.len(), owners.len(), "{id}");
            for (notes, owner) in who.iter().zip(owners) {
                assert!(notes.starts_with(&format!("@{owner}")), "{id}: {notes}");
            }
        }
    }
}

/// What a planner works out from links, lags, constraints and lengths must be the schedule it was given.
#[test]
fn links_lags_and_constraints_lead_to_the_same_schedule() {
    for plan in all_plans() {
        let xml = String::from_utf8(export(&plan, &["msproject"])).expect("UTF-8");
        let tasks = elements(&xml, "Task");
        let seconds = |text: &str| {
            let time = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").expect("a time");
            time.and_utc().timestamp()
        };
        let begins = seconds(one(&tasks[0], "Start"));
        let spans: HashMap<&str, (i64, i64)> = tasks
            .iter()
            .map(|task| (one(task, "UID"), (seconds(one(task, "Start")), seconds(one(task, "Finish")))))
            .collect();
        for task in tasks.iter().filter(|task| one(task, "Summary") == "0") {
            let none = Vec::new();
            let field = |name: &str| task.get(&format!("PredecessorLink/{name}")).unwrap_or(&none);
            let links = field("PredecessorUID").iter().zip(field("Type")).zip(field("LinkLag"));
            let allowed = links.map(|((uid, kind), lag)| {
                let (start, finish) = spans[uid.as_str()];
                let lag: i64 = lag.parse().expect("a number");
                lag * 6 + if kind == "1" { finish } else { start }
            });
            let allowed = allowed.max().unwrap_or(begins);
            let (start, finish) = spans[one(task, "UID")];
            let held = match one(task, "ConstraintType") {
                "0" => allowed,
                "4" => allowed.max(seconds(one(task, "ConstraintDate"))),
                "2" => seconds(one(task, "ConstraintDate")),
                other => panic!("constraint {other}"),
            };
            assert_eq!(held, start, "{plan}: {}", one(task, "Name"));
            let length =
                one(task, "Duration").trim_start_matches("PT").replace(['H', 'M'], ":").replace('S', "");
            let length: Vec<i64> = length.split(':').map(|part| part.parse().expect("a number")).collect();
            assert_eq!(length[0] * 3600 + length[1] * 60 + length[2], finish - start, "{plan}");
        }
    }
}

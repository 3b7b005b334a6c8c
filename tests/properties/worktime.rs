//! When people work, looked up five minutes at a time.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};
use chrono_tz::Tz;

use crate::model::{Length, Model};
use crate::timed::Case;

/// How finely time is looked at: nobody begins or ends their hours in between.
const GRAIN: i64 = 300;

impl Case {
    /// The stretches in which a step takes the time of its people.
    pub fn taken(&self, id: usize) -> Vec<(i64, i64)> {
        let step = &self.steps[&id];
        if !self.works(id) {
            return vec![(step.start, step.finish)];
        }
        let mut taken: Vec<(i64, i64)> = Vec::new();
        let mut at = step.start;
        while at < step.finish {
            let next = step.finish.min((at.div_euclid(GRAIN) + 1) * GRAIN);
            if self.crew_works(&step.people, at) {
                match taken.last_mut() {
                    Some(last) if last.1 == at => last.1 = next,
                    _ => taken.push((at, next)),
                }
            }
            at = next;
        }
        taken
    }

    /// Whether a step is estimated in working days.
    pub fn works(&self, id: usize) -> bool {
        self.model.is_dated() && matches!(self.model.nodes[id].length, Length::Work(_)) && self.occupies(id)
    }

    /// Whether all of them work at a moment; where nobody is named, whether the office is open.
    pub fn crew_works(&self, people: &[usize], at: i64) -> bool {
        if people.is_empty() {
            return works(&self.model, None, at);
        }
        people.iter().all(|person| works(&self.model, Some(*person), at))
    }
}

fn works(model: &Model, person: Option<usize>, at: i64) -> bool {
    let about = person.map(|person| &model.people[person]);
    let plan_local = local(model.zone, at);
    let own_local = local(about.and_then(|about| about.zone).unwrap_or(model.zone), at);
    if model.closed.iter().any(|days| holds(days, plan_local.date())) {
        return false;
    }
    if about.and_then(|about| about.away).is_some_and(|days| holds(days, own_local.date())) {
        return false;
    }
    match about.and_then(|about| about.hours) {
        Some(hours) => in_hours(hours, own_local),
        None => in_hours("Mon-Fri 09:00-17:00", plan_local),
    }
}

fn local(zone: &str, at: i64) -> NaiveDateTime {
    let zone: Tz = zone.parse().expect("a zone");
    DateTime::from_timestamp(at, 0).expect("a time").with_timezone(&zone).naive_local()
}

/// Whether `DATE` or `DATE..DATE` holds a day.
fn holds(days: &str, day: NaiveDate) -> bool {
    let (first, last) = days.split_once("..").unwrap_or((days, days));
    let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
    date(first) <= day && day <= date(last)
}

fn in_hours(hours: &str, at: NaiveDateTime) -> bool {
    let minute = at.hour() * 60 + at.minute();
    let weekday = at.weekday().number_from_monday();
    match hours {
        "Mon-Fri 09:00-17:00" => weekday <= 5 && (540..1020).contains(&minute),
        "Mon-Fri 08:00-12:00" => weekday <= 5 && (480..720).contains(&minute),
        "22:00-06:00" => !(360..1320).contains(&minute),
        "Sat 20:00-24:00" => weekday == 6 && minute >= 1200,
        other => panic!("hours that the tests do not know: {other}"),
    }
}

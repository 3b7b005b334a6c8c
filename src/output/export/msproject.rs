//! The one file that names the XML writer: a project in the XML of Microsoft Project, as of version 2007.
//!
//! Elements stand in the order of its schema, which some programs insist on. Durations are written as hours,
//! minutes and seconds; lags count in tenths of a minute.

use std::fmt::Write;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::view::export::{
    Assignment, Constraint, LinkType, Predecessor, Project, ProjectPerson, ProjectTask,
};

const SPACE: &str = "http://schemas.microsoft.com/project";
/// The calendar on which all work is done.
const CALENDAR: &str = "1";
/// The fields of a task that hold its number and its id, and what people see them as.
const FIELDS: [(&str, &str, &str); 2] = [("188743731", "Text1", "Number"), ("188743734", "Text2", "Step id")];

/// Writes a project.
#[must_use]
pub fn write_project(project: &Project) -> Vec<u8> {
    let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 1));
    xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
    let mut root = BytesStart::new("Project");
    root.push_attribute(("xmlns", SPACE));
    xml.event(Event::Start(root));
    xml.head(project);
    xml.list("ExtendedAttributes", |xml| FIELDS.iter().for_each(|field| xml.field(field)));
    xml.list("Calendars", Xml::calendar);
    xml.list("Tasks", |xml| {
        xml.whole(project);
        let mut places = Vec::new();
        for (index, task) in project.tasks.iter().enumerate() {
            xml.task(index + 1, task, &place(&mut places, task.level));
        }
    });
    xml.list("Resources", |xml| {
        (1..).zip(&project.people).for_each(|(index, person)| xml.person(index, person));
    });
    xml.list("Assignments", |xml| {
        (1..).zip(&project.assignments).for_each(|(index, part)| xml.assignment(index, part));
    });
    xml.event(Event::End(BytesEnd::new("Project")));
    let mut bytes = xml.0.into_inner();
    bytes.push(b'\n');
    bytes
}

/// The place of the next task of a level in the outline: `2.1.3`.
fn place(places: &mut Vec<usize>, level: usize) -> String {
    places.truncate(level);
    if places.len() < level {
        places.resize(level, 0);
    }
    if let Some(last) = places.last_mut() {
        *last += 1;
    }
    let mut text = String::new();
    for number in places {
        let dot = if text.is_empty() { "" } else { "." };
        let _ = write!(text, "{dot}{number}");
    }
    text
}

struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// Memory takes everything.
    fn event(&mut self, event: Event<'_>) {
        let _ = self.0.write_event(event);
    }

    fn list(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.event(Event::Start(BytesStart::new(name)));
        inside(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    fn text(&mut self, name: &str, text: &str) {
        self.list(name, |xml| xml.event(Event::Text(BytesText::new(text))));
    }

    fn number(&mut self, name: &str, number: impl std::fmt::Display) {
        self.text(name, &number.to_string());
    }

    fn flag(&mut self, name: &str, is: bool) {
        self.text(name, if is { "1" } else { "0" });
    }

    /// A text that may be missing.
    fn some(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.text(name, text);
        }
    }

    fn head(&mut self, project: &Project) {
        self.text("SaveVersion", "12");
        self.text("Name", "plan.xml");
        self.text("Title", &project.title);
        self.text("Subject", &project.subject);
        self.text("ScheduleFromStart", "1");
        self.text("StartDate", &project.start);
        self.text("FinishDate", &project.finish);
        self.text("CalendarUID", CALENDAR);
        self.text("DefaultStartTime", "00:00:00");
        self.text("DefaultFinishTime", "23:59:00");
        self.number("MinutesPerDay", 1440);
        self.number("MinutesPerWeek", 7 * 1440);
        self.number("DaysPerMonth", 30);
        self.text("DefaultTaskType", "1");
        self.text("DurationFormat", "5");
        self.text("WorkFormat", "2");
        self.text("HonorConstraints", "1");
        self.text("NewTasksEffortDriven", "0");
        self.text("NewTasksEstimated", "0");
    }

    fn field(&mut self, (field, name, alias): &(&str, &str, &str)) {
        self.list("ExtendedAttribute", |xml| {
            xml.text("FieldID", field);
            xml.text("FieldName", name);
            xml.text("Alias", alias);
        });
    }

    /// All hours of all days.
    fn calendar(&mut self) {
        self.list("Calendar", |xml| {
            xml.text("UID", CALENDAR);
            xml.text("Name", "24 Hours");
            xml.text("IsBaseCalendar", "1");
            xml.text("BaseCalendarUID", "-1");
            xml.list("WeekDays", |xml| {
                (1..=7).for_each(|day| {
                    xml.list("WeekDay", |xml| {
                        xml.number("DayType", day);
                        xml.text("DayWorking", "1");
                        xml.list("WorkingTimes", |xml| {
                            xml.list("WorkingTime", |xml| {
                                xml.text("FromTime", "00:00:00");
                                xml.text("ToTime", "00:00:00");
                            });
                        });
                    });
                });
            });
        });
    }

    /// The plan itself, around everything.
    fn whole(&mut self, project: &Project) {
        self.list("Task", |xml| {
            xml.text("UID", "0");
            xml.text("ID", "0");
            xml.text("Name", &project.title);
            xml.text("Type", "1");
            xml.text("IsNull", "0");
            xml.text("OutlineNumber", "0");
            xml.text("OutlineLevel", "0");
            xml.text("Start", &project.start);
            xml.text("Finish", &project.finish);
            xml.text("Summary", "1");
        });
    }

    fn task(&mut self, row: usize, task: &ProjectTask, place: &str) {
        self.list("Task", |xml| {
            xml.number("UID", task.uid);
            xml.number("ID", row);
            xml.text("Name", &task.title);
            xml.text("Type", "1");
            xml.text("IsNull", "0");
            xml.text("OutlineNumber", place);
            xml.number("OutlineLevel", task.level);
            xml.text("Priority", "500");
            xml.text("Start", &task.start);
            xml.text("Finish", &task.finish);
            xml.text("Duration", &duration(task.seconds));
            xml.text("DurationFormat", unit(task.seconds, task.assumed));
            xml.text("Work", &duration(task.work));
            xml.text("EffortDriven", "0");
            xml.flag("Estimated", task.assumed);
            xml.flag("Milestone", task.milestone);
            xml.flag("Summary", task.summary);
            xml.flag("Critical", task.critical);
            xml.number("PercentComplete", if task.done { 100 } else { 0 });
            xml.text("ConstraintType", constraint(task.constraint));
            xml.text("CalendarUID", "-1");
            if task.constraint != Constraint::AsSoonAsPossible {
                xml.text("ConstraintDate", &task.start);
            }
            if let Some(deadline) = &task.deadline {
                xml.text("Deadline", deadline);
            }
            xml.text("IgnoreResourceCalendar", "1");
            xml.some("Notes", &task.notes);
            task.predecessors.iter().for_each(|before| xml.predecessor(before));
            for ((field, ..), value) in FIELDS.iter().zip([&task.number, &task.id]) {
                if !value.is_empty() {
                    xml.list("ExtendedAttribute", |xml| {
                        xml.text("FieldID", field);
                        xml.text("Value", value);
                    });
                }
            }
        });
    }

    fn predecessor(&mut self, before: &Predecessor) {
        self.list("PredecessorLink", |xml| {
            xml.number("PredecessorUID", before.uid);
            xml.text("Type", if before.link == LinkType::FinishToStart { "1" } else { "3" });
            xml.text("CrossProject", "0");
            xml.number("LinkLag", before.lag / 6);
            xml.text("LagFormat", "3");
        });
    }

    fn person(&mut self, row: usize, person: &ProjectPerson) {
        self.list("Resource", |xml| {
            xml.number("UID", person.uid);
            xml.number("ID", row);
            xml.text("Name", &person.name);
            xml.text("Type", "1");
            xml.text("IsNull", "0");
            xml.some("Group", &person.role);
            xml.some("EmailAddress", &person.email);
            xml.text("MaxUnits", "1");
            xml.text("CalendarUID", CALENDAR);
            xml.some("Notes", &person.notes);
        });
    }

    fn assignment(&mut self, row: usize, part: &Assignment) {
        self.list("Assignment", |xml| {
            xml.number("UID", row);
            xml.number("TaskUID", part.task);
            xml.number("ResourceUID", part.person);
            xml.text("Finish", &part.finish);
            xml.text("RemainingWork", &duration(part.work));
            xml.text("Start", &part.start);
            xml.number("Units", part.units);
            xml.text("Work", &duration(part.work));
        });
    }
}

/// `PT1H30M0S`
fn duration(seconds: i64) -> String {
    format!("PT{}H{}M{}S", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// In which unit a duration is shown: hours where it is whole ones, else minutes; with a `?` where assumed.
fn unit(seconds: i64, assumed: bool) -> &'static str {
    match (seconds > 0 && seconds % 3600 == 0, assumed) {
        (true, false) => "5",
        (false, false) => "3",
        (true, true) => "37",
        (false, true) => "35",
    }
}

fn constraint(constraint: Constraint) -> &'static str {
    match constraint {
        Constraint::AsSoonAsPossible => "0",
        Constraint::MustStartOn => "2",
        Constraint::StartNoEarlierThan => "4",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_counts() {
        let mut places = Vec::new();
        let found: Vec<String> = [1, 2, 2, 3, 1, 2].map(|level| place(&mut places, level)).to_vec();
        assert_eq!(found, ["1", "1.1", "1.2", "1.2.1", "2", "2.1"]);
    }

    #[test]
    fn durations_have_all_three_parts() {
        assert_eq!(duration(5430), "PT1H30M30S");
        assert_eq!(duration(0), "PT0H0M0S");
        assert_eq!((unit(7200, false), unit(5400, true)), ("5", "35"));
    }
}

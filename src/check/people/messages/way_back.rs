//! What is said of people whom a way back needs when they are not there.

use crate::check::Subject;
use crate::check::people::MOST_NAMED;
use crate::check::people::on_way_back::Call;
use crate::check::people::scene::Scene;
use crate::diagnostic::{Diagnostic, Rule};
use crate::plan::{Owner, PersonId};
use crate::schedule::{Absence, UndoStep, shown_stretch};

pub(in crate::check::people) fn away(scene: &Scene<'_>, call: Call, absence: Absence) -> Diagnostic {
    let away = scene.own_time(absence.stretch);
    let what = format!("on the way back has \"{}\" to do", scene.node.title);
    let message = format!("{} is away {away}, {}", scene.who(), needed(scene.subject, call, &what));
    Diagnostic::new(Rule::OwnerAway, scene.place(), message)
        .label("away then")
        .related(absence.span, "the absence")
        .help("give the step to somebody who is there, or correct `away`")
}

pub(in crate::check::people) fn off_duty(scene: &Scene<'_>, call: Call) -> Diagnostic {
    let worker = &scene.subject.schedule.workers[scene.person.index()];
    let hours: Vec<String> = worker.hours.iter().take(MOST_NAMED).map(ToString::to_string).collect();
    let zone = scene.own_clock().map(|(_, zone)| format!(" in {zone}")).unwrap_or_default();
    let what = format!("on the way back has \"{}\" to do", scene.node.title);
    let needed = needed(scene.subject, call, &what);
    let message = format!("{} is on duty {}{zone}, {needed}", scene.who(), hours.join(", "));
    Diagnostic::new(Rule::OutsideHours, scene.place(), message).label("off duty then").help(format!(
        "agree on it with {}, and add those hours to their `hours`",
        scene.subject.plan.roster.told_apart(scene.person)
    ))
}

pub(in crate::check::people) fn away_for_undo(
    subject: &Subject<'_>,
    undo: &UndoStep,
    person: PersonId,
    call: Call,
    absence: Absence,
) -> Diagnostic {
    let plan = subject.plan;
    let node = plan.node(undo.step);
    let written = node.step.as_ref().map(|step| &step.undos[undo.place]);
    let block = written.map_or(node.span, |written| plan.document.block(written.block).span);
    let owner = written.and_then(|written| {
        written.owners.iter().find(|given| given.value == Owner::Person(person)).map(|given| given.span)
    });
    let away = shown_stretch(absence.stretch, subject.schedule.clock);
    let what = format!("has \"{}\" to undo", node.title);
    let message =
        format!("{} is away {away}, {}", plan.roster.told_apart(person), needed(subject, call, &what));
    Diagnostic::new(Rule::OwnerAway, owner.unwrap_or(block), message)
        .label("away then")
        .related(absence.span, "the absence")
        .help("name somebody who is there: `- undo: … {5m @handle}`, or correct `away`")
}

/// What a way back needs somebody for, and when: in words that follow a name and an absence.
fn needed(subject: &Subject<'_>, call: Call, what: &str) -> String {
    let clock = subject.schedule.clock;
    match call.gate {
        Some(gate) => {
            let (gate, time) = (&subject.plan.node(gate).title, shown_stretch(call.time, clock));
            format!("and {what} {time}, on a no-go at \"{gate}\"")
        }
        None => format!("and {what}, whenever in the launch that is called"),
    }
}

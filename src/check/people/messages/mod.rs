//! What the rules about people say.

pub(super) mod way_back;

use super::MOST_NAMED;
use super::backup_unfit::{Named, Unfit};
use super::no_backup::Alone;
use super::overloaded::Load;
use super::scene::Scene;
use super::staff::{Obstacle, Staff, once};
use crate::check::Subject;
use crate::diagnostic::{Diagnostic, Rule, shown_list};
use crate::plan::{Given, Node, NodeId, Owner, PersonId, StepKind, Tick};
use crate::schedule::{Absence, Moment, Placed, Stretch, shown_moment, shown_stretch, shown_work};

pub(super) fn owner_away(scene: &Scene<'_>, absence: Absence, other: Option<PersonId>) -> Diagnostic {
    let (who, title, runs) = (scene.who(), &scene.node.title, scene.runs());
    let away = scene.own_time(absence.stretch);
    let alone = held_alone(scene);
    let only = alone.as_ref().map(|names| format!("; nobody else holds {names}")).unwrap_or_default();
    let ways = || match &alone {
        Some(names) => format!("get {names} for somebody who is there, move the step, or correct `away`"),
        None => "give the step to somebody who is there, move it, or correct `away`".to_owned(),
    };
    let message = format!("{who} is away {away}, and \"{title}\" {runs}{only}");
    Diagnostic::new(Rule::OwnerAway, scene.place(), message)
        .label("away then")
        .related(absence.span, "the absence")
        .help(give_to(scene, other, "is there and free then").unwrap_or_else(ways))
}

/// `more` other steps are called while they are away.
pub(super) fn caller_away(
    subject: &Subject<'_>,
    caller: &Given<Owner>,
    (node, placed): (&Node, &Placed),
    absence: Absence,
    more: usize,
) -> Diagnostic {
    let clock = subject.schedule.clock;
    let who = match caller.value {
        Owner::Person(person) => subject.plan.roster.told_apart(person).into_owned(),
        Owner::Team(team) => format!("all of team `{}`", subject.plan.roster.team(team).handle.value),
    };
    let others = match more {
        0 => String::new(),
        1 => "; the same goes for another step".to_owned(),
        more => format!("; the same goes for {more} other steps"),
    };
    let message = format!(
        "{who} is to call the steps, and is away {} when \"{}\" begins, {}{others}",
        shown_stretch(absence.stretch, clock),
        node.title,
        shown_moment(placed.start, clock)
    );
    Diagnostic::new(Rule::OwnerAway, caller.span, message)
        .label("calls the steps")
        .related(absence.span, "the absence")
        .help("name as `caller` somebody who is there, or correct `away`")
}

/// The credentials of a step that nobody holds but the one who does it.
fn held_alone(scene: &Scene<'_>) -> Option<String> {
    let alone = |given: &&Given<String>| scene.staff.holders(&given.value) == [scene.person];
    let names: Vec<&str> = once(&scene.node.access).filter(alone).map(|given| given.value.as_str()).collect();
    (!names.is_empty()).then(|| shown_list(names))
}

pub(super) fn tick_owner_away(
    subject: &Subject<'_>,
    tick: &Tick,
    owner: &Given<Owner>,
    node: &Node,
    whole: Stretch,
    absence: Absence,
) -> Diagnostic {
    let clock = subject.schedule.clock;
    let away = match owner.value {
        Owner::Person(person) => {
            let name = subject.plan.roster.told_apart(person);
            format!("{name} is away {} and can't be there", shown_stretch(absence.stretch, clock))
        }
        Owner::Team(team) => {
            format!("nobody of team `{}` is there", subject.plan.roster.team(team).handle.value)
        }
    };
    let runs = shown_stretch(whole, clock);
    Diagnostic::new(
        Rule::OwnerAway,
        owner.span,
        format!("{away} to do \"{}\" within \"{}\", which runs {runs}", tick.title, node.title),
    )
    .label("away all that time")
    .related(absence.span, "the absence")
    .help("give the tick to somebody who is there, or leave it to whoever does the step")
}

pub(super) fn outside_hours(scene: &Scene<'_>, off: Moment, other: Option<PersonId>) -> Diagnostic {
    let (who, title, runs) = (scene.who(), &scene.node.title, scene.runs());
    let worker = &scene.subject.schedule.workers[scene.person.index()];
    let hours: Vec<String> = worker.hours.iter().take(MOST_NAMED).map(ToString::to_string).collect();
    let zone = scene.own_clock().map(|(_, zone)| format!(" in {zone}")).unwrap_or_default();
    let label = if off > scene.placed.start {
        format!("off duty from {} on", shown_moment(off, scene.subject.schedule.clock))
    } else {
        "off duty then".to_owned()
    };
    let diagnostic = Diagnostic::new(
        Rule::OutsideHours,
        scene.place(),
        format!("{who} is on duty {}{zone}, and \"{title}\" {runs}", hours.join(", ")),
    )
    .label(label);
    diagnostic.maybe_help(give_to(scene, other, "is on duty and free then")).help(format!(
        "agree on it with {}, and add those hours to their `hours`",
        scene.subject.plan.roster.told_apart(scene.person)
    ))
}

pub(super) fn owner_lacks_access(
    scene: &Scene<'_>,
    lacking: &[&Given<String>],
    other: Option<PersonId>,
) -> Diagnostic {
    let (who, title, runs) = (scene.who(), &scene.node.title, scene.runs());
    let names = shown_list(lacking.iter().map(|given| given.value.as_str()));
    let name = scene.subject.plan.roster.told_apart(scene.person);
    let mut diagnostic = Diagnostic::new(
        Rule::OwnerLacksAccess,
        scene.place(),
        format!("{who} does not hold {names}, which \"{title}\" needs; it {runs}"),
    )
    .label(format!("does not hold {names}"));
    for given in lacking.iter().take(MOST_NAMED) {
        diagnostic = diagnostic.related(given.span, "needed here");
    }
    diagnostic
        .maybe_help(give_to(scene, other, "is there and free then").or_else(|| held_by(scene, lacking)))
        .help(format!("get {names} for {name}, and add it to `access` of `{}` in `people`", scene.handle()))
}

/// Who holds what is lacking, where none of them could simply take the step.
fn held_by(scene: &Scene<'_>, lacking: &[&Given<String>]) -> Option<String> {
    let first = lacking.first()?;
    let holders = scene.staff.holders(&first.value);
    let roster = &scene.subject.plan.roster;
    let there = holders.iter().copied().filter(|holder| !roster.drops_out(*holder));
    let verb = if there.clone().count() == 1 { "holds" } else { "hold" };
    let names = people(scene.subject, there)?;
    Some(format!("ask {names}, who {verb} `{}`", first.value))
}

pub(super) fn nobody_has_access(
    subject: &Subject<'_>,
    node: &Node,
    placed: &Placed,
    missing: &[&Given<String>],
    near: Option<&str>,
) -> Diagnostic {
    let names = shown_list(missing.iter().map(|given| given.value.as_str()));
    let first = missing[0];
    let place = if first.inherited.is_none() { first.span } else { node.span };
    let when = if node.way_back.is_some() {
        "a step of a way back".to_owned()
    } else {
        format!("which starts {}", shown_moment(placed.start, subject.schedule.clock))
    };
    let diagnostic = Diagnostic::new(
        Rule::NobodyHasAccess,
        place,
        format!("nobody on the roster holds {names}, needed for \"{}\", {when}", node.title),
    )
    .label("nobody can do it");
    let diagnostic =
        if first.inherited.is_some() { diagnostic.related(first.span, "needed here") } else { diagnostic };
    diagnostic
        .maybe_help(near.map(|near| format!("did you mean `{near}`?")))
        .help(format!("find out who can get {names}, and add it to their `access` in `people`"))
}

pub(super) fn single_access(
    subject: &Subject<'_>,
    node: &Node,
    given: &Given<String>,
    only: PersonId,
    steps: usize,
) -> Diagnostic {
    let person = subject.plan.roster.person(only);
    let name = &given.value;
    let place = if given.inherited.is_none() { given.span } else { node.span };
    let needed = match steps {
        1 => format!("\"{}\" needs it", node.title),
        2 => format!("\"{}\" and one more step need it", node.title),
        more => format!("\"{}\" and {} more steps need it", node.title, more - 1),
    };
    let mut diagnostic = Diagnostic::new(
        Rule::SingleAccess,
        place,
        format!("only {} holds `{name}`, and {needed}", subject.plan.roster.told_apart(only)),
    )
    .label("one person alone can do this");
    if let Some(held) = person.access.iter().find(|held| held.value == *name) {
        diagnostic = diagnostic.related(held.span, "held by this person alone");
    }
    diagnostic.help(format!("get `{name}` for a second person, and add it to their `access` in `people`"))
}

pub(super) fn no_backup(
    subject: &Subject<'_>,
    staff: &Staff<'_>,
    alone: &Alone,
    other: Option<PersonId>,
) -> Diagnostic {
    let (plan, schedule) = (subject.plan, subject.schedule);
    let person = plan.roster.person(alone.person);
    let first = alone.steps[0];
    let node = plan.node(first);
    let why = if node.step_kind() == StepKind::Gate {
        "a decision that the launch waits for"
    } else {
        "critical: a minute lost here is lost at the end"
    };
    let others = match named_steps(subject, &alone.steps[1..]) {
        Some(others) => format!("; the same goes for {others}"),
        None => String::new(),
    };
    let name = plan.roster.told_apart(alone.person);
    let message = format!("nobody stands in for {name} at \"{}\"{others}", node.title);
    let (handle, backup) = (&person.handle.value, other.map(|other| &plan.roster.person(other).handle.value));
    let whole = match backup {
        Some(backup) if plan.roster.declared => {
            format!("name a backup in `people`: `{handle}: {{ …, backup: {backup} }}`")
        }
        _ => format!("name a `backup` for `{handle}` in `people`"),
    };
    let single = format!("write `backup=@{}` on the step", backup.map_or("handle", |backup| backup.as_str()));
    let diagnostic = match schedule.step(first) {
        Some(placed) => {
            let scene = Scene { subject, staff, node, placed, person: alone.person };
            Diagnostic::new(Rule::NoBackup, scene.place(), message)
        }
        None => Diagnostic::new(Rule::NoBackup, node.span, message),
    };
    diagnostic.label(why).help(format!("{whole}, or {single}"))
}

pub(super) fn backup_unfit(scene: &Scene<'_>, unfit: &Unfit, fit: Option<PersonId>) -> Diagnostic {
    let (title, runs) = (&scene.node.title, scene.runs());
    let name = owner_name(scene.subject, unfit.backup);
    let reasons: Vec<String> = match (unfit.backup, unfit.reasons.as_slice()) {
        (Owner::Person(_), [(_, obstacles)]) => {
            obstacles.iter().map(|obstacle| obstacle_words(scene, obstacle)).collect()
        }
        (_, members) => members
            .iter()
            .take(MOST_NAMED)
            .filter_map(|(member, obstacles)| {
                let name = scene.subject.plan.roster.told_apart(*member);
                Some(format!("{name} {}", obstacle_words(scene, obstacles.first()?)))
            })
            .collect(),
    };
    let verb = if matches!(unfit.backup, Owner::Person(_)) { "but" } else { "but nobody of it can:" };
    let reasons = reasons.join(" and ");
    let message = format!("{name} is to step in at \"{title}\", which {runs}, {verb} {reasons}");
    let diagnostic = match unfit.named {
        Named::OnStep(span) => Diagnostic::new(Rule::BackupUnfit, span, message),
        Named::Elsewhere(span) => {
            Diagnostic::new(Rule::BackupUnfit, scene.node.span, message).related(span, "named as backup here")
        }
    };
    let diagnostic = diagnostic.label("could not step in");
    diagnostic.help(match fit {
        Some(fit) => {
            let roster = &scene.subject.plan.roster;
            let (name, handle) = (roster.told_apart(fit), &roster.person(fit).handle.value);
            format!("name {name}, who could: `backup=@{handle}` on the step")
        }
        None => {
            "name somebody who is there and free then and holds what it needs: `backup=@handle`".to_owned()
        }
    })
}

/// What keeps somebody from a step, to follow their name.
fn obstacle_words(scene: &Scene<'_>, obstacle: &Obstacle) -> String {
    let clock = scene.subject.schedule.clock;
    match obstacle {
        Obstacle::Away(absence) => {
            // Behind a time by somebody's own clock it is said that this is another one.
            let zone = scene.own_clock().and_then(|_| clock.zone());
            let zone = zone.map(|zone| format!(" in {}", zone.name())).unwrap_or_default();
            format!("is away {}{zone}", shown_stretch(absence.stretch, clock))
        }
        Obstacle::Lacks(names) => {
            format!("does not hold {}", shown_list(names.iter().map(String::as_str)))
        }
        Obstacle::Busy { with, .. } if scene.subject.plan.node(*with).span == scene.node.span => {
            "already does it".to_owned()
        }
        Obstacle::Busy { with, until } => {
            format!("is busy with {} until {}", step_name(scene.subject, *with), shown_moment(*until, clock))
        }
        Obstacle::OffDuty(from) => format!("is off duty from {} on", shown_moment(*from, clock)),
    }
}

pub(super) fn overloaded(
    subject: &Subject<'_>,
    person: PersonId,
    load: &Load,
    all: i64,
    first: Option<NodeId>,
) -> Diagnostic {
    let (plan, roster) = (subject.plan, &subject.plan.roster);
    let entry = roster.person(person);
    let step = first.map_or(plan.nodes[0].span, |first| plan.node(first).span);
    let place = if roster.declared { entry.handle.span } else { step };
    let mut longest = load.steps.clone();
    longest.sort_by_key(|(id, seconds)| (std::cmp::Reverse(*seconds), *id));
    let longest: Vec<NodeId> = longest.into_iter().map(|(id, _)| id).collect();
    let message = format!(
        "{} does {} of the {} of critical work: {}",
        roster.told_apart(person),
        shown_work(load.seconds),
        shown_work(all),
        named_steps(subject, &longest).unwrap_or_default()
    );
    Diagnostic::new(Rule::Overloaded, place, message)
        .label("more than half of what can't wait rests on one person")
        .help("give some of these steps to others, so that one tired person does not hold up the launch")
}

/// The way out that names somebody: `give the step to Raj, who …: write @raj, or try --sub ana=raj`.
fn give_to(scene: &Scene<'_>, other: Option<PersonId>, who: &str) -> Option<String> {
    let roster = &scene.subject.plan.roster;
    let (name, handle) = (roster.told_apart(other?), &roster.person(other?).handle.value);
    let access = if scene.node.access.is_empty() {
        String::new()
    } else {
        format!("holds {}, ", shown_list(scene.node.access.iter().map(|given| given.value.as_str())))
    };
    let (id, out) = (&scene.node.id, scene.written().unwrap_or_else(|| scene.handle()));
    Some(format!(
        "give the step to {name}, who {access}{who}: write `@{handle}` on it, or try `--sub {id}:{out}={handle}`"
    ))
}

/// Steps by number and title, the first few of them.
fn named_steps(subject: &Subject<'_>, steps: &[NodeId]) -> Option<String> {
    let mut names: Vec<String> = steps.iter().take(MOST_NAMED).map(|id| step_name(subject, *id)).collect();
    if steps.len() > MOST_NAMED {
        names.push(format!("{} more", steps.len() - MOST_NAMED));
    }
    listed(&names)
}

fn step_name(subject: &Subject<'_>, id: NodeId) -> String {
    let number = subject.schedule.step(id).map_or(0, |placed| placed.number);
    let node = subject.plan.node(id);
    let lead = if node.way_back.is_some() { "R" } else { "" };
    format!("no. {lead}{number} \"{}\"", node.title)
}

fn owner_name(subject: &Subject<'_>, owner: Owner) -> String {
    match owner {
        Owner::Person(person) => subject.plan.roster.told_apart(person).into_owned(),
        Owner::Team(team) => format!("team `{}`", subject.plan.roster.team(team).handle.value),
    }
}

/// People by name, the first few of them.
fn people(subject: &Subject<'_>, people: impl Iterator<Item = PersonId>) -> Option<String> {
    let names: Vec<String> =
        people.take(MOST_NAMED).map(|person| subject.plan.roster.told_apart(person).into_owned()).collect();
    listed(&names)
}

fn listed(words: &[String]) -> Option<String> {
    match words {
        [] => None,
        [one] => Some(one.clone()),
        [most @ .., last] => Some(format!("{} and {last}", most.join(", "))),
    }
}

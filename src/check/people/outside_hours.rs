//! Steps outside the hours of those who do them. Work in days pauses instead, and of what runs by itself
//! only the beginning counts.

use super::scene::Scene;
use super::staff::{Staff, time_of};
use super::{MOST_SUGGESTIONS, messages, steps};
use crate::check::Subject;
use crate::diagnostic::Diagnostic;

pub(in crate::check) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !subject.schedule.dated || subject.schedule.workers.iter().all(|worker| worker.hours.is_empty()) {
        return;
    }
    let staff = Staff::new(subject.plan, subject.schedule);
    let mut found = 0;
    for (id, node, placed) in steps(subject).filter(|(.., placed)| placed.worked.is_none()) {
        for &person in &placed.people {
            let worker = &subject.schedule.workers[person.index()];
            let Some(off) = worker.off_duty(time_of(node, placed)) else { continue };
            found += 1;
            let other = (found <= MOST_SUGGESTIONS).then(|| staff.somebody_else(id, placed)).flatten();
            let scene = Scene { subject, staff: &staff, node, placed, person };
            diagnostics.push(messages::outside_hours(&scene, off, other));
        }
    }
}

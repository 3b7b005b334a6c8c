//! Steps that need a credential which nobody on the roster holds. Silent without a roster, and when an
//! entry of it could not be read: the credential may stand there.

use super::staff::{Staff, once};
use super::{MOST_SUGGESTIONS, all_steps, messages};
use crate::check::Subject;
use crate::diagnostic::{Diagnostic, nearest};
use crate::plan::Given;

pub(in crate::check) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let roster = &subject.plan.roster;
    if !roster.declared || roster.people.iter().any(|person| person.misread) {
        return;
    }
    let staff = Staff::new(subject.plan, subject.schedule);
    let known = staff.credentials();
    let mut found = 0;
    for (_, node, placed) in all_steps(subject) {
        let missing: Vec<&Given<String>> =
            once(&node.access).filter(|given| staff.holders(&given.value).is_empty()).collect();
        let Some(first) = missing.first() else { continue };
        found += 1;
        let near =
            (found <= MOST_SUGGESTIONS).then(|| nearest(&first.value, known.iter().copied())).flatten();
        diagnostics.push(messages::nobody_has_access(subject, node, placed, &missing, near));
    }
}

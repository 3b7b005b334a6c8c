//! Steps whose owner does not hold a credential that they need, while somebody else does. On ways back
//! too: they have no time yet, and need their credentials all the same.

use super::scene::Scene;
use super::staff::Staff;
use super::{MOST_SUGGESTIONS, all_steps, messages};
use crate::check::Subject;
use crate::diagnostic::Diagnostic;

pub(in crate::check) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !subject.plan.roster.declared {
        return;
    }
    let staff = Staff::new(subject.plan, subject.schedule);
    let mut found = 0;
    for (id, node, placed) in all_steps(subject).filter(|(_, node, _)| !node.access.is_empty()) {
        for &person in &placed.people {
            let mut lacking = staff.lacks(person, node);
            // What nobody holds is said once, and not of everybody.
            lacking.retain(|credential| !staff.holders(&credential.value).is_empty());
            if lacking.is_empty() {
                continue;
            }
            found += 1;
            let looks = found <= MOST_SUGGESTIONS && node.way_back.is_none();
            let other = looks.then(|| staff.somebody_else(id, placed)).flatten();
            let scene = Scene { subject, staff: &staff, node, placed, person };
            diagnostics.push(messages::owner_lacks_access(&scene, &lacking, other));
        }
    }
}

//! Credentials that the plan needs and that only one person holds: said once each, at the first step in
//! run order that needs it.

use std::collections::HashMap;

use super::staff::{Staff, once};
use super::{all_steps, messages};
use crate::check::Subject;
use crate::diagnostic::Diagnostic;
use crate::plan::{Given, Node};

pub(in crate::check) fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let roster = &subject.plan.roster;
    if !roster.declared || roster.people.iter().any(|person| person.misread) {
        return;
    }
    let staff = Staff::new(subject.plan, subject.schedule);
    let mut place: HashMap<&str, usize> = HashMap::new();
    let mut needed: Vec<(&Node, &Given<String>, usize)> = Vec::new();
    for (_, node, _) in all_steps(subject) {
        for given in once(&node.access) {
            let index = *place.entry(&given.value).or_insert(needed.len());
            if index == needed.len() {
                needed.push((node, given, 0));
            }
            needed[index].2 += 1;
        }
    }
    for (node, given, steps) in needed {
        if let [only] = staff.holders(&given.value) {
            diagnostics.push(messages::single_access(subject, node, given, *only, steps));
        }
    }
}

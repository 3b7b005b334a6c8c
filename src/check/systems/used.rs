//! Steps that use a system while it is down, and steps that only luck keeps clear of an outage.

use super::doubt::Doubt;
use super::line::{LineOfSystems, Turn};
use super::messages::{self, Finding, Ordered, Site};
use super::safety::Unsafe;
use super::teller::{Known, Teller};
use crate::diagnostic::Diagnostic;

/// For so many findings the missing link is worked out; whoever has more mends those first.
pub(super) const MOST_HELPED: usize = 500;

/// Those of which it is asked from which outages they are not safe.
pub(super) fn asked(line: &LineOfSystems<'_>, doubt: &Doubt) -> Vec<Turn> {
    // Who stops or starts a system may use it in that step.
    let at_risk = |turn: &&Turn| {
        !line.stops(turn) && !line.starts(turn) && !doubt.of_system(turn.system) && !doubt.of_step(turn.node)
    };
    line.uses.iter().filter(at_risk).copied().collect()
}

/// `found` is what the `users` are not safe from.
pub(super) fn check<'a>(
    line: &LineOfSystems<'a>,
    known: &Known<'a>,
    users: &[Turn],
    found: &[Unsafe],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut unsafe_users: Vec<(&Turn, &Unsafe)> =
        users.iter().zip(found).filter(|(_, found)| !found.is_nothing()).collect();
    unsafe_users.sort_by_key(|(turn, _)| (turn.number, turn.system));
    let (mut met, mut clear) = (Vec::new(), Vec::new());
    for step in unsafe_users.chunk_by(|(one, _), (other, _)| one.number == other.number) {
        met.extend(finding(line, step, |found| found.met.map(|at| (at, found.met_count))));
        clear.extend(finding(line, step, |found| found.clear_of.map(|at| (at, 1))));
    }
    if met.is_empty() && clear.is_empty() {
        return;
    }
    let teller = Teller::new(line, known);
    for (finding, ordered) in with_order(line, met) {
        diagnostics.push(messages::used_while_down(&teller, &finding, ordered));
    }
    for (finding, ordered) in with_order(line, clear) {
        diagnostics.push(messages::unordered_use(&teller, &finding, ordered));
    }
}

/// What there is to say of one step: the first outage, and the others.
fn finding(
    line: &LineOfSystems<'_>,
    step: &[(&Turn, &Unsafe)],
    of: impl Fn(&Unsafe) -> Option<(usize, usize)>,
) -> Option<Finding> {
    let mut sites: Vec<Site> = Vec::new();
    let mut count = 0;
    for (turn, found) in step {
        if let Some((at, several)) = of(found) {
            sites.push(Site { turn: **turn, outage: line.outages[at] });
            count += several;
        }
    }
    sites.sort_by_key(|site| (site.outage.from, site.turn.system));
    let first = *sites.first()?;
    Some(Finding { first, others: sites[1..].to_vec(), count })
}

/// The findings with what the plan's order says of the steps involved.
fn with_order(line: &LineOfSystems<'_>, findings: Vec<Finding>) -> Vec<(Finding, Option<Ordered>)> {
    let order = &line.order;
    let mut pairs = Vec::new();
    for finding in findings.iter().take(MOST_HELPED) {
        let Site { turn, outage } = finding.first;
        let user = turn.vertex;
        let stopper = outage.stopper.map_or(user, |node| line.vertex(node));
        let starter = outage.starter.map_or(user, |node| line.vertex(node));
        pairs.extend([
            (order.shared_end(starter), order.begin(user)),
            (order.begin(user), order.end(starter)),
            (order.begin(stopper), order.end(user)),
            (order.begin(starter), order.end(stopper)),
        ]);
    }
    let answers = order.are_ordered(&pairs);
    let mut ordered = answers.chunks(4).map(|answer| Ordered {
        start_before_use: answer[0],
        use_leads_to_start: answer[1],
        stop_leads_to_use: answer[2],
        start_leads_to_stop: answer[3],
    });
    findings.into_iter().map(|finding| (finding, ordered.next())).collect()
}

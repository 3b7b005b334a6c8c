//! Steps that start a system which is up for sure: whatever could have stopped it comes later, or was
//! followed by another start before.

use super::doubt::Doubt;
use super::line::{LineOfSystems, Turn, of_system};
use super::messages;
use super::safety::Unsafe;
use super::teller::{Known, Teller};
use crate::diagnostic::Diagnostic;
use crate::schedule::{Moment, Outage};

/// Those of which it is asked whether there is an outage that they end.
pub(super) fn asked(line: &LineOfSystems<'_>, doubt: &Doubt) -> Vec<Turn> {
    let may_surprise =
        |turn: &&Turn| !line.stops(turn) && !doubt.of_system(turn.system) && !doubt.of_step(turn.node);
    line.starts.iter().filter(may_surprise).copied().collect()
}

/// `found` is what the `starters` are not safe from.
pub(super) fn check<'a>(
    line: &LineOfSystems<'a>,
    known: &Known<'a>,
    starters: &[Turn],
    found: &[Unsafe],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut up: Vec<Turn> =
        starters.iter().zip(found).filter(|(_, found)| found.is_nothing()).map(|(turn, _)| *turn).collect();
    if up.is_empty() {
        return;
    }
    up.sort_by_key(|turn| (turn.number, turn.word));
    let teller = Teller::new(line, known);
    for step in up.chunk_by(|one, other| one.number == other.number) {
        let starts: Vec<(Turn, Option<Turn>)> =
            step.iter().map(|turn| (*turn, start_before(line, turn))).collect();
        diagnostics.push(messages::started_while_up(&teller, &starts));
    }
}

/// When a way back is called, whatever it starts may be down.
pub(super) fn with_unknown_beginning(line: &LineOfSystems<'_>) -> Vec<Outage> {
    let mut outages = line.outages.to_vec();
    for starts in line.starts.chunk_by(|one, other| one.system == other.system) {
        let first = starts[0];
        outages.push(Outage {
            system: first.system,
            stopper: None,
            starter: Some(first.node),
            from: Moment::ALWAYS,
            until: first.finish,
        });
    }
    outages.sort_by_key(|outage| (outage.system, outage.stopper.is_some()));
    outages
}

/// The last step that started the same system before.
fn start_before(line: &LineOfSystems<'_>, turn: &Turn) -> Option<Turn> {
    let starts = of_system(&line.starts, turn.system);
    let before = starts.partition_point(|start| start.number < turn.number);
    before.checked_sub(1).map(|last| starts[last])
}

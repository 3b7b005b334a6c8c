//! Which step somebody on the command line means: by id, by number, or by title.

use super::messages;
use crate::Compiled;
use crate::plan::{Named, NodeId, Presence};

/// The step, phase or group that a word names; else what to tell the one who wrote it, and what to
/// write instead. A number counts before a title; a word that is one step's id and another's number means neither.
pub fn find_step(compiled: &Compiled, word: &str) -> Result<NodeId, (String, String)> {
    let found = find_written(compiled, word)?;
    let node = compiled.plan.node(found);
    match node.presence {
        Presence::Here => Ok(found),
        Presence::Dropped => Err(messages::dropped_step(&node.title)),
        Presence::LeftOut => Err(messages::left_out_step(&node.title)),
    }
}

/// The same, whether it counts or not.
pub fn find_written(compiled: &Compiled, word: &str) -> Result<NodeId, (String, String)> {
    let plan = &compiled.plan;
    match plan.named(word) {
        Named::One(id) if plan.node(id).id == word => match numbered(compiled, word) {
            Some(Ok(other)) if other != id => {
                Err(messages::id_and_number(word, &plan.node(id).title, &plan.node(other).title))
            }
            _ => Ok(id),
        },
        Named::One(id) if plan.node(id).id == word.trim_start_matches('#') => Ok(id),
        named => match (numbered(compiled, word), named) {
            (Some(found), _) => found,
            (None, Named::One(id)) => Ok(id),
            (None, Named::Several(found)) => {
                Err(messages::several_steps(word, found.iter().map(|id| plan.node(*id).id.as_str())))
            }
            (None, Named::Nobody) => {
                let ids = plan.ids().map(|id| plan.node(id).id.as_str());
                let titles = plan.ids().map(|id| plan.node(id).title.as_str());
                Err(messages::unknown_step(word, ids, titles))
            }
        },
    }
}

/// A step by the number in run order by which it is called: `12`, on a way back `R3`.
fn numbered(compiled: &Compiled, word: &str) -> Option<Result<NodeId, (String, String)>> {
    let schedule = &compiled.schedule;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let place = |text: &str| text.parse::<usize>().ok()?.checked_sub(1);
    if digits(word) {
        let last = schedule.main.order.len();
        let found = place(word).and_then(|place| schedule.main.order.get(place).copied());
        return Some(found.ok_or_else(|| messages::no_such_number(word, last)));
    }
    let on_way_back = word.strip_prefix(['R', 'r']).filter(|rest| digits(rest))?;
    schedule.ways_back.iter().flat_map(|line| &line.order).nth(place(on_way_back)?).map(|id| Ok(*id))
}

//! How long somebody is busy: what overlaps counts once.

use crate::schedule::{Moment, Placed};

/// When somebody is busy with a step: working hours of work in days, else from start to finish.
pub(super) fn busy_in(placed: &Placed) -> Vec<(Moment, Moment)> {
    match &placed.worked {
        Some(worked) => worked.iter().map(|part| (part.start, part.end)).collect(),
        None => vec![(placed.start, placed.finish)],
    }
}

/// The seconds that stretches cover together; what two of them share counts once.
pub(super) fn covered(mut stretches: Vec<(Moment, Moment)>) -> i64 {
    stretches.sort_unstable();
    let mut until = Moment::ALWAYS;
    let mut seconds = 0;
    for (start, end) in stretches {
        let from = start.max(until);
        if end > from {
            seconds += end - from;
            until = end;
        }
    }
    seconds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overlaps_counts_once() {
        let stretches = [(10, 20), (0, 5), (15, 30), (16, 18)];
        let stretches = stretches.map(|(start, end)| (Moment(start), Moment(end)));
        assert_eq!(covered(stretches.to_vec()), 25);
        assert_eq!(covered(Vec::new()), 0);
    }
}

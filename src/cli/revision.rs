//! How new the events of calendars are: a number on the command line, or the time of the last change in the
//! environment.

use super::{messages, terminal};
use crate::view::export::Revision;

/// The variable in which those who build the same bytes again name the time of the last change.
const CHANGED: &str = "SOURCE_DATE_EPOCH";
/// The last second of the year 9999.
const LAST: i64 = 253_402_300_799;

/// What is asked for, or a sentence on what is wrong with it.
pub fn revision(number: Option<u32>) -> Result<Revision, String> {
    let changed = terminal::environment(CHANGED).filter(|text| !text.trim().is_empty());
    let changed = changed.map(|text| seconds(&text)).transpose()?;
    Ok(Revision { number, changed })
}

fn seconds(text: &str) -> Result<i64, String> {
    let number = text.trim().parse().ok().filter(|number| (0..=LAST).contains(number));
    number.ok_or_else(|| messages::bad_epoch(CHANGED, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_a_number_of_this_calendar() {
        assert_eq!(seconds("1790000000"), Ok(1_790_000_000));
        for wrong in ["yesterday", "-1", "1e9", "999999999999"] {
            assert!(seconds(wrong).is_err_and(|sentence| sentence.contains(wrong)), "{wrong}");
        }
    }
}

//! What somebody meant who wrote a key by another name: `tz`, `Time zone`, `tel`, `vacation`.
//!
//! Only names that mean one thing are here: `date` or `lead` could be several.

/// Other names, in small letters and without hyphens or spaces, and what they are called here.
const OTHER_NAMES: [(&str, &str); 38] = [
    ("tz", "timezone"),
    ("zone", "timezone"),
    ("begin", "start"),
    ("begins", "start"),
    ("startdate", "start"),
    ("startsat", "start"),
    ("starttime", "start"),
    ("golive", "t0"),
    ("launchtime", "t0"),
    ("crew", "people"),
    ("participants", "people"),
    ("roster", "people"),
    ("staff", "people"),
    ("groups", "teams"),
    ("parameters", "vars"),
    ("variables", "vars"),
    ("conferencecall", "bridge"),
    ("dialin", "bridge"),
    ("closures", "closed"),
    ("holidays", "closed"),
    ("publicholidays", "closed"),
    ("cell", "phone"),
    ("mobile", "phone"),
    ("tel", "phone"),
    ("telephone", "phone"),
    ("absence", "away"),
    ("absences", "away"),
    ("absent", "away"),
    ("holiday", "away"),
    ("holidays", "away"),
    ("ooo", "away"),
    ("vacation", "away"),
    ("shift", "hours"),
    ("workinghours", "hours"),
    ("deputy", "backup"),
    ("standin", "backup"),
    ("substitute", "backup"),
    ("credentials", "access"),
];

/// The one of `keys` that is written here by another name, or in other letters.
#[must_use]
pub fn meant_key(written: &str, keys: &[&'static str]) -> Option<&'static str> {
    let is_between = |c: &char| matches!(c, '-' | '_' | ' ');
    let plain: String = written.chars().filter(|c| !is_between(c)).flat_map(char::to_lowercase).collect();
    let by_letters = keys.iter().find(|key| **key == plain).copied();
    let others = OTHER_NAMES.iter().filter(|(other, _)| *other == plain).map(|(_, key)| *key);
    by_letters.or_else(|| others.into_iter().find(|key| keys.contains(key))).filter(|key| *key != written)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &[&str] = &["start", "t0", "timezone", "closed", "people"];
    const PERSON: &[&str] = &["phone", "timezone", "away"];

    #[test]
    fn other_names_and_letters_are_known() {
        for (written, meant) in
            [("tz", "timezone"), ("Time zone", "timezone"), ("TIME_ZONE", "timezone"), ("T-0", "t0")]
        {
            assert_eq!(meant_key(written, PLAN), Some(meant), "{written}");
        }
        assert_eq!(meant_key("Holidays", PLAN), Some("closed"));
        assert_eq!(meant_key("holidays", PERSON), Some("away"));
        for written in ["", "-", "date", "start", "tel"] {
            assert_eq!(meant_key(written, PLAN), None, "{written}");
        }
    }
}

//! What other programs call that which stands in braces: `owner`, `assignee`, `depends-on`, `due`.

/// Keys of other programs, and how each of their values is written here.
const OTHER_WORDS: [(&str, &str); 24] = [
    ("owner", "@"),
    ("owners", "@"),
    ("who", "@"),
    ("assignee", "@"),
    ("assigned", "@"),
    ("responsible", "@"),
    ("id", "#"),
    ("estimate", ""),
    ("est", ""),
    ("time", ""),
    ("length", ""),
    ("duration", ""),
    ("takes", ""),
    ("depends", "after="),
    ("depends-on", "after="),
    ("dependencies", "after="),
    ("deps", "after="),
    ("blocked-by", "after="),
    ("needs", "after="),
    ("requires", "after="),
    ("due", "by="),
    ("deadline", "by="),
    ("window", "in="),
    ("system", "uses="),
];

/// Keys of other programs for moments; `start=db` may be a system.
const OTHER_MOMENTS: [(&str, &str); 9] = [
    ("begin", "at="),
    ("begins", "at="),
    ("start", "at="),
    ("starts", "at="),
    ("earliest", "from="),
    ("not-before", "from="),
    ("end", "by="),
    ("finish", "by="),
    ("until", "by="),
];

/// How a key of another program is written here, in front of its values, whatever these are.
#[must_use]
pub fn sign_of_other(key: &str) -> Option<&'static str> {
    let mut words = OTHER_WORDS.iter().chain(&OTHER_MOMENTS);
    words.find(|(other, _)| *other == key).map(|(_, sign)| *sign)
}

/// Whether a key of another program has a moment behind it, if one of ours is not meant.
pub(super) fn is_moment_of_other(key: &str) -> bool {
    OTHER_MOMENTS.iter().any(|(other, _)| *other == key)
}

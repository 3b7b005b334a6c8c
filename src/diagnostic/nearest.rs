//! «Did you mean …»: the nearest word somebody may have wanted.

use std::borrow::Cow;

/// The nearest of `words` to what was written, if one is near enough to be meant.
pub fn nearest<'a>(written: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(written, words).into_iter().min_by_key(|(away, _)| *away).map(|(_, word)| word)
}

/// All words that are as near as the nearest, each once; where more than three are, nobody can say which is meant, and
/// the first stands for them.
pub fn all_nearest<'a>(written: &str, words: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let found = near(written, words);
    let Some(least) = found.iter().map(|(away, _)| *away).min() else { return Vec::new() };
    let mut nearest: Vec<&str> = Vec::new();
    for (_, word) in found.into_iter().filter(|(away, _)| *away == least) {
        if !nearest.contains(&word) {
            nearest.push(word);
        }
        if nearest.len() > 3 {
            nearest.truncate(1);
            break;
        }
    }
    nearest
}

/// The words that may be meant, with how many slips they are away.
fn near<'a>(written: &str, words: impl IntoIterator<Item = &'a str>) -> Vec<(usize, &'a str)> {
    // A word of any length is compared with every candidate: an absurd one is not worth it.
    if written.is_empty() || written.len() > 200 {
        return Vec::new();
    }
    let lower = written.to_lowercase();
    let length = lower.chars().count();
    let letters = letters_of(&lower);
    // A word of quite another length can't be near, and need not be compared.
    let comparable = |word: &&str| {
        let other = word.chars().count();
        word.len() <= 200
            && (length.abs_diff(other) <= (length.max(other) / 3).max(1) || begins_with(word, &lower))
    };
    words
        .into_iter()
        .filter(comparable)
        .map(|word| (in_lower_case(word), word))
        .filter(|(small, word)| slips_at_least(letters, letters_of(small)) <= allowed(&lower, word))
        .map(|(small, word)| (distance(&lower, &small), word))
        // Of one letter nothing is left when it is another.
        .filter(|(away, word)| *away <= allowed(&lower, word) && *away < length.max(word.len()))
        .collect()
}

/// Names mostly are in lower case already.
fn in_lower_case(word: &str) -> Cow<'_, str> {
    let is_lower = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// Which letters a word has, those of one rest by 64 being the same.
fn letters_of(word: &str) -> u64 {
    word.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 64))
}

/// How many slips there must be between two words: each takes one letter away and brings one at most.
fn slips_at_least(letters: u64, others: u64) -> usize {
    (letters ^ others).count_ones() as usize / 2
}

/// Whether a word begins with what was written, which is in lower case.
fn begins_with(word: &str, lower: &str) -> bool {
    let Some(begins) = word.get(..lower.len()) else { return false };
    begins.eq_ignore_ascii_case(lower) || (!begins.is_ascii() && begins.to_lowercase() == lower)
}

/// The one of `words` that was meant for certain: a slip away from what was written, with no other word
/// as near, nor one slip further, nor going on from it. More is asked than for an offer, because this one
/// is written into the plan.
pub fn only_near<'a>(written: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if written.is_empty() || written.len() > 200 {
        return None;
    }
    let lower = written.to_lowercase();
    let length = lower.chars().count();
    // Most words are of another length, and need no comparing.
    let comparable = |word: &str| {
        word.len() <= 200
            && (word.chars().count().abs_diff(length) <= MOST_SLIPS + 1 || begins_with(word, &lower))
    };
    // Who is further away is no rival either.
    let letters = letters_of(&lower);
    let farthest = MOST_SLIPS + if length < LONG { 1 } else { 2 };
    let measured = |word: &'a str| {
        let small = in_lower_case(word);
        let may_be_near =
            slips_at_least(letters, letters_of(&small)) <= farthest || small.starts_with(&lower);
        may_be_near.then(|| (distance(&lower, &small), small, word))
    };
    let near: Vec<(usize, Cow<'_, str>, &str)> =
        words.into_iter().filter(|word| comparable(word)).filter_map(measured).collect();
    let (away, small, best) = near.iter().min_by_key(|(away, ..)| *away)?;
    let rival = |(other, small, word): &(usize, Cow<'_, str>, &str)| {
        let as_near = other <= away || (*other <= away + 1 && *other <= allowed(&lower, small));
        word != best && (as_near || (*away > 0 && length >= 3 && small.starts_with(&lower)))
    };
    (!near.iter().any(rival) && is_slip(&lower, small)).then_some(*best)
}

/// So many parts of a word may have a slip.
const MOST_SLIPS: usize = 2;
/// A word of so many letters may have a rival at four slips, one more than forgotten hyphens take.
const LONG: usize = 9;

/// Whether two words differ by slips alone: part by part (at hyphens) a letter more, less or another, or
/// two that changed places. Numbers and parts of two letters are no slips: `db-1` is not `db-2`, and
/// `prod-eu` not `prod-us`.
fn is_slip(written: &str, word: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let parts = |text: &str| text.split(['-', '_', ' ']).map(str::to_owned).collect::<Vec<_>>();
    let (written_parts, parts) = (parts(written), parts(word));
    if digits(written) != digits(word) {
        return false;
    }
    if written_parts.len() != parts.len() {
        // A hyphen was forgotten, or is one too many.
        let joined = |parts: &[String]| parts.concat();
        return joined(&written_parts) == joined(&parts);
    }
    let mut slips = 0;
    let good = written_parts.iter().zip(&parts).all(|(written, part)| {
        let long = written.chars().count().min(part.chars().count()) >= 3;
        slips += usize::from(written != part);
        written == part || (long && distance(written, part) == 1)
    });
    good && slips <= MOST_SLIPS
}

fn distance(written: &str, word: &str) -> usize {
    strsim::osa_distance(written, word)
}

/// One slip in three letters, and a beginning of three letters or more counts as near.
fn allowed(written: &str, word: &str) -> usize {
    let length = written.chars().count().max(word.chars().count());
    let prefix = written.chars().count() >= 3 && begins_with(word, written);
    if prefix { length } else { (length / 3).max(1) }
}

/// Words as people list them: `` `a`, `b` and `c` ``, at most eight.
#[must_use]
pub fn shown_list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    let ticked = |some: &[&str]| some.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    match words.as_slice() {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [most @ .., last] if words.len() <= 8 => format!("{} and `{last}`", ticked(most)),
        many => format!("{} and {} more", ticked(&many[..7]), many.len() - 7),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_offered_and_far_ones_not() {
        assert_eq!(nearest("anna", ["raj", "ana"]), Some("ana"));
        assert_eq!(nearest("afer", ["at", "after", "from"]), Some("after"));
        assert_eq!(nearest("prod", ["staging", "production"]), Some("production"));
        assert_eq!(nearest("zoe", ["ana", "raj"]), None);
    }

    #[test]
    fn a_word_is_certain_when_one_slip_leads_to_it_alone() {
        let people =
            ["ana", "raj", "mia", "omar", "production", "prod-us", "db-1", "any-order", "copy-orders"];
        let meant = |written| only_near(written, people);
        assert_eq!(meant("anna"), Some("ana"));
        assert_eq!(meant("Raj"), Some("raj"));
        assert_eq!(meant("amr"), None, "two slips");
        assert_eq!(meant("mai"), Some("mia"));
        assert_eq!(meant("producton"), Some("production"));
        assert_eq!(meant("prod"), None, "a beginning is an offer, not a certainty");
        assert_eq!(meant("prod-eu"), None, "another place");
        assert_eq!(meant("db-2"), None, "another number");
        assert_eq!(meant("anyorder"), Some("any-order"));
        assert_eq!(meant("copi-ordesr"), Some("copy-orders"));
        assert_eq!(only_near("mua", ["mia", "mua-2", "mea"]), None, "two are as near");
        assert_eq!(only_near("anna", ["ana", "hanna"]), None);
        assert_eq!(only_near("anna", ["ana", "hannah"]), None, "the next is one slip further");
        assert_eq!(only_near("anna", ["ana", "annabel"]), None, "that may be how it goes on");
        assert_eq!(only_near("ab", ["ac"]), None, "half of it differs");
        assert_eq!(only_near("AC", ["ac"]), Some("ac"));
    }

    #[test]
    fn long_lists_are_cut() {
        assert_eq!(shown_list(["a", "b", "c"]), "`a`, `b` and `c`");
        assert!(shown_list(["a"; 20]).ends_with("and 13 more"));
    }
}

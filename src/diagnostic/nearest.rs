//! «Did you mean …»: the nearest word somebody may have wanted.

/// The nearest of `words` to what was written, if one is near enough to be meant.
pub fn nearest<'a>(written: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A word of any length is compared with every candidate: an absurd one is not worth it.
    if written.is_empty() || written.len() > 200 {
        return None;
    }
    let lower = written.to_lowercase();
    words
        .into_iter()
        .filter(|word| word.len() <= 200)
        .map(|word| (distance(&lower, &word.to_lowercase()), word))
        .filter(|(away, word)| *away <= allowed(&lower, word))
        .min_by_key(|(away, _)| *away)
        .map(|(_, word)| word)
}

fn distance(written: &str, word: &str) -> usize {
    strsim::osa_distance(written, word)
}

/// One slip in three letters, and a beginning of three letters or more counts as near.
fn allowed(written: &str, word: &str) -> usize {
    let length = written.chars().count().max(word.chars().count());
    let prefix = written.chars().count() >= 3 && word.to_lowercase().starts_with(written);
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
    fn long_lists_are_cut() {
        assert_eq!(shown_list(["a", "b", "c"]), "`a`, `b` and `c`");
        assert!(shown_list(["a"; 20]).ends_with("and 13 more"));
    }
}

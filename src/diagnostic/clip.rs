//! A sentence has a length at most, whatever it quotes: both of its ends stay.

/// A sentence longer than this many bytes loses its middle.
const LONGEST_SENTENCE: usize = 2000;

/// So much of its end stays.
const LAST_WORDS: usize = 400;

/// What one writes stands in many sentences: a title of a hundred pages, quoted by each step behind it, would make of a
/// small plan an answer that no terminal and no code host takes.
pub(super) fn clipped(text: String) -> String {
    if text.len() <= LONGEST_SENTENCE {
        return text;
    }
    let border = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (head, tail) = (border(LONGEST_SENTENCE - LAST_WORDS), border(text.len() - LAST_WORDS));
    format!("{}…{}", &text[..head], &text[tail..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Rule};

    #[test]
    fn of_a_long_sentence_both_ends_stay() {
        let one =
            Diagnostic::about_command_line(Rule::Cycle, format!("`a{}` is wrong", "ä".repeat(1_000_000)))
                .label("short")
                .help("é".repeat(2000));
        assert!(one.message.len() <= LONGEST_SENTENCE + '…'.len_utf8(), "{}", one.message.len());
        assert!(one.message.starts_with("`aä") && one.message.ends_with("ä` is wrong"));
        assert!(one.label == "short" && one.help[0].len() <= LONGEST_SENTENCE + '…'.len_utf8());
    }
}

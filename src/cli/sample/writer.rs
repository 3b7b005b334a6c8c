//! The text of the phases and steps: ideas with places, times and owners, as Markdown.

use super::idea::{Idea, Time};
use super::place::Place;
use super::random::Random;

/// Questions that came up on the way, each with its answer.
const QUESTIONS: [(&str, &str); 5] = [
    ("Do open vouchers stay valid?", "yes, all of them, with their old numbers"),
    (
        "Who lets us into the %site on Saturday evening?",
        "the manager, until 22:30; after that the guard has the list",
    ),
    ("May we mail customers on a Sunday?", "yes, since it is about their own orders"),
    ("Does the accountant need the old receipts on paper?", "no, the archive will do"),
    ("Are there two of every cable?", "there are now"),
];

/// How a list runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Numbered.
    Written,
    /// With bullets.
    Any,
}

/// The text so far.
#[derive(Default)]
pub(super) struct Writer(String);

impl Writer {
    pub(super) fn into_text(self) -> String {
        self.0
    }

    pub(super) fn heading(&mut self, depth: usize, title: &str, words: &str) {
        let braces = if words.is_empty() { String::new() } else { format!(" {{{words}}}") };
        self.empty_line();
        self.0.push_str(&format!("{} {title}{braces}\n\n", "#".repeat(depth)));
    }

    pub(super) fn step(
        &mut self,
        number: usize,
        order: Order,
        idea: &Idea,
        place: &Place,
        owner: Option<&str>,
        random: &mut Random,
    ) {
        let marker = match order {
            Order::Written => format!("{number}. "),
            Order::Any => "- ".to_owned(),
        };
        let own = placed(idea.words, place);
        // In the order of `tminus fmt`.
        let (names, others): (Vec<&str>, Vec<&str>) =
            own.split_whitespace().partition(|word| word.starts_with('#'));
        let (uses, others): (Vec<&str>, Vec<&str>) = others.into_iter().partition(|word| is_of_system(word));
        let estimate = estimate(idea.time, random);
        let access = (owner.is_some() && !idea.access.is_empty()).then(|| format!("access={}", idea.access));
        let words = names.into_iter().chain(owner).chain(estimate.as_deref()).chain(others);
        let words: Vec<&str> = words.chain(access.as_deref()).chain(uses).collect();
        let title = placed(idea.title, place);
        let braces = if words.is_empty() { String::new() } else { format!(" {{{}}}", words.join(" ")) };
        self.0.push_str(&format!("{marker}[ ] {title}{braces}\n"));
        self.details(&placed(idea.details, place), marker.len());
    }

    pub(super) fn question(&mut self, place: &Place, owner: Option<&str>, random: &mut Random) {
        let Some((question, answer)) = random.of(&QUESTIONS) else { return };
        let owner = owner.map_or_else(String::new, |owner| format!("{owner} "));
        let (question, friday) = (placed(question, place), &place.weekend.friday);
        self.0.push_str(&format!("- [?] {question} {{{owner}by={friday}}}\n  - answer: {answer}\n"));
    }

    fn details(&mut self, details: &str, indentation: usize) {
        if details.is_empty() {
            return;
        }
        // Only lists may follow a title without an empty line.
        let needs_room = !details.starts_with("- ");
        if needs_room {
            self.empty_line();
        }
        for line in details.lines() {
            if !line.is_empty() {
                self.0.push_str(&" ".repeat(indentation));
                self.0.push_str(line);
            }
            self.0.push('\n');
        }
        if needs_room {
            self.empty_line();
        }
    }

    /// One, wherever the text ends now.
    fn empty_line(&mut self) {
        if !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }
}

fn is_of_system(word: &str) -> bool {
    ["uses=", "stops=", "starts=", "locks="].iter().any(|key| word.starts_with(key))
}

/// About as long as the idea takes: most are one number, some a range, a few with a likely length in it.
fn estimate(time: Time, random: &mut Random) -> Option<String> {
    let minutes = match time {
        Time::Unwritten => return None,
        Time::Day => return Some("1d".to_owned()),
        Time::Minutes(minutes) => minutes,
    };
    let more = (minutes / 10).max(1) * 5;
    let text = match random.below(10) {
        0..6 => length(minutes),
        6..9 => format!("{}..{}", length(minutes), length(minutes + more)),
        _ => format!("{}..{}..{}", length(minutes - minutes / 4), length(minutes), length(minutes + more)),
    };
    Some(text)
}

fn length(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes}m"),
        (hours, 0) => format!("{hours}h"),
        (hours, minutes) => format!("{hours}h{minutes}m"),
    }
}

/// The text with the names of the site in it.
fn placed(text: &str, place: &Place) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match NAMES.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, value)) => {
                out.push_str(&value(place));
                rest = &rest[name.len()..];
            }
            None => {
                out.push('%');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// A name and what it stands for at a place.
type Name = (&'static str, fn(&Place) -> String);

const NAMES: [Name; 9] = [
    ("%city", |place| place.city.to_owned()),
    ("%site", |place| format!("{} shop", place.quarter)),
    ("%shop", |place| format!("shop{}", place.region)),
    ("%stock", |place| format!("stock{}", place.region)),
    ("%host", |place| place.city.to_lowercase()),
    ("%friday", |place| place.weekend.friday.clone()),
    ("%earlier", |place| place.earlier.as_ref().map_or_else(String::new, |site| site.city.to_owned())),
    ("%before", |place| place.earlier.as_ref().map_or_else(String::new, |site| site.prefix.clone())),
    ("%x", |place| place.prefix.clone()),
];

#[cfg(test)]
mod tests {
    use super::super::place::Places;
    use super::{length, placed};

    #[test]
    fn lengths_are_short() {
        assert_eq!([5, 60, 75].map(length), ["5m", "1h", "1h15m"]);
    }

    #[test]
    fn a_percent_sign_is_no_name() {
        let place = Places::new(1, 10).of(0);
        assert_eq!(placed("7 % of %city, 7%", &place), "7 % of Lisbon, 7%");
    }
}

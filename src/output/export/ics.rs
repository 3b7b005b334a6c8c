//! A calendar as RFC 5545 has it.
//!
//! Lines of 75 bytes at most, a break never inside a character; commas, semicolons, backslashes and line
//! breaks of a text are written so that they come back. Written by hand: what libraries there are read the clock
//! for what is not given, and need time that grows with the square of a text's length to fold it.

use std::borrow::Cow;

use crate::source::first_marked;
use crate::view::export::{Busy, Calendar, Event};

/// The longest line, in bytes, without its end.
const LONGEST_LINE: usize = 75;

/// Writes a calendar.
#[must_use]
pub fn write_ics(calendar: &Calendar) -> String {
    let mut lines = Lines(String::new());
    lines.plain("BEGIN", "VCALENDAR");
    lines.plain("VERSION", "2.0");
    lines.plain("PRODID", "-//tminus//tminus 1//EN");
    lines.plain("CALSCALE", "GREGORIAN");
    lines.text("NAME", &calendar.name);
    lines.text("X-WR-CALNAME", &calendar.name);
    lines.text("DESCRIPTION", &calendar.description);
    lines.text("X-WR-CALDESC", &calendar.description);
    lines.text("X-WR-TIMEZONE", &calendar.zone);
    for event in &calendar.events {
        lines.event(event);
    }
    lines.plain("END", "VCALENDAR");
    lines.0
}

struct Lines(String);

impl Lines {
    fn event(&mut self, event: &Event) {
        self.plain("BEGIN", "VEVENT");
        self.plain("UID", &event.uid);
        self.plain("SEQUENCE", &event.sequence.to_string());
        self.plain("DTSTAMP", &event.stamp);
        self.plain("LAST-MODIFIED", &event.stamp);
        self.plain("DTSTART", &event.start);
        if let Some(end) = &event.end {
            self.plain("DTEND", end);
        }
        self.text("SUMMARY", &event.summary);
        self.text("DESCRIPTION", &event.description);
        self.text("LOCATION", &event.location);
        self.text("CATEGORIES", &event.category);
        if event.critical {
            self.plain("PRIORITY", "1");
        }
        self.plain("TRANSP", if event.busy == Busy::Busy { "OPAQUE" } else { "TRANSPARENT" });
        if let Some(minutes) = event.reminder {
            self.plain("BEGIN", "VALARM");
            self.plain("ACTION", "DISPLAY");
            self.plain("TRIGGER", &format!("-PT{minutes}M"));
            self.text("DESCRIPTION", &event.summary);
            self.plain("END", "VALARM");
        }
        self.plain("END", "VEVENT");
    }

    /// A text; an empty one is left out.
    fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.plain(name, &escaped(text));
        }
    }

    /// A line, folded where it is long: what goes on begins with a space.
    fn plain(&mut self, name: &str, value: &str) {
        self.0.push_str(name);
        self.0.push(':');
        // Names are short and of ASCII.
        let mut room = LONGEST_LINE - name.len() - 1;
        let mut rest = value;
        while rest.len() > room {
            let end = (0..=room).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or(room);
            self.0.push_str(&rest[..end]);
            self.0.push_str("\r\n ");
            rest = &rest[end..];
            room = LONGEST_LINE - 1;
        }
        self.0.push_str(rest);
        self.0.push_str("\r\n");
    }
}

/// By byte: whether it means something in a text.
const MEANT: [bool; 256] = {
    let mut meant = [false; 256];
    let mut each = b"\\;,\n".as_slice();
    while let [byte, rest @ ..] = each {
        meant[*byte as usize] = true;
        each = rest;
    }
    meant
};

fn escaped(text: &str) -> Cow<'_, str> {
    let next = |text: &str| first_marked(text.as_bytes(), &MEANT);
    let Some(mut at) = next(text) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    loop {
        out.push_str(&rest[..at]);
        out.push('\\');
        out.push_str(match &rest[at..=at] {
            "\n" => "n",
            meant => meant,
        });
        rest = &rest[at + 1..];
        let Some(next) = next(rest) else { break };
        at = next;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut lines = Lines(String::new());
        let text = "ä€😀".repeat(60);
        lines.text("SUMMARY", &text);
        assert!(lines.0.split("\r\n").all(|line| line.len() <= LONGEST_LINE), "{}", lines.0);
        assert_eq!(lines.0.replace("\r\n ", ""), format!("SUMMARY:{text}\r\n"));
    }

    #[test]
    fn what_has_a_meaning_is_escaped() {
        assert_eq!(escaped("a,b;c\\n\nEND:VEVENT"), "a\\,b\\;c\\\\n\\nEND:VEVENT");
    }
}

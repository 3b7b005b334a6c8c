//! Numbers, dates and times in digits. Every row of every page has some of them, so they are put down one by one.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

/// A number, however long.
pub(super) fn number(text: &mut String, number: u64) {
    if number >= 10 {
        self::number(text, number / 10);
    }
    digit(text, (number % 10) as u32);
}

/// A number below 100.
pub(super) fn two_digits(text: &mut String, number: u32) {
    digit(text, number / 10);
    digit(text, number % 10);
}

/// A number in four digits, or in more where it needs them.
pub(super) fn four_digits(text: &mut String, number: u32) {
    match number {
        0..10_000 => {
            two_digits(text, number / 100);
            two_digits(text, number % 100);
        }
        _ => text.push_str(&number.to_string()),
    }
}

/// `2026-12-05`
pub(super) fn date(text: &mut String, day: NaiveDate) {
    match u32::try_from(day.year()) {
        Ok(year @ 0..10_000) => four_digits(text, year),
        // As ISO 8601 has it.
        _ => text.push_str(&format!("{:+05}", day.year())),
    }
    text.push('-');
    two_digits(text, day.month());
    text.push('-');
    two_digits(text, day.day());
}

/// `22:00:00`
pub(super) fn time(text: &mut String, time: NaiveTime) {
    two_digits(text, time.hour());
    text.push(':');
    two_digits(text, time.minute());
    text.push(':');
    two_digits(text, time.second());
}

fn digit(text: &mut String, digit: u32) {
    text.push(char::from(b'0' + (digit % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_those_of_chrono() {
        for (year, month, day) in [(2026, 12, 5), (999, 1, 31), (0, 2, 29), (10_000, 1, 1), (-1, 10, 9)] {
            let day = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
            let mut text = String::new();
            date(&mut text, day);
            assert_eq!(text, day.to_string());
        }
        for second in [0, 59, 3_723, 86_399] {
            let of_day = NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap_or_default();
            let mut text = String::new();
            time(&mut text, of_day);
            assert_eq!(text, of_day.to_string());
        }
    }

    #[test]
    fn long_numbers_are_whole() {
        let mut text = String::new();
        number(&mut text, 7);
        number(&mut text, 42);
        number(&mut text, 1_234);
        number(&mut text, u64::MAX);
        four_digits(&mut text, 7);
        four_digits(&mut text, 12_345);
        assert_eq!(text, format!("7421234{}000712345", u64::MAX));
    }
}

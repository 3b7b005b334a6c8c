//! Work grows with the text, or with n·log n of it: four times the text may take eight times as long, not sixteen;
//! pages, eight times as long for four times as much of them.
//!
//! The input is a plan in which everything from its middle line on is said again and again; `%n` in it is the number
//! of the repetition, `%p` the one before. Time is that of the processor where the system tells it.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use tminus::document::mends;

use super::input::Input;
use super::pages::pages;

/// Bytes of the shorter text; the longer one has four times as many.
const LENGTH: usize = 8_000;

/// What takes less is not measured: the first page, the first table, the clock's grain.
const LEAST: Duration = Duration::from_millis(80);

/// How many times as long four times the text may take.
const MOST: u32 = 8;

/// The grain of the clock.
const GRAIN: Duration = Duration::from_millis(10);

/// How often something has to be slow.
const TRIES: usize = 4;

/// Something to do, which says how many bytes it has made.
type Work = (&'static str, fn(&Input) -> usize);

const WORKS: [Work; 4] = [
    ("compile", |input| {
        drop(input.compile());
        0
    }),
    ("pages", |input| pages(input).iter().map(|page| page.text.len()).sum()),
    ("fmt", |input| {
        let (mut sources, plan) = input.sources();
        drop(tminus::canonical(&mut sources, plan));
        0
    }),
    ("fix", |input| {
        let (compiled, sources) = input.compile();
        drop(mends(&compiled.diagnostics, &sources));
        0
    }),
];

pub fn hold(text: &str) {
    let middle = text.len() / 2;
    let middle = text.as_bytes()[..middle].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let (head, body) = text.split_at(middle);
    if body.trim().is_empty() || head.len() > LENGTH / 4 || body.contains("==> ") {
        return;
    }
    let (short, long) = (repeated(head, body, LENGTH), repeated(head, body, LENGTH * 4));
    for (name, work) in WORKS {
        // Others use the machine too: what is slow once may be chance.
        let slow = (0..TRIES).all(|_| {
            let ((first, made), (second, all_made)) = (taken(work, &short), taken(work, &long));
            // A step of very many owners stands on the page of each, so that pages may grow faster than the text.
            let more = u32::try_from(all_made / made.max(1)).unwrap_or(u32::MAX).max(4);
            second > LEAST && second > first.max(GRAIN) * more.saturating_mul(MOST) / 4
        });
        assert!(!slow, "{name}: four times {body:?} after {head:?} takes more than {MOST} times as long");
    }
}

fn repeated(head: &str, body: &str, length: usize) -> String {
    let mut text = head.to_owned();
    let mut number = 0usize;
    while text.len() < length {
        number += 1;
        let before = number.saturating_sub(1).to_string();
        text.push_str(&body.replace("%n", &number.to_string()).replace("%p", &before));
        if !text.ends_with('\n') {
            text.push('\n');
        }
    }
    text
}

fn taken(work: fn(&Input) -> usize, text: &str) -> (Duration, usize) {
    let input = Input::read(text);
    let begin = now();
    let made = work(&input);
    (now().saturating_sub(begin), made)
}

/// The time that the processors have worked for this process, with all threads that it had, or what a clock says.
fn now() -> Duration {
    static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in parentheses may hold spaces; the times in user and system mode follow as the 12th and 13th word.
    let words = stat.rsplit(") ").next().unwrap_or_default().split(' ').skip(11);
    let ticks: Vec<u64> = words.take(2).filter_map(|word| word.parse().ok()).collect();
    match ticks[..] {
        [user, system] => GRAIN * u32::try_from(user + system).unwrap_or(u32::MAX),
        _ => BEGIN.elapsed(),
    }
}

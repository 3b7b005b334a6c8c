//! How long each stage took, as a table on the error stream: what `--timings` prints.
//!
//! The stages know no clock: whoever runs them says here when one is over, and the time since the last word
//! is that stage's. So the table leaves nothing out, and when nobody has asked no clock is read.

use std::time::{Duration, Instant};

use super::terminal;
use crate::Stage;

/// A watch that runs, or none.
pub struct Timings(Option<Watch>);

struct Watch {
    last: Instant,
    /// In the order in which a plan travels.
    spent: Vec<(Stage, Duration)>,
}

impl Timings {
    /// Work begins.
    pub fn begin(asked: bool) -> Self {
        Self(asked.then(|| Watch { last: terminal::clock(), spent: Vec::new() }))
    }

    /// A stage is over, or one more part of it.
    pub fn passed(&mut self, stage: Stage) {
        let Some(watch) = &mut self.0 else { return };
        let now = terminal::clock();
        let spent = now.duration_since(watch.last);
        watch.last = now;
        match watch.spent.binary_search_by_key(&stage, |(known, _)| *known) {
            Ok(at) => watch.spent[at].1 += spent,
            Err(at) => watch.spent.insert(at, (stage, spent)),
        }
    }

    /// Prints the table; what was done since the last stage counts as something said. Where nothing was read,
    /// there is nothing to tell.
    pub fn print(mut self) {
        if self.0.as_ref().is_none_or(|watch| watch.spent.is_empty()) {
            return;
        }
        self.passed(Stage::Report);
        if let Some(watch) = &self.0 {
            terminal::remark(&table(&watch.spent));
        }
    }
}

/// A row a stage, with its share of the whole in percent; names to the left, numbers to the right.
fn table(spent: &[(Stage, Duration)]) -> String {
    let whole: Duration = spent.iter().map(|(_, spent)| *spent).sum();
    let width = milliseconds(whole).len().max("ms".len());
    let row = |name: &str, spent: Duration| {
        let share = if whole.is_zero() { 0.0 } else { spent.as_secs_f64() / whole.as_secs_f64() };
        format!("\n{name:<8}  {:>width$}  {:>5.1} %", milliseconds(spent), 100.0 * share)
    };
    let mut table = format!("{:<8}  {:>width$}  {:>7}", "stage", "ms", "share");
    table.extend(spent.iter().map(|(stage, spent)| row(name(*stage), *spent)));
    table.push_str(&row("all", whole));
    table
}

fn milliseconds(spent: Duration) -> String {
    format!("{:.2}", spent.as_secs_f64() * 1000.0)
}

fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Fix => "fix",
        Stage::Read => "read",
        Stage::Document => "document",
        Stage::Plan => "plan",
        Stage::Graph => "graph",
        Stage::Schedule => "schedule",
        Stage::Check => "check",
        Stage::Pages => "pages",
        Stage::Write => "write",
        Stage::Pdf => "pdf",
        Stage::Report => "report",
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::table;
    use crate::Stage;

    #[test]
    fn columns_are_aligned_and_shares_are_of_the_whole() {
        let spent = [
            (Stage::Read, Duration::from_micros(250)),
            (Stage::Document, Duration::from_millis(1234)),
            (Stage::Report, Duration::ZERO),
        ];
        let expected = "\
stage          ms    share
read         0.25    0.0 %
document  1234.00  100.0 %
report       0.00    0.0 %
all       1234.25  100.0 %";
        assert_eq!(table(&spent), expected);
        assert!(table(&[]).ends_with("all       0.00    0.0 %"), "{}", table(&[]));
    }
}

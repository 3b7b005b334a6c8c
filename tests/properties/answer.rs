//! A text goes in; the compiled plan, its sources and its JSON come out, ready to be questioned.

use proptest::test_runner::{Config, RngSeed};
use serde_json::Value;
use tminus::source::{Source, Sources};
use tminus::view::json::plan_json;
use tminus::view::{PageOptions, PlanPages};
use tminus::{Compiled, Options};

/// What the program answers to a text.
pub struct Answer {
    /// The plan, for its diagnostics and pages.
    pub compiled: Compiled,
    /// The text.
    pub sources: Sources,
    /// The machine output.
    pub json: Value,
}

/// Compiles a text that lies on no disk.
pub fn answer(text: &str) -> Answer {
    answer_with(text, &Options::default())
}

/// Compiles a text with options of the command line.
pub fn answer_with(text: &str, options: &Options) -> Answer {
    let mut sources = Sources::new();
    let id = sources.add(Source::new("plan.md", text));
    let compiled = tminus::compile(&mut sources, id, options);
    let json = plan_json(&compiled, &sources).to_text();
    let json = serde_json::from_str(&json).expect("the machine output is JSON");
    Answer { compiled, sources, json }
}

impl Answer {
    /// The pages of the plan.
    pub fn pages(&self) -> PlanPages<'_> {
        let revision = tminus::view::export::Revision::default();
        PlanPages::present(&self.compiled, &self.sources, "plan", PageOptions::default(), revision)
    }
}

/// What the library takes where the environment does not ask for a number of cases.
const UNASKED: u32 = 256;

/// So many cases, the same on every run; `PROPTEST_CASES` asks for more, and for others each time.
pub fn cases(number: u32) -> Config {
    let config = Config { failure_persistence: None, max_shrink_time: 20_000, ..Config::default() };
    if config.cases == UNASKED {
        Config { cases: number, rng_seed: RngSeed::Fixed(20_261_205), ..config }
    } else {
        config
    }
}

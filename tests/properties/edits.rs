//! Edits that mean nothing change nothing: comments, blank lines, line ends, other ids, another order
//! of the roster, a substitution of somebody by themselves. And owners find each of their steps once.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tminus::Options;
use tminus::output::Renderer;
use tminus::plan::{PlanOptions, Substitute};

use crate::answer::{Answer, answer, answer_with, cases};
use crate::make::{Scope, plans};
use crate::model::Model;
use crate::timed::{Case, list, words};

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn comments_and_blank_lines_change_no_time(plan in plans(Scope::All), every in 1..5usize) {
        prop_assert_eq!(times(&answer(&spaced(&plan.text(), every))), times(&answer(&plan.text())));
    }

    #[test]
    fn other_line_ends_change_nothing_but_the_hash(plan in plans(Scope::All)) {
        let text = plan.text();
        let windows = answer(&text.replace('\n', "\r\n")).json;
        let mut unix = answer(&text).json;
        unix["hash"] = windows["hash"].clone();
        prop_assert_eq!(windows, unix);
    }

    #[test]
    fn other_ids_change_no_time(plan in plans(Scope::All)) {
        let renamed = Model { prefix: "zz-Renamed_", ..plan.clone() };
        let shorter = times(&answer(&plan.text()));
        let renamed = times(&answer(&renamed.text()));
        let renamed = renamed.into_iter().map(|(id, facts)| (id.replace("zz-Renamed_", "s"), facts));
        prop_assert_eq!(renamed.collect::<BTreeMap<_, _>>(), shorter);
    }

    #[test]
    fn the_order_of_the_roster_changes_no_time(plan in plans(Scope::All), turn in 0..5usize) {
        let mut turned = plan.clone();
        turned.roster.rotate_left(turn % plan.roster.len());
        turned.roster.swap(0, plan.roster.len() / 2);
        prop_assert_eq!(times(&answer(&turned.text())), times(&answer(&plan.text())));
    }

    #[test]
    fn somebody_in_their_own_place_changes_no_time(plan in plans(Scope::All)) {
        let subs = (0..plan.people.len()).map(|person| Substitute::of_all(&format!("p{person}"), &format!("p{person}")));
        let plan_options = PlanOptions { subs: subs.collect(), ..PlanOptions::default() };
        let options = Options { plan: plan_options, ..Options::default() };
        prop_assert_eq!(times(&answer_with(&plan.text(), &options)), times(&answer(&plan.text())));
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn owners_find_each_of_their_steps_once(plan in plans(Scope::All)) {
        let case = Case::new(plan);
        let renderer = Renderer::new().expect("the built-in templates parse");
        let pages = renderer.plan(&case.answer.pages()).expect("every page renders");
        for person in 0..case.model.people.len() {
            let own = case.steps.values().filter(|step| step.people.contains(&person));
            let mut own: Vec<u64> = own.map(|step| step.number).collect();
            own.sort_unstable();
            let path = format!("owners/p{person}.md");
            let page = pages.iter().find(|page| page.path == path).map_or("", |page| &page.text);
            prop_assert_eq!(numbers(page), own, "the steps on the page of p{}", person);
        }
    }
}

/// The numbers of the steps on an owner's page, as it lists them.
fn numbers(page: &str) -> Vec<u64> {
    let items = page.lines().filter_map(|line| line.strip_prefix("- [ ] **"));
    let after = items.filter_map(|item| item.split("** no. ").nth(1));
    after.filter_map(|rest| rest.split(':').next()?.parse().ok()).collect()
}

/// A text with a blank line or a comment before every so many of its lines, where neither has a meaning.
fn spaced(text: &str, every: usize) -> String {
    let mut out = String::new();
    let mut fences = 0;
    for (number, line) in text.lines().enumerate() {
        if fences > 1 && number % every == 0 {
            let heading = line.starts_with('#');
            out.push_str(if heading { "\n<!-- - [ ] not a step {@nobody 5m} -->\n\n" } else { "\n" });
        }
        out.push_str(line);
        out.push('\n');
        fences += usize::from(line == "---");
        if fences == 1 && number % every == 0 {
            out.push_str("# a comment\n\n");
        }
    }
    out + "\n<!-- the end -->\n"
}

/// By id: number, start, finish, slack, people and reason of every step.
fn times(answer: &Answer) -> BTreeMap<String, String> {
    times_of(&answer.json)
}

/// The same of the machine output.
pub fn times_of(json: &serde_json::Value) -> BTreeMap<String, String> {
    let facts = |step: &serde_json::Value| {
        let keys = ["number", "start", "finish", "slack_seconds", "owners"];
        let facts: Vec<String> = keys.iter().map(|key| step[*key].to_string()).collect();
        format!("{} {}", facts.join(" "), step["reason"]["kind"])
    };
    list(&json["steps"]).iter().map(|step| (words(&step["id"]).to_owned(), facts(step))).collect()
}

//! `tminus without`: who could take the steps of somebody who drops out, and how the plan gets on then.
//!
//! The plan and the whole answers lie in `without/`; what is exact there is compared byte for byte.
//! `TMINUS_BLESS=1` writes the present answers: read every changed line before keeping it.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod command;

use std::fs;
use std::path::{Path, PathBuf};

use command::{Ran, tminus};
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/without")
}

fn without(arguments: &[&str]) -> Ran {
    let all: Vec<&str> = ["without", "move.md"].iter().chain(arguments).copied().collect();
    tminus(&folder(), &all)
}

/// The answer to a plan that lies nowhere else.
fn without_in(plan: &str, name: &str) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("plan.md"), plan).expect("the plan is written");
    tminus(folder.path(), &["without", "plan.md", name])
}

#[track_caller]
fn says(ran: &Ran, status: i32, sentences: &[&str]) {
    assert_eq!(ran.status, status, "{}{}", ran.stdout, ran.stderr);
    for sentence in sentences {
        assert!(ran.stdout.contains(sentence), "expected: {sentence}\n{}", ran.stdout);
    }
}

#[test]
fn whole_answers_are_as_somebody_read_them() {
    let bless = std::env::var_os("TMINUS_BLESS").is_some_and(|value| value == "1");
    for (name, arguments, status) in [("ana.txt", &["ana"][..], 1), ("everybody.txt", &[], 1)] {
        let ran = without(arguments);
        assert_eq!((ran.status, ran.stderr.as_str()), (status, ""), "{name}");
        let path = folder().join(name);
        if bless {
            fs::write(&path, &ran.stdout).expect("the answer can be written");
        }
        let expected = fs::read_to_string(&path).expect("the answer can be read");
        assert_eq!(ran.stdout, expected, "{name}");
    }
}

#[test]
fn the_command_makes_the_plan_that_was_proposed() {
    let ran = without(&["ana"]);
    let line = ran.stdout.lines().last().expect("the command").trim();
    let words: Vec<&str> = line.split(' ').collect();
    assert_eq!(words[..3], ["tminus", "build", "move.md"], "{line}");
    let shown = tminus(&folder(), &[&["export", "json", "move.md"], &words[3..]].concat());
    let plan: Value = serde_json::from_str(&shown.stdout).expect("JSON");
    assert_eq!(plan["finish"], "2026-12-05T23:25:00+01:00");
    let owners = plan["steps"].as_array().expect("steps").iter().map(|step| step["owners"].to_string());
    assert!(owners.clone().all(|owners| !owners.contains("ana")), "{:?}", owners.collect::<Vec<_>>());
}

#[test]
fn a_role_is_only_what_is_written_for_it() {
    says(
        &without(&["lead"]),
        0,
        &[
            "Without lead (Ana)\n",
            "1 step, none of them critical",
            "nobody is free then\n     Raj is busy with 2 until 22:50\n",
            "  the plan then ends Sat 12-05 23:25, 20 min later\n",
            "  tminus build move.md --sub lead=raj\n",
        ],
    );
}

#[test]
fn of_a_team_everybody_is_gone() {
    let ran = without(&["@web"]);
    says(&ran, 1, &["Without team web (Ana, Leo and Mia)\n", "--sub ana=raj --sub leo=raj --sub mia=raj\n"]);
    assert!(!ran.stdout.contains(", else"), "nobody of the team is asked:\n{}", ran.stdout);
}

#[test]
fn whoever_has_nothing_to_do_is_not_missed() {
    let ran = without(&["leo"]);
    says(&ran, 0, &["Leo Brandt has no steps\n"]);
    assert!(!ran.stdout.contains("Proposal"), "{}", ran.stdout);
}

#[test]
fn steps_go_to_several_when_that_is_better() {
    let plan = "- [ ] Stop the shop {#stop @ana 10m}\n- [ ] Tell the press {@mia 10m .parallel}\n\
                - [ ] Copy {#copy @raj 30m}\n- [ ] Print {#print @ana 30m .parallel}\n\
                - [ ] Open {#open @ana @raj 5m}\n";
    says(
        &without_in(plan, "ana"),
        0,
        &[
            "  raj takes 1\n  mia takes 4 and 5\n",
            "  the plan then ends T+0:45, as planned\n  nothing goes wrong",
            "  tminus build plan.md --sub ana=mia --sub stop:ana=raj\n",
        ],
    );
}

#[test]
fn a_plan_that_counts_back_begins_no_earlier_than_it_has_to() {
    let plan = "---\ntimezone: Europe/Berlin\nt0: 2027-01-29 12:00\npeople:\n  ana:\n  cy:\n  \
                bo: { away: [2027-01-27..2027-01-28] }\n---\n\n\
                - [ ] Prepare {@ana 2d}\n- [ ] Go {@cy 10m at=T}\n";
    says(&without_in(plan, "ana"), 0, &["  cy takes 1\n"]);
    let alone = plan.replace("  cy:\n", "").replace("@cy", "@ana");
    says(&without_in(&alone, "ana"), 0, &["  bo takes 1 and 2\n", "the plan then begins", "2 d earlier"]);
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("plan.md"), alone).expect("the plan is written");
    let everybody = tminus(folder.path(), &["without", "plan.md"]);
    says(&everybody, 0, &["2 steps, 2 critical; the plan begins 2 d earlier and ends as planned"]);
}

#[test]
fn what_is_said_of_everybody_is_what_the_proposal_says() {
    let plan = "---\ntimezone: Europe/Berlin\nstart: 2027-11-01 09:00\npeople:\n  petra: { backup: gerd }\n  \
                gerd: { hours: \"Mon-Thu 08:00-14:00\" }\n  ute:\n---\n\n- [ ] Report {@petra 1d}\n";
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("plan.md"), plan).expect("the plan is written");
    let everybody = tminus(folder.path(), &["without", "plan.md"]);
    says(
        &everybody,
        0,
        &["1 critical; the plan ends as planned", "  the plan then ends Mon 11-01 17:00, as planned"],
    );
}

#[test]
fn two_who_share_a_step_do_not_become_one() {
    let plan = "- [ ] Lift the rack {#lift @ana @raj 10m}\n- [ ] Turn it on {#on @ana 5m}\n\
                - [ ] Watch it {@mia 5m}\n";
    says(
        &without_in(plan, "raj"),
        0,
        &["1  T+0:00–T+0:10  Lift the rack  critical  mia\n", "  mia takes 1\n", "--sub raj=mia\n"],
    );
}

#[test]
fn somebody_who_is_alone_can_not_be_replaced() {
    let ran = without_in("- [ ] Stop the shop {@ana 10m}\n", "ana");
    says(&ran, 1, &["critical  nobody\n     nobody else is in the plan\n", "Nobody else is in the plan"]);
}

#[test]
fn absences_and_hours_are_read_at_the_step() {
    let plan = "---\nstart: 2026-12-07 16:30\ntimezone: Europe/Berlin\npeople:\n  ana: Ana Reyes\n  \
                raj: { name: Raj Patel, hours: \"Mon-Fri 09:00-17:00\" }\n  \
                mia: { name: Mia Chen, away: [2026-12-07 16:00 .. 2026-12-08 12:00] }\n---\n\
                - [ ] Stop the shop {@ana 20m}\n- [ ] Copy the orders {@ana 20m}\n\
                - [ ] Count them {@ana 20m}\n- [ ] Write the guide {@ana 2d}\n";
    says(
        &without_in(plan, "ana"),
        0,
        &[
            "Stop the shop              Raj\n",
            "Copy the orders            Raj (off duty from 17:00)\n",
            "Count them                 Raj (off duty then)\n",
            "Write the guide  critical  Raj, else Mia\n",
        ],
    );
}

#[test]
fn what_holds_already_goes_into_the_command() {
    let ran = without(&["raj", "--sub", "mia=raj", "--slip", "copy=+5m", "--start", "2026-12-05 21:00"]);
    says(&ran, 0, &["--slip copy=+5m --start '2026-12-05 21:00' --sub mia=ana --sub raj=ana\n"]);
}

#[test]
fn json_says_the_same() {
    let ran = without(&["ana", "--format", "json"]);
    let said: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(said["schema"], 1);
    assert_eq!(said["steps"][0]["could"], serde_json::json!(["raj", "mia"]));
    assert_eq!(said["proposal"]["later_seconds"], 1200);
    let ran = without(&["--format", "json"]);
    let said: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(said["people"][0]["handle"], "ana");
}

#[test]
fn a_name_that_nobody_has_is_wrong_usage() {
    let ran = without(&["anna"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("the plan has nobody called `anna`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("did you mean `ana`?"), "{}", ran.stderr);
}

#[test]
fn a_name_does_as_well_as_a_handle() {
    let first = without(&["Ana Reyes"]).stdout;
    assert_eq!(first, without(&["ana"]).stdout);
    assert_eq!(first, without(&["reyes"]).stdout);
    let plan =
        "---\npeople:\n  ana: Ana Reyes\n  bo: Bo Reyes\n  ines: Ana Reyes\n---\n- [ ] Stop {@ana 10m}\n";
    for (name, help) in [("Reyes", "`ana`, `bo` and `ines`"), ("ana reyes", "`ana` and `ines`")] {
        let ran = without_in(plan, name);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
        assert!(ran.stderr.contains(&format!("`{name}` could mean several people")), "{}", ran.stderr);
        assert!(ran.stderr.contains(help), "{}", ran.stderr);
    }
    let ran = without_in(plan, "Bo Rayes");
    assert!(ran.stderr.contains("did you mean `bo`?"), "{}", ran.stderr);
}

#[test]
fn what_nobody_can_take_is_not_said_to_be_taken() {
    says(
        &without(&["ana"]),
        1,
        &["  Raj Patel takes 1, 3, 5, 7 and R1\n  nobody can take 4: it is put down for Raj Patel"],
    );
}

#[test]
fn a_step_of_two_who_drop_out_is_one_step_with_two_parts() {
    let plan = "---\npeople:\n  ana: { name: Ana, access: [db] }\n  leo: { name: Leo, access: [db] }\n  \
                raj: { name: Raj, access: [db] }\n  mia: Mia\nteams: { web: [ana, leo] }\n---\n\
                1. [ ] Lift {@ana @leo 10m}\n2. [ ] Read {@ana @raj 5m access=db}\n";
    let ran = without_in(plan, "web");
    says(
        &ran,
        1,
        &[
            "2 steps, all of them critical\n",
            "Lift  critical  for ana: Raj, else Mia\n",
            "Lift  critical  for leo: Raj, else Mia\n",
            "  Raj takes 1\n  Mia takes 1\n  nobody can take 2: it is put down for Raj",
            "New\n  plan.md:10: warning[one-for-two]: at \"Read\" Raj stands in for Ana, and does that step already\n",
        ],
    );
    assert!(!ran.stdout.contains("nothing goes wrong"), "{}", ran.stdout);
}

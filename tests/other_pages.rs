//! The pages beside the run sheet, the timeline and those of owners: when they are there, and what they say.
#![expect(clippy::disallowed_methods, reason = "tests read and write files")]

mod command;

use std::fs;
use std::path::Path;

use command::tminus;
use tempfile::TempDir;

const MOVE: &str = r#"---
title: Shop move
draft: 2
start: 2026-12-05 22:00
timezone: Europe/Berlin
caller: ana
people:
  ana: { name: Ana Reyes, phone: "+49 30 5550 101", email: ana@example.com, backup: raj, access: [db, dns] }
  raj: { name: Raj Patel, phone: "+49 (0)30 5550 102", timezone: Asia/Kolkata, access: [dns] }
  mia: { name: Mia Chen, phone: "ask at the gate", away: [2026-12-20..2026-12-28] }
  zoe: { name: Zoe Adler, role: Night watch }
teams: { web: [ana, raj] }
roles: { dba: raj }
windows: { night: 2026-12-05 22:00 .. 2026-12-06 00:05 }
---

## Cut over {in=night}

- [ ] Stop the shop {#stop @ana 5m stops=shop access=db,vault}
  - undo: start it again
- [ ] Tell the customers {.parallel 5m}
- [ ] Stop the mail {@ana 5m stops=mail}
- [?] Who pays?
- [?] Which tables? {@raj by=2026-12-03}
- [?] Which day? {@mia by=2026-12-01}
- [?] Is the old address free? {@mia}
  - answer: yes, until March.
- [ ] Move the tables, all but TBD {@raj 50m access=dns}
  - [?] Is the disk large enough? {@raj by=2026-12-02}
  - undo: point the shop at the old tables {10m..20m}

    ```sh
    psql -f back.sql
    ```
- [ ] Switch the address {@mia}
  - undo: switch it back {20m @mia @raj}
- [ ] Stay? {#stay .gate @ana 5m}
  - [ ] as many orders as before
- [ ] Open? {#open .gate @raj 10m else=back}
  - [ ] a test order goes through
- [ ] Still open? {#still .gate @raj 10m else=back}
  - [ ] another goes through
- [ ] Delete the old tables {#delete @raj 5m .no-return}
- [ ] Happy? {#happy .gate @ana 5m}
  - [ ] no complaints

## Back {.rollback #back}

1. [ ] Stop the new shop {@ana 5m}
2. [ ] Restore the old tables {@raj 40m}
   - expect: the old count

## Total loss {.rollback}

- [ ] Call the bank {1h}
"#;

/// A plan that was built.
struct Built {
    folder: TempDir,
}

impl Built {
    fn new(plan: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("plan.md"), plan).expect("the plan is written");
        let ran = tminus(folder.path(), &["build", "plan.md", "-o", "out"]);
        assert!(ran.status < 2, "{}{}", ran.stdout, ran.stderr);
        Self { folder }
    }

    fn html(&self, page: &str) -> String {
        fs::read_to_string(self.folder.path().join("out").join(page)).unwrap_or_else(|_| panic!("{page}"))
    }

    /// What one reads on a page.
    fn words(&self, page: &str) -> String {
        let html = self.html(page);
        let (_, body) = html.split_once("<body>").expect("a body");
        let mut words = String::new();
        for part in body.split('<').skip(1) {
            let (tag, text) = part.split_once('>').expect("a tag ends");
            // What stands in one line is not parted.
            let inline = ["b", "/b", "a", "/a", "span", "/span", "i", "/i", "code", "/code", "small"];
            if !inline.contains(&tag.split(' ').next().unwrap_or("")) {
                words.push('\n');
            }
            words.push_str(text);
        }
        let words =
            words.replace('\u{a0}', " ").replace("&amp;", "&").replace("&#x27;", "'").replace("&#x2f;", "/");
        words.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// Checks that words stand on a page one after the other.
    fn in_order(&self, page: &str, all: &[&str]) {
        let words = self.words(page);
        let mut rest = words.as_str();
        for one in all {
            let Some(at) = rest.find(one) else {
                panic!("`{one}` is missing or too early on {page}:\n{words}")
            };
            rest = &rest[at + one.len()..];
        }
    }

    fn is_there(&self, page: &str) -> bool {
        self.folder.path().join("out/plan").join(page).exists()
    }
}

#[test]
fn a_page_is_there_when_the_plan_has_something_for_it() {
    let cases: [(&str, &[&str]); 6] = [
        ("No boxes at all, and no items.\n", &[]),
        ("- [ ] Do it\n", &["cards", "walkthrough"]),
        ("- [ ] Do it {@ana}\n", &["cards", "walkthrough", "contacts"]),
        ("- [ ] Do it\n  - undo: undo it\n", &["cards", "walkthrough", "rollback"]),
        ("- [ ] Do it\n\n## Back {.rollback}\n\n- [ ] Undo it\n", &["cards", "walkthrough", "rollback"]),
        ("- [ ] Do it\n- [?] Really?\n", &["cards", "walkthrough", "questions"]),
    ];
    for (plan, there) in cases {
        let built = Built::new(plan);
        let index = built.html("plan/index.html");
        for page in ["rollback", "contacts", "questions", "cards", "walkthrough"] {
            let file = format!("{page}.html");
            assert_eq!(built.is_there(&file), there.contains(&page), "{page} of {plan}");
            let linked = index.contains(&format!("href=\"{file}\""));
            assert_eq!(linked, there.contains(&page), "the link to {page} of {plan}");
        }
    }
}

#[test]
fn every_page_leads_to_every_other() {
    let built = Built::new(MOVE);
    let pages =
        ["index", "run-sheet", "timeline", "rollback", "contacts", "questions", "cards", "walkthrough"];
    for from in pages {
        let html = built.html(&format!("plan/{from}.html"));
        for to in pages.iter().filter(|to| **to != from) {
            assert!(html.contains(&format!("<a href=\"{to}.html\">")), "from {from} to {to}");
        }
    }
    for owner in ["ana", "unassigned"] {
        let html = built.html(&format!("plan/owners/{owner}.html"));
        for to in pages {
            assert!(html.contains(&format!("<a href=\"../{to}.html\">")), "from {owner} to {to}");
        }
    }
}

#[test]
fn the_way_back_from_a_gate_is_written_out() {
    let built = Built::new(MOVE);
    // The list of gates, with the sums.
    built.in_order(
        "plan/rollback.html",
        &[
            "6 Stay?",
            "Sat 12-05 23:10–23:15",
            "Ana, +49 30 5550 101",
            "or Raj, +49 (0)30 5550 102",
            "23:20 Sun 12-06 00:05 − 45 min = Sat 12-05 23:20",
            "7 Open?",
            "23:20 Sun 12-06 00:05 − 45 min = Sat 12-05 23:20",
            "Too late: the gate is planned to end 5 min after that.",
            "8 Still open?",
        ],
    );
    built.in_order(
        "plan/rollback.html",
        &[
            "From 6 Stay?",
            "turn back by23:20",
            "Turn back by 23:20 at the latest: the way back takes 45 min, and the window “night” ends Sun 12-06 00:05.",
            "called at",
            "3 undos, the last step first, 45 min",
            "R+0:00R+0:20",
            "23:15–23:35",
            "Undo 5 Switch the address",
            "switch it back",
            "Mia, ask at the gateRaj, +49 (0)30 5550 102",
            "R+0:20R+0:35",
            "10m–20m",
            "Undo 4 Move the tables",
            "psql -f back.sql",
            "~10m",
            "Undo 1 Stop the shop",
            "or Raj (lacks access), +49 (0)30 5550 102",
            "No undo is written, and a system stays changed: 3 Stop the mail (stops mail).",
            "1 more step without an undo will have begun by then: the list “From any other step” at the end of this page names it.",
        ],
    );
    built.in_order(
        "plan/rollback.html",
        &["From 10 Happy?", "THERE IS NO WAY BACK: 9 Delete the old tables has begun by then"],
    );
    // Whoever calls it with a phone in hand dials from the row.
    let page = fs::read_to_string(built.folder.path().join("out/plan/rollback.html")).expect("the page");
    for dialled in [
        "caller <b>Ana Reyes</b> <a",
        "<b>Raj, <a class=\"nobreak\" href=\"tel:",
        "<small>or Raj, <a class=",
        "<td>Ana, <a class=",
        "<br>or Raj, <a class=",
    ] {
        assert!(page.contains(dialled), "{dialled} is not in {page}");
    }
}

#[test]
fn gates_that_lead_to_one_phase_share_its_sheet() {
    let built = Built::new(MOVE);
    built.in_order(
        "plan/rollback.html",
        &[
            "Way back Back",
            "7 Open?",
            "8 Still open?",
            "2 steps, 45 min",
            "R1",
            "R+0:00R+0:05",
            "Stop the new shop",
            "R2",
            "Restore the old tables",
            "after R1",
            "Expect the old count",
            "Way back Total loss",
            "No gate leads here: it begins when somebody calls it.",
            "Call the bank",
            "nobody yet",
        ],
    );
    let words = built.words("plan/rollback.html");
    assert_eq!(words.matches("Restore the old tables").count(), 1, "{words}");
    // By which of the two it is called, nobody knows: its rows have no clock.
    let (_, rows) = words.split_once("2 steps, 45 min").expect("the rows");
    assert!(!rows.split("Way back From").next().expect("the sheet").contains("23:"), "{rows}");
}

#[test]
fn the_way_back_from_any_step_is_read_downward() {
    let built = Built::new(MOVE);
    built.in_order(
        "plan/rollback.html",
        &[
            "From any other step",
            "no undo is written: 9 Delete the old tables",
            "nothing to undo: 10 Happy?",
            "No way back below this line once step 9 has begun",
            "nothing to undo: 8 Still open? · 7 Open? · 6 Stay?",
            "45 min",
            "5 Switch the address",
            "switch it back",
            "45 min",
            "4 Move the tables",
            "25 min",
            "psql -f back.sql",
            "no undo is written: 3 Stop the mail (stops mail) · 2 Tell the customers",
            "10 min",
            "1 Stop the shop",
            "10 min",
        ],
    );
    // What has no undo is named there alone, however many gates come after it.
    let words = built.words("plan/rollback.html");
    assert_eq!(words.matches("2 Tell the customers").count(), 1, "{words}");
    // A system that stays changed is named on the sheet too.
    assert_eq!(words.matches("3 Stop the mail (stops mail)").count(), 2, "{words}");
}

#[test]
fn the_page_of_the_way_back_grows_with_the_plan_and_not_with_its_square() {
    let plan = |steps: usize| {
        let step = |index: usize| match index % 3 {
            0 => format!("- [ ] Gate {index}? {{.gate @ana 5m}}\n"),
            _ => format!("- [ ] Step {index} {{@ana 5m}}\n  - undo: take {index} back {{5m}}\n"),
        };
        (1..=steps).map(step).collect::<String>()
    };
    let (small, large) = (Built::new(&plan(300)), Built::new(&plan(1200)));
    let size = |built: &Built| built.html("plan/rollback.html").len();
    assert!(size(&large) < 5 * size(&small), "{} and {}", size(&small), size(&large));
    let words = large.words("plan/rollback.html");
    let said = "begin with 1199 Step 1199 and go on down to 1 Step 1.";
    assert!(words.contains(said), "the last gate names its part of the list");
    assert!(words.contains("take 1199 back"), "the list has it");
}

#[test]
fn open_questions_stand_with_those_who_find_out() {
    let built = Built::new(MOVE);
    built.in_order(
        "plan/questions.html",
        &[
            "4 open · 1 answered",
            "Mia Chen ask at the gate",
            "Which day?",
            "by Tue 12-01 24:00",
            "answer",
            "Raj Patel +49 (0)30 5550 102",
            "Is the disk large enough?",
            "by Wed 12-02 24:00 · about 4 Move the tables, all but TBD, Sat 12-05 22:10",
            "Which tables?",
            "by Thu 12-03 24:00",
            "Nobody yet: who finds out?",
            "Who pays?",
            "no deadline",
            "who",
            "answer",
            "Steps without an owner or an estimate",
            "2",
            "Tell the customers",
            "5",
            "Switch the address",
            "R3",
            "Call the bank",
            "Still to be written",
            "plan.md, line 28",
            "Move the tables, all but TBD",
            "Answered",
            "Is the old address free?",
            "yes, until March.",
            "Mia",
        ],
    );
}

#[test]
fn a_card_has_what_is_known_and_room_for_the_rest() {
    let steps: String = (1..=17).map(|index| format!("- [ ] Step {index}\n")).collect();
    let built = Built::new(&format!("{steps}\n## Back {{.rollback}}\n\n- [ ] Undo it {{@ana 5m}}\n"));
    let html = built.html("plan/cards.html");
    let sheets: Vec<usize> =
        html.split("<section").skip(1).map(|sheet| sheet.matches("<article").count()).collect();
    assert_eq!(sheets, [8, 8, 2]);
    built.in_order(
        "plan/cards.html",
        &["18 cards on 3 sheets", "17", "Step 17", "R1way back", "Undo it", "ana"],
    );
    let first = html.split("<article").nth(1).expect("a card");
    assert!(first.contains("<dt>who</dt><dd></dd>") && first.contains("<dt>takes</dt><dd></dd>"), "{first}");
    let moved = Built::new(MOVE);
    moved.in_order(
        "plan/cards.html",
        &["1#stop", "Stop the shop", "Cut over", "who\nAna\ntakes\n5m", "9#deleteno way back after it"],
    );
}

#[test]
fn the_walkthrough_begins_at_the_end() {
    let built = Built::new(MOVE);
    built.in_order(
        "plan/walkthrough.html",
        &[
            "10",
            "Happy?",
            "What must be true for a GO here, and who has seen it?",
            "9 Delete the old tables",
            "4",
            "Move the tables",
            "What must be true for this to have just worked?",
            "3 Stop the mail",
            "Raj, +49 (0)30 5550 102",
            "dns (Ana and Raj hold it)",
            "1",
            "Stop the shop",
            "nothing: it begins the plan, or waits for the clock alone",
            "stops shop",
            "db (only Ana holds it) · vault (no holder is written)",
            "Way back: Back",
            "R2",
            "R1",
        ],
    );
}

#[test]
fn the_walkthrough_says_what_is_ticked_at_a_gate_and_what_has_no_way_back() {
    let built = Built::new(
        "# Move\n\n- [x] Order disks {@ana 5m}\n- [ ] Stay? {.gate @ana 5m else=back}\n  - [ ] all rows are there\n  \
         - [ ] no error in the log\n- [ ] Delete the copy {@ana 5m .no-return}\n\n## Back {#back .rollback}\n\n\
         - [ ] Start the old shop {@ana 5m}\n",
    );
    built.in_order(
        "plan/walkthrough.html",
        &[
            "Delete the copy critical no way back after it",
            "Stay?",
            "boxes\nall rows are there · no error in the log",
            "Order disks done critical",
            "nothing: it begins the plan",
            "Start the old shop",
            "nothing: it begins the way back",
        ],
    );
    built.in_order("plan/cards.html", &["1done", "Order disks", "2gate", "Stay?", "3no way back after it"]);
}

#[test]
fn a_stand_in_reads_for_whom() {
    let built = Built::new(
        "---\npeople:\n  elle: { name: Elle, backup: hanne }\n  priya: { name: Priya, backup: jun }\n  hanne: Hanne\n  \
         jun: Jun\n---\n- [ ] Check {@elle @priya 30m}\n- [ ] Copy {@hanne @jun 5m}\n",
    );
    for (file, whom) in [("hanne", "Elle"), ("jun", "Priya")] {
        let list = built.html(&format!("plan/owners/{file}.md"));
        assert!(list.contains(&format!("instead of {whom}\n")), "{list}");
    }
}

#[test]
fn what_falls_to_somebody_in_the_step_of_another_says_whose_it_is() {
    let built = Built::new("- [ ] Move {@ann 10m}\n  - undo: move back {@bob 5m}\n- [ ] Look {@bob 5m}\n");
    built.in_order("plan/owners/bob.html", &["Yours to take back", "whose step", "move back", "ann"]);
}

#[test]
fn the_list_of_plans_says_where_the_clock_is_and_what_is_only_as_if() {
    let plan = "---\nstart: 2027-05-14 22:00\ntimezone: Europe/Berlin\npeople: { ann: Ann, bo: Bo }\n---\n\
                - [ ] Move {#move @ann 1h}\n";
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("plan.md"), plan).expect("the plan is written");
    let what_if = ["--sub", "ann=bo", "--slip", "move=+20m"];
    let ran = tminus(folder.path(), &[&["build", "plan.md", "-o", "out"], &what_if[..]].concat());
    assert!(ran.status < 2, "{}{}", ran.stdout, ran.stderr);
    let top = fs::read_to_string(folder.path().join("out/index.html")).expect("the list of plans");
    for said in ["Berlin (UTC+02:00)", "Bo stands in for Ann", "As if Move took 20m longer"] {
        assert!(top.contains(said), "{said}: {top}");
    }
}

#[test]
fn what_is_still_to_be_written_says_in_which_step() {
    let built = Built::new(
        "# Move\n\nTBD in the introduction\n\n## Night\n\n- [ ] Trial run {@ana 5m}\n  - expect: TBD with Elle\n\n\
         ## Day\n\nTBD before its steps\n\n- [ ] Look {@ana 5m}\n- [?] Who calls? {@ana}\n",
    );
    built.in_order(
        "plan/questions.html",
        &[
            "Still to be written",
            "plan.md, line 3",
            "1 Trial run",
            "plan.md, line 8",
            "Day",
            "plan.md, line 12",
        ],
    );
}

#[test]
fn somebody_in_another_zone_reads_all_times_by_the_own_clock_too() {
    let built = Built::new(
        "---\nstart: 2027-05-14 22:00\ntimezone: Europe/Berlin\npeople:\n  ann: { name: Ann, backup: elle }\n  \
         elle: { name: Elle, timezone: America/New_York }\n---\n\n- [ ] Copy {@ann 1h}\n  - [ ] rows are there {@elle}\n\
         - [ ] Look {@elle 30m}\n",
    );
    built.in_order(
        "plan/owners/elle.html",
        &[
            "free by Fri 05-14 23:30",
            "free by 17:30 for you",
            "rows are there",
            "If somebody drops out",
            "(16:00 for you)",
        ],
    );
}

#[test]
fn the_overview_says_when_somebody_is_needed_in_another_plan() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (file, start, step) in [("a.md", "22:00", "Move"), ("b.md", "22:30", "Copy")] {
        let plan = format!(
            "---\nstart: 2027-05-14 {start}\ntimezone: Europe/Berlin\npeople: {{ ann: Ann }}\n---\n\n- [ ] {step} {{@ann 1h}}\n"
        );
        fs::write(folder.path().join(file), plan).expect("the plan is written");
    }
    let ran = tminus(folder.path(), &["build", ".", "-o", "out"]);
    assert!(ran.status < 2, "{}{}", ran.stdout, ran.stderr);
    let overview = fs::read_to_string(folder.path().join("out/b/index.html")).expect("the overview");
    for said in
        ["here: needs Ann Fri 2027-05-14 22:30–23:30", "a.md, line 7: needs Ann Fri 2027-05-14 22:00–23:00"]
    {
        assert!(overview.contains(said), "{said}: {overview}");
    }
}

#[test]
fn the_run_sheet_says_what_people_do_where_anybody_does_something() {
    let does = |plan: &str| Built::new(plan).html("plan/run-sheet.html").contains(">does</th>");
    assert!(does(&MOVE.replace("{ name: Ana Reyes,", "{ name: Ana Reyes, role: Shop,")));
    // The night watch has nothing to do.
    assert!(!does(MOVE));
}

#[test]
fn numbers_that_are_longer_than_a_line_end_it_at_their_spaces() {
    let plan = "---\ndraft: final\ncaller: eva\npeople:\n  \
        eva: { name: Eva, phone: \"+49 351 5550 102 or +49 170 5550 102\", backup: tom }\n  \
        tom: { name: Tom, phone: \"+49 351 5550 103 ext. 4711\", backup: eva }\n---\n\
        - [ ] Open {@eva 5m}\n- [ ] Look {@tom 5m}\n";
    let built = Built::new(plan);
    for page in ["run-sheet", "contacts", "owners/tom"] {
        let html = built.html(&format!("plan/{page}.html"));
        assert!(html.contains("+49 351 5550 102 or +49 170 5550 102"), "{page}: {html}");
        assert!(!html.contains("5550\u{a0}10"), "{page}: {html}");
        assert!(!html.contains(".phone { white-space: nowrap; }"), "{page}: {html}");
    }
    // One that is short enough stays whole: by its box where it dials, by its spaces in a sentence.
    let whole = "class=\"nobreak\" href=\"tel:+493515550102\">+49 351";
    assert!(built.html("plan/run-sheet.html").contains(whole));
}

#[test]
fn the_caller_and_the_owner_read_how_far_a_step_may_slip_and_what_it_takes_down() {
    let plan = "---\npeople: { eva: Eva, tom: Tom, zoe: Zoe }\nsystems: { shop: up, mail: down }\n---\n\
        - [ ] Copy {@eva 1h stops=shop}\n- [ ] Print {@tom 20m .parallel}\n- [x] Greet {@zoe 5m .parallel}\n\
        - [ ] Open {@eva 5m starts=shop,mail}\n";
    let built = Built::new(plan);
    let sheet = built.html("plan/run-sheet.html");
    for (title, said) in [
        ("Copy", " <span class=\"group\">stops shop</span>"),
        ("Print", " <span class=\"group whole\">may slip 40 min</span>"),
        ("Greet", " <span class=\"tag done\">done</span>"),
        ("Open", " <span class=\"group\">starts shop and mail</span>"),
    ] {
        let (_, row) = sheet.split_once(&format!("<h3>{title}</h3>")).expect("the row");
        let (about, _) = row.split_once("</td>").expect("its cell");
        assert!(about.trim_end().ends_with(said), "{title}: {about}");
    }
    assert!(
        built.html("plan/owners/tom.html").contains("20m · <span class=\"whole\">may slip 40 min</span></p>")
    );
    assert!(!built.html("plan/owners/eva.html").contains("may slip"));
    // As long as all lengths are assumed, nobody knows.
    let unknown = Built::new("- [ ] Copy {@eva}\n- [ ] Print {@tom .parallel}\n- [ ] Open {@eva}\n");
    assert!(!unknown.html("plan/run-sheet.html").contains("may slip"));
}

#[test]
fn whoever_begins_with_another_is_told_by_them_alone() {
    let plan = "---\npeople: { olga: Olga, jens: Jens, anja: Anja }\n---\n\n## Open\n\n\
        1. [ ] Delete the files {@olga 5m}\n\n## Watch\n\n1. [ ] Tell the shift {@jens 20m}\n\
        2. [ ] Watch the first round {#watch @jens 2h}\n3. [ ] Vendor on call {@anja during=watch}\n\
        4. [ ] Look too {@anja 5m with=ready}\n\n## Ready {.parallel}\n\n1. [ ] Ready {#ready .milestone}\n";
    let built = Built::new(plan);
    let list = |name: &str| built.html(&format!("plan/owners/{name}.md"));
    let (olga, jens, anja) = (list("olga"), list("jens"), list("anja"));
    // It begins with step 3, long after step 1: Jens says when.
    assert!(!olga.contains("Vendor on call") && jens.contains("When you begin, tell Anja"), "{olga}{jens}");
    assert!(anja.contains("Begin together with Jens"), "{anja}");
    let (_, called) = anja.split_once("Vendor on call").expect("her step");
    assert!(!called.contains("Wait for Olga: no. 1"), "{anja}");
    // Nobody tells of a milestone that nobody does.
    assert!(
        olga.contains("Tell Anja: no. 5 Look too") || olga.contains("Tell Anja: no. 4 Look too"),
        "{olga}"
    );
}

#[test]
fn a_short_window_says_on_the_timeline_when_it_ends() {
    let built = Built::new(
        "---\nstart: 2027-10-11 09:00\ntimezone: Europe/Berlin\nwindows:\n  \
         downtime-of-all-records-at-all-sites: 2027-10-30 22:00 .. 2027-10-31 01:00\n  night: 2027-10-30 22:00 .. 2027-10-30 23:30\n---\n\n\
         - [ ] Begin {@ana 1h}\n- [ ] Move {@ana 1h in=downtime-of-all-records-at-all-sites at=2027-10-30T22:00}\n\
         - [ ] End {@ana 1h at=2027-11-20T09:00}\n",
    );
    let html = built.html("plan/timeline.html");
    for label in [">22:00 – Sun 10-31 01:00 “downtime-of", ">window “night” 22:00 – 23:30<"] {
        assert!(html.contains(label), "{label} is not in {html}");
    }
}

#[test]
fn a_step_of_two_teams_names_both() {
    let built = Built::new(
        "---\npeople: { a: Ana, b: Bo, c: Cleo }\nteams: { nord: [a, b], sued: [c] }\n---\n\
         - [ ] Both {@nord @sued 10m}\n- [ ] One {@nord 5m}\n",
    );
    let both = ">team nord</span> <span class=\"tag kind\">team sued</span>";
    assert!(built.html("plan/run-sheet.html").contains(both));
    let json = built.html("plan/plan.json");
    let json: serde_json::Value = serde_json::from_str(&json).expect("the plan");
    let (both, one) = (&json["steps"][0], &json["steps"][1]);
    assert_eq!((&both["team"], &both["teams"]), (&"nord".into(), &serde_json::json!(["nord", "sued"])));
    assert_eq!((&one["team"], &one["teams"]), (&"nord".into(), &serde_json::Value::Null));
}

#[test]
fn tables_of_a_plan_scroll_in_a_box_of_their_own() {
    let table = "| ward | port |\n  |---|---|\n  | N1 | 8443 |\n";
    let plan = format!(
        "---\npeople: {{ eva: Eva }}\n---\n{}\n## Switch\n\n- [ ] Open {{@eva 5m}}\n\n  {table}\n  - expect: this\n\n    {}\n",
        table.replace("\n  ", "\n"),
        table.replace("\n  ", "\n    "),
    );
    let built = Built::new(&plan);
    for (page, count) in [("run-sheet", 2), ("owners/eva", 2), ("walkthrough", 1), ("index", 1)] {
        let html = built.html(&format!("plan/{page}.html"));
        let boxed = "tabindex=\"0\"><table class=\"plain\">";
        assert_eq!(html.matches(boxed).count(), count, "{page}: {html}");
        assert_eq!(html.matches("</table></div>").count(), count, "{page}: {html}");
    }
}

#[test]
fn contacts_say_how_to_reach_whom() {
    let built = Built::new(MOVE);
    let html = built.html("plan/contacts.html");
    for link in ["tel:+49305550101", "tel:+49305550102", "mailto:ana@example.com", "owners/ana.html"] {
        assert!(html.contains(&format!("href=\"{link}\">")), "{link}");
    }
    assert_eq!(
        html.matches("href=\"tel:").count(),
        3,
        "one of them in the head; what is no number is no link"
    );
    assert!(
        html.contains("<td>Raj, +49\u{a0}(0)30\u{a0}5550\u{a0}102</td>"),
        "no end of a line parts the number"
    );
    built.in_order(
        "plan/contacts.html",
        &[
            "Ana Reyes @ana",
            "calls the steps",
            "decides at gates",
            "Sat 12-05 22:00",
            "Raj, +49 (0)30 5550 102",
            "db only one",
            "dns",
            "Raj Patel @raj",
            "Sun 12-06 02:40 for them",
            "Asia/Kolkata (UTC+05:30), 4 h 30 min ahead of the plan",
            "Mia Chen @mia",
            "ask at the gate",
            "away Sun 2026-12-20 00:00 to Mon 2026-12-28 24:00",
            "Zoe Adler @zoe",
            "Night watch",
            "nothing to do in this plan",
            "Who holds what",
            "db only one",
            "vault nobody holds it",
            "Teams and roles",
            "web",
            "a team",
            "Ana, +49 30 5550 101 · Raj, +49 (0)30 5550 102",
            "dba",
            "a role",
        ],
    );
}

#[test]
fn a_first_meeting_fills_in_what_is_missing() {
    let built = Built::new(MOVE);
    built.in_order(
        "plan/owners/unassigned.html",
        &[
            "2 without an owner · 1 more without an estimate",
            "Ana Reyes · Raj Patel · Mia Chen · Zoe Adler (Night watch)",
            "Cut over",
            "Tell the customers",
            "5m",
            "Total loss way back",
            "Call the bank",
            "1h",
            "Have an owner, and no estimate",
            "Switch the address",
            "Mia",
            "Steps that are missing",
        ],
    );
}

#[test]
fn the_overview_has_the_gates_and_the_list_of_plans_the_findings() {
    let built = Built::new(MOVE);
    built.in_order(
        "plan/index.html",
        &[
            "the whole script in run order",
            "Findings",
            "errors",
            "Gates",
            "6 Stay?",
            "23:20 Sun 12-06 00:05 − 45 min = Sat 12-05 23:20",
            "Open questions",
            "Who pays?",
            "nobody",
            "1 more question has its answer",
            "Who does what",
        ],
    );
    built.in_order(
        "index.html",
        &["Shop move", "plan", "DRAFT 2", "Sat 2026-12-05 22:00", "10 steps", "errors", "warnings"],
    );
    assert!(Path::new(&built.folder.path().join("out/plan/plan.json")).exists());
    let undated = Built::new("- [ ] Do it {@ana 1h}\n");
    undated.in_order("index.html", &["no date yet", "takes 1 h", "1 step", "none"]);
}

#[test]
fn a_first_draft_says_what_was_not_checked_and_draws_nothing_as_critical() {
    let bare = Built::new("## A\n- [ ] One\n- [ ] Two\n## B {.parallel}\n- [ ] Three\n");
    bare.in_order(
        "plan/index.html",
        &["Findings none so far", "No step has an estimate yet", "No step has an owner yet", "Who does what"],
    );
    bare.in_order("index.html", &["3 steps", "no estimates yet"]);
    let timeline = |built: &Built| {
        let html = built.html("plan/timeline.html");
        let (_, body) = html.split_once("<body>").expect("a body");
        body.split("<script").next().unwrap_or_default().to_owned()
    };
    let drawn = timeline(&bare);
    assert!(drawn.contains("so slack is not known"), "{drawn}");
    assert!(drawn.contains("estimate assumed") && !drawn.contains("critical"), "{drawn}");
    assert!(!drawn.contains("may slip") && !drawn.contains("has slack"), "{drawn}");
    let shown = tminus(bare.folder.path(), &["show", "plan.md", "--timeline"]).stdout;
    assert!(shown.contains("no estimates yet: none is critical") && !shown.contains('█'), "{shown}");
    // One estimate, one owner, and both can be told.
    let known = Built::new("## A\n- [ ] One {@ana 5m}\n- [ ] Two\n## B {.parallel}\n- [ ] Three\n");
    assert!(!known.words("plan/index.html").contains("yet:"));
    assert!(timeline(&known).contains("critical"));
}

#[test]
fn bars_in_the_terminal_stand_below_the_times_and_days_at_which_they_begin() {
    let plan = "---\nstart: 2026-12-05 22:10\ntimezone: UTC\n---\n- [ ] One {@ana 110m}\n- [ ] Two {@ana 3h}\n\n\
                ## Back {.rollback}\n- [ ] Undo {@ana 20m}\n";
    let built = Built::new(plan);
    let shown = tminus(built.folder.path(), &["show", "plan.md", "--timeline"]).stdout;
    let ruler = shown.lines().find(|line| line.contains("|Sat")).expect("a line of times");
    let said: Vec<&str> = ruler.split_whitespace().collect();
    assert_eq!(said.join(" "), "|Sat 12-05 22:10 |Sun 12-06 |01:00 Sun 12-06 03:00|", "{shown}");
    // What begins with a day begins below its stroke.
    let second = shown.lines().find(|line| line.starts_with("2 Two")).expect("the second step");
    let column = |line: &str, what| line.chars().position(|c| c == what);
    let midnight = ruler.find("|Sun").expect("the day");
    assert_eq!(column(second, '█'), Some(midnight), "{shown}");
    assert!(shown.lines().any(|line| line.contains("|R+0:00") && line.ends_with("R+0:20|")), "{shown}");
}

#[test]
fn pauses_locks_and_milestones_do_not_part_those_who_wait_from_those_who_tell() {
    let built = Built::new(
        "---\nstart: 2027-05-11 10:00\ntimezone: UTC\nsystems: [db]\npeople:\n  \
         ann: { name: Ann, phone: \"+1\" }\n  bob: { name: Bob, phone: \"+2\" }\n  cy: { name: Cy, phone: \"+3\" }\n---\n\
         ## All {.any-order}\n\n\
         - [ ] Promote {#promote @ann 10m locks=db}\n\
         - [ ] Count {@bob 5m with=promote+2m locks=db}\n\
         - [ ] Look {@cy 5m with=promote+3m}\n\
         - [ ] Cache is cold {@cy 5m after=promote+30m}\n\
         - [ ] Join in {@bob 5m with=promote}\n\n\
         ## Then\n\n\
         1. [ ] Pull the plug {#plug @ann 2m}\n\
         2. [ ] Alarm rings {.milestone}\n\
         3. [ ] Page {@bob 3m right-after=plug}\n\
         4. [ ] Bell {.milestone #bell}\n\
         5. [ ] Log {@cy 5m after=bell+15m}\n",
    );
    let sheet = built.html("plan/run-sheet.html");
    for after in ["with 1", "with 1 (+3m)", "1 (db), with 1 (+2m)", "1 (+30m)", "7"] {
        assert!(sheet.contains(&format!("<td class=\"a\">{after}</td>")), "{after}");
    }
    let own = |who: &str| built.words(&format!("plan/owners/{who}.html"));
    for (who, said) in [
        ("cy", "Begin 3 min after Ann +1: 1 Promote begins"),
        ("cy", "Wait for Ann +1: 1 Promote, and 30 min more"),
        ("bob", "Begin together with Ann +1: 1 Promote"),
        ("bob", "Not before 2 min after Ann +1: 1 Promote begins"),
        ("bob", "Wait for Ann +1: 1 Promote, which keeps db until then"),
        ("bob", "Wait for Ann +1: 6 Pull the plug"),
        ("ann", "When you begin, tell Cy +3: 3 Look, 3 min later"),
        ("ann", "Done? Tell Cy +3: 5 Cache is cold, 30 min later"),
        ("ann", "Done? Tell Bob +2: 4 Count, which needs db"),
        ("ann", "Done? Tell Bob +2: 8 Page"),
        ("bob", "Done? Tell Cy +3: 10 Log, 15 min later"),
    ] {
        assert!(own(who).contains(said), "{said}\n{}", own(who));
    }
    let markdown = built.html("plan/owners/cy.md");
    assert!(markdown.contains("- Begin 3 min after Ann, +1: no. 1 Promote begins"), "{markdown}");
}

#[test]
fn what_is_said_about_a_step_stands_apart_from_whom_it_waits_for() {
    let built = Built::new(
        "---\nstart: 2027-05-11 10:00\ntimezone: UTC\n---\n\
         ## Halls\n\n1. [ ] Load {@ann 5m}\n2. [ ] Shift {@bob 2h..3h}\n\n   Run it on *both* hosts.\n\n   \
         | ward | host |\n   |---|---|\n   | a | one |\n",
    );
    let markdown = built.html("plan/owners/bob.md");
    let wanted = "  - Halls · 2h–3h\n  - Wait for ann: no. 1 Load\n\n  Run it on both hosts.\n  - ward · host\n  - a · one\n";
    assert!(markdown.contains(wanted), "{markdown}");
}

#[test]
fn whoever_takes_back_what_another_does_reads_it_on_a_page_of_their_own() {
    let built = Built::new(
        "---\nstart: 2027-05-11 10:00\ntimezone: UTC\npeople: { ann: { name: Ann }, bob: { name: Bob } }\n---\n\
         1. [ ] Move {@ann 10m}\n   - undo: move it back {@bob 15m}\n2. [ ] Stay? {.gate @ann 5m}\n",
    );
    let words = built.words("plan/owners/bob.html");
    let row: Vec<&str> = words.lines().skip_while(|line| *line != "1 Move").take(3).collect();
    assert_eq!(row, ["1 Move", "move it back (15m, Bob)", "Ann"], "{words}");
    let markdown = built.html("plan/owners/bob.md");
    assert!(markdown.contains("- [ ] no. 1 Move: move it back (15m, Bob)"), "{markdown}");
    assert!(!built.words("plan/owners/ann.html").contains("Yours to take back"));
    assert!(
        built.html("plan/owners/ann.ics").replace("\r\n ", "").contains("Undo: move it back (15m\\, Bob)")
    );
}

#[test]
fn what_falls_to_one_of_a_team_is_on_the_page_of_each_member() {
    let built = Built::new(
        "---\nstart: 2027-05-11 10:00\ntimezone: UTC\n\
         people: { ann: { name: Ann }, bob: { name: Bob }, cy: { name: Cy } }\nteams: { dba: [bob, cy, ann] }\n---\n\
         1. [ ] Move {@ann 10m backup=@cy,@dba}\n   - [ ] Count {@cy @dba}\n   - undo: move it back {@dba 15m}\n\
         - [?] Which port? {@dba by=09:00}\n",
    );
    for name in ["bob", "cy"] {
        let markdown = built.html(&format!("plan/owners/{name}.md"));
        for line in [
            "- [ ] no. 1 Move: move it back (15m, team dba)",
            "- Which port? (one of team dba)",
            "- no. 1 Move, Tue 05-11 10:00, instead of Ann",
        ] {
            assert_eq!(markdown.matches(line).count(), 1, "{line}\n{markdown}");
        }
        assert_eq!(markdown.matches(": Count (one of team dba)").count(), 1, "{markdown}");
    }
    assert!(!built.words("plan/owners/ann.html").contains("Yours to take back"));
}

#[test]
fn a_plan_of_weeks_has_its_days_above_the_picture() {
    let head = "---\ntimezone: UTC\nstart: 2027-03-09 09:00\nt0: 2027-03-30 09:00\npeople: { ann: { name: Ann }, bob: { name: Bob } }\n---\n\n";
    // Whole weeks are folded, what happens on their first day with them.
    let steps = "- [ ] Build {@ann 2d}\n- [ ] Film {@bob 1d}\n- [ ] Test {@ann 3d from=2027-03-15T09:00}\n\
                 - [ ] Brief {@bob 2d from=2027-03-18T09:00}\n- [ ] Test again {@ann 2d from=2027-03-22T09:00}\n\
                 - [ ] Go {@ann 5m at=T}\n- [ ] Watch {@ann 4h}\n- [ ] Post {@bob 10m}\n";
    let html = Built::new(&format!("{head}{steps}")).html("plan/timeline.html");
    let picture = html.split_once("<table").expect("a table below").0;
    for day in ["Tue 03-09", "Thu 03-11", "Mon 03-15", "Thu 03-18", "Mon 03-22", "Tue 03-30"] {
        assert!(picture.contains(&format!(">{day}<")), "{day} is missing");
    }
}

#[test]
fn whoever_can_not_step_in_reads_why_in_their_own_list() {
    let built = Built::new(
        "---\nstart: 2027-05-11 10:00\ntimezone: UTC\npeople:\n  ann: { name: Ann, access: [db] }\n  \
         omar: { name: Omar }\n  kofi: { name: Kofi, access: [db], away: [2027-05-11] }\n  \
         eve: { name: Eve, access: [db] }\nteams: { dba: [omar, eve] }\n---\n\
         1. [ ] Move {@ann 10m access=db backup=@dba,@kofi}\n2. [ ] Look {@ann 10m backup=@omar}\n",
    );
    for (name, first) in [("omar", "you lack access"), ("kofi", "you are away then"), ("eve", "")] {
        let markdown = built.html(&format!("plan/owners/{name}.md"));
        let line = "- no. 1 Move, Tue 05-11 10:00, instead of Ann; access: db";
        let line = if first.is_empty() { line.to_owned() } else { format!("{line}; {first}") };
        assert!(markdown.lines().any(|written| written == line), "{markdown}");
        // In the table for screens and in the list for paper.
        let page = format!("plan/owners/{name}.html");
        let said = built.html(&page).matches("<b>you ").count();
        assert_eq!(said, if first.is_empty() { 0 } else { 2 }, "{}", built.words(&page));
        assert!(built.words(&page).contains(first));
    }
    let omar = built.html("plan/owners/omar.md");
    assert!(omar.ends_with("- no. 2 Look, Tue 05-11 10:10, instead of Ann\n"), "{omar}");
}

#[test]
fn two_people_of_one_name_are_told_apart_wherever_they_are_named() {
    let built = Built::new(
        "---\nstart: 2027-05-11 10:00\ntimezone: UTC\ncaller: sam1\npeople:\n  \
         sam1: { name: Sam Brown, phone: 555 0101, role: Lead, access: [db], backup: sam2 }\n  \
         sam2: { name: Sam Brown, backup: sam3 }\n  sam3: { name: Sam Brown }\n\
         teams: { web: [sam1, sam2] }\nroles: { dba: sam2 }\n---\n\
         ## Move\n1. [ ] Take cards {#take @sam1 10m access=db}\n   - [ ] Mastercard {@sam2}\n   \
         - undo: give them back {@sam2 5m}\n\
         2. [ ] Look {@dba 10m}\n3. [ ] Count {@web 10m}\n4. [ ] Stay? {.gate @sam1 5m}\n5. [ ] Go on? {.gate @sam2 5m}\n6. [ ] Rest {5m}\n\
         - [?] Which port? {@sam2}\n",
    );
    let mut pages = Vec::new();
    for folder in ["out/plan", "out/plan/owners"] {
        let files = fs::read_dir(built.folder.path().join(folder)).expect("a folder of pages");
        pages.extend(files.map(|file| file.expect("a file").path()));
    }
    pages.retain(|page| page.extension().is_some_and(|ending| ending == "html" || ending == "md"));
    assert!(pages.len() > 12, "{pages:?}");
    for page in &pages {
        let text = fs::read_to_string(page).expect("a page");
        let text = text.split_once("<body>").map_or(text.as_str(), |(_, body)| body);
        for (at, name) in text.match_indices("Sam Brown") {
            // In the next line of a lane's head, and on the page of contacts beside it.
            let after = text[at + name.len()..].chars().take(70).collect::<String>();
            let told = after.starts_with(" (sam")
                || (after.starts_with("</text><text ") && after.contains(">(sam"))
                || (after.starts_with("</") && after.contains(" <code>@sam"));
            assert!(told, "{}: {}", page.display(), text[at..].chars().take(120).collect::<String>());
        }
    }
    let run = |words: &[&str]| tminus(built.folder.path(), words).stdout;
    assert!(run(&["without", "plan.md"]).contains("Sam Brown (sam1)  "));
    let one = run(&["without", "plan.md", "sam1"]);
    assert!(one.starts_with("Without Sam Brown (sam1)\n"), "{one}");
    assert!(one.contains("Sam Brown (sam2) takes 3"), "{one}");
    let shown = run(&["show", "plan.md", "--sub", "sam1=sam2"]);
    assert!(shown.contains("Sam Brown (sam2) stands in for Sam Brown (sam1)"), "{shown}");
}

#[test]
fn the_others_of_a_team_are_named_as_those_who_could_step_in() {
    let built = Built::new(
        "---\nstart: 2027-05-11 10:00\ntimezone: UTC\ncaller: ann\npeople:\n  ann: { name: Ann }\n  \
         bob: { name: Bob }\n  \
         cleo: { name: Cleo, backup: bob }\n  diego: { name: Diego, phone: 555 0101 }\n  emily: { name: Emily, phone: 555 0102 }\n\
         teams: { press: [diego, emily], alone: [ann], desk: [cleo, emily] }\n---\n\
         1. [ ] Write {@press 10m}\n2. [ ] Print {@press 10m backup=@ann}\n3. [ ] Read {@alone 10m}\n\
         4. [ ] Send {@press @bob 10m}\n   - undo: call them back\n\
         5. [ ] Stay? {.gate @press 5m else=back}\n\n## Back {.rollback #back}\n\n1. [ ] Take it down {@press 5m}\n2. [ ] Go home {@desk 5m}\n",
    );
    built.in_order(
        "plan/run-sheet.html",
        &["Emily", "Diego or team press", "Diego or Ann", "Ann", "Diego and Bob or team press for Diego"],
    );
    built.in_order(
        "plan/run-sheet.html",
        &["Decides Diego 555 0101 or team press", "Take it down", "Diego or team press", "Cleo or Bob\n"],
    );
    built.in_order(
        "plan/owners/diego.html",
        &["10m · stand-in: team press", "with Bob · stand-in: team press for Diego"],
    );
    assert!(built.html("plan/owners/diego.md").contains("  - stand-in: team press\n"));
    built.in_order("plan/rollback.html", &["Diego", "or team press"]);
    let way = tminus(built.folder.path(), &["rollback", "plan.md", "back"]).stdout;
    assert!(way.contains("Diego, 555 0101 (or team press)"), "{way}");
    // Whoever was not chosen has the steps on a page of their own, whoever was has them once.
    let emily = built.html("plan/owners/emily.md");
    assert!(emily.contains("- no. 1 Write, Tue 05-11 10:00, instead of Diego\n"), "{emily}");
    assert!(!emily.contains("Print") && !emily.contains("Read"), "{emily}");
    assert!(!built.html("plan/owners/diego.md").contains("If somebody drops out"));
    // Nobody of the team is left to step in for somebody who has dropped out.
    let ran = tminus(built.folder.path(), &["build", "plan.md", "-o", "out", "--sub", "emily=bob"]);
    assert!(ran.status < 2, "{}{}", ran.stdout, ran.stderr);
    assert!(!built.is_there("owners/emily.html"));
}

#[test]
fn lists_in_markdown_say_who_does_a_step_and_whose_a_box_is() {
    let built = Built::new(
        "---\nstart: 2027-05-11 10:00\ntimezone: UTC\ncaller: ann\npeople:\n  ann: { name: Ann Lee }\n  \
         sam: { name: Sam Brown }\n  t_m: { name: T_m }\n\
         teams: { press: [ann, sam] }\nroles: { dba: sam }\n---\n\
         1. [ ] Write {@press 10m}\n2. [ ] Pay {@ann @dba 10m}\n   - [ ] Mastercard {@sam}\n   \
         - [x] Visa {@t_m @press}\n   - [ ] Cash\n   - [?] Which bank? {@sam}\n3. [ ] Go {@ann 5m}\n\n\
         ## Back {.rollback #back}\n\n1. [ ] Pay back {@ann 5m}\n   - [ ] Mastercard {@sam}\n",
    );
    let has = |page: &str, line: &str| {
        let text = built.html(page);
        assert!(text.lines().any(|written| written == line), "`{line}` is missing in {page}:\n{text}");
    };
    has("plan/owners/press.md", "  - 10m · Ann");
    has("plan/owners/dba.md", "  - 10m · Ann and Sam");
    has("plan/owners/ann.md", "  - 10m · with Sam");
    has("plan/owners/ann.md", "  - 5m");
    has("plan/owners/ann.md", "  - [ ] Mastercard (Sam Brown)");
    has("plan/owners/ann.md", "  - [x] Visa (T\\_m and team press)");
    has("plan/owners/ann.md", "  - [ ] Cash");
    has("plan/owners/ann.md", "  - ? Which bank? (Sam Brown)");
    let way = tminus(built.folder.path(), &["rollback", "plan.md", "back"]).stdout;
    assert!(way.contains("[ ] Mastercard (Sam Brown)\n"), "{way}");
}

#[test]
fn what_spans_another_step_keeps_nobody_busy() {
    let built = Built::new(
        "---\nstart: 2027-05-11 10:00\ntimezone: UTC\npeople: { ann: { name: Ann }, bob: { name: Bob } }\n---\n\
         1. [ ] Copy {#copy @bob 1h}\n2. [ ] Watch the disks {@ann during=copy}\n3. [ ] Look {@ann 20m}\n",
    );
    let ann = built.html("plan/owners/ann.md");
    assert!(ann.contains("2 steps · busy 20 min · free by"), "{ann}");
    assert!(built.words("plan/owners/bob.html").contains("1 step · busy 1 h · free by"));
}

#[test]
fn who_decides_instead_is_named_with_what_keeps_them_from_it() {
    let built = Built::new(
        "---\nstart: 2027-05-11 10:00\ntimezone: UTC\npeople:\n  ann: { name: Ann }\n  \
         kofi: { name: Kofi, phone: \"+49 30 555 0100\", away: [2027-05-11] }\n---\n\
         1. [ ] Move {@ann 10m}\n   - undo: move it back {5m}\n2. [ ] Stay? {.gate @ann 10m backup=@kofi}\n   - [ ] all is well\n",
    );
    for page in ["run-sheet", "rollback"] {
        let words = built.words(&format!("plan/{page}.html"));
        assert!(words.contains("Kofi (away)"), "{page}: {words}");
        assert!(!words.replace("Kofi (away)", "").contains("or Kofi"), "{page}: {words}");
    }
}

#[test]
fn a_step_of_a_large_team_is_on_the_page_of_the_team_alone() {
    for (members, is_listed) in [(20, true), (21, false)] {
        let names: Vec<String> = (0..members).map(|number| format!("p{number}")).collect();
        let people: String = names.iter().map(|name| format!("  {name}: {name}\n")).collect();
        let built = Built::new(&format!(
            "---\npeople:\n{people}teams: {{ all: [{}] }}\n---\n\n- [ ] Move {{@all 10m}}\n",
            names.join(", ")
        ));
        let own = built.html("plan/owners/p7.md");
        assert_eq!(own.contains("no. 1 Move"), is_listed, "{own}");
        assert!(built.html("plan/owners/all.md").contains("no. 1: Move"));
        assert!(built.words("plan/run-sheet.html").contains("or team all"));
    }
}

#[test]
fn a_large_first_draft_has_lines_on_its_timeline() {
    let plan: String = (1..=450).map(|step| format!("- [ ] Step {step}\n")).collect();
    let html = Built::new(&plan).html("plan/timeline.html");
    assert!(html.matches("class=\"k\"").count() > 400);
    assert!(html.contains("what a start waited for last"));
}

#[test]
fn a_page_of_answers_says_that_nothing_is_open() {
    let built = Built::new("- [ ] Do it {@ana 1h}\n- [?] Who pays?\n  - answer: we do.\n");
    built.in_order("plan/index.html", &["Questions", "what was asked, and the answers; none is open"]);
    built.in_order(
        "plan/questions.html",
        &["1 answered", "All questions are answered.", "Who pays?", "we do."],
    );
}

#[test]
fn the_overview_lists_what_is_handed_out() {
    let built = Built::new(MOVE);
    built.in_order(
        "plan/index.html",
        &[
            "To hand out, in this order",
            "Run sheet for whoever calls the steps",
            "Own steps for Ana Reyes",
            "Own steps for Raj Patel",
            "Timeline for everybody",
            "Way back for whoever decides, and whoever calls the way back",
            "Contacts for everybody",
            "Pages",
        ],
    );
    let html = built.html("plan/index.html").replace("&#x2f;", "/");
    let (_, list) = html.split_once("class=\"pack\"").expect("the list");
    let (list, _) = list.split_once("</ol>").expect("its end");
    let files: Vec<&str> = list.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for file in &files {
        assert!(built.folder.path().join("out/plan").join(file).exists(), "{file}");
    }
    assert!(!list.contains("without an owner") && !list.contains("Cards"), "{list}");
}

#[test]
fn every_step_of_somebody_on_several_days_has_its_date_on_paper() {
    let several = Built::new(
        "---\nstart: 2026-12-05 22:00\npeople: { ana: Ana Reyes }\n---\n- [ ] A {@ana 1h}\n- [ ] B {@ana 3h}\n- [ ] C {@ana 1h}\n- [ ] D {@ana 1h}\n",
    );
    let page = several.html("plan/owners/ana.html");
    assert_eq!(
        page.matches("<small class=\"paper\">Sat 12-05</small>").count(),
        1,
        "B, as A has it above it"
    );
    assert_eq!(page.matches("<small class=\"paper\">Sun 12-06</small>").count(), 1, "D");
    let one = Built::new(
        "---\nstart: 2026-12-05 20:00\npeople: { ana: Ana Reyes }\n---\n- [ ] A {@ana 1h}\n- [ ] B {@ana 1h}\n",
    );
    assert!(!one.html("plan/owners/ana.html").contains("<small class=\"paper\">"));
}

#[test]
fn what_a_list_must_not_be_used_for_stands_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("plan.md"), MOVE).expect("the plan is written");
    tminus(folder.path(), &["build", "plan.md", "-o", "out", "--slip", "stop=+3h", "--sub", "mia=zoe"]);
    let list = fs::read_to_string(folder.path().join("out/plan/owners/ana.md")).expect("a list");
    assert!(
        list.contains("Do not work from it.**\n\n**As if Stop the shop took 3h longer**\n\nFirst call"),
        "{list}"
    );
}

#[test]
fn what_is_shown_elsewhere_takes_no_room_from_boxes() {
    let long = "the shop says \"closed until Sunday\" in all three languages";
    let built = Built::new(&format!(
        "- [ ] Close {{@ana 5m}}\n  - [ ] one\n  - [ ] two\n  - expect: {long}\n- [ ] Look {{@ana 5m}}\n  - [ ] {long}\n"
    ));
    let page = built.html("plan/run-sheet.html");
    let lists: Vec<&str> =
        page.split("<ul class=\"").skip(1).filter_map(|list| list.split('"').next()).collect();
    assert_eq!(lists, ["ticks short", "ticks middling"]);
}

//! What a build leaves when something fails in the middle of it: whole files, each as it was or as it is made now.
//!
//! Every file is held against builds of the same plans that nothing disturbed. `TMINUS_KILLS=10000 cargo test --test
//! faults killed` kills as many builds at random moments.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests read and write files, the clock and the environment")]

mod command;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use command::{prepared, tminus};
use tempfile::TempDir;

/// Two plans for one file: other words on every page, other owners, and so other pages.
fn plans() -> [String; 2] {
    let head = "---\nstart: 2026-12-05 22:00\ntimezone: Europe/Berlin\n---\n# Move the shop\n\n";
    let plan = |owners: [&str; 3], minutes: usize| {
        let steps = (0..30).map(|index| {
            let owner = owners[index % 3];
            format!("- [ ] Step {index} of {minutes} minutes {{@{owner} {minutes}m}}\n")
        });
        format!("{head}{}", steps.collect::<String>())
    };
    [plan(["ana", "raj", "tom"], 5), plan(["ana", "mia", "kim"], 7)]
}

/// A folder with a plan, and what its pages are when nothing disturbs their making.
struct Place {
    folder: TempDir,
    /// By version, by path below the folder of pages.
    whole: [BTreeMap<PathBuf, Vec<u8>>; 2],
    /// How long the slower of both builds took.
    took: Duration,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut whole, mut took) = (Vec::new(), Duration::ZERO);
        for text in plans() {
            fs::write(folder.path().join("plan.md"), text).expect("the plan");
            let began = Instant::now();
            let ran = tminus(folder.path(), &["build", "plan.md", "-o", "out"]);
            took = took.max(began.elapsed());
            assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
            whole.push(files(&folder.path().join("out")));
            fs::remove_dir_all(folder.path().join("out")).expect("it is removed");
        }
        let whole: [_; 2] = whole.try_into().expect("two");
        assert!(whole[0].len() > 15 && whole[0].keys().ne(whole[1].keys()));
        Self { folder, whole, took }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The text of the plan becomes that of a version.
    fn set(&self, version: usize) {
        fs::write(self.path("plan.md"), &plans()[version]).expect("the plan");
    }

    fn build(&self) -> Command {
        quiet(prepared(self.folder.path(), &["build", "plan.md", "-o", "out"]))
    }

    /// Each file is one of those that a build makes, byte for byte, and a list names all that is there.
    #[track_caller]
    fn is_whole(&self, what: &str) {
        let out = self.path("out");
        let there = files(&out);
        let pages: BTreeSet<&Path> =
            there.keys().map(PathBuf::as_path).filter(|path| !is_part(path)).collect();
        let mut listed: BTreeSet<PathBuf> = [".tminus-pages".into(), "index.html".into()].into();
        listed.insert("plan/.tminus-pages".into());
        for path in &pages {
            let bytes = &there[*path];
            if path.ends_with(".tminus-pages") {
                let list: serde_json::Value =
                    serde_json::from_slice(bytes).unwrap_or_else(|_| panic!("{what}: {path:?} is broken"));
                let names = list["files"].as_array().expect("files").iter().filter_map(|file| file.as_str());
                listed.extend(names.map(|name| path.parent().expect("a folder").join(name)));
            } else {
                let is_known = self.whole.iter().any(|version| version.get(*path) == Some(bytes));
                assert!(is_known, "{what}: {path:?} is no whole page ({} bytes)", bytes.len());
            }
        }
        for path in pages {
            assert!(listed.contains(path), "{what}: no list names {path:?}");
        }
    }

    /// A build that nothing disturbs makes all as if nothing had happened.
    #[track_caller]
    fn mends(&self, version: usize) {
        self.set(version);
        let built = self.build().stderr(Stdio::piped()).output().expect("it runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let (made, whole) = (files(&self.path("out")), &self.whole[version]);
        assert_eq!(made.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
        assert!(made == *whole, "a page differs");
    }
}

fn quiet(mut command: Command) -> Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Every file below a folder, with its bytes; one that is moved meanwhile is passed over.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = walk.filter(|entry| entry.file_type().is_file());
    let below = |path: &Path| path.strip_prefix(folder).expect("below").to_path_buf();
    files.filter_map(|entry| Some((below(entry.path()), fs::read(entry.path()).ok()?))).collect()
}

fn is_part(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "part")
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("`id` runs");
    id.stdout.starts_with(b"0")
}

/// Numbers without an order that anybody would see, from 0 up to one.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f64 / f64::from(1 << 24)
    }
}

fn send(signal: &str, child: &Child) {
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
    // One that has ended already gets none.
    let _ = sent.expect("`kill` runs");
}

/// Whether programs that are started here ignore a signal: those in the background often do.
fn is_ignored(signal: &str) -> bool {
    let number = match signal {
        "-HUP" => 1,
        "-INT" => 2,
        _ => 15,
    };
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask >> (number - 1) & 1 == 1
}

/// Ends builds at random moments; how many ended before they were done.
fn disturbed(place: &Place, times: usize, end: impl Fn(&mut Child)) -> usize {
    let mut chance = Chance(20_261_205);
    let mut ended = 0;
    // The first build is slower than the others, and the machine may be now busy, now not: three quarters shall be met.
    let mut longest = place.took;
    for time in 0..times {
        place.set(time % 2);
        let mut build = place.build().spawn().expect("it starts");
        std::thread::sleep(longest.mul_f64(chance.next()));
        end(&mut build);
        let status = build.wait().expect("it ends");
        assert!(status.code().is_none_or(|code| code == 0), "{status}");
        let met = status.code().is_none();
        ended += usize::from(met);
        longest = longest.mul_f64(if met { 1.01 } else { 0.97 });
        place.is_whole(&format!("build {time}"));
    }
    ended
}

#[test]
fn a_build_that_is_killed_leaves_whole_files() {
    let times = std::env::var("TMINUS_KILLS").ok().and_then(|times| times.parse().ok()).unwrap_or(60);
    let place = Place::new();
    let killed = disturbed(&place, times, |build| build.kill().expect("it can be killed"));
    assert!(killed * 3 > times, "{killed} of {times} were killed");
    println!("{killed} of {times} builds were killed");
    (0..2).for_each(|version| place.mends(version));
}

#[test]
fn an_interrupt_leaves_whole_files() {
    let place = Place::new();
    for signal in ["-INT", "-HUP", "-TERM"] {
        if is_ignored(signal) {
            eprintln!("NOT TESTED: {signal}, which whoever runs the tests has told programs to ignore");
            continue;
        }
        assert!(disturbed(&place, 12, |build| send(signal, build)) > 0, "{signal}");
        place.mends(0);
    }
}

#[test]
fn signals_leave_nothing_of_a_browser() {
    for signal in ["-INT", "-HUP", "-TERM"] {
        let place = Place::new();
        place.set(0);
        let began = place.path("began");
        let script = format!("#!/bin/sh\ntouch {}\nsleep 60\n", began.display());
        fs::write(place.path("browser"), script).expect("a browser");
        fs::set_permissions(place.path("browser"), fs::Permissions::from_mode(0o755)).expect("it may be run");
        fs::create_dir(place.path("tmp")).expect("a folder");
        let mut build = place.build();
        build.args(["--pdf", "--browser", "./browser"]).env("TMPDIR", place.path("tmp"));
        let mut build = build.spawn().expect("it starts");
        let since = Instant::now();
        while !began.exists() {
            assert!(since.elapsed() < Duration::from_secs(60), "no browser was started");
            std::thread::sleep(Duration::from_millis(10));
        }
        send(signal, &build);
        assert_eq!(build.wait().expect("it ends").code(), Some(130), "{signal}");
        assert_eq!(fs::read_dir(place.path("tmp")).expect("a folder").count(), 0, "{signal}");
        place.is_whole(signal);
    }
}

/// Runs lines of a shell in the folder of the plan; `$0` is the program.
fn shell(place: &Place, lines: &str) -> (Option<i32>, String) {
    let mut shell = Command::new("sh");
    shell.args(["-c", lines, env!("CARGO_BIN_EXE_tminus")]).current_dir(place.folder.path());
    let output = shell.stdin(Stdio::null()).output().expect("a shell runs");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_disk_that_is_full_leaves_whole_files() {
    // A limit for the size of a file refuses what goes beyond, as a full disk does, and needs no rights.
    let place = Place::new();
    for blocks in [0, 1, 2, 8, 20, 60] {
        place.mends(0);
        place.set(1);
        let (status, said) =
            shell(&place, &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" build plan.md -o out"));
        assert_eq!(status, Some(3), "{blocks}: {said}");
        assert!(
            said.contains("can't be written: ") && said.contains("how much room is left"),
            "{blocks}: {said}"
        );
        place.is_whole(&format!("{blocks} blocks"));
        assert!(!files(&place.path("out")).keys().any(|path| is_part(path)), "nothing half-written stays");
    }
    place.mends(1);

    // A disk of its own, where one may be had.
    fs::remove_dir_all(place.path("out")).expect("it is removed");
    let mut filled = 0;
    for kilobytes in [64, 150, 300] {
        place.set(1);
        fs::create_dir_all(place.path("out")).expect("a folder");
        let lines = format!(
            "exec unshare -rm sh -c 'mount -t tmpfs -o size={kilobytes}k none out || exit 99
            \"$0\" build plan.md -o out; status=$?; cp -a out kept; exit $status' \"$0\""
        );
        let (status, said) = shell(&place, &lines);
        if matches!(status, Some(99 | 127)) || said.contains("unshare: ") {
            eprintln!("NOT TESTED: no disk of its own may be had here: {said}");
            return;
        }
        assert_eq!(status, Some(3), "{kilobytes}: {said}");
        assert!(said.contains("can't be written: No space left on device"), "{said}");
        let _ = fs::remove_dir_all(place.path("out"));
        fs::rename(place.path("kept"), place.path("out")).expect("it is kept");
        place.is_whole(&format!("{kilobytes} KB"));
        filled += files(&place.path("out")).len();
        fs::remove_dir_all(place.path("out")).expect("it is removed");
    }
    assert!(filled > 0, "some pages found room");
}

#[test]
fn a_first_plan_that_finds_no_room_is_not_there() {
    let place = Place::new();
    let (status, said) = shell(&place, "trap '' XFSZ; ulimit -f 0; exec \"$0\" new first.md");
    assert!(status == Some(3) && said.contains("how much room is left"), "{said}");
    let (status, said) = shell(&place, "exec \"$0\" new first.md");
    assert_eq!(status, Some(0), "the next try finds nothing in its place: {said}");
}

#[test]
fn a_folder_that_turns_read_only_keeps_what_it_has() {
    let place = Place::new();
    place.mends(0);
    place.set(1);
    let everybody =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
    everybody(place.folder.path(), 0o755);
    for folder in ["out/plan", "out/plan/owners"] {
        everybody(&place.path(folder), 0o555);
    }
    // Root may write everywhere, so somebody else runs it.
    let lines = if is_root() {
        "exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$0\" build plan.md -o out"
    } else {
        "exec \"$0\" build plan.md -o out"
    };
    let (status, said) = shell(&place, lines);
    for folder in ["out/plan", "out/plan/owners"] {
        everybody(&place.path(folder), 0o755);
    }
    if said.starts_with("setpriv: ") || status == Some(127) {
        eprintln!("NOT TESTED: nobody else may run the program here: {said}");
        return;
    }
    assert_eq!(status, Some(3), "{said}");
    assert!(said.contains("can't be written: Permission denied"), "{said}");
    assert!(files(&place.path("out")) == place.whole[0], "nothing has changed");
    place.mends(1);
}

#[test]
fn a_plan_that_changes_meanwhile_gives_whole_pages() {
    let place = Place::new();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        // Not as editors save, but in the worst way: emptied, and then written piece by piece.
        scope.spawn(|| {
            for version in (0..2).cycle() {
                if stop.load(std::sync::atomic::Ordering::Relaxed) {
                    break;
                }
                let text = &plans()[version];
                let mut file = fs::File::create(place.path("plan.md")).expect("the plan");
                for piece in text.as_bytes().chunks(97) {
                    std::io::Write::write_all(&mut file, piece).expect("it is written");
                }
            }
        });
        for time in 0..25 {
            let output = place.build().stderr(Stdio::piped()).output().expect("it runs");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!said.contains("panicked"), "{said}");
            assert!(output.status.code().is_some_and(|code| code <= 3), "{time}: {said}");
            let made = files(&place.path("out"));
            let json = made.get(Path::new("plan/plan.json")).expect("the plan for programs");
            let json: serde_json::Value = serde_json::from_slice(json).expect("it is whole");
            let version = json["hash"].as_str().expect("a version");
            for (path, bytes) in &made {
                assert!(!is_part(path), "{time}: {path:?} stays");
                if path.extension().is_some_and(|end| end == "html") {
                    let page = String::from_utf8_lossy(bytes);
                    assert!(page.trim_end().ends_with("</html>"), "{time}: {path:?}");
                    let is_of_plan = path.starts_with("plan");
                    assert!(!is_of_plan || page.contains(version), "{time}: {path:?} is of another text");
                }
            }
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    place.mends(0);
}

#[test]
fn two_builds_at_once_leave_whole_files() {
    let place = Place::new();
    for time in 0..12 {
        // Each has read a text of its own before the other writes.
        place.set(time % 2);
        let first = place.build().spawn().expect("it starts");
        std::thread::sleep(Duration::from_millis(if time % 3 == 0 { 0 } else { 15 }));
        place.set((time + 1) % 2);
        let second = place.build().spawn().expect("it starts");
        for mut build in [first, second] {
            let status = build.wait().expect("it ends");
            assert!(matches!(status.code(), Some(0 | 3)), "{status}");
        }
        let there = files(&place.path("out"));
        for (path, bytes) in there.iter().filter(|(path, _)| !path.ends_with(".tminus-pages")) {
            // A text that was read while it was written makes pages of its own.
            assert!(!is_part(path), "{path:?} stays");
            let is_page = path.extension().is_some_and(|end| end == "html");
            assert!(!is_page || bytes.trim_ascii_end().ends_with(b"</html>"), "{path:?} is no whole page");
        }
    }
    place.mends(1);
}

#[test]
fn a_template_that_loops_for_ever_is_stopped() {
    let place = Place::new();
    place.mends(0);
    fs::create_dir(place.path("templates")).expect("a folder");
    let many = "{% for a in range(9999) %}".repeat(6) + "x" + &"{% endfor %}".repeat(6);
    let itself = "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}";
    for template in [many.as_str(), itself] {
        fs::write(place.path("templates/run-sheet.html.j2"), template).expect("a template");
        place.set(1);
        let began = Instant::now();
        let output = place.build().stderr(Stdio::piped()).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("error[template]"), "{said}");
        assert!(began.elapsed() < Duration::from_secs(60));
        assert!(files(&place.path("out")) == place.whole[0], "no page of it is written");
    }
    fs::remove_dir_all(place.path("templates")).expect("it is removed");
    place.mends(1);
}

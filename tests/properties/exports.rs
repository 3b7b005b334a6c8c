//! Any text can be exported in every format, twice the same, and comes out well-formed.

use calamine::Reader as _;
use proptest::prelude::*;
use tminus::output::{write_csv, write_dot, write_gantt, write_graph, write_ics, write_project, write_xlsx};
use tminus::view::Presenter;
use tminus::view::export::Revision;

use crate::answer::{Answer, answer, cases};
use crate::text::any_text;

/// Everything that is exported of a plan.
#[derive(Debug, PartialEq)]
struct Exports {
    csv: Vec<u8>,
    xlsx: Vec<u8>,
    diagrams: [String; 3],
    /// Nothing without a date.
    ics: Option<String>,
    project: Option<Vec<u8>>,
}

fn exports(answer: &Answer) -> Exports {
    let presenter = Presenter::new(&answer.compiled, &answer.sources);
    let network = presenter.network();
    Exports {
        csv: write_csv(&presenter.step_table()),
        xlsx: write_xlsx(&presenter.workbook()).expect("it fits into a workbook"),
        diagrams: [write_gantt(&presenter.gantt()), write_graph(&network), write_dot(&network)],
        ics: presenter.calendar(Revision::default()).ok().map(|calendar| write_ics(&calendar)),
        project: presenter.project().ok().map(|project| write_project(&project)),
    }
}

fn count(answer: &Answer) -> (usize, usize) {
    let len = |value: &serde_json::Value| value.as_array().map_or(0, Vec::len);
    let back = answer.json["ways_back"].as_array().expect("a list");
    (len(&answer.json["steps"]), back.iter().map(|way| len(&way["steps"])).sum())
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn any_text_is_exported_twice_the_same_and_well_formed(text in any_text()) {
        let answer = answer(&text);
        let made = exports(&answer);
        prop_assert_eq!(&made, &exports(&answer));
        let (main, back) = count(&answer);
        let mut rows = csv::Reader::from_reader(made.csv.as_slice());
        prop_assert_eq!(rows.records().filter(|row| row.is_ok()).count(), main + back);
        let mut book = calamine::Xlsx::new(std::io::Cursor::new(made.xlsx)).expect("a workbook");
        for name in book.sheet_names() {
            book.worksheet_range(&name).expect("a sheet");
        }
        let dated = answer.compiled.schedule.dated;
        prop_assert_eq!((made.ics.is_some(), made.project.is_some()), (dated, dated));
        if let Some(ics) = made.ics {
            prop_assert!(ics.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
            let calendar: icalendar::Calendar = ics.parse().expect("a calendar");
            prop_assert_eq!(calendar.components.len(), main);
        }
        if let Some(project) = made.project {
            let xml = String::from_utf8(project).expect("UTF-8");
            let mut reader = quick_xml::Reader::from_str(&xml);
            while reader.read_event().expect("well-formed XML") != quick_xml::events::Event::Eof {}
        }
        for diagram in &made.diagrams {
            prop_assert!(!diagram.contains(|c: char| c.is_control() && c != '\n'));
        }
    }
}

//! Any plan can be written in every form, twice the same, or is refused with a reason: one without a date has no
//! calendar and no project.

use tminus::output::{write_csv, write_dot, write_gantt, write_graph, write_ics, write_project, write_xlsx};
use tminus::view::Presenter;
use tminus::view::export::Revision;

use super::input::Input;

pub fn hold(text: &str) {
    let input = Input::read(text);
    let (compiled, sources) = input.compile();
    let presenter = Presenter::new(&compiled, &sources);
    let one = forms(&presenter);
    assert_eq!(one, forms(&presenter), "written twice, two texts");
    let rows = compiled.schedule.main.order.len()
        + compiled.schedule.ways_back.iter().map(|line| line.order.len()).sum::<usize>();
    assert!(one[0].iter().filter(|byte| **byte == b'\n').count() > rows, "the table lacks rows");
    let (calendar, project) = (presenter.calendar(Revision::default()), presenter.project());
    assert_eq!(calendar.is_ok(), compiled.schedule.dated);
    assert_eq!(project.is_ok(), compiled.schedule.dated);
    if let Ok(calendar) = calendar {
        let text = write_ics(&calendar);
        assert_eq!(text, write_ics(&calendar));
        // RFC 5545: lines end with both signs and have at most 75 bytes.
        let lines = text.split_terminator("\r\n");
        assert!(lines.clone().all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{text:?}");
        assert_eq!(text.matches("\r\nBEGIN:VEVENT\r\n").count(), text.matches("\r\nEND:VEVENT\r\n").count());
    }
    if let Ok(project) = project {
        let text = String::from_utf8(write_project(&project)).expect("XML is text");
        assert!(text.trim_end().ends_with("</Project>"));
    }
    if let Ok(workbook) = write_xlsx(&presenter.workbook()) {
        assert!(workbook.starts_with(b"PK"));
    }
}

/// Those that every plan has.
fn forms(presenter: &Presenter<'_>) -> [Vec<u8>; 4] {
    let network = presenter.network();
    [
        write_csv(&presenter.step_table()),
        write_gantt(&presenter.gantt()).into_bytes(),
        write_graph(&network).into_bytes(),
        write_dot(&network).into_bytes(),
    ]
}

//! The one file that names the spreadsheet library: sheets with real dates, ready to be filled in and printed.
//!
//! Every text is written as a text, so that none is a formula or a link. The same view gives the same bytes:
//! the day on which the file counts as made is the view's.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook as Book, Worksheet,
    XlsxError,
};

use crate::view::export::{Cell, Look, Sheet, Workbook};

/// A4.
const PAPER: u8 = 9;
/// The height of a line, and the greatest of a row, in points.
const LINE: f64 = 15.0;
const HIGHEST_ROW: f64 = 409.0;
/// A head or foot of a sheet has no more characters.
const LONGEST_FOOT: usize = 200;

/// Writes a workbook; the error is a sentence of the library.
///
/// # Errors
/// When something does not fit into a spreadsheet: more rows or sheets than there can be.
pub fn write_xlsx(workbook: &Workbook) -> Result<Vec<u8>, String> {
    write(workbook).map_err(|error| error.to_string())
}

fn write(workbook: &Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::new();
    let properties = DocProperties::new().set_title(&workbook.title).set_author("tminus");
    let made =
        ExcelDateTime::from_timestamp(workbook.made).or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))?;
    book.set_properties(&properties.set_creation_datetime(&made));
    let looks = Looks::new();
    for sheet in &workbook.sheets {
        write_sheet(book.add_worksheet(), sheet, &looks)?;
    }
    book.save_to_buffer()
}

fn write_sheet(to: &mut Worksheet, sheet: &Sheet, looks: &Looks) -> Result<(), XlsxError> {
    to.set_name(&sheet.name)?;
    to.write_string_with_format(0, 0, &sheet.stamp, &looks.stamp)?;
    let mut head = 1;
    if !sheet.trouble.is_empty() {
        to.write_string_with_format(1, 0, &sheet.trouble, &looks.trouble)?;
        head = 2;
    }
    for (index, column) in (0u16..).zip(&sheet.columns) {
        to.set_column_width(index, column.width)?;
        to.write_string_with_format(head, index, column.head, &looks.head)?;
    }
    to.set_row_height(head, 2.0 * LINE + 1.0)?;
    let mut last = head;
    for (row, line) in (head + 1..).zip(&sheet.rows) {
        for (column, cell) in (0u16..).zip(&line.cells) {
            write_cell(to, row, column, cell, looks.of(line.look))?;
        }
        // A spreadsheet opens rows as high as one line unless it is told otherwise.
        to.set_row_height(row, (f64::from(line.lines) * LINE + 1.0).min(HIGHEST_ROW))?;
        last = row;
    }
    let columns = u16::try_from(sheet.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
    to.autofilter(head, 0, last, columns)?;
    to.set_freeze_panes(head + 1, 0)?;
    to.set_repeat_rows(0, head)?;
    to.set_landscape().set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
    to.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    to.set_footer(format!("&L{}&RPage &P of &N", foot(&sheet.stamp)));
    Ok(())
}

fn write_cell(to: &mut Worksheet, row: u32, column: u16, cell: &Cell, look: &Faces) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => to.write_blank(row, column, &look.text)?,
        Cell::Text(text) | Cell::Exact(text) => to.write_string_with_format(row, column, text, &look.text)?,
        Cell::Number(number) => to.write_number_with_format(row, column, *number, &look.text)?,
        Cell::Time { local, seconds } => {
            let face = if *seconds { &look.second } else { &look.minute };
            to.write_datetime_with_format(row, column, &ExcelDateTime::from_timestamp(*local)?, face)?
        }
    };
    Ok(())
}

/// A text at the foot of a sheet, where `&` begins a command.
fn foot(text: &str) -> String {
    let short: String = text.chars().take(LONGEST_FOOT / 2).collect();
    short.replace('&', "&&")
}

/// How cells of one look are written.
struct Faces {
    text: Format,
    minute: Format,
    second: Format,
}

impl Faces {
    fn new(base: &Format) -> Self {
        let base = base.clone().set_align(FormatAlign::Top).set_border(FormatBorder::Hair);
        let text = base.clone().set_text_wrap().set_align(FormatAlign::Left);
        let time = |format: &str| base.clone().set_num_format(format).set_align(FormatAlign::Left);
        Self { text, minute: time("yyyy-mm-dd hh:mm"), second: time("yyyy-mm-dd hh:mm:ss") }
    }
}

struct Looks {
    stamp: Format,
    trouble: Format,
    head: Format,
    plain: Faces,
    critical: Faces,
    gate: Faces,
    done: Faces,
    way_back: Faces,
}

impl Looks {
    fn new() -> Self {
        let plain = Format::new();
        let grey = Color::RGB(0x00E6_E6E6);
        let head = plain.clone().set_bold().set_text_wrap().set_align(FormatAlign::Top);
        Self {
            stamp: plain.clone().set_bold(),
            trouble: plain.clone().set_bold().set_font_color(Color::RGB(0x00B0_0020)),
            head: head.set_background_color(grey).set_border_bottom(FormatBorder::Medium),
            critical: Faces::new(&plain.clone().set_bold()),
            gate: Faces::new(&plain.clone().set_bold().set_background_color(grey)),
            done: Faces::new(&plain.clone().set_font_color(Color::RGB(0x0066_6666))),
            way_back: Faces::new(&plain.clone().set_italic()),
            plain: Faces::new(&plain),
        }
    }

    fn of(&self, look: Look) -> &Faces {
        match look {
            Look::Plain => &self.plain,
            Look::Critical => &self.critical,
            Look::Gate => &self.gate,
            Look::Done => &self.done,
            Look::WayBack => &self.way_back,
        }
    }
}

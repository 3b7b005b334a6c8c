//! The one file that names the CSV writer: a table as RFC 4180 has it, in UTF-8.
//!
//! A text in which a spreadsheet would find a formula gets a `'` before that place, so that it stays a text.

use csv::{Terminator, WriterBuilder};

use crate::view::export::{Cell, Table};

/// Writes a table.
#[must_use]
pub fn write_csv(table: &Table) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    // Memory takes everything, and all rows are as long as the heads.
    let _ = writer.write_record(&table.heads);
    for row in &table.rows {
        let _ = writer.write_record(row.iter().map(field));
    }
    writer.into_inner().unwrap_or_default()
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => guarded(text),
        Cell::Exact(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        // Tables have their times as words, which say their offset too.
        Cell::Time { local, .. } => local.to_string(),
    }
}

/// A text that no spreadsheet takes for a formula: at its beginning, after a line break, and after what
/// others than we take for the end of a field.
fn guarded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut begins = true;
    for c in text.chars() {
        if begins && matches!(c, '=' | '+' | '-' | '@' | '\t' | '＝' | '＋' | '－' | '＠') {
            out.push('\'');
        }
        out.push(c);
        begins = matches!(c, '\n' | '\r' | '\t' | ';' | ',') || (begins && matches!(c, ' ' | '"' | '\''));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_a_text() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+1 555 0101", "'+1 555 0101"),
            ("-[ ] x", "'-[ ] x"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t'=1"),
            (" =1", " '=1"),
            ("\"=1", "\"'=1"),
            ("a;=1", "a;'=1"),
            ("a\n=1", "a\n'=1"),
            ("＝1", "'＝1"),
            ("a = b - c", "a = b - c"),
            ("well-known", "well-known"),
        ] {
            assert_eq!(guarded(text), safe);
        }
    }

    #[test]
    fn quotes_line_breaks_and_commas_come_back() {
        let row = vec![Cell::Text("a \"b\",\nc".to_owned()), Cell::Empty, Cell::Number(0.5)];
        let table = Table { heads: vec!["x", "y", "z"], rows: vec![row] };
        let bytes = write_csv(&table);
        assert_eq!(String::from_utf8_lossy(&bytes), "x,y,z\r\n\"a \"\"b\"\",\nc\",,0.5\r\n");
    }
}

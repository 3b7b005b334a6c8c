//! Two texts become a readable line diff, or nothing when they are the same.
//!
//! Lines that both have stand plain, expected ones that are missing begin with `-`, new ones with `+`.

/// What differs between the expected and the present answer.
pub fn difference(name: &str, expected: &str, present: &str) -> Option<String> {
    if expected == present {
        return None;
    }
    let old: Vec<&str> = expected.lines().collect();
    let new: Vec<&str> = present.lines().collect();
    let mut text = format!("  {name} (- expected, + present)\n");
    let (mut i, mut j) = (0, 0);
    let common = common_lengths(&old, &new);
    while i < old.len() || j < new.len() {
        let (mark, line) = if i < old.len() && j < new.len() && old[i] == new[j] {
            (' ', old[i])
        } else if i < old.len() && (j == new.len() || common[i + 1][j] >= common[i][j + 1]) {
            ('-', old[i])
        } else {
            ('+', new[j])
        };
        i += usize::from(mark != '+');
        j += usize::from(mark != '-');
        text.push_str(&format!("  {mark} {line}\n"));
    }
    Some(text)
}

/// How many lines the rests `old[i..]` and `new[j..]` have in common, in order.
fn common_lengths(old: &[&str], new: &[&str]) -> Vec<Vec<usize>> {
    let mut table = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            table[i][j] =
                if old[i] == new[j] { table[i + 1][j + 1] + 1 } else { table[i + 1][j].max(table[i][j + 1]) };
        }
    }
    table
}

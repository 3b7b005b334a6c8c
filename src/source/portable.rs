//! Names for files and folders that every system takes.

use std::borrow::Cow;

/// Names of devices on Windows, where no file can have one, whatever its ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// The same with a digit behind them.
const NUMBERED: [&str; 2] = ["com", "lpt"];

/// The name, with a `_` where Windows would take it for a device: pages made on one system are looked at on others,
/// and the same plan has the same pages everywhere.
#[must_use]
pub fn portable_name(name: &str) -> Cow<'_, str> {
    let stem = name.split('.').next().unwrap_or(name);
    let lower = stem.trim_end().to_lowercase();
    let is_number = |rest: &str| {
        let mut rest = rest.chars();
        rest.next().is_some_and(|c| c.is_ascii_digit() || "¹²³".contains(c)) && rest.next().is_none()
    };
    let is_numbered = NUMBERED.into_iter().filter_map(|device| lower.strip_prefix(device)).any(is_number);
    if DEVICES.contains(&lower.as_str()) || is_numbered {
        return Cow::Owned(format!("{stem}_{}", &name[stem.len()..]));
    }
    Cow::Borrowed(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_devices_get_a_line_behind_them() {
        for (name, portable) in
            [("CON", "CON_"), ("aux", "aux_"), ("nul.old", "nul_.old"), ("com1", "com1_"), ("LPT²", "LPT²_")]
        {
            assert_eq!(portable_name(name), portable);
        }
        for name in ["console", "com", "com10", "auxiliary", "plan.aux", "ana"] {
            assert_eq!(portable_name(name), name);
        }
    }
}

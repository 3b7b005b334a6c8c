//! What somebody meant who wrote no time zone, or one whose clocks never change: `GMT+2`, `EDT`, `Berlin`, `EST`.
//!
//! Only a place is certain. A spelling that is near means nothing among abbreviations: `CST` is not `CET`.

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::time::shown_utc;
use crate::diagnostic::{nearest, only_near};

/// What is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MeantZone {
    /// A place, written in another way.
    Certain(&'static str),
    /// A place whose name is near.
    Near(&'static str),
    /// So far from UTC, which is no zone.
    Offset,
    /// An abbreviation, and the places where clocks show it, the likeliest first.
    Abbreviation(&'static [&'static str]),
    /// Nobody knows.
    Unknown,
}

/// A name with fewer letters is near too many.
const SHORTEST_CITY: usize = 5;

/// Abbreviations that people write, and where they live.
const ABBREVIATIONS: [(&[&str], &[&str]); 17] = [
    (&["EST", "EDT", "ET"], &["America/New_York"]),
    (&["CST", "CDT", "CT"], &["America/Chicago", "Asia/Shanghai"]),
    (&["MST", "MDT", "MT"], &["America/Denver", "America/Phoenix"]),
    (&["PST", "PDT", "PT"], &["America/Los_Angeles"]),
    (&["AST", "ADT"], &["America/Halifax", "Asia/Riyadh"]),
    (&["BRT"], &["America/Sao_Paulo"]),
    (&["BST"], &["Europe/London"]),
    (&["MEZ", "MESZ", "CEST"], &["Europe/Berlin"]),
    (&["EEST"], &["Europe/Helsinki"]),
    (&["WEST"], &["Europe/Lisbon"]),
    (&["MSK"], &["Europe/Moscow"]),
    (&["IST"], &["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
    (&["SGT"], &["Asia/Singapore"]),
    (&["HKT"], &["Asia/Hong_Kong"]),
    (&["JST"], &["Asia/Tokyo"]),
    (&["AEST", "AEDT"], &["Australia/Sydney", "Australia/Brisbane"]),
    (&["NZST", "NZDT"], &["Pacific/Auckland"]),
];

/// Zones whose clocks never change though those of most who write them do, and places that are meant.
const FIXED: [(&str, &[&str]); 2] =
    [("EST", &["America/New_York", "America/Panama"]), ("MST", &["America/Denver", "America/Phoenix"])];

/// What a text that names no zone means.
pub(super) fn meant_zone(text: &str) -> MeantZone {
    if is_offset(text) {
        return MeantZone::Offset;
    }
    let known =
        ABBREVIATIONS.iter().find(|(names, _)| names.iter().any(|name| name.eq_ignore_ascii_case(text)));
    if let Some((_, places)) = known {
        return MeantZone::Abbreviation(places);
    }
    // A city is what people remember: `Berlin` or `New York` is enough to find the zone.
    let wanted = text.replace(' ', "_");
    let city = wanted.rsplit('/').next().unwrap_or("");
    let places = || place_zones().map(|zone| zone.name());
    let mut by_city = places().filter(|zone| city_of(zone).eq_ignore_ascii_case(city));
    match (by_city.next(), by_city.next()) {
        (Some(one), None) => return MeantZone::Certain(one),
        (Some(first), Some(_)) => return MeantZone::Near(first),
        _ => {}
    }
    if let Some(zone) =
        TZ_VARIANTS.iter().map(|zone| zone.name()).find(|zone| zone.eq_ignore_ascii_case(&wanted))
    {
        return MeantZone::Certain(zone);
    }
    if wanted.contains('/') {
        return match (only_near(&wanted, places()), nearest(&wanted, places())) {
            (Some(one), _) => MeantZone::Certain(one),
            (None, Some(near)) => MeantZone::Near(near),
            (None, None) => MeantZone::Unknown,
        };
    }
    let near = if city.len() < SHORTEST_CITY { None } else { nearest(city, places().map(city_of)) };
    let place = near.and_then(|near| places().find(|zone| city_of(zone) == near));
    place.map_or(MeantZone::Unknown, MeantZone::Near)
}

/// The zones that are those of places.
pub fn place_zones() -> impl Iterator<Item = Tz> {
    TZ_VARIANTS.into_iter().filter(|zone| zone.name().contains('/') && !zone.name().starts_with("Etc/"))
}

/// The places that somebody may mean who wrote a zone that is so far from UTC all the year; none of the whole world's clock.
pub(super) fn fixed_zone(zone: Tz) -> Option<&'static [&'static str]> {
    let name = zone.name();
    let known = FIXED.iter().find(|(fixed, _)| *fixed == name).map(|(_, places)| *places);
    known.or_else(|| has_turned_sign(zone).then_some(&[][..]))
}

/// `Etc/GMT+2`, which is two hours behind UTC.
pub(super) fn has_turned_sign(zone: Tz) -> bool {
    let offset = zone.name().strip_prefix("Etc/GMT").and_then(|rest| rest.strip_prefix(['+', '-']));
    offset.is_some_and(|hours| hours != "0")
}

/// How far such a zone always is from UTC: `UTC−05:00`.
pub(super) fn fixed_offset(zone: Tz) -> String {
    let offset = zone.offset_from_utc_datetime(&DateTime::UNIX_EPOCH.naive_utc()).fix();
    shown_utc(offset.local_minus_utc().into())
}

fn city_of(zone: &str) -> &str {
    zone.rsplit('/').next().unwrap_or(zone)
}

/// `GMT+2`, `UTC-05:00`, `+02:00`, `UTC +2`.
fn is_offset(text: &str) -> bool {
    let upper = text.to_uppercase();
    let rest = ["UTC", "GMT", "Z"].iter().find_map(|name| upper.strip_prefix(name)).unwrap_or(&upper);
    let hours = rest.trim_start().strip_prefix(['+', '-', '−', '±']);
    hours.is_some_and(|hours| {
        let hours = hours.trim_start();
        hours.starts_with(|c: char| c.is_ascii_digit())
            && hours.chars().all(|c| c.is_ascii_digit() || c == ':')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_certain_and_nothing_else() {
        for (text, meant) in [
            ("Berlin", MeantZone::Certain("Europe/Berlin")),
            ("New York", MeantZone::Certain("America/New_York")),
            ("europe/berlin", MeantZone::Certain("Europe/Berlin")),
            ("Europe/Berln", MeantZone::Certain("Europe/Berlin")),
            ("Berln", MeantZone::Near("Europe/Berlin")),
            ("GMT+2", MeantZone::Offset),
            ("utc -05:00", MeantZone::Offset),
            ("+0200", MeantZone::Offset),
            ("MEZ", MeantZone::Abbreviation(&["Europe/Berlin"])),
            ("cdt", MeantZone::Abbreviation(&["America/Chicago", "Asia/Shanghai"])),
            ("XYZ", MeantZone::Unknown),
            ("home", MeantZone::Unknown),
            ("", MeantZone::Unknown),
        ] {
            assert_eq!(meant_zone(text), meant, "{text}");
        }
    }

    #[test]
    fn every_place_is_a_zone_that_changes_its_clocks_or_lies_there() {
        let places = ABBREVIATIONS
            .iter()
            .flat_map(|(_, places)| *places)
            .chain(FIXED.iter().flat_map(|(_, places)| *places));
        for place in places {
            assert!(place.parse::<Tz>().is_ok_and(|zone| fixed_zone(zone).is_none()), "{place}");
        }
        assert_eq!(fixed_zone(Tz::Etc__GMTPlus2), Some(&[][..]));
        assert!(fixed_zone(Tz::UTC).is_none() && fixed_zone(Tz::Etc__GMT0).is_none());
    }
}

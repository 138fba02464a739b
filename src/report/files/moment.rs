//! How instants are written: ISO 8601 with the offset, and the serial days of spreadsheets.

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

/// Local time with its offset from UTC, such as `2027-01-11T08:00:00+01:00`.
pub fn iso(instant: Timestamp, zone: &TimeZone) -> String {
    let local = instant.to_zoned_datetime(zone.clone());
    local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Days since 30 December 1899 of a local time, as spreadsheets count them.
pub fn serial(instant: Timestamp, zone: &TimeZone) -> f64 {
    let local = zone.to_datetime(instant);
    let epoch = civil::date(1899, 12, 30).at(0, 0, 0, 0);
    local.duration_since(epoch).as_secs_f64() / 86_400.0
}

/// Time of day of a local time as a share of the day. Not the fraction of [`serial`], whose last bits make some viewers
/// show 08:29 for half past eight.
pub fn clock(instant: Timestamp, zone: &TimeZone) -> f64 {
    let local = zone.to_datetime(instant);
    local
        .duration_since(local.date().at(0, 0, 0, 0))
        .as_secs_f64()
        / 86_400.0
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_follows_summer_time() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let at = |text: &str| iso(text.parse().unwrap(), &berlin);
        assert_eq!(at("2027-03-28T00:45:00Z"), "2027-03-28T01:45:00+01:00");
        assert_eq!(at("2027-03-28T01:00:00Z"), "2027-03-28T03:00:00+02:00");
        let kolkata = TimeZone::get("Asia/Kolkata").unwrap();
        assert_eq!(
            iso("2027-01-01T00:00:00Z".parse().unwrap(), &kolkata),
            "2027-01-01T05:30:00+05:30"
        );
    }

    #[test]
    fn spreadsheets_count_days_from_1899() {
        let utc = TimeZone::UTC;
        let at = |text: &str| serial(text.parse().unwrap(), &utc);
        assert_eq!(at("1900-03-01T00:00:00Z"), 61.0);
        assert_eq!(at("2027-01-11T12:00:00Z"), 46_398.5);
    }

    #[test]
    fn a_time_of_day_is_the_nearest_number_to_its_share_of_the_day() {
        let at = |text: &str| clock(text.parse().unwrap(), &TimeZone::UTC);
        assert_eq!(at("2027-01-12T08:30:00Z"), 8.5 / 24.0);
        assert_eq!(at("2027-01-12T19:00:00Z"), 19.0 / 24.0);
        assert_eq!(at("2027-01-12T00:00:00Z"), 0.0);
    }
}

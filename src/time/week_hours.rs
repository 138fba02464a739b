//! Opening hours of a week, as people write them.

use std::fmt;

use jiff::civil::Weekday;

const MINUTES: u16 = 24 * 60;
const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// One stretch of opening on one day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekSpan {
    /// The day it begins on.
    pub weekday: Weekday,
    /// First open minute of the day, 0 to 1439.
    pub from: u16,
    /// The minute after the last; above 1440 when it runs past midnight.
    pub to: u16,
}

/// Opening hours of a week: `Mon-Fri 08:00-20:00, Sat 09:00-17:00`.
///
/// The grammar is `24/7`, `always`, or a comma list of *days* *times*, where days are `Mon`,
/// `Mon-Fri` (wraps: `Sun-Thu`) or `daily`, and times are `08:00-20:00`. An end of `24:00` is
/// midnight; an end before the start is on the next day. A day may come more than once.
///
/// ```
/// use jiff::civil::Weekday;
/// use staffwright::time::WeekHours;
/// let hours = WeekHours::parse("Mon-Fri 08:00-20:00, Sat 22:00-02:00")?;
/// assert!(hours.contains(Weekday::Friday, 19 * 60 + 59));
/// assert!(hours.contains(Weekday::Sunday, 90));
/// assert_eq!(hours.to_string(), "Mon-Fri 08:00-20:00, Sat 22:00-02:00");
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekHours {
    /// Ordered by weekday from Monday, then by time; touching spans of one day are joined.
    pub spans: Vec<WeekSpan>,
}

impl WeekHours {
    /// Open all the time.
    pub fn always() -> WeekHours {
        let whole_day = |weekday| WeekSpan {
            weekday,
            from: 0,
            to: MINUTES,
        };
        WeekHours {
            spans: week().map(whole_day).collect(),
        }
    }

    /// Reads hours; the error says what is wrong and what to write instead.
    pub fn parse(text: &str) -> Result<WeekHours, String> {
        let text = text.trim();
        if text == "24/7" || text == "always" {
            return Ok(WeekHours::always());
        }
        let mut spans = Vec::new();
        for part in text.split(',') {
            let mut words = part.split_whitespace();
            let (days, times) = match (words.next(), words.next(), words.next()) {
                (Some(days), Some(times), None) => (days, times),
                (Some(times), None, _) if times.contains(':') => {
                    return Err(format!("say on which days: \"daily {times}\""));
                }
                (Some(days), None, _) => {
                    return Err(format!("say at what times: \"{days} 08:00-18:00\""));
                }
                (None, ..) => return Err(format!("empty opening hours: write {EXAMPLE}")),
                _ => {
                    return Err(format!(
                        "\"{}\" is not opening hours: write {EXAMPLE}",
                        part.trim()
                    ));
                }
            };
            let (from, to) = parse_times(times)?;
            spans.extend(parse_days(days)?.map(|weekday| WeekSpan { weekday, from, to }));
        }
        Ok(WeekHours {
            spans: merge(spans),
        })
    }

    /// The spans that begin on a weekday.
    pub fn of(&self, weekday: Weekday) -> impl Iterator<Item = &WeekSpan> {
        self.spans.iter().filter(move |s| s.weekday == weekday)
    }

    /// Whether a minute of a weekday (0 to 1439) is open, also by a span from the day before.
    pub fn contains(&self, weekday: Weekday, minute: u16) -> bool {
        let within = |s: &WeekSpan, m: u16| s.from <= m && m < s.to;
        self.of(weekday).any(|s| within(s, minute))
            || self
                .of(weekday.previous())
                .any(|s| within(s, minute + MINUTES))
    }

    /// Whether every minute of the week is open.
    pub fn is_always(&self) -> bool {
        *self == WeekHours::always()
    }
}

const EXAMPLE: &str = "\"Mon-Fri 08:00-20:00, Sat 09:00-17:00\", or \"24/7\"";

fn week() -> impl Iterator<Item = Weekday> {
    Weekday::Monday.cycle_forward().take(7)
}

fn index(weekday: Weekday) -> usize {
    usize::from(weekday.to_monday_zero_offset().unsigned_abs())
}

fn parse_days(text: &str) -> Result<impl Iterator<Item = Weekday> + use<>, String> {
    let (first, count) = if text == "daily" {
        (Weekday::Monday, 7)
    } else {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let (first, last) = (parse_day(first)?, parse_day(last)?);
        (first, (index(last) + 7 - index(first)) % 7 + 1)
    };
    Ok(first.cycle_forward().take(count))
}

fn parse_day(text: &str) -> Result<Weekday, String> {
    week().find(|d| NAMES[index(*d)] == text).ok_or_else(|| {
        format!("\"{text}\" is not a day: write Mon, Tue, Wed, Thu, Fri, Sat, Sun, a range such as Mon-Fri, or daily")
    })
}

fn parse_times(text: &str) -> Result<(u16, u16), String> {
    let Some((from, to)) = text.split_once('-') else {
        return Err(format!(
            "\"{text}\" is not a range of times: write it like 08:00-18:00"
        ));
    };
    let (from, to) = (parse_time(from)?, parse_time(to)?);
    if from == MINUTES {
        return Err("24:00 is an end only: a range begins at 00:00 at the earliest".into());
    }
    if from == to {
        return Err(format!(
            "\"{text}\" is empty: for a whole day write 00:00-24:00"
        ));
    }
    Ok((from, if to < from { to + MINUTES } else { to }))
}

/// Minutes of `H:MM` or `HH:MM`, up to and with 24:00.
fn parse_time(text: &str) -> Result<u16, String> {
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    text.split_once(':')
        .filter(|(h, m)| matches!(h.len(), 1 | 2) && m.len() == 2 && digits(h) && digits(m))
        .and_then(|(h, m)| Some((h.parse::<u16>().ok()?, m.parse::<u16>().ok()?)))
        .filter(|(h, m)| *m < 60 && h * 60 + m <= MINUTES)
        .map(|(h, m)| h * 60 + m)
        .ok_or_else(|| format!("\"{text}\" is not a time of day: write it like 08:00, up to 24:00"))
}

/// Sorts spans and joins those of one day that overlap or touch, unless the joint span could not
/// be written in the grammar (24 hours or longer, other than 00:00-24:00).
fn merge(mut spans: Vec<WeekSpan>) -> Vec<WeekSpan> {
    spans.sort_unstable_by_key(|s| (index(s.weekday), s.from, s.to));
    let mut merged: Vec<WeekSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last)
                if last.weekday == span.weekday
                    && span.from <= last.to
                    && writable(last.from, last.to.max(span.to)) =>
            {
                last.to = last.to.max(span.to);
            }
            _ => merged.push(span),
        }
    }
    merged
}

fn writable(from: u16, to: u16) -> bool {
    to - from < MINUTES || (from, to) == (0, MINUTES)
}

impl fmt::Display for WeekHours {
    /// Writes hours so that they parse back to the same.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_always() {
            return f.write_str("24/7");
        }
        let times: Vec<Vec<(u16, u16)>> = week()
            .map(|day| self.of(day).map(|s| (s.from, s.to)).collect())
            .collect();
        let mut day = 0;
        let mut separator = "";
        while day < 7 {
            let alike = times[day..]
                .iter()
                .take_while(|t| **t == times[day])
                .count();
            for (from, to) in &times[day] {
                write!(f, "{separator}{} ", days_name(day, alike))?;
                write_time(f, *from)?;
                f.write_str("-")?;
                write_time(f, if *to > MINUTES { to - MINUTES } else { *to })?;
                separator = ", ";
            }
            day += alike;
        }
        Ok(())
    }
}

fn days_name(first: usize, count: usize) -> String {
    match count {
        7 => "daily".to_string(),
        1 => NAMES[first].to_string(),
        _ => format!("{}-{}", NAMES[first], NAMES[first + count - 1]),
    }
}

fn write_time(f: &mut fmt::Formatter<'_>, minute: u16) -> fmt::Result {
    write!(f, "{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday};
    use proptest::prelude::*;

    fn parse(text: &str) -> WeekHours {
        WeekHours::parse(text).unwrap()
    }

    fn spans(text: &str) -> Vec<(Weekday, u16, u16)> {
        parse(text)
            .spans
            .iter()
            .map(|s| (s.weekday, s.from, s.to))
            .collect()
    }

    #[test]
    fn the_grammar() {
        assert_eq!(spans("Sat 9:00-17:00"), [(Saturday, 540, 1020)]);
        assert_eq!(spans("Fri-Mon 22:00-06:00").len(), 4);
        assert_eq!(spans("Fri 22:00-06:00"), [(Friday, 1320, 1800)]);
        assert_eq!(
            spans("Sat 13:00-17:00, Sat 09:00-12:00"),
            [(Saturday, 540, 720), (Saturday, 780, 1020)]
        );
        assert_eq!(
            spans("Sun-Thu 08:00-24:00").last(),
            Some(&(Sunday, 480, 1440))
        );
        assert!(parse("Sun-Thu 08:00-24:00").of(Friday).next().is_none());
        assert!(parse("Sun-Thu 08:00-24:00").of(Thursday).next().is_some());
        for always in ["24/7", "always", "daily 00:00-24:00", "Wed-Tue 00:00-24:00"] {
            assert!(parse(always).is_always(), "{always}");
        }
    }

    #[test]
    fn nights_reach_into_the_next_day() {
        let hours = parse("Sun 22:00-06:00");
        assert!(hours.contains(Sunday, 1439) && hours.contains(Monday, 0));
        assert!(hours.contains(Monday, 359) && !hours.contains(Monday, 360));
        assert!(!hours.contains(Sunday, 0) && !hours.contains(Saturday, 1439));
    }

    #[test]
    fn touching_spans_are_joined_as_long_as_they_can_be_written() {
        assert_eq!(
            spans("Mon 08:00-12:00, Mon 11:00-14:00"),
            [(Monday, 480, 840)]
        );
        assert_eq!(
            spans("Mon 00:00-12:00, Mon 12:00-24:00"),
            [(Monday, 0, 1440)]
        );
        let long = parse("Mon 08:00-24:00, Mon 20:00-10:00");
        assert_eq!(long.spans.len(), 2);
        assert_eq!(parse(&long.to_string()), long);
    }

    #[test]
    fn mistakes_come_with_a_remedy() {
        for (text, remedy) in [
            ("", "Mon-Fri 08:00-20:00"),
            ("Mon-Fri", "Mon-Fri 08:00-18:00"),
            ("08:00-20:00", "daily 08:00-20:00"),
            ("mon 08:00-20:00", "write Mon, Tue"),
            ("Mon-Funday 08:00-20:00", "Funday"),
            ("Mon,Wed 08:00-12:00", "Mon 08:00-18:00"),
            ("Mon 08:00", "08:00-18:00"),
            ("Mon 8-20", "08:00"),
            ("Mon 08:60-20:00", "08:60"),
            ("Mon 08:00-24:01", "24:01"),
            ("Mon 24:00-02:00", "00:00"),
            ("Mon 08:00-08:00", "00:00-24:00"),
            ("Mon 08:00-12:00 13:00-17:00", "Mon-Fri"),
            ("Mon 08:00-12:00,", "empty"),
            ("Mon +8:00-12:00", "+8:00"),
        ] {
            let error = WeekHours::parse(text).unwrap_err();
            assert!(error.contains(remedy), "{text}: {error}");
        }
    }

    #[test]
    fn display_groups_days_alike() {
        for text in [
            "24/7",
            "daily 08:00-20:00",
            "Mon-Fri 08:00-20:00, Sat 09:00-17:00",
            "Mon-Fri 08:00-12:00, Mon-Fri 13:00-17:00",
            "Mon 22:00-06:00, Wed-Thu 22:00-06:00",
        ] {
            assert_eq!(parse(text).to_string(), text);
        }
        assert_eq!(
            parse("Sun-Tue 10:00-11:00").to_string(),
            "Mon-Tue 10:00-11:00, Sun 10:00-11:00"
        );
    }

    proptest! {
        #[test]
        fn display_parses_back(parts in prop::collection::vec((0..7usize, 0..1440u16, 1..1440u16), 1..12)) {
            let text: Vec<String> = parts
                .iter()
                .map(|(day, from, length)| {
                    let to = (from + length) % MINUTES;
                    format!("{} {:02}:{:02}-{:02}:{:02}", NAMES[*day], from / 60, from % 60, to / 60, to % 60)
                })
                .collect();
            let hours = parse(&text.join(", "));
            prop_assert_eq!(parse(&hours.to_string()), hours);
        }

        #[test]
        fn no_text_panics(text in "[MonTueFri0-9:,/ -]{0,24}") {
            let _ = WeekHours::parse(&text);
        }
    }
}

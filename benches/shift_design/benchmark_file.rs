//! Reads the text format of the public minimum-shift-design collection.

use staffwright::optimize::design::instance::{Instance, Prices, Shift, Variant};

/// Content lines of every `#Heading` section; the planted solution at the end is commented out.
fn section<'a>(text: &'a str, heading: &str) -> Vec<&'a str> {
    text.lines()
        .skip_while(|line| !line.starts_with(heading))
        .skip(1)
        .take_while(|line| !line.trim().is_empty())
        .filter(|line| !line.starts_with('#'))
        .collect()
}

fn number(text: &str, heading: &str) -> f64 {
    section(text, heading)[0].trim().parse().expect("a number")
}

/// A clock time `6:0` in minutes.
fn clock(text: &str) -> i64 {
    let (hours, minutes) = text.split_once(':').expect("hours:minutes");
    hours.parse::<i64>().expect("hours") * 60 + minutes.parse::<i64>().expect("minutes")
}

/// Every (start, length) of a template line, in intervals; starts wrap midnight.
fn template(line: &str, interval: i64) -> Vec<(usize, usize)> {
    let fields: Vec<&str> = line.split_whitespace().rev().collect();
    let minutes = |field: &str| field.parse::<i64>().expect("minutes");
    assert_eq!(fields[0], "*", "every template is available on all days");
    let (shorter, longer, length) = (minutes(fields[1]), minutes(fields[2]), minutes(fields[3]));
    let (earlier, later, start) = (minutes(fields[4]), minutes(fields[5]), clock(fields[6]));
    let grid = |from: i64, to: i64| (from..=to).filter(move |minute| minute % interval == 0);
    let mut shifts = Vec::new();
    for start in grid(start - earlier, start + later) {
        for length in grid(length - shorter, length + longer) {
            let start = start.rem_euclid(1440) / interval;
            shifts.push((start as usize, (length / interval) as usize));
        }
    }
    shifts
}

/// Parses one file of the collection.
pub fn parse(text: &str) -> Instance {
    let interval = number(text, "#MinuteInterval");
    let days = number(text, "#DaysPerCycle") as usize;
    let mut pairs: Vec<(usize, usize)> = section(text, "#Abbr")
        .iter()
        .flat_map(|line| template(line, interval as i64))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let required: Vec<u32> = section(text, "#Requirements")
        .iter()
        .flat_map(|line| line.split_whitespace())
        .map(|word| word.parse().expect("a requirement"))
        .collect();
    let per_day = 1440 / interval as usize;
    assert_eq!(
        required.len(),
        days * per_day,
        "one requirement per interval"
    );
    Instance {
        interval_min: interval as u32,
        per_day,
        days,
        cyclic: section(text, "#FlagCyclical")[0].trim() == "yes",
        required,
        prices: Prices {
            understaffing: number(text, "#UnderCover"),
            overstaffing: number(text, "#Overcover"),
            distinct_shift: number(text, "#Shifts:"),
            paid_minute: 0.0,
        },
        shifts: pairs
            .into_iter()
            .map(|(start, length)| Shift {
                start,
                length,
                variants: vec![Variant {
                    pause: None,
                    days: vec![true; days],
                }],
            })
            .collect(),
    }
}

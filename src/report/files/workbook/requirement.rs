//! The sheet of requirements: agents by Erlang C per channel and interval, as a formula that follows its inputs.
//!
//! With `A` erlangs offered to `n > A` agents a contact waits with probability
//! `C = p / (p + (1 - A / n) P)`, where `p = POISSON.DIST(n, A, FALSE)` and `P = POISSON.DIST(n - 1, A, TRUE)`, and is
//! answered within `T` with probability `1 - C exp(-(n - A) T / handle time)`. As this grows with `n`, the fewest agents
//! that reach the promised share are `INT(A) + 1` and one for every further number that falls short: one `SUMPRODUCT`.

use super::super::Part;
use super::super::moment::serial;
use super::super::tidy::counted;
use super::sheet::{Shape, Sheet, Styles, cell, numbers, words};
use crate::experiment::Queue;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Name of the sheet.
pub const NAME: &str = "Requirement";
/// The column of agents by Erlang C.
pub const AGENTS: u16 = 5;

/// The sheet's contents.
pub struct Requirement<'a> {
    /// Channels that are worked out, with the length of an interval in seconds.
    inputs: Vec<(&'a str, &'a str, Queue, f64)>,
    /// The rows below.
    pub rows: Vec<Row<'a>>,
}

/// A channel in an interval.
pub struct Row<'a> {
    /// Scenario.
    pub scenario: &'a str,
    start: f64,
    channel: &'a str,
    input: usize,
    contacts: f64,
    rostered: f64,
    /// Agents by Erlang C.
    pub agents: u32,
}

impl Requirement<'_> {
    /// The first row below the heads.
    pub fn first_row(&self) -> u32 {
        self.inputs.len() as u32 + 4
    }
}

/// The rows: every interval in which a channel that is worked out had contacts.
pub fn rows<'a>(parts: &[Part<'a>]) -> Requirement<'a> {
    let mut all = Requirement {
        inputs: Vec::new(),
        rows: Vec::new(),
    };
    for Part { outcome, .. } in parts {
        let intervals = &outcome.intervals;
        let queues = intervals
            .channels
            .iter()
            .filter_map(|c| Some((c, c.queue?)));
        let first = all.inputs.len();
        let queues: Vec<_> = queues.collect();
        all.inputs.extend(queues.iter().map(|(channel, queue)| {
            let names = (outcome.scenario.as_str(), channel.name.as_str());
            (names.0, names.1, *queue, intervals.interval_s)
        }));
        for (i, start) in counted(outcome) {
            let rostered = intervals.teams.iter().map(|t| t.points[i].rostered).sum();
            let start = serial(start, &intervals.zone);
            for (input, (channel, queue)) in (first..).zip(&queues) {
                let contacts = channel.points[i].offered;
                let agents = queue.agents(contacts / intervals.interval_s);
                if let Some(agents) = agents.filter(|_| contacts > 0.0) {
                    all.rows.push(Row {
                        scenario: &outcome.scenario,
                        start,
                        channel: &channel.name,
                        input,
                        contacts,
                        rostered,
                        agents,
                    });
                }
            }
        }
    }
    all
}

/// Writes the sheet.
pub fn write(
    inner: &mut Worksheet,
    styles: &Styles,
    requirement: &Requirement<'_>,
) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(inner, styles, NAME)?;
    let inputs = [
        "scenario",
        "channel",
        "handle time, s",
        "promised share",
        "within, s",
        "interval, s",
    ];
    sheet.remark(
        0,
        "What Erlang C would ask for, each channel alone: change these and the agents below follow",
    )?;
    for (column, text) in (0..).zip(inputs) {
        sheet.head(1, column, text, column > 1)?;
    }
    for (row, (scenario, channel, queue, interval_s)) in (2..).zip(&requirement.inputs) {
        sheet.words(row, 0, scenario)?;
        sheet.words(row, 1, channel)?;
        sheet.number((row, 2), queue.handle_s, Shape::Seconds)?;
        sheet.number((row, 3), queue.share, Shape::Share)?;
        sheet.number((row, 4), queue.within_s, Shape::Seconds)?;
        sheet.number((row, 5), *interval_s, Shape::Seconds)?;
    }
    let first = requirement.first_row();
    sheet.heads(
        first - 1,
        &[
            words("scenario", 16.0),
            words("start (local time)", 17.0),
            words("channel", 14.0),
            numbers("contacts", 14.0),
            numbers("load, erlangs", 12.0),
            numbers("agents by Erlang C", 12.0),
            numbers("on queue by the roster, all teams", 16.0),
        ],
    )?;
    let further = further(requirement);
    for (row, r) in (first..).zip(&requirement.rows) {
        let queue = &requirement.inputs[r.input];
        let load = r.contacts * queue.2.handle_s / queue.3;
        let input = |column: u16| {
            let cell = cell(2 + r.input as u32, column);
            let letters = cell.trim_end_matches(|c: char| c.is_ascii_digit());
            format!("${letters}${}", 3 + r.input)
        };
        sheet.words(row, 0, r.scenario)?;
        sheet.number((row, 1), r.start, Shape::Moment)?;
        sheet.words(row, 2, r.channel)?;
        sheet.number((row, 3), r.contacts, Shape::Count)?;
        let n = row + 1;
        let formula = format!("=D{n}*{}/{}", input(2), input(5));
        sheet.formula((row, 4), &formula, load, Shape::Count)?;
        let formula = agents(&format!("E{n}"), [&input(2), &input(3), &input(4)], further);
        sheet.formula((row, AGENTS), &formula, f64::from(r.agents), Shape::Whole)?;
        sheet.number((row, 6), r.rostered, Shape::Count)?;
    }
    let last = first + (requirement.rows.len() as u32).max(1) - 1;
    sheet.bars(AGENTS, first, last)?;
    sheet.inner.autofilter(first - 1, 0, last, 6)?;
    Ok(())
}

/// How many numbers of agents above the load the formula looks through: half as many again as any row needs, and
/// enough for a stricter promise.
fn further(requirement: &Requirement<'_>) -> u32 {
    let needed = requirement.rows.iter().map(|r| {
        let (_, _, queue, interval_s) = &requirement.inputs[r.input];
        r.agents
            .saturating_sub((r.contacts * queue.handle_s / interval_s) as u32)
    });
    let needed = needed.max().unwrap_or(0);
    (needed + needed / 2 + 10).next_multiple_of(10)
}

/// The fewest agents for a load, from the cells of handle time, share and seconds.
fn agents(load: &str, [handle, share, within]: [&str; 3], further: u32) -> String {
    let n = format!("(INT({load})+ROW($1:${further}))");
    let p = format!("_xlfn.POISSON.DIST({n},{load},FALSE)");
    let below = format!("_xlfn.POISSON.DIST({n}-1,{load},TRUE)");
    let waits = format!("{p}/({p}+(1-{load}/{n})*{below})");
    format!(
        "=IF({load}>0,INT({load})+1+SUMPRODUCT(--(1-{waits}*EXP(-({n}-{load})*{within}/{handle})<{share})),0)"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the formula says, in plain arithmetic.
    fn by_formula(load: f64, queue: &Queue, further: u32) -> u32 {
        let poisson = |n: u32| {
            let mut p = libm::exp(-load);
            (1..=n).for_each(|k| p *= load / f64::from(k));
            p
        };
        let whole = load as u32;
        let short = (1..=further).filter(|k| {
            let n = whole + k;
            let (p, below) = (poisson(n), (0..n).map(poisson).sum::<f64>());
            let waits = p / (p + (1.0 - load / f64::from(n)) * below);
            let late = waits * libm::exp(-(f64::from(n) - load) * queue.within_s / queue.handle_s);
            1.0 - late < queue.share
        });
        whole + 1 + short.count() as u32
    }

    #[test]
    fn the_formula_s_arithmetic_is_erlang_c() {
        let queue = Queue {
            handle_s: 300.0,
            share: 0.8,
            within_s: 20.0,
        };
        for load in [0.01, 0.5, 1.0, 3.7, 10.0, 33.3, 90.2] {
            let agents = queue.agents(load / queue.handle_s);
            assert_eq!(agents, Some(by_formula(load, &queue, 60)), "{load}");
        }
    }
}

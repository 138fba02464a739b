//! Whether shifts, opening hours, holidays and rules of work fit together.

use super::cursor::Cursor;
use crate::scenario::model::{Channel, ChannelKind, Contract, Scenario, ShiftTemplate, Team};
use crate::time::WeekHours;
use jiff::Span;
use jiff::civil::Weekday;

const DAY: i64 = 1440;

/// Notes shifts outside opening hours, shifts that rules forbid, and days on which a channel is open but every site closed.
pub fn check(document: &Cursor<'_>, scenario: &Scenario) {
    for team in &scenario.teams {
        outside_opening_hours(document, scenario, team, &served(scenario, team));
        for &shift in &team.shifts {
            forbidden(document, scenario, team, &scenario.shifts[shift]);
        }
    }
    for channel in 0..scenario.channels.len() {
        open_on_holidays(document, scenario, channel);
    }
    points_at_itself(document, scenario);
}

fn served<'s>(scenario: &'s Scenario, team: &'s Team) -> Vec<&'s Channel> {
    let serves = |c: usize| {
        scenario
            .streams
            .iter()
            .zip(&team.skills)
            .any(|(s, skill)| s.channel == c && skill.is_some())
    };
    let own = (0..scenario.channels.len()).filter(|c| serves(*c));
    // As they are at the start, and from dates on.
    own.flat_map(|c| {
        let later = scenario.eras.iter().filter_map(move |e| e.channels.get(c));
        std::iter::once(&scenario.channels[c]).chain(later)
    })
    .collect()
}

fn outside_opening_hours(
    document: &Cursor<'_>,
    scenario: &Scenario,
    team: &Team,
    channels: &[&Channel],
) {
    if channels.is_empty() {
        return;
    }
    // Shifts follow the team's clock, opening hours the scenario's zone.
    let offset = |zone| i64::from(scenario.horizon.zoned_in(0, zone).offset().seconds() / 60);
    let ahead = offset(&team.clock) - offset(scenario.horizon.zone());
    let open: Vec<bool> = (0..7 * DAY)
        .map(|m| channels.iter().any(|c| is_open(&c.open, m - ahead)))
        .collect();
    for &shift in &team.shifts {
        let shift = &scenario.shifts[shift];
        let by_start = shift
            .starts_min
            .iter()
            .map(|s| (inside(shift, *s, &open), *s));
        let best = by_start.clone().map(|(share, _)| share).fold(0.0, f64::max);
        let worst = by_start.min_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, start)) = worst.filter(|w| w.0 < 0.5) else {
            continue;
        };
        // Backlog can be worked behind closed doors, customers who wait cannot.
        let waits = channels.iter().all(|c| c.kind != ChannelKind::Deferred);
        say_outside(document, team, shift, start, best == 0.0 && waits);
    }
}

/// Greatest share of a shift of its greatest length that lies inside opening hours, over the days it may start on.
fn inside(shift: &ShiftTemplate, start: u32, open: &[bool]) -> f64 {
    let longest = shift.lengths_min.iter().copied().max().unwrap_or(0).max(1);
    let days = Weekday::Monday
        .cycle_forward()
        .take(7)
        .filter(|d| shift.days.is_empty() || shift.days.contains(d));
    let minutes = days.map(|day| {
        let from = day.to_monday_zero_offset() as usize * DAY as usize + start as usize;
        (from..from + longest as usize)
            .filter(|m| open[m % open.len()])
            .count()
    });
    minutes.max().unwrap_or(0) as f64 / f64::from(longest)
}

fn say_outside(
    document: &Cursor<'_>,
    team: &Team,
    shift: &ShiftTemplate,
    start: u32,
    never_inside: bool,
) {
    let time = format!("{:02}:{:02}", start / 60, start % 60);
    let span = document
        .sub("shift")
        .map_or(document.span, |t| t.key_span(&shift.name));
    let label = format!("starts at {time} in the clock of `{}`", team.name);
    let help = "move its `start`, correct the `clock` or `site` of the team, or widen `open`";
    let code = "shift-outside-hours";
    let (shift, team) = (&shift.name, &team.name);
    if never_inside {
        let message = format!(
            "the shift `{shift}` of `{team}` lies outside the opening hours of every channel it serves"
        );
        document.notes.error(code, span, message, label, help);
    } else {
        let message = format!(
            "the shift `{shift}` of `{team}` lies mostly outside opening hours when it starts at {time}"
        );
        document.notes.warning(code, span, message, label, help);
    }
}

fn is_open(hours: &WeekHours, minute: i64) -> bool {
    let minute = minute.rem_euclid(7 * DAY);
    hours.contains(
        Weekday::Monday.wrapping_add(minute / DAY),
        (minute % DAY) as u16,
    )
}

/// A shift that no contract of the team may work, by daily maximum or breaks by law.
fn forbidden(document: &Cursor<'_>, scenario: &Scenario, team: &Team, shift: &ShiftTemplate) {
    if !breaks_were_read(document, shift) {
        return;
    }
    let contracts: Vec<&Contract> = team
        .heads
        .iter()
        .filter_map(|h| h.contract)
        .map(|c| &scenario.contracts[c])
        .collect();
    let why: Vec<String> = contracts
        .iter()
        .filter_map(|c| objection(c, shift))
        .collect();
    if contracts.is_empty() || why.len() < contracts.len() {
        return;
    }
    let span = document
        .sub("shift")
        .map_or(document.span, |t| t.key_span(&shift.name));
    document.notes.error(
        "shift-against-rules",
        span,
        format!(
            "nobody of `{}` may work the shift `{}`: {}",
            team.name, shift.name, why[0]
        ),
        "against the rules of every contract of the team",
        "shorten it, add breaks, or state the rule in the contract otherwise",
    );
}

/// Whether all written breaks of a shift could be read; what is missing is no offence then.
fn breaks_were_read(document: &Cursor<'_>, shift: &ShiftTemplate) -> bool {
    let table = document.sub("shift").and_then(|all| all.sub(&shift.name));
    let written = table.and_then(|t| t.get("breaks"));
    written.map_or(0, |breaks| breaks.list().len()) == shift.breaks.len()
}

fn objection(contract: &Contract, shift: &ShiftTemplate) -> Option<String> {
    let shortest = f64::from(*shift.lengths_min.iter().min()?) * 60.0;
    let break_min: u32 = shift.breaks.iter().map(|b| b.length_min).sum();
    let all_breaks = f64::from(break_min) * 60.0;
    let work = shortest - all_breaks;
    let rules = &contract.rules;
    if work > rules.day_max_s {
        return Some(format!(
            "{} h of work, at most {} by `{}`",
            work / 3600.0,
            rules.day_max_s / 3600.0,
            rules.name
        ));
    }
    let due = rules
        .breaks
        .iter()
        .filter(|(after, _)| work > *after)
        .map(|(_, due)| *due)
        .fold(0.0, f64::max);
    (all_breaks < due).then(|| {
        format!(
            "{break_min} min of breaks, at least {} by `{}`",
            due / 60.0,
            rules.name
        )
    })
}

/// The first day on which a channel is open while every site of its teams keeps a holiday.
fn open_on_holidays(document: &Cursor<'_>, scenario: &Scenario, index: usize) {
    let channel = &scenario.channels[index];
    let serves = |team: &&Team| {
        served(scenario, team)
            .iter()
            .any(|c| c.name == channel.name)
    };
    let staffed = |team: &&Team| team.heads.iter().any(|h| h.count > 0);
    let sites: Vec<usize> = scenario
        .teams
        .iter()
        .filter(serves)
        .filter(staffed)
        .map(|t| t.site)
        .collect();
    if sites.is_empty() {
        return;
    }
    let (first, last) = (
        scenario.horizon.zoned(0).date(),
        scenario.horizon.zoned(scenario.horizon.length() - 1).date(),
    );
    let mut date = first;
    let mut closed = Vec::new();
    while date <= last {
        let all_closed = sites
            .iter()
            .all(|s| scenario.sites[*s].holidays.on(date).is_some());
        if all_closed
            && channel.holidays.on(date).is_none()
            && scenario
                .channel_on(index, date)
                .open
                .of(date.weekday())
                .next()
                .is_some()
        {
            closed.push(date);
        }
        let Ok(next) = date.checked_add(Span::new().days(1)) else {
            break;
        };
        date = next;
    }
    let Some(day) = closed.first() else { return };
    let more = if closed.len() > 1 {
        format!(" and {} more days", closed.len() - 1)
    } else {
        String::new()
    };
    let calendar = scenario.sites[sites[0]].holidays.name();
    document.notes.warning(
        "open-on-holiday",
        document
            .sub("channel")
            .map_or(document.span, |t| t.key_span(&channel.name)),
        format!(
            "`{}` is open on {day}{more}, when every site that serves it keeps a holiday",
            channel.name
        ),
        "open, with nobody there",
        format!(
            "write `holidays = \"{calendar}\"` in `[channel.{}]` if it closes on these days",
            channel.name
        ),
    );
}

fn points_at_itself(document: &Cursor<'_>, scenario: &Scenario) {
    let Some(tables) = document.sub("channel") else {
        return;
    };
    for (index, channel) in scenario.channels.iter().enumerate() {
        let own = tables.sub(&channel.name);
        for (key, itself) in [
            ("closed", channel.closed.iter().any(|c| c.1 == index)),
            ("yields_to", channel.yields_to.contains(&index)),
        ] {
            if let (true, Some(own)) = (itself, &own) {
                document.notes.error(
                    "names-itself",
                    own.key_span(key),
                    format!("`{}.{key}` names the channel itself", own.path),
                    "the same channel",
                    "name another channel",
                );
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, read};

    #[test]
    fn a_shift_at_night_of_a_day_line_is_an_error() {
        let night = changed(&[(
            "{ from = \"08:00\", to = \"10:00\", step = \"1h\" }",
            "\"20:00\"",
        )]);
        assert_eq!(codes(&night), ["shift-outside-hours"]);
    }

    #[test]
    fn the_clock_decides_when_a_shift_is() {
        // 08:00 in Manila is one o'clock at night in Berlin; its shift ends when the line opens.
        let abroad = changed(&[(
            "[shift.day]",
            "[site]\nmanila = { zone = \"Asia/Manila\" }\n[shift.day]",
        )]);
        assert_eq!(codes(&abroad), ["shift-outside-hours"]);
        let ours = abroad.replace("heads = 12", "heads = 12\nclock = \"Europe/Berlin\"");
        assert!(codes(&ours).is_empty());
    }

    #[test]
    fn law_is_held_against_the_shift() {
        let long = changed(&[(
            "hours = \"40h/week\"",
            "hours = \"40h/week\"\nrules = \"de-arbzg\"",
        )]);
        let (_, items) = read(&long);
        assert_eq!(
            items[0].message,
            "nobody of `all` may work the shift `day`: 0 min of breaks, at least 30 by `de-arbzg`"
        );
    }

    #[test]
    fn an_open_line_on_a_holiday_is_a_warning() {
        let text = changed(&[
            ("2027-01-11", "2027-03-01"),
            (
                "[shift.day]",
                "[site]\nberlin = { zone = \"Europe/Berlin\", holidays = \"DE-BE\" }\n[shift.day]",
            ),
        ]);
        let (_, items) = read(&text);
        assert_eq!(items.len(), 1);
        // International Women's Day is a holiday in Berlin, and Good Friday is 26 March 2027.
        assert_eq!(
            items[0].message,
            "`phone` is open on 2027-03-08 and 1 more days, when every site that serves it keeps a holiday"
        );
    }
}

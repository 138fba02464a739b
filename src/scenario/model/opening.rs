//! When channels are open, as dates change it.

use super::{Channel, Scenario};
use crate::time::{OpenHours, Tick};
use jiff::civil::Date;

impl Scenario {
    /// A channel's opening hours from the start to `until` ticks, each day by the hours that hold on its date.
    ///
    /// What is open past midnight belongs to the day it begins on: the last evening of the hours before a date ends as it
    /// did, and nobody is there in the small hours of an evening that the new ones would have had.
    ///
    /// ```
    /// use staffwright::time::HOUR;
    /// let sets = [
    ///     ("length".into(), "2 weeks".into()),
    ///     ("from".into(), r#"[{ date = 2027-01-18, set = { channel.phone.open = "Mon-Fri 07:00-22:00" } }]"#.into()),
    /// ];
    /// let startup = "scenarios/startup/scenario.toml".as_ref();
    /// let scenario = staffwright::scenario::load_with(startup, &sets).map_err(|d| d.render(false))?;
    /// let phone = scenario.channels.iter().position(|c| c.name == "phone").ok_or("no phone")?;
    /// let open = scenario.opening(phone, scenario.horizon.length());
    /// let spans: Vec<_> = open.spans().iter().map(|(from, to)| (from / HOUR % 24, to / HOUR % 24)).collect();
    /// assert_eq!(spans[..5], [(9, 19); 5]);
    /// assert_eq!(spans[5..], [(7, 22); 5]);
    /// # Ok::<(), String>(())
    /// ```
    #[must_use]
    pub fn opening(&self, channel: usize, until: Tick) -> OpenHours {
        let (horizon, first) = (&self.horizon, &self.channels[channel]);
        let dates: Vec<(Date, &Channel)> = self.channel_dates(channel).collect();
        let on = |date: Date| {
            let later = dates.iter().rev().find(|(from, _)| *from <= date);
            &later.map_or(first, |(_, c)| *c).open
        };
        OpenHours::lay_dated(on, horizon.zone(), &first.holidays, horizon, until)
    }

    /// A channel as it is on a date.
    #[must_use]
    pub fn channel_on(&self, channel: usize, date: Date) -> &Channel {
        let begun = self
            .channel_dates(channel)
            .filter(|(from, _)| *from <= date);
        begun.last().map_or(&self.channels[channel], |(_, c)| c)
    }

    /// Whether a channel is open by the same hours all along.
    #[must_use]
    pub fn keeps_hours(&self, channel: usize) -> bool {
        let hours = &self.channels[channel].open;
        self.channel_dates(channel).all(|(_, c)| c.open == *hours)
    }

    /// The versions of a channel after the first, each with its date, ascending.
    pub fn channel_dates(&self, channel: usize) -> impl Iterator<Item = (Date, &Channel)> {
        let of = move |era: &super::Era| self.horizon.zoned(era.from).date();
        self.eras.iter().map(move |e| (of(e), &e.channels[channel]))
    }
}

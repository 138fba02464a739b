//! One pool and one queue round the clock, made at random: where theorems on queues hold.

use proptest::prelude::*;

/// A family of durations, as a scenario writes it after the mean.
pub const FAMILIES: [&str; 6] = [
    "family = \"exponential\"",
    "family = \"fixed\"",
    "family = \"lognormal\", cv = 1.4",
    "family = \"gamma\", cv = 0.6",
    "family = \"erlang\", phases = 3",
    "family = \"weibull\", shape = 0.8",
];

/// Topics that share a pool in the order of their arrival.
#[derive(Debug, Clone)]
pub struct Station {
    pub agents: u32,
    /// Offered work per agent.
    pub load: f64,
    /// Weight, mean handle time in seconds and family of each topic.
    pub topics: Vec<(u32, u32, usize)>,
    /// Mean in seconds and family; `None`: nobody leaves.
    pub patience: Option<(u32, usize)>,
    /// Busyness of days, in per cent.
    pub busy: u32,
    /// Seconds after each contact, always the same.
    pub turn_round: u32,
    /// Of those who gave up, in per cent.
    pub redial: u32,
}

/// Any station in which so much work is offered per agent.
pub fn stations(load: std::ops::Range<f64>, impatient: bool) -> impl Strategy<Value = Station> {
    let topic = (1u32..9, 60u32..600, 0..FAMILIES.len());
    let all = (2u32..12, load, prop::collection::vec(topic, 1..4));
    let more = (60u32..400, 0..FAMILIES.len(), 0u32..20, 0u32..10, 0u32..50);
    (all, more).prop_map(move |((agents, load, topics), m)| Station {
        agents,
        load,
        topics,
        patience: impatient.then_some((m.0, m.1)),
        busy: m.2,
        turn_round: m.3,
        redial: if impatient { m.4 } else { 0 },
    })
}

impl Station {
    /// M/M/n with 7.4 erlangs, whose customers wait five minutes on average.
    pub fn plain(agents: u32) -> Self {
        Self {
            agents,
            load: 25_000.0 * 180.0 / 604_800.0 / f64::from(agents),
            topics: vec![(1, 180, 0)],
            patience: Some((300, 0)),
            busy: 0,
            turn_round: 0,
            redial: 0,
        }
    }

    /// As many contacts as its load needs, whoever comes to help.
    pub fn text(&self, helpers: u32, length: &str) -> String {
        let weights: u32 = self.topics.iter().map(|t| t.0).sum();
        let weighted = |&(w, s, _): &(u32, u32, usize)| f64::from(w * (s + self.turn_round));
        let mean_s = self.topics.iter().map(weighted).sum::<f64>() / f64::from(weights);
        let per_week = self.load * f64::from(self.agents) * 604_800.0 / mean_s;
        let topic = |(i, &(weight, mean, family)): (usize, &(u32, u32, usize))| {
            let volume = (per_week * f64::from(weight) / f64::from(weights)).round();
            let family = FAMILIES[family];
            format!(
                "[topic.t{i}]\nper_week = {volume}\nchannels = {{ phone = \"100%\" }}\nlanguages = {{ en = \"100%\" }}\nhandle = {{ mean = \"{mean}s\", {family} }}\nends = {{ resolved = \"100%\" }}\n"
            )
        };
        let topics: String = self.topics.iter().enumerate().map(topic).collect();
        let patience = self.patience.map_or("\"never\"".into(), |(mean, family)| {
            format!("{{ mean = \"{mean}s\", {} }}", FAMILIES[family])
        });
        let busyness = match self.busy {
            0 => "\"none\"".to_owned(),
            cv => format!("{{ cv = \"{cv}%\", day_to_day = \"30%\", across_streams = \"50%\" }}"),
        };
        let redial = match self.redial {
            0 => "\"none\"".to_owned(),
            share => format!("{{ share = \"{share}%\", after = \"20m\" }}"),
        };
        let turn_round = match self.turn_round {
            0 => String::new(),
            seconds => format!("availability = {{ turn_round = \"{seconds}s\" }}\n"),
        };
        let agents = self.agents + helpers;
        format!(
            r#"title = "One queue"
start = 2027-01-04
length = "{length}"
interval = "5m"
zone = "UTC"
defaults = "staffwright-2026"
[demand]
counted = "first contacts"
busyness = {busyness}
[channel.phone]
kind = "live"
open = "24/7"
patience = {patience}
redial = {redial}
{topics}[site]
here = {{ zone = "UTC" }}
[contract.full]
hours = "40h/week"
pay = {{ wage = "EUR 20/h" }}
rules = "none"
[team.all]
site = "here"
heads = {{ full = 0 }}
skills = "all"
roster = {{ file = "agents-{agents}.csv" }}
shrinkage = "none"
{turn_round}"#
        )
    }
}

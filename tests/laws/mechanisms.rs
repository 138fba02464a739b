//! What else an organisation may have: any set of mechanisms, added to the tables of a shape.

use crate::organisation::{Shape, tables};
use Mechanism::*;
use proptest::prelude::*;

/// Declares the mechanisms, and the list of all of them.
macro_rules! mechanisms {
    ($($name:ident),+ $(,)?) => {
        /// One of them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Mechanism { $($name),+ }

        /// All of them.
        pub const ALL: &[Mechanism] = &[$($name),+];
    };
}

mechanisms! {
    Approval,
    Astray,
    Attrition,
    Breadth,
    CarryOver,
    Causes,
    Contracts,
    EarliestDue,
    Engineering,
    Events,
    Handover,
    Languages,
    Leads,
    Learning,
    LifeCycle,
    OnCall,
    Outages,
    Overheads,
    Pending,
    Promises,
    Review,
    SecondVendor,
    Segments,
    SelfService,
    Swarm,
    Tools,
    Topics,
    Warm,
    Web,
}

/// Any set of them.
pub fn mechanisms() -> impl Strategy<Value = Vec<Mechanism>> {
    some_of(ALL)
}

/// Any set of some.
pub fn some_of(these: &[Mechanism]) -> impl Strategy<Value = Vec<Mechanism>> + use<> {
    prop::sample::subsequence(these.to_vec(), 0..=these.len())
}

/// The tables of an organisation with more mechanisms.
pub fn organisation(shape: &Shape, on: &[Mechanism]) -> Vec<String> {
    let mut of = Organisation {
        all: tables(shape),
        shape,
        on,
    };
    of.customers();
    of.work();
    of.people();
    of.company();
    of.all
}

struct Organisation<'a> {
    all: Vec<String>,
    shape: &'a Shape,
    on: &'a [Mechanism],
}

impl Organisation<'_> {
    fn has(&self, mechanism: Mechanism) -> bool {
        self.on.contains(&mechanism)
    }

    /// Adds keys to a table.
    fn add(&mut self, table: &str, keys: &str) {
        let at = self.all.iter().position(|t| t.starts_with(table)).unwrap();
        self.all[at].push_str(keys);
    }

    fn replace(&mut self, table: &str, from: &str, to: &str) {
        let at = self.all.iter().position(|t| t.starts_with(table)).unwrap();
        assert!(self.all[at].contains(from), "{table} has no {from}");
        self.all[at] = self.all[at].replace(from, to);
    }

    fn push(&mut self, tables: &str) {
        self.all.push(tables.to_owned());
    }

    fn customers(&mut self) {
        if self.has(LifeCycle) {
            self.add("[topic.all]", "leads_to = { setup = { share = \"30%\", after = \"1 day\", rework = \"1m\", lost = \"20%\" }, goodbye = { share = \"5%\", after = \"2 days\" } }\n");
            self.push("[topic.setup]\nper_week = 0\nchannels = { phone = \"50%\", mail = \"50%\" }\nhandle = \"4m\"\nends = { resolved = \"90%\", tier2 = \"10%\" }\n[topic.goodbye]\nper_week = 0\nchannels = { chat = \"40%\", mail = \"60%\" }\nhandle = \"3m\"\nends = { resolved = \"100%\" }\n");
        }
        if self.has(Topics) {
            self.push("[topic.bills]\nper_week = 150\nchannels = { mail = \"70%\", phone = \"30%\" }\nhandle = \"5m\"\nends = { resolved = \"80%\", tier2 = \"10%\", returns = \"10%\" }\nlost_value = \"EUR 7/contact\"\nreturns_after = \"9h\"\n[topic.account]\nper_week = 110\nchannels = { chat = \"45%\", phone = \"55%\" }\nlanguages = { de = \"50%\", en = \"50%\" }\nhandle = \"6m\"\nends = { returns = \"15%\", resolved = \"85%\" }\n");
        }
        if self.has(Web) {
            self.push("[channel.web]\nkind = \"deferred\"\nopen = \"Mon-Fri 08:00-18:00\"\nyields_to = [\"phone\"]\nbacklog = { tickets = 24, oldest = \"5h\" }\n[topic.form]\nper_week = 90\nchannels = { web = \"75%\", mail = \"25%\" }\nhandle = \"7m\"\nends = { resolved = \"100%\" }\n");
            self.add(
                "[channel.mail]",
                "backlog = { tickets = 31, oldest = \"5h\" }\n",
            );
        }
        if self.has(Segments) {
            self.push("[priority.p1]\nrank = 1\nshare = \"10%\"\n[priority.p2]\nrank = 2\nshare = \"90%\"\nages = \"20m\"\n[segment.gold]\nshare = \"20%\"\npriority = \"p1\"\n[segment.basic]\nshare = \"80%\"\n");
        }
        if self.has(Languages) {
            let shares = "languages = { en = \"65%\", de = \"25%\", fr = \"10%\" }";
            self.replace(
                "[demand]",
                "languages = { en = \"70%\", de = \"30%\" }",
                shares,
            );
            self.push("[language.fr]\nunserved = { en = \"50%\", tool = \"25%\", lost = \"25%\" }\ntranslation = { handle = \"130%\", resolved = \"-6 points\", fee = \"EUR 0.30/contact\" }\n[language.de]\nlatent = \"+10%\"\n");
            let pool = format!("[team.{}]", self.shape.names[0]);
            self.replace(
                &pool,
                "skills = \"all\"",
                "skills = { languages = [\"de\", \"en\"] }",
            );
            let experts = format!("[team.{}]", self.shape.names[2]);
            self.add(&experts, "skills = \"all\"\n");
        }
        if self.has(Promises) {
            self.push("[promise.soon]\ntarget = \"95% of phone within 60s\"\n[promise.solved]\ntarget = \"70% of mail resolved within 2 days\"\nevery = \"day\"\npenalty = \"EUR 30\"\n[promise.today]\ntarget = \"80% of mail first reply within 4h\"\n");
        }
        if self.has(Events) {
            self.push("[event.launch]\ndate = 2027-03-24\nlasts = \"9h\"\nfactor = \"137%\"\ndecay = \"7h\"\n[event.campaign]\nwhen = { channels = [\"phone\", \"mail\"] }\ndate = 2027-03-24\ntime = \"11:00\"\nlasts = \"3h\"\nfactor = \"121%\"\n[event.mailing]\nwhen = { topics = [\"all\"], channels = [\"mail\", \"chat\"], languages = [\"de\"] }\ndate = 2027-03-30\ntime = \"09:00\"\nlasts = \"2h\"\ncontacts = 40\nplanned = false\n");
        }
        if self.has(SelfService) {
            self.push("[deflection.portal]\nshare = \"11%\"\nreturns = \"30%\"\nafter = \"2h\"\nharder = \"107%\"\nfee = \"EUR 0.35/contact\"\n[deflection.bot]\nwhen = { channels = [\"chat\", \"phone\"] }\ndate = 2027-03-25\nramp = \"3 days\"\nshare = \"7%\"\nreturns = \"20%\"\nafter = \"1h\"\nharder = \"103%\"\nprice = \"EUR 310/month\"\n");
        }
        if self.has(CarryOver) {
            self.add("[channel.chat]", "at_close = \"carry over\"\n");
            self.add("[channel.phone]", "at_close = \"turn away\"\n");
        }
    }

    fn work(&mut self) {
        let [pool, partners, experts, ..] = self.shape.names;
        if self.has(Swarm) && self.shape.up > 0 {
            self.add("[tier.2]", &format!("swarm = {{ share = \"40%\", helper = \"1 of {experts}\", finds_after = \"3m\", owner = \"passes\" }}\n"));
        }
        if self.has(Warm) {
            self.add(
                "[tier.2]",
                "hand_off = { together = \"60s\", waits = \"2m\" }\n",
            );
        }
        if self.has(Astray) && self.shape.up > 0 {
            self.add("[tier.2]", &format!("misrouted = {{ share = \"15%\", to = \"{pool}\", costs = \"1m\" }}\ntriage = \"45s\"\n"));
            self.push("[automation.sorter]\nmisrouted = \"83%\"\nprice = \"EUR 400/month\"\n[automation.guide]\nmisrouted = \"71%\"\ntriage = \"67%\"\nprice = \"EUR 170/month\"\n");
        }
        if self.has(Engineering) {
            self.replace(
                "[tier.2]",
                "resolved = \"90%\"",
                "resolved = \"80%\", engineering = \"10%\"",
            );
            self.push("[engineering]\ntakes = \"2 days\"\n");
        }
        if self.has(Pending) {
            self.push("[pending.supplier]\nshare = \"20%\"\ntakes = \"15h\"\n[pending.customer]\nshare = \"30%\"\ntakes = \"8h\"\n");
        }
        if self.has(Handover) {
            let next = if self.has(Segments) {
                "{ p1 = \"next site\", else = \"stays\" }"
            } else {
                "{ else = \"next site\" }"
            };
            self.push(&format!(
                "[handover]\nat_shift_end = {next}\ncosts = \"3m\"\n"
            ));
        }
        if self.has(Outages) {
            self.push(&format!("[tool.crm]\noutages = {{ every = \"2 days\", lasts = \"40m\", work = \"170%\" }}\nteams = [\"{pool}\", \"{partners}\"]\n[tool.lines]\noutages = {{ every = \"3 days\", lasts = \"20m\", work = \"stops\" }}\nwhen = {{ channels = [\"phone\"] }}\n"));
        }
        if self.has(Tools) {
            self.push(&format!("[topic.tooled]\nper_week = 130\nchannels = {{ mail = \"50%\", phone = \"50%\" }}\nhandle = \"6m\"\nends = {{ resolved = \"100%\" }}\nparts = {{ conversation = \"50%\", search = \"27%\", system = \"13%\", repeated = \"10%\" }}\n[tool.screens]\nwhen = {{ topics = [\"tooled\"] }}\npart = \"system\"\nscales = \"81%\"\nlag = \"4s\"\nprice = \"EUR 61/month\"\n[tool.macros]\nwhen = {{ topics = [\"tooled\"] }}\npart = \"system\"\nscales = \"73%\"\nlag = \"3s\"\nteams = [\"{pool}\"]\nprice = \"EUR 17/month\"\n[tool.answers]\nwhen = {{ topics = [\"tooled\"] }}\npart = \"search\"\nscales = \"59%\"\nlag = \"1s\"\nauthoring = {{ team = \"{experts}\", hours = \"10h\", per_week = \"8h/week\", upkeep = \"1h/week\" }}\n"));
        }
        if self.has(Causes) {
            self.push(&format!("[problem.login]\nteam = \"{experts}\"\nhours = \"3h/week\"\nhalves_after = \"70h\"\nat_most = \"37%\"\ndone = \"40h\"\n[problem.forms]\nwhen = {{ channels = [\"mail\", \"chat\"] }}\nteam = \"{experts}\"\nhours = \"2h/week\"\nhalves_after = \"11h\"\nat_most = \"23%\"\n"));
        }
        if self.has(Review) {
            self.push(&format!("[review.quality]\nshare = \"20%\"\ntakes = \"3m\"\nby = \"{experts}\"\n[review.audit]\nwhen = {{ channels = [\"mail\"] }}\nshare = \"5%\"\ntakes = \"2m\"\nby = \"{experts}\"\n"));
        }
    }

    fn people(&mut self) {
        let [pool, _, experts, _, late] = self.shape.names.map(|name| format!("[team.{name}]"));
        if self.has(Contracts) {
            self.replace(
                &pool,
                "heads = { full = ",
                "heads = { student = 1, part = 2, full = ",
            );
            // Nobody works a shift in which people are on call.
            let shifts = if self.has(OnCall) && self.shape.late > 0 {
                "shifts = [\"short\", \"day\"]"
            } else {
                "shifts = \"all\""
            };
            self.replace(&pool, "shifts = [\"day\"]", shifts);
            self.push("[contract.part]\nlike = \"full\"\nhours = \"25h/week\"\n[contract.student]\nhours = \"18h/week\"\npay = { wage = \"EUR 15/h\" }\nrules = \"de-arbzg\"\n[shift.short]\nstart = { from = \"08:00\", to = \"13:00\", step = \"1h\" }\nlength = \"5h\"\nbreaks = [{ length = \"15m\", from = \"2h\", to = \"3h\" }]\n");
        }
        if self.has(Attrition) {
            let hiring = "hiring = { lead = \"2 days\", cost = \"EUR 2_000\" }\nclass = { length = \"2 days\", drop_out = \"10%\" }\n";
            // Who rises leaves a place below at the same midnight as others leave theirs.
            self.add(
                &pool,
                &format!("attrition = {{ rate = \"300%\" }}\n{hiring}"),
            );
            self.add(&experts, "attrition = { rate = \"400%\" }\npromotes = { from_tier = 1, after = \"30 days\" }\n");
        }
        if self.has(Learning) {
            self.add(
                &pool,
                "learning = { start = \"60%\", months = 1, resolved = \"-5 points\" }\n",
            );
        }
        if self.has(Leads) {
            let promotes = if self.has(Attrition) {
                ", promotes = { after = \"30 days\", rate = \"300%\", deputies = \"site\" }"
            } else {
                ""
            };
            self.add(
                &pool,
                &format!("lead = {{ span = 6, salary = \"EUR 4_000/month\"{promotes} }}\n"),
            );
        }
        if self.has(OnCall) && self.shape.late > 0 {
            self.add(
                &late,
                "on_call = [{ shift = \"evening\", heads = 1, queue = 1 }]\n",
            );
            self.push("[shift.evening]\nstart = \"16:30\"\nlength = \"5h\"\nstandby = \"EUR 2/h\"\nresponds = \"5m\"\n");
        }
        if self.has(EarliestDue) {
            self.add(&pool, "takes = \"earliest due\"\n");
        }
        if self.has(Breadth) {
            self.push("[breadth]\nchannel = \"3%\"\ntopic = \"2%\"\n[coordination]\n");
        }
    }

    fn company(&mut self) {
        if self.has(Approval) {
            self.push("[team.controllers]\nsite = \"here\"\nheads = { full = 2 }\nskills = []\nshifts = [\"day\"]\nroster = \"fit\"\nshrinkage = \"none\"\n[approval.refunds]\nshare = \"10%\"\ntakes = \"5m\"\nby = \"controllers\"\n");
        }
        if self.has(SecondVendor) {
            self.push("[team.helpers]\nvendor = \"agency\"\nsite = \"there\"\nclock = \"Europe/Berlin\"\nheads = 2\nskills = { channels = [\"mail\"], topics = \"all\", languages = [\"en\"] }\nshifts = [\"day\"]\n[vendor.agency]\nprice = \"EUR 2.10/contact\"\nper = \"contact\"\nmanage = \"EUR 333/month\"\nminimum = { units = 500 }\n");
        }
        if self.has(Overheads) {
            self.push("[overhead]\nrent = \"EUR 1_234.56/month\"\nlegal = \"EUR 77.7/month\"\ninsurance = \"EUR 0.1/month\"\n");
        }
    }
}

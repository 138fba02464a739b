//! A [`Scenario`](crate::scenario::Scenario) compiled for play: indexes instead of names, ticks instead of civil
//! times, samplers instead of laws.
//!
//! A [`World`] holds the customers and the rules of routing and work, but **no staffing**: who is on duty is a
//! [`Roster`](crate::roster::Roster), so one world is compiled once and played with many rosters. It is immutable and
//! shared between threads.
//!
//! # Life of a contact in compiled terms
//! 1. A [`StreamPlan`] says when it arrives, whether its channel is open, how long it waits and what it needs.
//! 2. For its tier, a lot keyed on the customer picks a queue [`ClassPlan`]: contacts of one class may be taken by
//!    the same teams after the same delays at the same rank, so first-in-first-out within a class is exact and one
//!    list per class is enough, however many streams there are.
//! 3. A [`TeamPlan`] says how fast its agents work on the stream and what they do between contacts.

mod apportion;
mod arrivals;
mod compile;
mod courses;
mod deflection;
mod equipment;
mod era;
mod habits;
mod hand_off;
mod life_cycle;
mod outage;
mod plan;
mod route_hours;
mod routing;
mod samplers;
mod satisfaction;
mod selection;
mod vendors;

pub use compile::{CompileError, busyness, compile};
pub use deflection::DeflectionPlan;
pub use equipment::{EquipmentPlan, EquippedPlan};
pub use era::EraPlan;
pub use habits::{CallBackPlan, ElsewherePlan, HabitsPlan};
pub use hand_off::{HandOffPlan, SecondPlan, SwarmPlan};
pub use life_cycle::NextPlan;
pub use outage::{OutagePlan, OutageTerms};
pub use plan::{
    ArrivalPlan, BatchPlan, Choice, ClassPlan, ClassSet, ComebackPlan, DrawPlan, DuePlan, EndPlan,
    EngineeringPlan, LimitPlan, MAX_CLASSES, MAX_TEAMS, NO_CLASS, NO_COURSE, NO_GAUGE, PausePlan,
    PromisePlan, StreamPlan, TeamPlan, TierPlan, TouchPlan, World,
};
pub use route_hours::TimedLots;
pub use satisfaction::SatisfactionPlan;
pub use vendors::{VendorPromisePlan, vendor_promise};

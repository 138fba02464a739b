//! People, contracts and partners in whole scenarios, each mechanism against its formula.
#![allow(clippy::unwrap_used)]

mod absence;
mod case;
mod contracts;
mod coordination;
mod days;
mod groups;
mod leads;
mod learning;
mod newcomers;
mod on_call;
mod opening;
mod partners;
mod pay;
mod routes;
mod shrinkage;
mod turnover;

#![allow(clippy::unwrap_used)]

use super::*;
use crate::scenario::model::{Every, Population, PromiseEvent};

fn help<T: std::fmt::Debug>(result: Result<T, FormError>) -> String {
    result.unwrap_err().help
}

#[test]
fn durations_are_read_in_seconds() {
    for (text, seconds) in [
        ("20s", 20.0),
        ("20 s", 20.0),
        ("4m", 240.0),
        ("5m30s", 330.0),
        ("8h30m", 30_600.0),
        ("1.5h", 5400.0),
        ("4 days", 345_600.0),
        ("12 weeks", 7_257_600.0),
        ("0s", 0.0),
    ] {
        assert_eq!(duration(text), Ok(seconds), "{text}");
    }
}

#[test]
fn a_duration_without_unit_is_answered_with_one() {
    assert!(help(duration("20")).contains("\"20s\""));
    assert!(help(duration("5m30")).contains("5m30s"));
    assert!(help(duration("1,5h")).contains("\"1.5h\""));
    assert!(help(duration("08:30")).contains("8h30m"));
    assert!(
        duration("3 fortnights")
            .unwrap_err()
            .why
            .contains("fortnights")
    );
    assert!(help(duration("30m8h")).contains("larger unit first"));
    assert!(
        duration("").is_err()
            && duration("-4m").is_err()
            && duration("80%").unwrap_err().why.contains("share")
    );
}

#[test]
fn shares_need_their_sign_and_a_point() {
    assert_eq!(share("80%"), Ok(0.8));
    assert_eq!(percent("112%"), Ok(1.12));
    assert_eq!(help(share("80")), "write \"80%\"");
    assert!(help(share("0.8")).contains("\"80%\""));
    assert!(help(share("4,5%")).contains("\"4.5%\""));
    assert!(
        share("101%")
            .unwrap_err()
            .why
            .contains("more than the whole")
    );
}

#[test]
fn points_and_changes_carry_their_sign() {
    assert_eq!(points("-4 points"), Ok(-0.04));
    assert_eq!(points("+2.5 points"), Ok(0.025));
    assert!(help(points("-4%")).contains("\"-4 points\""));
    assert_eq!(change("+180%"), Ok(1.8));
    assert!(help(change("180%")).contains("\"+180%\""));
}

#[test]
fn money_names_its_currency_first() {
    let salary = money("EUR 42_000/year").unwrap();
    assert_eq!(
        (salary.amount, salary.per.as_deref()),
        (42_000.0, Some("year"))
    );
    assert_eq!(money("EUR 45_000").unwrap().per, None);
    assert_eq!(money("USD 0.35/minute").unwrap().amount, 0.35);
    assert!(help(money("14/h")).contains("EUR 14/h"));
    assert!(help(money("42000 EUR")).contains("\"EUR 42000\""));
    assert!(help(money("€14/h")).contains("\"EUR 14/h\""));
    assert!(help(money("EUR 42,000/year")).contains("42_000/year"));
    assert!(help(money("EUR 42.000/year")).contains("EUR 42_000"));
    assert!(money("EUR 14/fortnight").is_err());
}

#[test]
fn rates_say_per_what() {
    assert_eq!(hours_per_week("40h/week"), Ok(40.0));
    assert_eq!(heads_per("6 heads/week"), Ok((6.0, "week")));
    assert_eq!(heads_per("4 heads/month"), Ok((4.0, "month")));
    assert!(hours_per_week("40h").unwrap_err().why.contains("per what"));
    assert!(heads_per("6/week").is_err());
}

#[test]
fn times_of_day_are_on_a_24_hour_clock() {
    assert_eq!(time_of_day("07:30"), Ok(450));
    assert_eq!(time_of_day("24:00"), Ok(1440));
    assert_eq!(help(time_of_day("7")), "write \"07:00\"");
    assert!(
        time_of_day("8am").is_err()
            && time_of_day("25:00").is_err()
            && time_of_day("07:60").is_err()
    );
    assert_eq!(time_range("22:00-06:00"), Ok((1320, 1800)));
    assert_eq!(weekdays("Mon-Fri").unwrap().len(), 5);
    assert_eq!(weekdays("Sat, Sun").unwrap().len(), 2);
    assert!(weekdays("Montag").is_err());
}

#[test]
fn promises_are_sentences() {
    let phone = target("80% of phone within 20s").unwrap();
    assert_eq!(
        (
            phone.share,
            phone.event,
            phone.within_s,
            phone.business_hours
        ),
        (0.8, PromiseEvent::Answer, 20.0, false)
    );
    let p1 = target("95% first reply within 30m").unwrap();
    assert_eq!(
        (p1.of.len(), p1.event, p1.within_s),
        (0, PromiseEvent::FirstReply, 1800.0)
    );
    let shop = target("90% of shop en resolved within 2 days").unwrap();
    assert_eq!(
        (shop.of, shop.event),
        (
            vec!["shop".to_string(), "en".to_string()],
            PromiseEvent::Resolution
        )
    );
    assert!(help(target("80/20")).contains("80% of phone within 20s"));
    assert!(help(target("80% of phone in 20s")).contains("80% of phone within 20s"));
    assert!(
        target("80 of phone within 20s")
            .unwrap_err()
            .help
            .contains("80%")
    );
    assert!(target("80% of phone within 20").is_err() && target("80% of within 20s").is_err());
}

#[test]
fn populations_and_periods() {
    assert_eq!(
        population("offered less abandoned within 5s", 20.0),
        Ok(Population::LessShort { short_s: 5.0 })
    );
    assert_eq!(population("answered", 20.0), Ok(Population::Answered));
    assert!(population("all", 20.0).is_err());
    assert_eq!(hold("90% of weeks"), Ok((0.9, Every::Week)));
    assert!(hold("90%").is_err() && hold("90% of years").is_err());
}

#[test]
fn bounds_are_sentences() {
    assert_eq!(
        keep("vendor share of contacts at most 50%"),
        Ok(Bound::VendorShare {
            vendor: None,
            at_most: 0.5
        })
    );
    assert_eq!(
        keep("monthly occupancy of berlin at most 86%"),
        Ok(Bound::Occupancy {
            team: "berlin".into(),
            every: Some(Every::Month),
            at_most: 0.86
        })
    );
    assert_eq!(
        keep("cost at most EUR 200_000/month"),
        Ok(Bound::Cost {
            currency: "EUR".into(),
            at_most: 200_000.0
        })
    );
    assert!(keep("berlin below 80%").is_err() && keep("cost at most 80%").is_err());
}

#[test]
fn horizons_last_whole_days() {
    assert_eq!(length("12 weeks"), Ok(crate::time::Length::Weeks(12)));
    assert_eq!(length("1 month"), Ok(crate::time::Length::Months(1)));
    assert!(length("12").unwrap_err().why.contains("no unit"));
    assert!(length("90m").unwrap_err().why.contains("whole days"));
}

proptest::proptest! {
    #[test]
    fn no_text_brings_a_form_down(text in "([0-9.,_'%+/ -]|EUR|USD|€|h|m|s|days|week|heads|of|within|business|hours|at most|:){0,8}", any in ".{0,30}") {
        for text in [text.as_str(), any.as_str()] {
            let _ = (duration(text), length(text), percent(text), share(text), points(text), change(text));
            let _ = (money(text), hours_per_week(text), heads_per(text), time_of_day(text), time_range(text));
            let _ = (week_hours(text), weekdays(text), target(text), population(text, 20.0), hold(text), keep(text));
        }
    }

    #[test]
    fn whole_durations_are_read_back(hours in 0u32..1000, minutes in 0u32..60, seconds in 0u32..60) {
        let total = f64::from(hours) * 3600.0 + f64::from(minutes) * 60.0 + f64::from(seconds);
        proptest::prop_assert_eq!(duration(&format!("{hours}h{minutes}m{seconds}s")), Ok(total));
    }
}

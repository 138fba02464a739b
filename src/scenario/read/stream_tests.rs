//! Tests of crossing topics into streams.
#![allow(clippy::unwrap_used)]

use super::testing::{changed, codes, good, only};
use crate::scenario::model::Volume;

const CROSSED: &[(&str, &str)] = &[
    (
        "[channel.phone]",
        "[channel.mail]\nkind = \"deferred\"\nopen = \"Mon-Fri 08:00-18:00\"\n[channel.phone]",
    ),
    (
        "handle = \"5m\"",
        "channels = { phone = \"60%\", mail = \"40%\" }\nlanguages = { en = \"75%\", de = \"25%\" }\nhandle = { phone = \"5m\", mail = \"6m\" }",
    ),
    (
        "busyness = \"none\"",
        "busyness = \"none\"\nzone = { en = \"Europe/London\" }",
    ),
];

#[test]
fn shares_cross_as_independent() {
    let scenario = good(&changed(CROSSED));
    let volumes: Vec<(String, f64)> = scenario
        .streams
        .iter()
        .map(|s| match &s.volume {
            Volume::Weekly { first_per_week, .. } => (s.name.clone(), first_per_week.round()),
            _ => unreachable!("no history here"),
        })
        .collect();
    let expected = [
        ("help/mail/de", 100.0),
        ("help/mail/en", 300.0),
        ("help/phone/de", 150.0),
        ("help/phone/en", 450.0),
    ];
    assert_eq!(volumes, expected.map(|(n, v)| (n.to_string(), v)));
    // Reports list them as the file names channels and languages.
    assert_eq!(scenario.streams_as_written(), [1, 0, 3, 2]);
    assert_eq!(
        scenario.languages[0].zone.iana_name(),
        Some("Europe/London")
    );
    // The flat default profile follows the opening hours, which are in the scenario's zone.
    assert!(
        scenario
            .streams
            .iter()
            .all(|s| s.zone.iana_name() == Some("Europe/Berlin"))
    );
}

#[test]
fn priorities_are_part_of_the_name_where_there_are_several() {
    let text = changed(&[(
        "[shift.day]",
        "[priority]\np1 = { share = \"3%\" }\np2 = { share = \"97%\" }\n[shift.day]",
    )]);
    let names: Vec<String> = good(&text).streams.into_iter().map(|s| s.name).collect();
    assert_eq!(names, ["help/phone/p1", "help/phone/p2"]);
}

#[test]
fn topics_say_their_own_patience() {
    let text = changed(&[(
        "handle = \"5m\"",
        "patience = { phone = \"90s\" }\nhandle = \"5m\"",
    )]);
    let patience = good(&text).streams[0].patience.clone();
    assert_eq!(patience.map(|law| law.mean()), Some(90.0));
    assert!(good(&changed(&[])).streams[0].patience.is_none());
}

#[test]
fn a_channel_that_takes_over_from_a_closed_one_has_a_stream_without_volume() {
    let text = changed(&[
        (
            "[channel.phone]",
            "[channel.mail]\nkind = \"deferred\"\nopen = \"24/7\"\n[channel.phone]\nclosed = { mail = \"30%\", lost = \"70%\" }",
        ),
        (
            "handle = \"5m\"",
            "channels = { phone = \"100%\" }\nhandle = { phone = \"5m\", mail = \"6m\" }",
        ),
    ]);
    let scenario = good(&text);
    let mail = scenario
        .streams
        .iter()
        .find(|s| s.name == "help/mail")
        .unwrap();
    assert!(matches!(mail.volume, Volume::Weekly { first_per_week, .. } if first_per_week == 0.0));
    assert_eq!(mail.work[0].handle.mean(), 360.0);
}

#[test]
fn several_channels_need_shares() {
    let text = changed(&[(
        "[channel.phone]",
        "[channel.mail]\nkind = \"deferred\"\nopen = \"24/7\"\n[channel.phone]",
    )]);
    assert!(codes(&text).contains(&"missing-key"));
}

#[test]
fn a_misspelt_channel_in_handle_is_named() {
    let text = changed(&[(
        "handle = \"5m\"",
        "handle = { phone = \"5m\", phon = \"6m\" }",
    )]);
    assert_eq!(only(&text), "there is no channel named `phon`");
}

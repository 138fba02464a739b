use super::*;
use crate::scenario::diagnostic::{Diagnostics, Severity};
use crate::scenario::source::Sources;

#[test]
fn example() {
    let text = std::fs::read_to_string("tests/data/example.toml").unwrap();
    let mut sources = Sources::default();
    let mut d = Diagnostics::default();
    let f = sources.add("example.toml", text.as_str());
    let t = crate::scenario::parse::parse(&text, f, &mut d);
    assert!(d.items.is_empty());
    let notes = Notes::default();
    let origin = Origin { path: "x".into(), name: "example".into(), hash: String::new(), resolved: String::new() };
    let s = scenario(&t, origin, &notes);
    for d in notes.into_diagnostics().items {
        let (l, c) = sources.line_column(d.places[0].0);
        println!("{:?} {} {}:{} {} | {:?} | {}", d.severity, d.code, l, c, d.message, d.help, d.places[0].1);
        let _ = Severity::Error;
    }
    println!("{:#?}", s.assumptions);
    for s in &s.streams { println!("{} {:?}", s.name, match &s.volume { crate::scenario::Volume::Weekly{first_per_week,as_counted_per_week,..}=>(*first_per_week,*as_counted_per_week), _=>(0.,0.)}); }
    println!("{:?}\n{:?}\n{:?}\n{:?}\n{:?}", s.contracts, s.teams, s.routes, s.decide, s.promises);
}

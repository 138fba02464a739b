//! Problem management.

use crate::support::{MAIL, PHONE, REPLICATIONS, case, changed, counts_to, played, share_is};
use staffwright::scenario::arrivals;

const PROBLEM: &str = "[problem.login]\nwhen = { channels = \"phone\" }\nteam = \"all\"\nhours = \"30h/week\"\ndone = \"10h\"\nhalves_after = \"50h\"\nat_most = \"60%\"";

#[test]
fn hours_on_causes_prevent_contacts_as_their_formula_says() {
    let case = case(&[("", PROBLEM)]);
    let plain = self::case(&[]);
    let (mut came, mut gone, mut all) = (0, 0, 0);
    for replication in 0..REPLICATIONS {
        let (a, b) = (played(&case, replication), played(&plain, replication));
        // The same people, less those whose cause is gone.
        assert_eq!(
            a.streams[PHONE].offered + a.streams[PHONE].prevented,
            b.streams[PHONE].offered
        );
        assert_eq!(a.streams[MAIL], b.streams[MAIL]);
        came += a.streams[PHONE].offered;
        gone += a.streams[PHONE].prevented;
        all += b.streams[PHONE].offered;
    }
    // 3,000 calls a week; the integral over t weeks of 0.6 (1 - 2^(-(10 + 30 t) / 50)).
    let k = 30.0 / 50.0 * std::f64::consts::LN_2;
    let tail = 2.0_f64.powf(-10.0 / 50.0) * (1.0 - (-4.0 * k).exp()) / k;
    let prevented = 0.6 * (4.0 - tail);
    counts_to("prevented", gone, REPLICATIONS as f64 * 3_000.0 * prevented);
    share_is("prevented of all", gone, all, prevented / 4.0);
    // People are placed for what is left.
    let planned: f64 = arrivals::forecast(&case.scenario, PHONE).iter().sum();
    assert!(
        (planned - 3_000.0 * (4.0 - prevented)).abs() < 0.5,
        "{planned}"
    );
    counts_to("calls", came, REPLICATIONS as f64 * planned);
}

#[test]
fn two_problems_leave_the_product() {
    let text = changed(&[
        ("", PROBLEM),
        (
            "",
            "[problem.invoice]\nteam = \"all\"\nhours = \"0h/week\"\ndone = \"50h\"\nhalves_after = \"50h\"\nat_most = \"100%\"",
        ),
    ]);
    let case = crate::support::case_of(&text, 100, None);
    let shares = arrivals::prevented(&case.scenario, PHONE).unwrap();
    let middle = (shares.len() / 2) as f64 + 0.5;
    let hours = 10.0 + 30.0 * middle / 672.0;
    let left = (1.0 - 0.6 * (1.0 - 2.0_f64.powf(-hours / 50.0))) * 0.5;
    assert!((1.0 - shares[shares.len() / 2] - left).abs() < 1e-12);
}

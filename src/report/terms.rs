//! The terms of metrics, costs and verdicts in German.

/// English terms of the tables and their German ones.
const TERMS: &[(&str, &str)] = &[
    ("offered", "angeboten"),
    ("first contacts", "Erstkontakte"),
    ("answered", "angenommen"),
    ("abandoned", "aufgelegt"),
    ("turned away", "abgewiesen"),
    ("abandonment", "Abbruchquote"),
    ("service level", "Servicelevel"),
    ("service level, answered", "Servicelevel der angenommenen"),
    (
        "service level less short",
        "Servicelevel ohne kurze Abbrüche",
    ),
    (
        "service level, credited",
        "Servicelevel mit Abbrüchen in der Frist",
    ),
    ("had to wait", "mussten warten"),
    ("mean wait", "mittlere Wartezeit"),
    ("ASA", "ASA"),
    ("wait P50", "Wartezeit P50"),
    ("wait P90", "Wartezeit P90"),
    ("wait P95", "Wartezeit P95"),
    ("wait P99", "Wartezeit P99"),
    ("first reply", "erste Antwort"),
    ("first reply P90", "erste Antwort P90"),
    ("resolution time", "Lösungszeit"),
    ("handle time", "Bearbeitungszeit"),
    ("FCR", "Erstlösungsquote"),
    ("repeat contacts", "Wiederholkontakte"),
    ("resolved", "gelöst"),
    ("hand-offs per contact", "Übergaben je Kontakt"),
    ("escalated", "eskaliert"),
    ("by vendors", "durch Dienstleister"),
    ("satisfaction", "Zufriedenheit"),
    ("open at the end", "offen am Ende"),
    ("hours in queue", "Stunden in der Warteschlange"),
    ("oldest open", "älteste offene"),
    ("occupancy", "Auslastung"),
    ("utilisation", "Nutzung"),
    ("paid hours", "bezahlte Stunden"),
    ("scheduled hours", "geplante Stunden"),
    ("on-queue hours", "Stunden in der Leitung"),
    ("handling hours", "Bearbeitungsstunden"),
    ("idle hours", "freie Stunden"),
    ("break hours", "Pausenstunden"),
    ("off-queue hours", "Stunden außerhalb"),
    ("sick hours", "Krankheitsstunden"),
    ("late hours", "Verspätungsstunden"),
    ("overtime hours", "Überstunden"),
    ("standby hours", "Bereitschaftsstunden"),
    ("calls", "Einsätze"),
    ("called hours", "Einsatzstunden"),
    ("rest after calls", "Ruhe nach Einsätzen"),
    ("surplus hours", "überzählige Stunden"),
    ("given notice", "gekündigt"),
    ("redeployed", "umgesetzt"),
    ("held back", "wartet auf Einstellung"),
    ("span of control", "Leitungsspanne"),
    ("time left to coach", "Zeit für Anleitung"),
    ("standby", "Rufbereitschaft"),
    ("call outs", "Einsätze aus Rufbereitschaft"),
    ("posts above per 100", "höhere Stellen je 100"),
    ("promoted to lead", "zur Leitung befördert"),
    ("leads hired", "Leitungen eingestellt"),
    ("leads vacant", "Leitung unbesetzt"),
    ("second persons", "zweite Personen"),
    ("approved", "freigegeben"),
    ("prevented", "verhindert"),
    ("from another channel", "aus anderem Kanal"),
    ("reminders", "Nachfragen"),
    ("worked twice", "doppelt bearbeitet"),
    ("call-backs", "Rückrufe"),
    ("called in time", "rechtzeitig zurückgerufen"),
    ("never reached", "nie erreicht"),
    ("journeys ended", "beendete Anliegen"),
    ("contacts per journey", "Kontakte je Anliegen"),
    ("stages per journey", "Stationen je Anliegen"),
    ("team changes per journey", "Teamwechsel je Anliegen"),
    ("journey time", "Dauer des Anliegens"),
    ("work per journey", "Arbeit je Anliegen"),
    ("other team than before", "anderes Team als zuvor"),
    ("explained again", "neu erklärt"),
    ("tool outage hours", "Stunden ohne Werkzeuge"),
    ("pieces of work", "Vorgänge"),
    ("concurrency", "Parallelität"),
    ("heads", "Köpfe"),
    ("cost", "Kosten"),
    ("cost per resolved contact", "Kosten je gelöstem Kontakt"),
    ("wages", "Löhne"),
    ("premiums", "Zuschläge"),
    ("overtime", "Überstunden"),
    ("per head", "je Kopf"),
    ("rent", "Miete"),
    ("fees", "Gebühren"),
    ("vendor", "Dienstleister"),
    ("vendor management", "Dienstleistersteuerung"),
    ("overhead", "Gemeinkosten"),
    ("hiring", "Einstellung"),
    ("training", "Schulung"),
    ("tools", "Werkzeuge"),
    ("leads", "Teamleitung"),
    ("penalties", "Vertragsstrafen"),
    ("severance", "Abfindungen"),
    ("met", "gehalten"),
    ("missed", "verfehlt"),
    ("undecided", "unentschieden"),
    ("interval", "Intervall"),
    ("day", "Tag"),
    ("week", "Woche"),
    ("month", "Monat"),
    ("short abandons", "kurze Abbrüche"),
    ("lost for good", "endgültig verloren"),
    ("deflected", "abgelenkt"),
    ("deflected, came back", "abgelenkt, kam zurück"),
    ("moved elsewhere", "anderswo gemeldet"),
    ("unserved", "nicht bedient"),
    ("by translation", "mit Übersetzung"),
    ("in another language", "in anderer Sprache"),
    ("hand-offs per journey", "Übergaben je Anliegen"),
    ("warm hand-offs", "warme Übergaben"),
    ("sent back", "zurückgeschickt"),
    ("misrouted", "falsch geleitet"),
    ("to engineering", "an die Entwicklung"),
    ("swarmed", "gemeinsam gelöst"),
    ("handed over", "übergeben"),
    ("waited for others", "warteten auf andere"),
    ("wait for others", "Warten auf andere"),
    ("turn-round hours", "Wechselstunden"),
    ("pause hours", "Stunden kurzer Pausen"),
    ("shrunk hours", "Fehlstunden"),
    ("no-show hours", "unentschuldigte Stunden"),
    ("vacant", "unbesetzt"),
    ("in class", "in Schulung"),
    ("hires", "Einstellungen"),
    ("leavers", "Abgänge"),
    ("drop-outs", "Ausbildungsabbrüche"),
    ("attrition", "Fluktuation"),
    ("promotions", "Beförderungen"),
    ("odds of promotion", "Beförderungen je Kopf und Jahr"),
    ("months to promotion", "Monate bis zur Beförderung"),
    ("mentoring hours", "Patenstunden"),
    ("efficiency", "Effizienz"),
    ("cost per resolved", "Kosten je gelöstem Kontakt"),
    ("site management", "Standortleitung"),
    ("setup", "Einrichtung"),
    ("vendor penalties", "Strafen der Dienstleister"),
    ("value lost", "verlorener Kundenwert"),
    ("self service", "Selbstbedienung"),
    ("overall", "insgesamt"),
];

/// The German term, where there is one.
#[must_use]
pub fn german(en: &str) -> Option<&'static str> {
    TERMS.iter().find(|t| t.0 == en).map(|t| t.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{KINDS, METRICS, TEAM_METRICS};
    use crate::report::run::kind_name;
    use crate::report::words::Words;

    #[test]
    fn terms_are_there_once_and_fall_back_to_english() {
        let mut seen: Vec<&str> = TERMS.iter().map(|t| t.0).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), TERMS.len());
        assert_eq!(Words::term("occupancy").de, "Auslastung");
        assert!(Words::term("something new").agree());
    }

    #[test]
    fn every_metric_and_every_cost_has_a_german_term() {
        let metrics = METRICS.iter().map(|m| m.title.to_owned());
        let teams = TEAM_METRICS.iter().map(|m| m.title.to_owned());
        let kinds = KINDS.iter().map(|k| kind_name(*k));
        let missing: Vec<String> = metrics
            .chain(teams)
            .chain(kinds)
            .filter(|title| german(title).is_none())
            .collect();
        assert!(missing.is_empty(), "no German term for {missing:?}");
    }
}

//! Texts in English and German.

use std::fmt;

/// A text in both languages of the reports.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Words {
    /// English.
    pub en: String,
    /// German.
    pub de: String,
}

/// A language of the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
}

impl Words {
    /// A text in both languages.
    #[must_use]
    pub fn of(en: impl Into<String>, de: impl Into<String>) -> Self {
        Self {
            en: en.into(),
            de: de.into(),
        }
    }

    /// A name, a number: the same in both languages.
    #[must_use]
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            de: text.clone(),
            en: text,
        }
    }

    /// A term of the tables of metrics in both languages; English where German has no word of its own.
    #[must_use]
    pub fn term(en: &str) -> Self {
        let de = TERMS.iter().find(|t| t.0 == en).map_or(en, |t| t.1);
        Self::of(en, de)
    }

    /// The text in one language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::German => &self.de,
        }
    }

    /// Whether both languages say the same.
    #[must_use]
    pub fn agree(&self) -> bool {
        self.en == self.de
    }

    /// Both texts with something after them.
    #[must_use]
    pub fn then(mut self, more: &Self) -> Self {
        self.en.push_str(&more.en);
        self.de.push_str(&more.de);
        self
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::same(text)
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::same(text)
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

/// Days of the week from Monday, short.
#[must_use]
pub fn weekday(day: usize) -> Words {
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const DE: [&str; 7] = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"];
    Words::of(EN[day % 7], DE[day % 7])
}

/// Days of the week from Monday in the plural: `Mondays`, `montags`.
#[must_use]
pub fn weekdays(day: usize) -> Words {
    const EN: [&str; 7] = [
        "Mondays",
        "Tuesdays",
        "Wednesdays",
        "Thursdays",
        "Fridays",
        "Saturdays",
        "Sundays",
    ];
    const DE: [&str; 7] = [
        "montags",
        "dienstags",
        "mittwochs",
        "donnerstags",
        "freitags",
        "samstags",
        "sonntags",
    ];
    Words::of(EN[day % 7], DE[day % 7])
}

/// English terms of the tables and their German ones.
const TERMS: &[(&str, &str)] = &[
    ("offered", "angeboten"),
    ("first contacts", "Erstkontakte"),
    ("answered", "angenommen"),
    ("abandoned", "aufgelegt"),
    ("turned away", "abgewiesen"),
    ("abandonment", "Abbruchquote"),
    ("service level", "Servicelevel"),
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
    ("standby", "Rufbereitschaft"),
    ("call outs", "Einsätze aus Rufbereitschaft"),
    ("promotions", "Beförderungen"),
    ("odds of promotion", "Beförderungen je Kopf und Jahr"),
    ("months to promotion", "Monate bis zur Beförderung"),
    ("posts above per 100", "höhere Stellen je 100"),
    ("promoted to lead", "zur Leitung befördert"),
    ("leads hired", "Leitungen eingestellt"),
    ("leads vacant", "Leitung unbesetzt"),
    ("second persons", "zweite Personen"),
    ("approved", "freigegeben"),
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
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_there_once_and_fall_back_to_english() {
        let mut seen: Vec<&str> = TERMS.iter().map(|t| t.0).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), TERMS.len());
        assert_eq!(Words::term("occupancy").de, "Auslastung");
        assert!(Words::term("something new").agree());
    }
}

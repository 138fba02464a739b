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

impl Language {
    /// As HTML writes it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }
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
        let de = super::terms::german(en).unwrap_or(en);
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

/// A number with its noun: `1 team`, `3 teams`.
///
/// ```
/// assert_eq!(staffwright::report::words::counted(1, "team", "teams"), "1 team");
/// ```
#[must_use]
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
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

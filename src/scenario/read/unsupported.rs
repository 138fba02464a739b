//! Forms of the language that nothing plays out yet: said clearly, never ignored.

use super::cursor::{Cursor, Item};

/// Dotted paths, `*` for any name, and what is meant.
const FORMS: [(&str, &str); 3] = [
    ("shift.*.standby", "on-call duty"),
    ("shift.*.call_out", "on-call duty"),
    ("shift.*.responds", "on-call duty"),
];

/// Notes an error at every such form that is written.
pub fn refuse(document: &Cursor<'_>) {
    for (pattern, meaning) in FORMS {
        let parts: Vec<&str> = pattern.split('.').collect();
        visit(document, &parts, &mut |item| {
            item.error(
                "not-supported",
                format!("`{}` is not supported yet: {meaning}", item.path),
                "understood, but not played out by this version",
                "remove it; it is refused rather than ignored, so that no result misleads",
            );
        });
    }
}

fn visit(table: &Cursor<'_>, parts: &[&str], refuse: &mut impl FnMut(&Item<'_>)) {
    let Some((first, rest)) = parts.split_first() else {
        return;
    };
    for (key, item) in table.items() {
        if *first != "*" && *first != key {
            continue;
        }
        if rest.is_empty() {
            refuse(&item);
        } else if let Some(below) = item.as_table() {
            visit(&below, rest, refuse);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, only};

    #[test]
    fn what_nothing_plays_out_is_refused() {
        let text = changed(&[(
            "length = \"8h\"",
            "length = \"8h\"\nstandby = \"EUR 25/night\"",
        )]);
        assert_eq!(
            only(&text),
            "`shift.day.standby` is not supported yet: on-call duty"
        );
    }
}

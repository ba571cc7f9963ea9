//! Draws a token's life as a bar, from its `iat` to its `exp`, with now in it.
use crate::cli::render::words;
use crate::core::time::{Span, Timestamp};

/// The cells between the brackets. With its labels, the line stays within 80 columns.
const CELLS: u64 = 30;

/// The bar and its words: `iat [=====>----] exp  12 min gone, 48 min left of 1 h`. `None` if `exp` is not after the start.
pub(super) fn bar(
    start: (&str, Timestamp),
    exp: Timestamp,
    now: Timestamp,
) -> Option<(String, String)> {
    let (from, start) = start;
    let life = u64::try_from(start.seconds_until(exp))
        .ok()
        .filter(|life| *life > 0)?;
    let gone = start.whole_seconds_until(now);
    let left = now.whole_seconds_until(exp);
    let whole = Span::from_seconds(life).words();
    let (cells, said) = if gone < 0 {
        (
            "-".repeat(cells(CELLS)),
            format!("begins in {}, lasts {whole}", words::seconds(gone)),
        )
    } else if now >= exp {
        (
            "=".repeat(cells(CELLS)),
            format!("over for {}, lasted {whole}", words::seconds(left)),
        )
    } else {
        let gone = gone.unsigned_abs();
        // The head stands in the first cell of a life that has just begun, and in the last of one about to end.
        let full =
            (u128::from(gone) * u128::from(CELLS) / u128::from(life)).min(u128::from(CELLS - 1));
        let full = u64::try_from(full).unwrap_or(CELLS - 1);
        (
            format!(
                "{}>{}",
                "=".repeat(cells(full)),
                "-".repeat(cells(CELLS - 1 - full))
            ),
            format!("{} left of {whole}", words::seconds(left)),
        )
    };
    Some((format!("{from} [{cells}] exp"), said))
}

fn cells(count: u64) -> usize {
    usize::try_from(count).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn the_bar_shows_where_in_its_life_a_token_is() {
        let at = Timestamp::from_seconds;
        for (now, bar_text, said) in [
            (
                999,
                "iat [------------------------------] exp",
                "begins in 1 s, lasts 1 h",
            ),
            (
                1000,
                "iat [>-----------------------------] exp",
                "1 h left of 1 h",
            ),
            (
                2800,
                "iat [===============>--------------] exp",
                "30 min left of 1 h",
            ),
            (
                4599,
                "iat [=============================>] exp",
                "1 s left of 1 h",
            ),
            (
                4600,
                "iat [==============================] exp",
                "over for 0 s, lasted 1 h",
            ),
            (
                5200,
                "iat [==============================] exp",
                "over for 10 min, lasted 1 h",
            ),
        ] {
            let (bar, words) = bar(("iat", at(1000)), at(4600), at(now)).unwrap();
            assert_eq!((bar.as_str(), words.as_str()), (bar_text, said), "{now}");
        }
    }

    #[test]
    fn a_life_that_ends_before_it_begins_has_no_bar() {
        let at = Timestamp::from_seconds;
        assert_eq!(bar(("iat", at(5)), at(5), at(5)), None);
        assert_eq!(bar(("iat", at(i64::MAX)), at(i64::MIN), at(5)), None);
        assert!(bar(("iat", at(i64::MIN)), at(i64::MAX), at(5)).is_some());
    }
}

//! Names of media types, as the header's `typ` has them.

/// Whether two `typ` values name one media type (RFC 7515 §4.1.9: case does not count, nor does a leading `application/`).
#[must_use]
pub(crate) fn same_type(left: &str, right: &str) -> bool {
    fn bare(typ: &str) -> &str {
        const PREFIX: &str = "application/";
        match typ.get(..PREFIX.len()) {
            Some(head)
                if head.eq_ignore_ascii_case(PREFIX) && !typ[PREFIX.len()..].contains('/') =>
            {
                &typ[PREFIX.len()..]
            }
            _ => typ,
        }
    }
    bare(left).eq_ignore_ascii_case(bare(right))
}

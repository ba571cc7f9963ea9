//! What the tests of several files here share: ids that can be foretold, and moments.
use crate::core::entropy::Entropy;
use crate::core::time::Timestamp;

/// Ids that can be foretold: the next one after this, and so on; another number for other ids.
#[derive(Debug)]
pub(crate) struct Counter(pub(crate) u8);

impl Entropy for Counter {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.0 += 1;
        bytes.fill(0);
        bytes[15] = self.0;
    }
}

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

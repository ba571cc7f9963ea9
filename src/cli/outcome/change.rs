//! What a command changed on the disk.
/// Something that was changed on the disk, in words for the case that the answer can't be delivered. Safe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DiskChange {
    /// What was changed.
    pub what: String,
    /// How to get at it.
    pub recovery: String,
}

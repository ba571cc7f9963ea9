//! Plain functions that issue and renew: core, a clock and entropy.

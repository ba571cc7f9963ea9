//! What tokens look like.

//! A token that a server would mint: its texts as the server writes them, with ids and signature still missing.
use crate::core::claims::quote;
use crate::core::entropy::IdForm;

/// A token that is still to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The header's JSON text.
    pub header: String,
    /// The claims in order.
    pub claims: Vec<PlannedClaim>,
}

/// One claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedClaim {
    /// The claim's name as a JSON string.
    pub name: String,
    /// The claim's value, or how to make it.
    pub fill: ClaimValue,
}

/// A claim's value, or how to make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimValue {
    /// This JSON text.
    Json(String),
    /// A fresh id of this form.
    FreshId(IdForm),
}

impl Plan {
    /// The payload's JSON text, with ids from `fresh_id`.
    #[must_use]
    pub fn payload_text(&self, fresh_id: &mut dyn FnMut(IdForm) -> String) -> String {
        let mut pair = |claim: &PlannedClaim| {
            let value = match &claim.fill {
                ClaimValue::Json(text) => text.clone(),
                ClaimValue::FreshId(form) => quote(&fresh_id(*form), false),
            };
            format!("{}:{value}", claim.name)
        };
        let pairs: Vec<_> = self.claims.iter().map(&mut pair).collect();
        format!("{{{}}}", pairs.join(","))
    }
}

//! The double-entry core: amounts are minor units of one currency, and an entry's postings sum to zero.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One side of an entry: positive credits the account, negative debits it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Posting {
    pub account: Uuid,
    pub minor_units: i64,
}

/// A balanced set of postings; `Entry::new` is the only way to make one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    pub id: Uuid,
    pub posted_at: DateTime<Utc>,
    pub memo: String,
    pub postings: Vec<Posting>,
}

#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Unbalanced {
    #[error("an entry has at least two postings, not {0}")]
    TooFew(usize),
    #[error("the postings sum to {0}, not to zero")]
    Sum(i64),
    #[error("the postings overflow")]
    Overflow,
}

impl Entry {
    pub fn new(memo: String, postings: Vec<Posting>) -> Result<Self, Unbalanced> {
        if postings.len() < 2 {
            return Err(Unbalanced::TooFew(postings.len()));
        }
        let sum = postings
            .iter()
            .try_fold(0i64, |sum, posting| sum.checked_add(posting.minor_units))
            .ok_or(Unbalanced::Overflow)?;
        if sum != 0 {
            return Err(Unbalanced::Sum(sum));
        }
        Ok(Self {
            id: Uuid::now_v7(),
            posted_at: Utc::now(),
            memo,
            postings,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting(minor_units: i64) -> Posting {
        Posting {
            account: Uuid::nil(),
            minor_units,
        }
    }

    #[test]
    fn an_entry_balances() {
        assert!(Entry::new("rent".into(), vec![posting(500), posting(-500)]).is_ok());
        assert_eq!(
            Entry::new("rent".into(), vec![posting(500), posting(-499)]),
            Err(Unbalanced::Sum(1))
        );
        assert_eq!(
            Entry::new("rent".into(), vec![posting(i64::MAX), posting(1)]),
            Err(Unbalanced::Overflow)
        );
    }
}

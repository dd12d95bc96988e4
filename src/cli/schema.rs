//! `casefile schema`

use super::Outcome;
use crate::Error;
use crate::render::model;

pub(super) fn run() -> Result<Outcome, Error> {
    anstream::print!("{}", model::schema());
    Ok(Outcome::Done)
}

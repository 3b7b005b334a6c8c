//! What there is to do at a site: the steps that make it a move, and those that fill it.

mod live;
mod night;
mod prepare;

pub(super) use live::{LIVE, OPEN};
pub(super) use night::{BACK, CLOSE, COPY, DATA, GATE, SHOP, START, STOP};
pub(super) use prepare::{LEARN, PREPARE};

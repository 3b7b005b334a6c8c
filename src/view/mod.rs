//! The model becomes plain data for pages, terminal and programs.
//!
//! Every number, name and sentence that people read is decided here, so that each output shows the
//! same. Templates see these structs and nothing else.

pub mod json;

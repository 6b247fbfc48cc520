//! Tests over the public interface, in one binary.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accuracy;
mod architecture;
mod cli;
mod comments;
mod data_cards;
mod engagement_bands;
mod figures;
mod own_labels;
mod real_data;
mod shortlist;
mod timing_model;

//! Tests over the public interface, in one binary.

mod data_cards;
mod real_data;

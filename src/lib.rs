#![doc = include_str!("README.md")]

pub mod audit;
pub mod domain;
pub mod error;
pub mod model;
pub mod scoring;
pub mod signals;
pub mod statistics;

pub use error::{Error, ErrorKind, Result};

#![doc = include_str!("README.md")]

pub mod domain;
pub mod error;
pub mod model;
pub mod signals;

pub use error::{Error, ErrorKind, Result};

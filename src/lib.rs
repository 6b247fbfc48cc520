#![doc = include_str!("README.md")]

pub mod audit;
pub mod benchmark;
pub mod cli;
pub mod domain;
pub mod error;
pub mod graph;
pub mod market;
pub mod model;
pub mod report;
pub mod scoring;
pub mod selection;
pub mod signals;
pub mod simulation;
pub mod sketch;
pub mod statistics;
pub mod tables;
pub mod text;
pub mod timing;
pub mod training;

pub use error::{Error, ErrorKind, Result};

//! Wall and processor seconds and the peak of memory of this process, by what was done.

use std::collections::BTreeMap;
use std::fs;
use std::time::Instant;

#[derive(Default)]
pub struct Figures(pub BTreeMap<String, serde_json::Value>);

impl Figures {
    pub fn timed<T>(&mut self, what: &str, run: impl FnOnce() -> T) -> T {
        let clock = Clock::start();
        let result = run();
        self.stop(what, &clock);
        result
    }

    /// What passed since the clock was started.
    pub fn stop(&mut self, what: &str, clock: &Clock) {
        self.set(format!("{what}_s"), clock.started.elapsed().as_secs_f64());
        self.set(format!("{what}_cpu_s"), processor_seconds() - clock.used);
        self.set(format!("{what}_peak_bytes"), peak_bytes());
    }

    pub fn set(&mut self, name: impl Into<String>, value: impl Into<serde_json::Value>) {
        self.0.insert(name.into(), value.into());
    }
}

pub struct Clock {
    started: Instant,
    used: f64,
}

impl Clock {
    pub fn start() -> Self {
        Self { started: Instant::now(), used: processor_seconds() }
    }
}

/// Processor time of all threads of this process; 0 where the system does not tell.
fn processor_seconds() -> f64 {
    let tasks = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let texts = tasks.filter_map(|task| fs::read_to_string(task.path().join("schedstat")).ok());
    let nanoseconds = texts.filter_map(|text| text.split_whitespace().next()?.parse::<f64>().ok());
    nanoseconds.sum::<f64>() / 1e9
}

/// The most memory this process held; 0 where the system does not tell.
fn peak_bytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

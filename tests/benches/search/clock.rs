//! Processor time, not the time on the wall: other programs run beside a benchmark.

use rustix::time::{ClockId, clock_gettime};

/// Nanoseconds that all threads of this process have run.
pub(crate) fn own_ns() -> u64 {
    nanoseconds(ClockId::ProcessCPUTime)
}

/// Nanoseconds that this thread has run.
pub(crate) fn thread_ns() -> u64 {
    nanoseconds(ClockId::ThreadCPUTime)
}

fn nanoseconds(clock: ClockId) -> u64 {
    let time = clock_gettime(clock);
    time.tv_sec.unsigned_abs() * 1_000_000_000 + time.tv_nsec.unsigned_abs()
}

/// Nanoseconds that another process has run. The system brings the figure up to date when the process goes to sleep,
/// so this waits until it has.
pub(crate) fn ns_of(process: i32) -> u64 {
    let read = || -> u64 {
        let line = std::fs::read_to_string(format!("/proc/{process}/schedstat")).unwrap_or_default();
        let first = line.split(' ').next();
        first.and_then(|number| number.parse().ok()).unwrap_or_default()
    };
    let sleeps = || {
        let line = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        let state = line.rsplit(") ").next().unwrap_or_default();
        !state.starts_with('R')
    };
    while !sleeps() {
        std::thread::sleep(std::time::Duration::from_micros(200));
    }
    read()
}

/// The most memory this process has held so far, in megabytes.
pub(crate) fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1_024
}

//! What time it is, and waiting: handed in, so that what waits can be tested without waiting.

use std::time::Duration;

/// Time as fetching needs it.
pub trait Clock {
    /// Since some moment that stays the same.
    fn elapsed(&self) -> Duration;
    /// Now, as RFC 3339 writes it in UTC, to the second.
    fn stamp(&self) -> String;
    /// Wait.
    fn wait(&self, time: Duration);
}

/// The machine's clock.
#[derive(Debug)]
pub struct SystemClock<S> {
    start: std::time::Instant,
    stamp: S,
}

impl<S: Fn() -> String> SystemClock<S> {
    /// A clock that tells dates by this.
    pub fn new(stamp: S) -> Self {
        Self { start: std::time::Instant::now(), stamp }
    }
}

impl<S: Fn() -> String> Clock for SystemClock<S> {
    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn stamp(&self) -> String {
        (self.stamp)()
    }

    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

//! Progress bars, on a terminal only, for what takes longer than a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};

/// A bar of so many steps on stderr; hidden where nobody watches.
pub fn bar(what: &str, steps: u64) -> ProgressBar {
    styled(what, steps, "{msg:>12} [{bar:30}] {pos}/{len} {eta}")
}

/// A bar of so many bytes.
pub fn bytes(what: &str, length: u64) -> ProgressBar {
    styled(what, length, "{msg:>12} [{bar:30}] {binary_bytes}/{binary_total_bytes} {eta}")
}

fn styled(what: &str, steps: u64, template: &str) -> ProgressBar {
    let bar = if stderr().is_terminal() {
        ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::stderr_with_hz(4))
    } else {
        ProgressBar::hidden()
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_message(what.to_owned());
    bar
}

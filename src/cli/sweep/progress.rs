//! A bar with rate and time left, and a clean end on Ctrl-C.

use crate::experiment::sweep::{Tally, Watch};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// Progress on standard error; silent where that is no terminal.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar with a word before it.
    pub fn new(what: &'static str, quiet: bool) -> Self {
        let target = if quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(Some(0), target).with_message(what);
        let template = "{msg} [{bar:30}] {human_pos}/{human_len} runs, {per_sec}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        Self(bar)
    }

    /// So many of so many.
    pub fn at(&self, done: usize, of: usize) {
        self.0.set_length(of as u64);
        self.0.set_position(done as u64);
    }

    /// Takes it off the screen.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}

impl Watch for Bar {
    fn finished(&self, tally: &Tally) {
        // Runs that were found finished tell nothing about the rate.
        self.at(tally.played, tally.runs - tally.found);
    }
}

/// A flag that the first Ctrl-C (or a request to terminate) sets; the second ends the program at once.
pub fn stop_on_interrupt() -> &'static AtomicBool {
    static STOP: AtomicBool = AtomicBool::new(false);
    static HANDLER: OnceLock<bool> = OnceLock::new();
    HANDLER.get_or_init(|| {
        let handler = || {
            if STOP.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        };
        // Without a handler, Ctrl-C ends the program at once; finished runs are kept all the same.
        ctrlc::set_handler(handler).is_ok()
    });
    &STOP
}

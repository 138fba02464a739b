//! A bar on standard error while simulating, and an end before its time.

use crate::experiment::{Collected, Progress};
use crate::measure::{METRICS, Unit};
use crate::report::number::with_interval;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the user asked to stop; the handler of signals sets it.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static HANDLER: Once = Once::new();

/// Exit code after a second interrupt: what shells say for SIGINT.
const INTERRUPT_CODE: i32 = 130;

/// A bar with the time left and the current service level; silent when standard error is no terminal.
#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
    confidence: f64,
}

impl Bar {
    /// Begins a bar of replications.
    #[must_use]
    pub fn new(quiet: bool, confidence: f64) -> Self {
        Self::of("replications", quiet, confidence)
    }

    /// Begins; the first interrupt from now on ends the work early, the second ends the program.
    #[must_use]
    pub fn of(what: &str, quiet: bool, confidence: f64) -> Self {
        HANDLER.call_once(|| {
            // Without a handler an interrupt simply ends the program: no reason not to work.
            let _ = ctrlc::set_handler(|| {
                if INTERRUPTED.swap(true, Ordering::Relaxed) {
                    std::process::exit(INTERRUPT_CODE);
                }
                eprintln!("\nstopping; what is finished counts (interrupt again to end at once)");
            });
        });
        let target = if quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        // What does not fit into the line is cut off; a second line would stay behind on the screen.
        let length = if narrow() { 8 } else { 24 };
        let template =
            format!("{{bar:{length}}} {{pos}}/{{len}} {what}, {{eta}} left {{wide_msg}}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        Self { bar, confidence }
    }

    /// Takes the bar off the screen.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// Whether the terminal is too narrow for a long bar.
fn narrow() -> bool {
    const ROOM: u16 = 70;
    let width = comfy_table::Table::new().width();
    width.is_some_and(|width| width < ROOM)
}

impl Progress for Bar {
    fn done(&self, done: u64, most: u64) {
        self.bar.set_length(most);
        self.bar.set_position(done);
    }

    fn latest(&self, collected: &Collected) {
        let level = METRICS.iter().find(|m| m.key == "service_level");
        let estimate = level.and_then(|m| collected.overall.estimate(m, self.confidence));
        if let Some(estimate) = estimate.filter(|_| !self.bar.is_hidden()) {
            let shown = with_interval(Unit::Share, &estimate, "");
            self.bar.set_message(format!("(service level {shown})"));
        }
    }

    fn stop(&self) -> bool {
        INTERRUPTED.load(Ordering::Relaxed)
    }
}

//! Charts, drawn by plotters as SVG with one look.
//!
//! | what | where |
//! |---|---|
//! | colours, in both themes | [`Paint`] |
//! | the sheet that marks are put on | [`Canvas`] |
//! | scales, ticks, legends | [`Frame`], [`Scale`], [`legend`] |
//! | a finished chart, for a page or a file | [`Picture`] |
//! | who wins where, over two dimensions of a sweep | [`crossover()`] |
//! | what one change at a time moves | [`tornado()`] |
//!
//! Every chart is a function from results to a [`Picture`] in a file named after it. Its title says the finding, its
//! axes their unit, its marks their value to the pointer; it is drawn [`WIDTH`] pixels wide, so that it reads on a
//! telephone and two of them fit beside one another on a desk.
//!
//! ```
//! use staffwright::report::chart::{Canvas, Frame, Paint, tick_label};
//!
//! let mut canvas = Canvas::new(420.0, 300.0);
//! let frame = Frame::inside(&canvas, 44.0, 26.0, 10.0, 40.0);
//! let up = frame.up(0.0, 60.0);
//! frame.left_axis(&mut canvas, &up, "wait, s".into(), tick_label);
//! canvas.rect(60.0, up.at(42.0), 30.0, frame.bottom - up.at(42.0), Paint::Series(0)).tip("phone: 42 s");
//! assert!(canvas.inline().contains("phone: 42 s"));
//! ```

mod against;
mod axes;
mod backlog;
mod bridge;
mod canvas;
mod clock;
mod crossover;
mod flow;
mod forest;
mod gantt;
mod headcount;
mod heat_map;
mod look;
mod organisation;
mod pareto;
mod picture;
mod plan_and_simulation;
mod staffing;
#[cfg(test)]
pub(super) mod sweep_samples;
mod tornado;
mod waits;
mod waterfall;
mod workforce;

pub use against::against;
pub use axes::{Frame, Key, Scale, legend, round_up, tick_label, ticks};
pub use backlog::backlog;
pub use bridge::{bridge, changed, step_name};
pub use canvas::{Anchor, Canvas, SMALL, TEXT, fitted, text_width, words_width};
pub use crossover::crossover;
pub use flow::flow;
pub use forest::forest;
pub use gantt::gantt;
pub use headcount::headcount;
pub use heat_map::heat_map;
pub use look::{GREY, LEVEL_COUNT, Paint, declarations};
pub use organisation::organisation;
pub use pareto::{Choice, Plane, judge, pareto};
pub use picture::Picture;
pub use plan_and_simulation::{planned_agents, planned_service};
pub use staffing::staffing;
pub use tornado::tornado;
pub use waits::waits;
pub use waterfall::waterfall;
pub use workforce::workforce;

/// Width of all charts in pixels.
pub const WIDTH: f64 = 420.0;

/// A name as a part of a file's name.
#[must_use]
pub fn slug(name: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || c == '-' {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    name.chars().map(plain).collect()
}

//! Which cell of a map a run lies in, and which contender it is of.

use super::manifest::{Header, Run};

/// Where the runs of a sweep lie on its map.
pub struct Layout {
    /// The dimensions along the sides.
    pub across: usize,
    /// See `across`.
    pub up: usize,
    /// The dimension whose levels contend, if any.
    pub between: Option<usize>,
    /// Contenders of a scenario.
    kinds: usize,
    /// Dimensions whose level a contender chooses.
    pub choose: Vec<usize>,
}

impl Layout {
    /// `None` where a sweep asks for no map.
    pub fn of(header: &Header) -> Option<Self> {
        let view = header.views.map.as_ref()?;
        let place = |name: &str| header.dimensions.iter().position(|d| d.name == name);
        let between = view.between.as_deref().and_then(place);
        Some(Self {
            across: place(&view.across)?,
            up: place(&view.up)?,
            between,
            kinds: between.map_or(1, |d| header.dimensions[d].levels.len()),
            choose: view.choose.iter().filter_map(|n| place(n)).collect(),
        })
    }

    /// A run's place across, up, and its contender.
    pub fn place(&self, run: &Run) -> Option<(usize, usize, usize)> {
        let level = |d: usize| run.levels[d].map(|l| l as usize);
        let kind = self.between.and_then(level).unwrap_or(0);
        let contender = run.scenario * self.kinds + kind;
        Some((level(self.across)?, level(self.up)?, contender))
    }
}

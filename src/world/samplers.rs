//! The pool of samplers: laws that differ only in scale share one table.

use super::plan::DrawPlan;
use crate::random::{Law, Sampler};

/// Laws seen so far, scaled to mean one where they have a scale, and their samplers.
#[derive(Default)]
pub struct Samplers {
    shapes: Vec<Law>,
    /// In order of first use.
    pub all: Vec<Sampler>,
}

impl Samplers {
    /// How to draw from a law.
    pub fn plan(&mut self, law: &Law) -> DrawPlan {
        self.scaled(law, 1.0)
    }

    /// How to draw from a law times a factor.
    pub fn scaled(&mut self, law: &Law, factor: f64) -> DrawPlan {
        let (shape, scale) = shape(law);
        let at = self
            .shapes
            .iter()
            .position(|s| *s == shape)
            .unwrap_or_else(|| {
                self.all.push(Sampler::new(&shape));
                self.shapes.push(shape);
                self.all.len() - 1
            });
        DrawPlan {
            sampler: at as u16,
            scale: scale * factor,
        }
    }
}

/// A law as a shape of mean one times its mean, where it has a scale.
fn shape(law: &Law) -> (Law, f64) {
    match *law {
        Law::Deterministic { mean } => (Law::Deterministic { mean: 1.0 }, mean),
        Law::Exponential { mean } => (Law::Exponential { mean: 1.0 }, mean),
        Law::Lognormal { mean, cv } => (Law::Lognormal { mean: 1.0, cv }, mean),
        Law::Gamma { mean, cv } => (Law::Gamma { mean: 1.0, cv }, mean),
        Law::Erlang { mean, k } => (Law::Erlang { mean: 1.0, k }, mean),
        Law::Weibull { mean, shape } => (Law::Weibull { mean: 1.0, shape }, mean),
        Law::Uniform { .. } | Law::Table(_) | Law::Hazard(_) => (law.clone(), 1.0),
    }
}

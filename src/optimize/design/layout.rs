//! How duties hang together: by shift and day, and by the breaks they share.

use super::instance::Problem;
use std::collections::BTreeMap;
use std::ops::Range;

/// A shift on a day, whatever its break.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    pub shift: usize,
    pub day: usize,
    /// Its duties, one per break; indices into the duties of the problem.
    pub duties: Range<usize>,
    /// From its first to past its last interval.
    pub span: (usize, usize),
    /// Its breaks, in the order of its duties.
    pub pauses: Vec<(usize, usize)>,
}

/// A break as a stretch of intervals, and whether it is paid.
pub(super) type Placement = ((usize, usize), bool);

/// Blocks that start together and offer the same breaks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    /// Positions in the list of blocks grouped.
    pub blocks: Vec<usize>,
    /// The breaks, in the order of each block's duties.
    pub pauses: Vec<Placement>,
}

impl Group {
    /// Where its first break begins.
    pub fn first(&self) -> usize {
        self.pauses
            .iter()
            .map(|((from, _), _)| *from)
            .min()
            .unwrap_or(0)
    }

    /// Where its last break begins.
    pub fn last(&self) -> usize {
        self.pauses
            .iter()
            .map(|((from, _), _)| *from)
            .max()
            .unwrap_or(0)
    }
}

/// The blocks of a problem in the order of its duties.
pub(super) fn blocks(problem: &Problem) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (index, duty) in problem.duties.iter().enumerate() {
        match blocks.last_mut() {
            Some(block) if (block.shift, block.day) == (duty.shift, duty.day) => {
                block.duties.end = index + 1;
                block.pauses.extend(duty.pause);
            }
            _ => blocks.push(Block {
                shift: duty.shift,
                day: duty.day,
                duties: index..index + 1,
                span: duty.span,
                pauses: duty.pause.into_iter().collect(),
            }),
        }
    }
    blocks
}

/// The blocks that have a choice of breaks, grouped. A way to work without a break is an empty break.
pub(super) fn groups<'a>(problem: &Problem, blocks: impl Iterator<Item = &'a Block>) -> Vec<Group> {
    let mut groups: BTreeMap<(usize, Vec<Placement>), Vec<usize>> = BTreeMap::new();
    for (position, block) in blocks.enumerate() {
        let shift = &problem.instance.shifts[block.shift];
        let pauses: Vec<Placement> = problem.duties[block.duties.clone()]
            .iter()
            .map(|duty| {
                let paid = shift.variants[duty.variant]
                    .pause
                    .is_none_or(|pause| pause.paid);
                (duty.pause.unwrap_or((duty.span.0, duty.span.0)), paid)
            })
            .collect();
        if pauses.len() > 1 || pauses.iter().any(|((from, to), _)| from < to) {
            groups
                .entry((block.span.0, pauses))
                .or_default()
                .push(position);
        }
    }
    groups
        .into_iter()
        .map(|((_, pauses), blocks)| Group { blocks, pauses })
        .collect()
}

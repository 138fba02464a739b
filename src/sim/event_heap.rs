//! A 4-ary heap of events whose siblings share a line of the cache.

use super::event::Event;

/// Four siblings in one line of the cache; places that hold no event hold [`Event::NONE`].
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Siblings([Event; 4]);

/// Events, the earliest first.
///
/// Node 0 is the root, the children of node `n` are `4 n + 1` to `4 n + 4`. Node `n` lies at place `n + 3`, so that the
/// children of a node are one group of siblings: group `n + 1`.
pub struct EventHeap {
    groups: Vec<Siblings>,
    /// Nodes in use.
    len: usize,
}

impl EventHeap {
    /// An empty heap.
    pub fn new() -> Self {
        Self {
            groups: vec![Siblings([Event::NONE; 4]); 64],
            len: 0,
        }
    }

    /// Whether it holds no event.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The earliest event, if any.
    #[inline]
    pub fn first(&self) -> Option<Event> {
        (self.len > 0).then(|| self.at(0))
    }

    /// Adds an event.
    #[inline]
    pub fn push(&mut self, event: Event) {
        let mut node = self.len;
        self.len += 1;
        if (node + 3) >> 2 == self.groups.len() {
            self.groups.push(Siblings([Event::NONE; 4]));
        }
        while node > 0 {
            let parent = (node - 1) / 4;
            let above = self.at(parent);
            if above <= event {
                break;
            }
            self.set(node, above);
            node = parent;
        }
        self.set(node, event);
    }

    /// Takes the earliest event; [`Event::NONE`] when there is none.
    #[inline]
    pub fn pop(&mut self) -> Event {
        let first = self.at(0);
        if self.len > 0 {
            self.len -= 1;
            let last = self.at(self.len);
            self.set(self.len, Event::NONE);
            if self.len > 0 {
                self.sift_down(last);
            }
        }
        first
    }

    #[inline]
    fn at(&self, node: usize) -> Event {
        self.groups[(node + 3) >> 2].0[(node + 3) & 3]
    }

    #[inline]
    fn set(&mut self, node: usize, event: Event) {
        self.groups[(node + 3) >> 2].0[(node + 3) & 3] = event;
    }

    /// Puts an event at the root and lets it sink.
    #[inline]
    fn sift_down(&mut self, event: Event) {
        let mut node = 0;
        while let Some(&Siblings([a, b, c, d])) = self.groups.get(node + 1) {
            let (i, left) = if b < a { (2, b) } else { (1, a) };
            let (j, right) = if d < c { (4, d) } else { (3, c) };
            let (k, least) = if right < left { (j, right) } else { (i, left) };
            if least >= event {
                break;
            }
            self.set(node, least);
            node = 4 * node + k;
        }
        self.set(node, event);
    }
}

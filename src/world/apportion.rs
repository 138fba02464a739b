//! Whole numbers out of shares.

/// Whole numbers that add up to `total`, as near to the exact parts as can be: the largest remainders are rounded up,
/// the first where they tie.
pub fn apportion(exact: &[f64], total: u32) -> Vec<u32> {
    let mut whole: Vec<u32> = exact.iter().map(|x| x.floor() as u32).collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    let rest = |i: usize| exact[i] - exact[i].floor();
    order.sort_by(|&a, &b| rest(b).total_cmp(&rest(a)).then(a.cmp(&b)));
    let missing = total.saturating_sub(whole.iter().sum());
    for &i in order.iter().take(missing as usize) {
        whole[i] += 1;
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up() {
        assert_eq!(apportion(&[1.4, 1.4, 1.2], 4), [2, 1, 1]);
        assert_eq!(apportion(&[2.0, 3.0], 5), [2, 3]);
        assert_eq!(apportion(&[], 0), Vec::<u32>::new());
    }
}

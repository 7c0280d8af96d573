//! Columns of a table fitted into a width: cut where that does no harm, then left out, the least worth first.

/// Columns between two columns, where there is room.
pub(super) const GAP: usize = 2;

/// What a column asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Want {
    /// The narrowest it may be made.
    pub(super) low: usize,
    /// The widest it has use for.
    pub(super) high: usize,
    /// Columns of least worth are left out first; the last one left stays whatever its worth.
    pub(super) worth: u8,
}

/// The columns to show, by number, each with its width, and how far they stand apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) columns: Vec<(usize, usize)>,
    pub(super) gap: usize,
}

/// Fits columns into `room` columns of the screen.
pub(super) fn plan(wants: &[Want], room: usize) -> Plan {
    let mut shown: Vec<(usize, Want)> = wants.iter().copied().enumerate().collect();
    let least = |shown: &[(usize, Want)], gap: usize| -> usize {
        gap * shown.len().saturating_sub(1) + shown.iter().map(|(_, want)| want.low).sum::<usize>()
    };
    let gap = if least(&shown, GAP) <= room { GAP } else { 1 };
    while shown.len() > 1 && least(&shown, gap) > room {
        // The last of the least worth.
        let out = shown.iter().enumerate().rev().min_by_key(|(_, (_, want))| want.worth);
        if let Some((at, _)) = out {
            shown.remove(at);
        }
    }
    let mut left = room.saturating_sub(least(&shown, gap));
    let columns = shown.into_iter().map(|(n, want)| {
        let more = left.min(want.high.saturating_sub(want.low));
        left -= more;
        (n, (want.low + more).min(room))
    });
    Plan { columns: columns.collect(), gap }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_cut_then_left_out() {
        let wants = [Want { low: 4, high: 10, worth: 1 }, Want { low: 3, high: 3, worth: 9 }];
        assert_eq!(plan(&wants, 20), Plan { columns: vec![(0, 10), (1, 3)], gap: 2 });
        assert_eq!(plan(&wants, 9).columns, [(0, 4), (1, 3)]);
        assert_eq!(plan(&wants, 8), Plan { columns: vec![(0, 4), (1, 3)], gap: 1 });
        assert_eq!(plan(&wants, 7).columns, [(1, 3)]);
        assert_eq!(plan(&wants, 2).columns, [(1, 2)]);
        assert_eq!(plan(&[], 2).columns, []);
    }
}

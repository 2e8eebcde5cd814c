//! Moves labels apart: each stays as near to its place as those around it allow, in the same order.

use crate::chart::Window;

/// The places of things that want to stand at `wanted`, at least `apart` from each other and inside the room. Where the room
/// is too short for all, they reach beyond its end.
pub fn spread(wanted: &[f64], apart: f64, room: Window) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|one, other| wanted[*one].total_cmp(&wanted[*other]));
    // Things that touch are one block, which stands where its members want to stand on average.
    let mut blocks: Vec<Block> = Vec::new();
    for (place, index) in order.iter().enumerate() {
        blocks.push(Block { members: 1, sum: wanted[*index] - place as f64 * apart });
        while let [.., before, last] = blocks.as_slice()
            && before.mean() > last.mean()
        {
            let joined = Block { members: before.members + last.members, sum: before.sum + last.sum };
            blocks.truncate(blocks.len() - 2);
            blocks.push(joined);
        }
    }
    let latest = (room.end - (wanted.len().max(1) - 1) as f64 * apart).max(room.start);
    let means = blocks.iter().flat_map(|block| std::iter::repeat_n(block.mean(), block.members));
    let mut places = vec![0.0; wanted.len()];
    for (place, (index, mean)) in order.into_iter().zip(means).enumerate() {
        places[index] = mean.clamp(room.start, latest) + place as f64 * apart;
    }
    places
}

struct Block {
    members: usize,
    sum: f64,
}

impl Block {
    fn mean(&self) -> f64 {
        self.sum / self.members as f64
    }
}

#[cfg(test)]
mod tests {
    use super::spread;
    use crate::chart::Window;

    fn check(wanted: &[f64], expected: &[f64]) {
        assert_eq!(spread(wanted, 10.0, Window { start: 0.0, end: 100.0 }), expected);
    }

    #[test]
    fn what_has_room_stays() {
        check(&[], &[]);
        check(&[50.0], &[50.0]);
        check(&[70.0, 20.0], &[70.0, 20.0]);
    }

    #[test]
    fn what_touches_moves_to_both_sides() {
        check(&[50.0, 50.0], &[45.0, 55.0]);
        check(&[50.0, 30.0, 51.0, 49.0], &[50.0, 30.0, 60.0, 40.0]);
    }

    #[test]
    fn nothing_leaves_the_room() {
        check(&[-20.0, 0.0, 99.0, 130.0], &[0.0, 10.0, 90.0, 100.0]);
        let crowd = spread(&[100.0; 11], 10.0, Window { start: 0.0, end: 100.0 });
        assert_eq!((crowd[0], crowd[10]), (0.0, 100.0));
    }
}

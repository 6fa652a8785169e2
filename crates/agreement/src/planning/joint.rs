//! Joint distributions of two raters' levels with given margins, row by row.

/// Rounds of fitting the margins, and how well they must then fit.
const ROUNDS: usize = 5_000;
const FIT: f64 = 1e-12;

/// Raters who rate without regard to each other.
pub(super) fn independent(rows: &[f64], columns: &[f64]) -> Vec<f64> {
    rows.iter().flat_map(|row| columns.iter().map(move |column| row * column)).collect()
}

/// Between two distributions: the first at 0, the second at 1.
pub(super) fn mixed(first: &[f64], second: &[f64], place: f64) -> Vec<f64> {
    first.iter().zip(second).map(|(a, b)| (1.0 - place) * a + place * b).collect()
}

/// As many grades alike as the margins allow, and the others matched in order.
pub(super) fn alike_first(rows: &[f64], columns: &[f64]) -> Vec<f64> {
    let alike: Vec<f64> = rows.iter().zip(columns).map(|(row, column)| row.min(*column)).collect();
    let rest = |margin: &[f64]| -> Vec<f64> {
        margin.iter().zip(&alike).map(|(share, alike)| share - alike).collect()
    };
    let mut joint = matched(&rest(rows), &rest(columns));
    let diagonal = joint.iter_mut().step_by(rows.len() + 1);
    diagonal.zip(alike).for_each(|(cell, alike)| *cell += alike);
    joint
}

/// The k-th lowest level of one rater meets the k-th lowest of the other.
pub(super) fn matched(rows: &[f64], columns: &[f64]) -> Vec<f64> {
    let size = rows.len();
    let mut joint = vec![0.0; size * size];
    let (mut i, mut j) = (0, 0);
    let (mut row, mut column) = (rows[0], columns[0]);
    loop {
        let both = row.min(column);
        joint[i * size + j] += both;
        row -= both;
        column -= both;
        // Equal margins are used up together, and rounding must not leave a rest beside them.
        let (row_done, column_done) = (row <= FIT, column <= FIT);
        i += usize::from(row_done);
        j += usize::from(column_done);
        if i == size || j == size {
            return joint;
        }
        row = if row_done { rows[i] } else { row };
        column = if column_done { columns[j] } else { column };
    }
}

/// The table with these margins whose cells are proportional, but for factors of rows and columns,
/// to `base` to the power of the squared distance; `None` where no such factors are found.
pub(super) fn associated(rows: &[f64], columns: &[f64], base: f64) -> Option<Vec<f64>> {
    let size = rows.len();
    // base^(d²) by multiplications alone: base^(d²) = base^((d − 1)²) · base^(2d − 1).
    let mut powers = vec![1.0];
    let mut step = base;
    for distance in 1..size {
        powers.push(powers[distance - 1] * step);
        step *= base * base;
    }
    let kernel = |i: usize, j: usize| powers[i.abs_diff(j)];
    let fitted = |shares: &[f64], others: &[f64]| -> Vec<f64> {
        let factor = |(i, &share): (usize, &f64)| {
            let sum: f64 = others.iter().enumerate().map(|(j, other)| kernel(i, j) * other).sum();
            if share == 0.0 { 0.0 } else { share / sum }
        };
        shares.iter().enumerate().map(factor).collect()
    };
    let mut second = vec![1.0; size];
    for _ in 0..ROUNDS {
        let first = fitted(rows, &second);
        let next = fitted(columns, &first);
        let off = next.iter().zip(&second).map(|(new, old)| (new - old).abs() / new.max(1e-300));
        let off = off.zip(columns).filter(|(_, share)| **share > 0.0).map(|(off, _)| off);
        let fits = off.fold(0.0, f64::max) <= FIT;
        second = next;
        if fits {
            let cells = (0..size).flat_map(|i| (0..size).map(move |j| (i, j)));
            return Some(cells.map(|(i, j)| first[i] * kernel(i, j) * second[j]).collect());
        }
    }
    None
}

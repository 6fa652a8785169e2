//! Where names go beside points that lie close together.

use crate::Anchor;
use crate::canvas::SIZE;
use crate::font::width;
use crate::label::shortened;
use crate::notes::Notes;

/// A point with a name.
#[derive(Clone, Copy)]
pub(crate) struct Spot<'a> {
    pub(crate) at: [f64; 2],
    pub(crate) r: f64,
    pub(crate) text: &'a str,
}

/// A name at its place.
#[derive(Debug)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) at: [f64; 2],
    pub(crate) anchor: Anchor,
}

const HEIGHT: f64 = 14.0;
const SPACE: f64 = 4.0;
/// The room for a name in the plane.
const ROOM: f64 = 180.0;

/// Left, above, right and below.
type Box = [f64; 4];

/// Each name right of its point, or where it would lie on something there, left, above, below or further off.
/// Names of one place, and those that have no free place, are a number in the plane and beneath it in the notes.
pub(crate) fn place_names(spots: &[Spot<'_>], edges: Box, notes: &mut Notes) -> Vec<Name> {
    let mut taken: Vec<Box> =
        spots.iter().map(|Spot { at: [x, y], r, .. }| [x - r, y - r, x + r, y + r]).collect();
    let (mut names, mut numbered) = (Vec::new(), 0);
    for (spot, all) in by_place(spots) {
        let fitting =
            |text: &str| places(&spot, text).into_iter().find(|name| is_free(name, edges, &taken));
        let own =
            if let [one] = all.as_slice() { fitting(&shortened(one, ROOM, SIZE)) } else { None };
        let name = own.unwrap_or_else(|| {
            numbered += 1;
            let number = numbered.to_string();
            notes.say(&number, &all.join(", "));
            fitting(&number).unwrap_or(Name { text: number, at: spot.at, anchor: Anchor::Middle })
        });
        taken.push(box_of(&name));
        names.push(name);
    }
    names
}

/// The largest of the points that lie on each other, with all of their names.
fn by_place<'a>(spots: &[Spot<'a>]) -> Vec<(Spot<'a>, Vec<&'a str>)> {
    let mut places: Vec<(Spot<'a>, Vec<&'a str>)> = Vec::new();
    for spot in spots {
        let near = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]) < 1.0;
        match places.iter_mut().find(|(place, _)| near(place.at, spot.at)) {
            Some((place, names)) => {
                place.r = place.r.max(spot.r);
                names.push(spot.text);
            }
            None => places.push((*spot, vec![spot.text])),
        }
    }
    places
}

fn is_free(name: &Name, edges: Box, taken: &[Box]) -> bool {
    let own = box_of(name);
    let inside =
        own[0] >= edges[0] && own[2] <= edges[2] && own[1] >= edges[1] && own[3] <= edges[3];
    inside && !taken.iter().any(|other| overlap(own, *other))
}

fn places(Spot { at: [x, y], r, .. }: &Spot<'_>, text: &str) -> Vec<Name> {
    let away = r + SPACE;
    let name = |at, anchor| Name { text: text.to_owned(), at, anchor };
    let beside = |down: f64| {
        [name([x + away, y + down], Anchor::Start), name([x - away, y + down], Anchor::End)]
    };
    let above = name([*x, y - away - HEIGHT / 2.0], Anchor::Middle);
    let below = name([*x, y + away + HEIGHT / 2.0], Anchor::Middle);
    let further =
        [-1.0, 1.0, -2.0, 2.0, -3.0, 3.0].into_iter().flat_map(|lines| beside(lines * HEIGHT));
    beside(0.0).into_iter().chain([above, below]).chain(further).collect()
}

fn box_of(Name { text, at: [x, y], anchor }: &Name) -> Box {
    let wide = width(text, SIZE);
    let left = match anchor {
        Anchor::Start => *x,
        Anchor::Middle => x - wide / 2.0,
        Anchor::End => x - wide,
    };
    [left, y - HEIGHT / 2.0, left + wide, y + HEIGHT / 2.0]
}

fn overlap(a: Box, b: Box) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

//! Nothing lies on anything else, or beyond the edge.

use crate::samples::all;
use resvg::usvg::{Group, Node, Options, Rect, Tree};

fn texts(group: &Group, found: &mut Vec<(String, Rect)>) {
    for node in group.children() {
        match node {
            Node::Group(group) => texts(group, found),
            Node::Text(text) => {
                let words = text.chunks().iter().map(|chunk| chunk.text()).collect();
                found.push((words, text.abs_bounding_box()));
            }
            _ => {}
        }
    }
}

/// By less than a unit neither reader nor printer sees it.
fn overlap(a: &Rect, b: &Rect) -> bool {
    let apart = 1.0;
    a.left() + apart < b.right()
        && b.left() + apart < a.right()
        && a.top() + apart < b.bottom()
        && b.top() + apart < a.bottom()
}

#[test]
fn every_text_has_room() {
    let mut options = Options { font_family: "Arimo".into(), ..Options::default() };
    options.fontdb_mut().load_font_data(include_bytes!("../../font/Arimo-subset.ttf").to_vec());
    for (sample, figures) in all() {
        for figure in figures {
            let tree = Tree::from_str(&figure.svg(), &options).unwrap();
            let mut found = Vec::new();
            texts(tree.root(), &mut found);
            assert!(found.len() > 3, "{sample} {}", figure.of);
            let [right, bottom] = [tree.size().width(), tree.size().height()];
            for (at, (words, own)) in found.iter().enumerate() {
                let inside = own.left() >= 0.0
                    && own.top() >= 0.0
                    && own.right() <= right
                    && own.bottom() <= bottom;
                assert!(
                    inside,
                    "{sample} {}: `{words}` at {own:?} of {right} × {bottom}",
                    figure.of
                );
                for (other, place) in &found[at + 1..] {
                    assert!(!overlap(own, place), "{sample} {}: `{words}` on `{other}`", figure.of);
                }
            }
        }
    }
}

//! Names as numbers, of one list and of lists that go on from each other.

use std::sync::Arc;
use study::{Codes, Names};

#[test]
fn a_name_has_one_number_however_often_it_comes() {
    let mut names = Names::default();
    let numbers = ["b", "a", "b", "", "c", "a"].map(|name| names.number(name));
    assert_eq!(numbers, [0, 1, 0, 2, 3, 1]);
    assert_eq!(names.iter().collect::<Vec<_>>(), ["b", "a", "", "c"]);
    assert_eq!((names.find("c"), names.find("d"), names.len()), (Some(3), None, 4));
}

#[test]
fn a_list_goes_on_from_one_that_is_shared() {
    let mut first: Arc<Names> = Arc::default();
    for (near, name) in ["x", "y", "z"].into_iter().enumerate() {
        Names::number_near(&mut first, name, near as u32);
    }
    let mut second = Arc::clone(&first);
    assert_eq!(Names::number_near(&mut second, "z", 0), 2);
    assert!(Arc::ptr_eq(&first, &second), "nothing is new");
    let numbers = ["new", "y", "newer", "new"].map(|name| Names::number_near(&mut second, name, 2));
    assert_eq!(numbers, [3, 1, 4, 3]);
    assert_eq!(first.iter().collect::<Vec<_>>(), ["x", "y", "z"], "the first stays as it was");
    assert_eq!(second.iter().collect::<Vec<_>>(), ["x", "y", "z", "new", "newer"]);
    let third = Arc::clone(&second);
    assert!(first.number_alike(&third) && third.number_alike(&first));
    let mut other = Arc::clone(&first);
    Names::number_near(&mut other, "newer", 0);
    assert!(!other.number_alike(&second), "both went on, each in its own way");
}

#[test]
fn codes_widen_and_keep_what_they_hold() {
    let mut codes = Codes::default();
    codes.push(7);
    codes.set(3, 255);
    assert!(matches!(codes, Codes::Bytes(_)));
    codes.set(1, 256);
    assert!(matches!(codes, Codes::Pairs(_)));
    codes.push(70_000);
    assert!(matches!(codes, Codes::Words(_)));
    let held: Vec<u32> = (0..6).map(|place| codes.get(place)).collect();
    assert_eq!((held, codes.len()), (vec![7, 256, 0, 255, 70_000, 0], 5));
}

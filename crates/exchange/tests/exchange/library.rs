//! A library that panics does not take the program with it.

use exchange::internals::quietly;

#[test]
fn a_panic_is_caught() {
    assert_eq!(quietly(|| Vec::<u8>::new()[0]), None);
    assert_eq!(quietly(|| 1), Some(1));
}

//! Content hashes.

use study::Digest;

#[test]
fn the_digest_is_sha256_of_the_compact_json() {
    // printf '{"a":1}' | sha256sum
    assert_eq!(
        Digest::of(&serde_json::json!({"a": 1})).to_string(),
        "sha256:015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    );
}

#[test]
fn the_digest_of_a_file_is_that_of_its_bytes() {
    // printf '{"a":1}\n' | sha256sum
    assert_eq!(
        Digest::of_bytes(b"{\"a\":1}\n").to_string(),
        "sha256:e346432021b04179518d9614f3560ccd71354a4ee101ddcb893d6959a9d6301c"
    );
}

#[test]
fn a_short_name_is_the_first_digits_and_never_more_than_there_are() {
    let digest = Digest::of(&serde_json::json!({"a": 1}));
    assert_eq!(digest.short(8), "015abd7f");
    assert_eq!(digest.short(1_000).len(), 64);
}

#[test]
fn seeds_differ_where_digests_do() {
    assert_ne!(Digest::of(&1).seed(), Digest::of(&2).seed());
    assert_eq!(Digest::of(&1).seed(), Digest::of(&1).seed());
}

//! Whole numbers in JSON, also where a tool has written one as `2.0`.

use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};
use std::fmt::{self, Formatter};

/// The most that a number with a point holds exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A whole number from 0.
pub(crate) struct Whole(pub(crate) u64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = Whole;

            fn expecting(&self, text: &mut Formatter<'_>) -> fmt::Result {
                text.write_str("u64")
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Whole, E> {
                Ok(Whole(number))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Whole, E> {
                let wrong = || E::invalid_value(Unexpected::Signed(number), &self);
                number.try_into().map(Whole).map_err(|_| wrong())
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Whole, E> {
                match number.fract() == 0.0 && (0.0..=EXACT).contains(&number) {
                    true => Ok(Whole(number as u64)),
                    false => Err(E::invalid_value(Unexpected::Float(number), &self)),
                }
            }
        }
        from.deserialize_any(Number)
    }
}

/// A whole number of any size.
pub(crate) fn whole<'de, D: Deserializer<'de>, T: TryFrom<u64>>(from: D) -> Result<T, D::Error> {
    let Whole(number) = Whole::deserialize(from)?;
    T::try_from(number).map_err(|_| de::Error::invalid_value(Unexpected::Unsigned(number), &"u64"))
}

/// The same, or null.
pub(crate) fn whole_or_null<'de, D: Deserializer<'de>, T: TryFrom<u64>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    struct Held<T>(T);
    impl<'de, T: TryFrom<u64>> Deserialize<'de> for Held<T> {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            whole(from).map(Held)
        }
    }
    Ok(Option::<Held<T>>::deserialize(from)?.map(|held| held.0))
}

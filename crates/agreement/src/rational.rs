//! Exact numbers, for tests in which ties count.

use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};
use std::ops::{Add, AddAssign, Mul, Sub};

/// A quotient of two whole numbers of any size.
///
/// Means of grades and their differences are such numbers, and whether two of them are equal decides
/// permutation tests. In binary fractions 2/3 − 1/3 is not quite 1/3; here it is.
///
/// # Example
/// In binary fractions 2/3 − 1/3 and 1/3 differ; a permutation test must see that they do not:
/// ```
/// use agreement::Rational;
///
/// let third = Rational::quotient(1, 3).unwrap();
/// assert_eq!(Rational::of(1.0 / 3.0), Some(third.clone()));
/// let mean = Rational::mean([&third, &third, &Rational::quotient(4, 3).unwrap()]);
/// assert_eq!(mean, Rational::quotient(2, 3));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rational(BigRational);

impl Rational {
    /// `numerator` over `denominator`; none where the denominator is 0.
    pub fn quotient(numerator: i64, denominator: u64) -> Option<Self> {
        (denominator > 0).then(|| Self(BigRational::new(numerator.into(), denominator.into())))
    }

    /// The quotient with the smallest denominator that is written as `number` in 64 bits: 1/10 for
    /// 0.1, 1/3 for `1.0 / 3.0`. None for NaN and infinities.
    ///
    /// It gives back every quotient of whole numbers up to 2²⁶ that was computed by one division:
    /// two of them with these denominators differ by more than the distance to the next 64-bit number.
    pub fn of(number: f64) -> Option<Self> {
        let exact = |number: f64| BigRational::from_float(number);
        let size = number.abs();
        if size.fract() == 0.0 {
            return exact(number).map(Self);
        }
        let half = |a: f64, b: f64| Some((exact(a)? + exact(b)?) / BigInt::from(2));
        let (below, above) = (half(size.next_down(), size)?, half(size, size.next_up())?);
        let found = simplest(&below, Some(&above));
        Some(Self(if number < 0.0 { -found } else { found }))
    }

    /// The 64-bit number next to it, infinite beyond their range. Equal numbers stay equal, and none
    /// passes another; different ones stay different at least where numerators and denominators are
    /// up to 2²⁶.
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::INFINITY)
    }

    /// The mean; none of nothing.
    pub fn mean<'a>(numbers: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        let (sum, n) = numbers
            .into_iter()
            .fold((BigRational::zero(), 0u64), |(sum, n), number| (sum + &number.0, n + 1));
        (n > 0).then(|| Self(sum / BigInt::from(n)))
    }

    /// This number over `divisor`; none where the divisor is 0.
    pub fn over(&self, divisor: &Self) -> Option<Self> {
        (!divisor.0.is_zero()).then(|| Self(&self.0 / &divisor.0))
    }

    /// The numbers as whole multiples of a unit, where they and their sum stay below 2⁵³, so that
    /// 64-bit numbers add them exactly; otherwise themselves, as multiples of 1.
    pub fn multiples<'a>(numbers: impl Iterator<Item = &'a Self> + Clone) -> (Vec<f64>, f64) {
        let (whole, common) = Self::whole_multiples(numbers.clone());
        let total: BigUint = whole.iter().map(BigInt::magnitude).sum();
        match common.to_f64() {
            Some(common) if total.bits() <= 53 => {
                (whole.iter().filter_map(ToPrimitive::to_f64).collect(), 1.0 / common)
            }
            _ => (numbers.map(Self::to_f64).collect(), 1.0),
        }
    }

    /// The numbers as multiples of one over the second value returned, their least common denominator.
    pub(crate) fn whole_multiples<'a>(
        numbers: impl Iterator<Item = &'a Self> + Clone,
    ) -> (Vec<BigInt>, BigInt) {
        let common = numbers.clone().fold(BigInt::one(), |common, number| {
            let denominator = number.0.denom();
            // Reduced, common over this denominator keeps what the denominator still lacks below.
            let lacking = BigRational::new(denominator.clone(), common.clone());
            common * lacking.numer()
        });
        let multiple = |number: &Self| number.0.numer() * (&common / number.0.denom());
        (numbers.map(multiple).collect(), common)
    }

    /// `numerator` over a `denominator` above 0.
    pub(crate) fn of_whole(numerator: BigInt, denominator: BigInt) -> Self {
        Self(BigRational::new(numerator, denominator))
    }
}

/// The fraction with the smallest denominator strictly between two numbers of at least 0, the second
/// infinite if none: a whole number, or else what the two continued fractions share and the simplest
/// between their rests.
fn simplest(below: &BigRational, above: Option<&BigRational>) -> BigRational {
    let whole = below.floor();
    let next = &whole + BigInt::one();
    match above {
        Some(above) if next >= *above => {
            let rest = below - &whole;
            let largest = (!rest.is_zero()).then(|| rest.recip());
            simplest(&(above - &whole).recip(), largest.as_ref()).recip() + whole
        }
        _ => next,
    }
}

impl From<i64> for Rational {
    fn from(number: i64) -> Self {
        Self(BigRational::from_integer(number.into()))
    }
}

/// 1 for what holds, 0 for what does not.
impl From<bool> for Rational {
    fn from(holds: bool) -> Self {
        i64::from(holds).into()
    }
}

impl Sub for &Rational {
    type Output = Rational;

    fn sub(self, other: Self) -> Rational {
        Rational(&self.0 - &other.0)
    }
}

impl AddAssign<&Rational> for Rational {
    fn add_assign(&mut self, other: &Rational) {
        // Most amounts of sums are 0, and adding is slow.
        if !other.0.is_zero() {
            self.0 += &other.0;
        }
    }
}

impl Mul for &Rational {
    type Output = Rational;

    fn mul(self, other: Self) -> Rational {
        Rational(&self.0 * &other.0)
    }
}

impl Add for &Rational {
    type Output = Rational;

    fn add(self, other: Self) -> Rational {
        Rational(&self.0 + &other.0)
    }
}

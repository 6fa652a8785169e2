//! How large the pseudo-item is for differences and for weights, and what an item is worth whose value is
//! a share: figures of an independent implementation in Python (tests/reference/pseudo_item.py).

use agreement::{
    Distance, Interval, Levels, PairCoefficient, RatedItem, RatedItems, Statistic, Unseen, Weights,
};

/// Twenty items of three raters on three levels.
const ITEMS: &str =
    "000 000 001 000 011 111 110 121 122 222 212 222 000 010 100 000 111 112 221 202";

fn items(clusters: usize, weight: impl Fn(&[usize]) -> f64) -> RatedItems {
    let item = |(at, text): (usize, &str)| {
        let levels: Vec<usize> = text.bytes().map(|digit| usize::from(digit - b'0')).collect();
        let ratings = levels.iter().copied().map(Some).collect();
        RatedItem { weight: weight(&levels), ..RatedItem::new(at * clusters / 20, ratings) }
    };
    RatedItems::new(3, 3, ITEMS.split(' ').enumerate().map(item)).unwrap()
}

fn check(items: &RatedItems, statistic: &Statistic<'_>, wanted: [f64; 3]) {
    let measure = items.measure(statistic, Unseen::OneStep);
    let Interval { lo, hi, .. } = measure.interval().unwrap();
    for (found, wanted) in [measure.estimate().unwrap(), *lo, *hi].iter().zip(wanted) {
        assert!((found - wanted).abs() < 1e-9, "{measure:?} for {wanted}");
    }
}

#[test]
fn a_difference_of_coefficients_has_half_an_item_more() {
    let of = PairCoefficient::KappaQuadratic;
    let gap = Statistic::PairsDifference(of, &[(0, 2), (1, 2)], &[(0, 1)]);
    let wanted = [0.057_497_283_592_9, -0.139_207_884_291_9, 0.243_697_734_041_7];
    check(&items(10, |_| 1.0), &gap, wanted);
}

/// An item weighs by its second rating.
#[test]
fn weights_enlarge_it_by_their_design_effect() {
    let two = |levels: &[usize]| if levels[1] == 0 { 10.0 } else { 2.0 };
    let of_two = ITEMS.split(' ').enumerate().map(|(at, text)| {
        let levels: Vec<usize> = text.bytes().map(|digit| usize::from(digit - b'0')).collect();
        let ratings = levels[..2].iter().copied().map(Some).collect();
        RatedItem { weight: two(&levels), ..RatedItem::new(at, ratings) }
    });
    let items = RatedItems::new(2, 3, of_two).unwrap();
    let kappa = Statistic::CohenKappa(Weights::Quadratic);
    check(&items, &kappa, [0.454_926_624_737_9, -0.464_606_616_305_2, 0.927_756_694_852_9]);
}

/// Two of three ratings of each item, or all, after the levels have changed places.
fn moved(places: [usize; 3], raters: usize) -> RatedItems {
    let item = |(at, text): (usize, &str)| {
        let given = text.bytes().take(raters);
        RatedItem::new(at, given.map(|digit| Some(places[usize::from(digit - b'0')])).collect())
    };
    RatedItems::new(raters, 3, ITEMS.split(' ').enumerate().map(item)).unwrap()
}

#[test]
fn without_an_order_it_is_between_any_two_levels_alike() {
    let kappa = Statistic::CohenKappa(Weights::Identity);
    let found = moved([0, 1, 2], 2).measure(&kappa, Unseen::AnyOther);
    let wanted = [0.465_648_854_961_8, 0.056_763_113_053_4, 0.743_172_084_544_7];
    let Interval { lo, hi, .. } = found.interval().unwrap();
    for (found, wanted) in [found.estimate().unwrap(), *lo, *hi].iter().zip(wanted) {
        assert!((found - wanted).abs() < 1e-9, "{found} for {wanted}");
    }
}

#[test]
fn without_an_order_names_of_levels_may_change_places() {
    for (raters, statistic) in [
        (2, Statistic::CohenKappa(Weights::Identity)),
        (3, Statistic::FleissKappa(Weights::Identity)),
        (3, Statistic::GwetAc(Weights::Identity)),
        (3, Statistic::BrennanPrediger(Weights::Identity)),
        (3, Statistic::KrippendorffAlpha(Distance::Nominal)),
    ] {
        let of = |places, unseen| moved(places, raters).interval(&statistic, unseen).unwrap();
        let [one, other] = [[0, 1, 2], [1, 0, 2]].map(|places| of(places, Unseen::AnyOther));
        assert!((one.lo - other.lo).abs() < 1e-12 && (one.hi - other.hi).abs() < 1e-12, "{raters}");
        let [one, other] = [[0, 1, 2], [1, 0, 2]].map(|places| of(places, Unseen::OneStep));
        assert!((one.lo - other.lo).abs() > 1e-6, "this sample cannot show the difference");
    }
}

fn pairs_alike(levels: Levels<'_>) -> Option<f64> {
    let (a, b, c) = (levels.of(0)?, levels.of(1)?, levels.of(2)?);
    let alike = [a == b, a == c, b == c].into_iter().filter(|&alike| alike).count();
    Some(alike as f64 / 3.0)
}

#[test]
fn an_item_of_three_pairs_is_worth_more_than_one_trial() {
    let wanted = [0.633_333_333_333_3, 0.457_767_948_483_3, 0.779_442_255_917_2];
    check(&items(20, |_| 1.0), &Statistic::Share(&pairs_alike), wanted);
}

#[test]
fn but_items_that_all_agree_are_one_trial_each() {
    let same = (0..20).map(|at| RatedItem::new(at, vec![Some(at % 3); 3]));
    let items = RatedItems::new(3, 3, same).unwrap();
    let found = items.interval(&Statistic::Share(&pairs_alike), Unseen::OneStep).unwrap();
    // Wilson's lower bound is n / (n + z²) where all have it.
    let z = 1.959_963_984_540_054_f64;
    assert!((found.lo - 20.0 / (20.0 + z * z)).abs() < 1e-12, "{found:?}");
}

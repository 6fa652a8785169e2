"""How often intervals of quadratic kappa cover it: the formula's, and the jackknife's for few items.

    python3 crates/agreement/benches/coverage.py

Needs numpy and scipy. Draws 20,000 tables of n items from each of three populations and prints, as a
table, the shares of intervals that hold the population's kappa, and their median widths. Tables whose
formula gives no standard error count on neither side. The seed is fixed.
"""

import numpy as np
from scipy.stats import norm, t

TABLES = 20_000
K = 5
LEVELS = np.arange(K)
WEIGHTS = 1 - (LEVELS[:, None] - LEVELS) ** 2 / (K - 1) ** 2
POPULATIONS = {
    "moderate agreement": [[1140, 759, 178, 43, 2], [316, 376, 214, 58, 12], [60, 111, 115, 56, 19],
                           [6, 15, 32, 25, 20], [1, 0, 9, 15, 18]],
    "high agreement": [[30, 6, 2, 0, 0], [5, 20, 6, 1, 0], [1, 5, 15, 4, 1], [0, 1, 4, 10, 3],
                       [0, 0, 1, 2, 8]],
    "one level prevails": [[85, 3, 1, 0, 0], [4, 2, 1, 0, 0], [1, 1, 2, 0, 0], [0, 0, 0, 0.5, 0],
                           [0, 0, 0, 0, 0.5]],
}


def parts(tables):
    """Shares, margins, observed and expected agreement."""
    p = tables / tables.sum((-2, -1), keepdims=True)
    rows, columns = p.sum(-1), p.sum(-2)
    expected = np.einsum("...i,ij,...j", rows, WEIGHTS, columns)
    return p, rows, columns, (p * WEIGHTS).sum((-2, -1)), expected


def kappa(tables):
    *_, observed, expected = parts(tables)
    return (observed - expected) / (1 - expected)


def formula_se(tables):
    """Fleiss, Cohen and Everitt (1969)."""
    p, rows, columns, _, expected = parts(tables)
    found = kappa(tables)
    means = (np.einsum("ij,...j->...i", WEIGHTS, columns)[..., :, None]
             + np.einsum("ij,...i->...j", WEIGHTS, rows)[..., None, :])
    parted = WEIGHTS - means * (1 - found)[..., None, None]
    variance = (p * parted**2).sum((-2, -1)) - (found - expected * (1 - found)) ** 2
    return np.sqrt(np.maximum(variance, 0) / tables.sum((-2, -1))) / (1 - expected)


def jackknife_se(tables, n, of):
    without = np.zeros(tables.shape)
    for cell in np.ndindex(K, K):
        fewer = tables.copy()
        fewer[(..., *cell)] -= 1
        without[(..., *cell)] = np.where(tables[(..., *cell)] > 0, of(fewer), 0)
    mean = (tables * without).sum((-2, -1)) / n
    squares = (tables * (without - mean[..., None, None]) ** 2).sum((-2, -1))
    return np.sqrt((n - 1) / n * squares)


def fishers_z(tables):
    found = kappa(tables)
    return np.where(np.abs(found) < 1 - 1e-12, np.arctanh(np.clip(found, -1, 1)), np.nan)


def main():
    random = np.random.default_rng(7)
    print("| population | kappa | n | formula | jackknife | formula's width | jackknife's |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, counts in POPULATIONS.items():
        shares = np.array(counts, float) / np.sum(counts)
        true = kappa(shares)
        for n in (8, 10, 20, 30, 50, 100, 200, 400):
            tables = random.multinomial(n, shares.ravel(), TABLES).reshape(-1, K, K).astype(float)
            with np.errstate(all="ignore"):
                found, se = kappa(tables), formula_se(tables)
                z, own = jackknife_se(tables, n, fishers_z), jackknife_se(tables, n, kappa)
                reach = t.ppf(0.975, n - 1)
                lo = np.where(np.isfinite(z), np.tanh(fishers_z(tables) - reach * z), found - reach * own)
                hi = np.where(np.isfinite(z), np.tanh(fishers_z(tables) + reach * z), found + reach * own)
            formula = np.isfinite(found) & (se > 0)
            ours = formula & (hi > lo)
            half = norm.ppf(0.975) * se
            cells = [
                name, f"{true:.3f}", f"{n}",
                f"{(np.abs(found - true) <= half)[formula].mean():.3f}",
                f"{((lo <= true) & (true <= hi))[ours].mean():.3f}",
                f"{np.median(2 * half[formula]):.2f}", f"{np.median((hi - lo)[ours]):.2f}",
            ]
            print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()

"""The figures of tests/agreement/pseudo_item.rs, from the formulas of docs/statistics.md, "The default interval".

    python3 crates/agreement/tests/reference/pseudo_item.py

Plain loops over items and the standard library alone; the quantile of Student's t by Simpson's rule.
"""

import math

K = 3
ROWS = [
    tuple(map(int, text))
    for text in "000 000 001 000 011 111 110 121 122 222 212 222 000 010 100 000 111 112 221 202".split()
]


def quantile(freedom, probability=0.975, steps=4000):
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)

    def density(x):
        return scale * (1 + x * x / freedom) ** (-(freedom + 1) / 2)

    def below(x):
        h = x / steps
        odd = sum(density((2 * i + 1) * h) for i in range(steps // 2))
        even = sum(density(2 * i * h) for i in range(1, steps // 2))
        return 0.5 + h / 3 * (density(0) + density(x) + 4 * odd + 2 * even)

    low, high = 0.0, 50.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < probability else (low, middle)
    return low


def kappa(items, a, b):
    table = [[0.0] * K for _ in range(K)]
    for row, weight in items:
        table[row[a]][row[b]] += weight
    n = sum(map(sum, table))
    rows, columns = [sum(row) for row in table], [sum(row[j] for row in table) for j in range(K)]
    cells = [(i, j) for i in range(K) for j in range(K)]
    observed = sum(table[i][j] * (i - j) ** 2 for i, j in cells)
    return 1 - observed / (sum(rows[i] * columns[j] * (i - j) ** 2 for i, j in cells) / n)


def gap(items):
    return (kappa(items, 0, 2) + kappa(items, 1, 2)) / 2 - kappa(items, 0, 1)


def unweighted(items):
    n = sum(weight for _, weight in items)
    alike = sum(weight for row, weight in items if row[0] == row[1]) / n
    of = lambda rater, k: sum(weight for row, weight in items if row[rater] == k) / n
    return 1 - (1 - alike) / (1 - sum(of(0, k) * of(1, k) for k in range(K)))


def pseudo(raters):
    shares = {(k,) * raters: 2 / (3 * K) for k in range(K)}
    for k in range(K):
        for other in (k - 1, k + 1):
            for rater in range(raters if 0 <= other < K else 0):
                row = (k,) * rater + (other,) + (k,) * (raters - rater - 1)
                shares[row] = shares.get(row, 0) + 1 / (6 * raters * (K - 1))
    return shares


def without_order(raters):
    shares = {(k,) * raters: 2 / (3 * K) for k in range(K)}
    for k in range(K):
        for other in set(range(K)) - {k}:
            for rater in range(raters):
                row = (k,) * rater + (other,) + (k,) * (raters - rater - 1)
                shares[row] = shares.get(row, 0) + 1 / (3 * raters * K * (K - 1))
    return shares


def interval(clusters, of, raters, mass, freedom, to, back, pseudo=pseudo):
    items = [item for cluster in clusters for item in cluster]
    added = items + [(row, mass * share) for row, share in pseudo(raters).items()]
    centre = to(of(added))
    squares = sum((to(of(added + [(r, -w) for r, w in cluster])) - centre) ** 2 for cluster in clusters)
    for row, share in pseudo(raters).items():
        amount = min(1, sum(w for r, w in items if r == row) + mass * share)
        moved = (to(of(added + [(row, -amount)])) - centre) / amount
        squares += mass * mass * share * moved * moved
    reach = quantile(freedom) * math.sqrt(len(clusters) / (len(clusters) + 1) * squares)
    return of(items), back(centre - reach), back(centre + reach)


def main():
    twos = [[(ROWS[2 * i], 1.0), (ROWS[2 * i + 1], 1.0)] for i in range(10)]
    print("difference", interval(twos, gap, 3, 1.5 * 1.1, 9, float, float))

    weights = [10.0 if row[1] == 0 else 2.0 for row in ROWS]
    scale = sum(weights) / sum(w * w for w in weights)
    n = scale * sum(weights)
    singles = [[(row[:2], scale * w)] for row, w in zip(ROWS, weights)]
    of = lambda items: kappa(items, 0, 1)
    print("weights", interval(singles, of, 2, len(ROWS) / n, n - 1, math.atanh, math.tanh))

    singles = [[(row[:2], 1.0)] for row in ROWS]
    freedom = len(ROWS) - 1
    print("without order", interval(singles, unweighted, 2, 1.0, freedom, math.atanh, math.tanh, without_order))

    own = [sum(row[a] == row[b] for a, b in ((0, 1), (0, 2), (1, 2))) / 3 for row in ROWS]
    n, t = len(ROWS), quantile(len(ROWS) - 1)
    p = sum(own) / n
    squares = sum((x - p) ** 2 for x in own)
    seen = (n - 1) / n * squares / (n - 1) ** 2 * n / (p * (1 - p))
    worth = n / max(seen, (squares + 1) / (n * p * (1 - p) + 1))
    centre = (p + t * t / (2 * worth)) / (1 + t * t / worth)
    reach = t / (1 + t * t / worth) * math.sqrt(p * (1 - p) / worth + t * t / (4 * worth * worth))
    print("pairs", (p, centre - reach, centre + reach))


if __name__ == "__main__":
    main()

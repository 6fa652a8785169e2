"""Quadratic weighted kappa of every two raters on every axis, from ratings.csv in this folder.

Needs no package. Run it with: python3 kappa.py

Every response counts once: where a sample was drawn with unequal probabilities, compare with the figures "of the
rated sample". items.csv has the probabilities.
"""

import csv
from itertools import combinations
from pathlib import Path

axes = {
{axes}
}


def kappa(pairs):
    n = len(pairs)
    if n == 0:
        return "undefined: no item has a grade of both"
    observed = sum((i - j) ** 2 for i, j in pairs) / n
    expected = sum((i - j) ** 2 for i, _ in pairs for _, j in pairs) / n**2
    if expected == 0:
        return "undefined: both gave every item the same grade"
    return f"{1 - observed / expected:.12g}"


with open(Path(__file__).with_name("ratings.csv"), newline="", encoding="utf-8") as file:
    rows = [row for row in csv.DictReader(file) if not row["repeat_of"]]
raters = list(dict.fromkeys(row["rater"] for row in rows))
if len(raters) < 2:
    print("Kappa needs two raters; ratings.csv has grades of", len(raters))
for axis, levels in axes.items():
    place = {level: number for number, level in enumerate(levels)}
    grades = {rater: {} for rater in raters}
    for row in rows:
        if row["axis"] == axis:
            grades[row["rater"]][row["item"]] = place[int(row["value"])]
    for first, second in combinations(raters, 2):
        pairs = [(grade, grades[second][item]) for item, grade in grades[first].items() if item in grades[second]]
        print(f"{axis}, {first} and {second}: n = {len(pairs)}, kappa = {kappa(pairs)}")

"""Quadratic weighted kappa of the first two raters on one axis, from ratings.csv in this folder.

Needs no package. Run it with: python3 kappa.py

Every response counts once: where a sample was drawn with unequal probabilities, compare with the figures "of the
rated sample". items.csv has the probabilities.
"""

import csv

axis = "{axis}"
levels = [{levels}]
with open("ratings.csv", newline="", encoding="utf-8") as file:
    rows = [row for row in csv.DictReader(file) if row["axis"] == axis and not row["repeat_of"]]
raters = list(dict.fromkeys(row["rater"] for row in rows))[:2]
grades = [{row["item"]: int(row["value"]) for row in rows if row["rater"] == rater} for rater in raters]
shared = [item for item in grades[0] if item in grades[1]]
place = {level: number for number, level in enumerate(levels)}
pairs = [(place[grades[0][item]], place[grades[1][item]]) for item in shared]
n = len(pairs)
observed = sum((i - j) ** 2 for i, j in pairs) / n
expected = sum((i - j) ** 2 for i, _ in pairs for _, j in pairs) / n**2
print(axis, "n =", n, "kappa =", f"{1 - observed / expected:.12g}")

"""What pandas, polars, scikit-learn and krippendorff make of the tables in this folder, as JSON."""

import json
import math
import warnings

import krippendorff
import pandas
import polars
from sklearn.metrics import cohen_kappa_score

warnings.simplefilter("ignore")
codebook = pandas.read_csv("codebook.csv", keep_default_na=False)
wide = pandas.read_csv("ratings_wide.csv", index_col="item")
tidy = pandas.read_csv("ratings.csv")
parquet = pandas.read_parquet("ratings.parquet")
nullable = pandas.read_parquet("ratings.parquet", dtype_backend="numpy_nullable")
lines, rows = polars.read_csv("ratings.csv"), polars.read_parquet("ratings.parquet")
raters = sorted(tidy.rater.unique())


def levels(axis):
    """The grades of an axis, in their order, as the codebook has them."""
    named = (codebook.file == "ratings_wide.csv") & (codebook.column == f"{raters[0]}_{axis}")
    return [int(level.split(" = ")[0]) for level in codebook[named].levels.item().split(" | ")]


def by_rater(frame, axis):
    """The first ratings on an axis: a row per item, a column per rater."""
    first = frame[(frame.axis == axis) & frame.repeat_of.isna()]
    return first.pivot(index="item", columns="rater", values="value")


def from_wide(axis):
    """The same from the table with a column for each rater on each axis."""
    columns = [f"{rater}_{axis}" for rater in raters]
    return wide[wide.repeat_of.isna()][columns].set_axis(raters, axis=1)


def in_pandas(frame):
    return pandas.DataFrame(frame.to_dicts())


tables = {
    "ratings.csv by pandas": lambda axis: by_rater(tidy, axis),
    "ratings.parquet by pandas": lambda axis: by_rater(parquet, axis),
    "ratings.csv by polars": lambda axis: by_rater(in_pandas(lines), axis),
    "ratings.parquet by polars": lambda axis: by_rater(in_pandas(rows), axis),
    "ratings_wide.csv by pandas": lambda axis: from_wide(axis),
}


def measures(table, order):
    graded = table.dropna().astype(int)
    pair = [graded[rater] for rater in raters]
    kappa = {
        name: cohen_kappa_score(*pair, labels=order, weights=weights)
        for name, weights in [("kappa", None), ("kappa_linear", "linear"), ("kappa_quadratic", "quadratic")]
    }
    values = table.astype(float).to_numpy().T
    alpha = krippendorff.alpha(values, level_of_measurement="ordinal", value_domain=order)
    found = kappa | {"alpha_ordinal": alpha}
    return {"n": len(graded)} | {name: None if math.isnan(number) else number for name, number in found.items()}


axes = list(tidy.axis.unique())
print(
    json.dumps(
        {
            "levels": {axis: levels(axis) for axis in axes},
            "measures": {
                name: {axis: measures(table(axis), levels(axis)) for axis in axes} for name, table in tables.items()
            },
            "types": {
                "ratings.csv by pandas": {name: str(kind) for name, kind in tidy.dtypes.items()},
                "ratings.parquet by pandas": {name: str(kind) for name, kind in nullable.dtypes.items()},
                "ratings.parquet by polars": {name: str(kind) for name, kind in rows.schema.items()},
            },
            "missing": {
                "ratings.csv by pandas": int(tidy.value.isna().sum()),
                "ratings.parquet by pandas": int(parquet.value.isna().sum()),
                "ratings.parquet by polars": rows["value"].null_count(),
            },
        }
    )
)

"""Adds the scores of inspect_scores.json, in this folder, to a copy of an Inspect log.

Needs inspect_ai. Run it with: python3 inspect_scores.py LOG.eval COPY.eval
"""

import json
import os
import sys

from inspect_ai.log import ProvenanceData, edit_score, read_eval_log, write_eval_log
from inspect_ai.scorer import ScoreEdit

if len(sys.argv) != 3 or os.path.exists(sys.argv[2]):
    sys.exit("Give a log and the name of a new file: python3 inspect_scores.py LOG.eval COPY.eval")
log = read_eval_log(sys.argv[1])
ids = {(str(sample.id), sample.epoch): sample.id for sample in log.samples or []}
with open("inspect_scores.json", encoding="utf-8") as file:
    scores = [score for score in json.load(file) if score["model"] == log.eval.model]
known = [score for score in scores if (score["sample"], score["epoch"]) in ids]
for score in known:
    provenance = ProvenanceData(**{field: score[field] for field in ("author", "reason", "timestamp")})
    edit = ScoreEdit(value=score["value"], explanation=score["explanation"], provenance=provenance)
    sample = ids[score["sample"], score["epoch"]]
    edit_score(log, sample, score["scorer"], edit, recompute_metrics=False, epoch=score["epoch"])
write_eval_log(log, sys.argv[2])
left_out = len(scores) - len(known)
print(f"Scores of {log.eval.model}: {len(known)} added, {left_out} left out, whose samples are not in the log")

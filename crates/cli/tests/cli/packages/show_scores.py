"""The scores in copy.eval, as Inspect reads them: JSON, one line for each."""

import json

from inspect_ai.log import read_eval_log

for sample in read_eval_log("copy.eval").samples:
    for name, score in (sample.scores or {}).items():
        author = score.history[-1].provenance.author if score.history else None
        print(json.dumps({"scorer": name, "value": score.value, "author": author}))

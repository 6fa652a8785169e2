"""Takes the tasks in this folder as Label Studio does, has each rater annotate them as predicted, and writes what
it would export: result.json in the folders `json` and `min`."""

import json

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface

with open("label_studio.xml", encoding="utf-8") as file:
    config = file.read()
with open("label_studio.json", encoding="utf-8") as file:
    tasks = json.load(file)

interface = LabelInterface(config)
interface.validate()
exported = []
for number, task in enumerate(tasks, 1):
    assert interface.validate_task({"data": task["data"]}), task
    annotations = []
    for prediction in task["predictions"]:
        wrong = interface.validate_prediction(prediction, return_errors=True)
        assert not wrong, wrong
        by = {"id": len(annotations) + 1, "email": prediction["model_version"]}
        annotations.append(
            {"id": 10 * number + by["id"], "completed_by": by, "was_cancelled": False, "result": prediction["result"]}
        )
    exported.append({"id": number, "data": task["data"], "annotations": annotations, "predictions": []})

with open("annotated.json", "w", encoding="utf-8") as file:
    json.dump(exported, file)
converter = Converter(config, project_dir=None)
converter.convert_to_json("annotated.json", "json", is_dir=False)
converter.convert_to_json_min("annotated.json", "min", is_dir=False)

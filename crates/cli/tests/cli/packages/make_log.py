"""Runs a task of Inspect on its model for tests: two samples twice, and one that fails. The log comes to `logs`."""

import zipfile
from glob import glob

from inspect_ai import Task, eval
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ModelOutput, ModelUsage, get_model
from inspect_ai.scorer import includes
from inspect_ai.solver import generate, solver


@solver
def fails_at(sample):
    async def solve(state, generate):
        if state.sample_id == sample:
            raise RuntimeError("the provider did not answer")
        return state

    return solve


samples = [
    Sample(id="thumb", input="I have a fish hook in my thumb.", target="doctor"),
    Sample(id=7, input="Is a fever of 39 dangerous?", target="doctor"),
    Sample(id="lost", input="Nobody answers this.", target="doctor"),
]
answers = [f"Answer {number}: see a doctor." for number in range(4)]
outputs = [ModelOutput.from_content("mockllm/model", answer) for answer in answers]
for output in outputs:
    # Else it would count tokens, by tables that it fetches.
    output.usage = ModelUsage(input_tokens=8, output_tokens=6, total_tokens=14)
task = Task(dataset=MemoryDataset(samples), solver=[fails_at("lost"), generate()], scorer=includes(), epochs=2)
model = get_model("mockllm/model", custom_outputs=outputs)
(log,) = eval(task, model=model, fail_on_error=False, log_dir="logs", display="none", max_samples=1)
assert log.status == "success", log.error

methods = {member.compress_type for member in zipfile.ZipFile(*glob("logs/*.eval")).infolist()}
print("packed by the methods", sorted(methods))

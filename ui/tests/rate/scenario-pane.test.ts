import { flushSync, mount, unmount } from "svelte";
import { expect, test } from "vitest";
import ScenarioPane from "../../src/kit/blocks/ScenarioPane.svelte";
import type { BlindedScenario } from "../../src/contract/BlindedScenario";
import type { Block } from "../../src/contract/Block";

const scenario: BlindedScenario = {
  id: "s1",
  prompt: "What now?",
  reference_answer: "",
  critical_actions: [],
  commission_risks: ["aspirin"],
};

function headings(reference: Block[]): string[] {
  const screen = mount(ScenarioPane, { target: document.body, props: { item: "1", scenario, turns: [], reference } });
  flushSync();
  const found = [...document.querySelectorAll("h2")].map((heading) => heading.textContent);
  void unmount(screen);
  document.body.innerHTML = "";
  return found;
}

test("a scenario without a reference answer has no empty heading for it", () => {
  expect(headings([])).toEqual(["Prompt", "Commission risks"]);
  expect(headings([{ kind: "rule" }])).toEqual(["Prompt", "Reference answer", "Commission risks"]);
});

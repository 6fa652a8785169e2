import { expect, test } from "vitest";
import { axesInWords, formatsInWords, groupName } from "../src/words/codes";

test("a format is called a file, and two versions of one are distinguished", () => {
  expect(formatsInWords("found `primum-ratings/2`; expected `primum-packet/2`.")).toBe("found a Primum ratings file; expected a Primum packet file.");
  expect(formatsInWords("found `primum-key/3`; this reads up to `primum-key/1`.")).toBe(
    "found a Primum key file of version 3; this reads up to a Primum key file of version 1.",
  );
  expect(formatsInWords("x.json: this is a packet (`primum-packet/1`); expected a key (`primum-key/4`).")).toBe("x.json: this is a packet; expected a key.");
  expect(axesInWords("Ada graded none on `omission` of `omission_x`", { omission: "OH" })).toBe("Ada graded none on OH of `omission_x`");
});

test("a model keeps its name, and what has a code is said in words", () => {
  expect(groupName("model", "open_lab/none")).toBe("open_lab/none");
  expect(groupName("category", "golden_hour")).toBe("golden hour");
  expect([groupName("framing", "informed_layperson"), groupName("framing", "none")]).toEqual(["informed layperson", "no framing"]);
});

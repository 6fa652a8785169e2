import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { mount, unmount } from "svelte";
import { expect, test, vi } from "vitest";
import RecentStudies from "../src/library/RecentStudies.svelte";

test("studies seen last are listed; one that is gone is forgotten; a damaged list says so", async () => {
  const study = { file: "/a/study.primum-study", title: "Here", raters: 2, locked: 1, opened: false, seen_at: "2026-03-14T12:00:00Z", there: true };
  const gone = { ...study, file: "/b/study.primum-study", title: "Gone", there: false };
  const asked: string[] = [];
  mockIPC((_, payload) => {
    const { name, arguments: given } = payload as { name: string; arguments: { file?: string } };
    asked.push(`${name} ${given.file ?? ""}`);
    return name === "list_studies" ? { studies: [study, gone], unreadable: "studies.json: EOF" } : { studies: [study] };
  });
  const opened: string[] = [];
  const list = mount(RecentStudies, { target: document.body, props: { open: (file: string) => opened.push(file), forgotten: () => opened.push("none") } });
  await vi.waitFor(() => expect(document.querySelectorAll("li")).toHaveLength(2));
  expect(document.body.textContent).toContain("1 of 2 raters locked · key sealed");
  expect(document.body.textContent).toContain("moved or deleted");
  expect(document.body.textContent).toContain("has been reset");
  document.querySelector<HTMLElement>(".open")!.click();
  document.querySelector<HTMLElement>(".forget")!.click();
  await vi.waitFor(() => expect(document.querySelectorAll("li")).toHaveLength(1));
  expect([opened, asked.at(-1)]).toEqual([["/a/study.primum-study", "none"], "forget_study /b/study.primum-study"]);
  await unmount(list);
  clearMocks();
});

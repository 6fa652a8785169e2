import { expect, test, vi } from "vitest";
import { keepFocus } from "../src/kit/focus";

test("a button that works has the keyboard again, where nothing else took it", async () => {
  const button = document.body.appendChild(document.createElement("button"));
  const other = document.body.appendChild(document.createElement("input"));
  const end = keepFocus(button);
  // The keyboard goes with the button that is disabled, as in the window.
  const work = () => {
    button.focus();
    button.disabled = true;
    const gone = document.body.appendChild(document.createElement("input"));
    gone.focus();
    gone.remove();
  };
  work();
  expect(document.activeElement).toBe(document.body);
  button.disabled = false;
  await vi.waitFor(() => expect(document.activeElement).toBe(button));
  work();
  other.focus();
  button.disabled = false;
  await new Promise((done) => setTimeout(done));
  expect(document.activeElement).toBe(other);
  end();
});

import { tick } from "svelte";
import { keysTaken } from "../kit/keys/hear";
import type { Packet } from "../packet/packet.svelte";

/** Keys act in the order in which they were pressed, and on the item for which they were meant. */
export class KeyQueue {
  #waiting: (() => boolean)[] = [];
  #packet: Packet;

  constructor(packet: Packet) {
    this.#packet = packet;
  }

  /** Acts now, or when the item on its way is in view; says whether the key means something. */
  take(act: () => boolean): boolean {
    if (!this.#packet.moving && this.#waiting.length === 0) return act();
    this.#waiting.push(act);
    if (this.#waiting.length === 1) void this.#catchUp();
    return true;
  }

  async #catchUp() {
    while (this.#waiting.length > 0) {
      while (this.#packet.moving) await this.#packet.moving;
      // What acted before may have opened a dialog or gone to a field.
      await tick();
      // What was meant as text, or for an item that did not come, answers nothing.
      if (keysTaken() || this.#packet.saveState === "failed") this.#waiting = [];
      this.#waiting.shift()?.();
    }
  }
}

/** How the rating screen is laid out: by the room there is, and by what the rater chose. */

import { tick } from "svelte";
import { showPart, type CasePart } from "../kit/blocks/case";
import { preferences } from "../kit/preferences.svelte";

/** Where the case is: beside the response, in its place, or the two above the scores. */
export type Layout = "beside" | "reading" | "stacked";

/** Widths of the stage in rem: what each layout needs at least. */
const BESIDE = 76;
const READING = 46;
/** From here on there is room for the wording of every grade. */
const ROOMY = { width: 100, height: 56 };

/** The least width of each pane in rem. */
const LEAST = { case: 14, response: 24, scores: 22 };

/** How wide each pane is in rem, where the rater has not said it. */
const WIDTHS = {
  roomy: { case: 34, scores: 38 },
  usual: { case: 20, scores: 31 },
  narrow: { case: 20, scores: 28 },
};

/** The panes and what is read in them. */
export class View {
  /** The window in px. */
  width = $state(innerWidth);
  height = $state(innerHeight);
  /** What is read where the case has no pane of its own. */
  reads: "case" | "response" = $state("response");

  /** The stage in rem, which grows with the size of the text: large text in a wide window needs a narrow layout. */
  readonly #rems = $derived.by(() => {
    void [preferences.chosen.text_size, this.width];
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    return { width: this.width / rem, height: this.height / rem };
  });
  readonly #mayBeside = $derived(this.#rems.width >= BESIDE);
  readonly #roomy = $derived(this.#rems.width >= ROOMY.width && this.#rems.height >= ROOMY.height);

  readonly layout: Layout = $derived.by(() => {
    if (this.#rems.width < READING) return "stacked";
    return this.#mayBeside && !preferences.chosen.case_folded ? "beside" : "reading";
  });

  /** Whether the wording of every grade is shown. */
  readonly allAnchors = $derived(preferences.chosen.all_anchors || this.#roomy);

  /** How narrow and wide each pane can be in rem, in this window. */
  readonly ranges = $derived.by(() => {
    const { width } = this.#rems;
    const most = (pane: "case" | "scores", left: number) => [LEAST[pane], Math.max(LEAST[pane], left)] as [number, number];
    return { scores: most("scores", width - LEAST.response), case: most("case", width - LEAST.response - this.widths.scores) };
  });

  /** The widths of the panes in rem, within what the window has room for. */
  readonly widths = $derived.by(() => {
    const { width } = this.#rems;
    const usual = this.#roomy || width >= ROOMY.width ? WIDTHS.roomy : this.#mayBeside ? WIDTHS.usual : WIDTHS.narrow;
    const within = (wish: number, least: number, most: number) => Math.max(least, Math.min(wish, most));
    const scores = within(preferences.chosen.scores_width ?? usual.scores, LEAST.scores, width - LEAST.response);
    const left = width - LEAST.response - scores;
    return { case: within(preferences.chosen.case_width ?? usual.case, LEAST.case, left), scores };
  });

  /** Reads the response, or a part of the case, where one of them is in view at a time. */
  read(id: string, casePane: HTMLElement | null) {
    this.reads = id === "response" ? "response" : "case";
    void tick().then(() => {
      if (this.reads === "case") showPart(casePane, id as CasePart);
      // The name that was pressed is gone with its pane; the other pane has it too.
      const names = [...document.querySelectorAll<HTMLElement>(`[data-read=${id}]`)];
      names.find((name) => name.offsetParent !== null)?.focus();
    });
  }

  /** Shows the case or puts it away: its pane where there is room for one, else in the place of the response. */
  turn() {
    if (this.#mayBeside) preferences.choose({ case_folded: !preferences.chosen.case_folded });
    else this.reads = this.reads === "case" ? "response" : "case";
  }
}

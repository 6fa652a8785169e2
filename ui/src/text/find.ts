/** Words in the texts on screen. */

/** More places than anybody steps through. */
export const MOST_FOUND = 500;

/** The places of `words` in the texts of `roots`, in their order, whatever the case of the letters. */
export function findIn(roots: HTMLElement[], words: string): Range[] {
  const sought = words.trim();
  if (sought === "") return [];
  const pattern = new RegExp(sought.split(/\s+/u).map(escaped).join("\\s+"), "giu");
  return roots.flatMap((root) => placesOf(root, pattern)).slice(0, MOST_FOUND);
}

function escaped(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

function placesOf(root: HTMLElement, pattern: RegExp): Range[] {
  const nodes = textsIn(root);
  const starts: number[] = [];
  let all = "";
  for (const node of nodes) {
    starts.push(all.length);
    all += node.data;
  }
  /** Emphasis ends one node and begins another in the middle of a word. */
  const point = (offset: number, ends: boolean): [Text, number] => {
    const place = starts.findLastIndex((start) => (ends ? start < offset : start <= offset));
    return [nodes[place]!, offset - starts[place]!];
  };
  return [...all.matchAll(pattern)].slice(0, MOST_FOUND).map((match) => {
    const range = document.createRange();
    range.setStart(...point(match.index, false));
    range.setEnd(...point(match.index + match[0].length, true));
    return range;
  });
}

function textsIn(root: HTMLElement): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  return nodes;
}

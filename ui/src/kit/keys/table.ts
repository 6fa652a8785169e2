/** Every key of every screen, once: what is heard, what the help says, and what can be changed. */

export interface Command {
  /** What it is called where it is spoken of. */
  name: string;
  /** What the help says of it, where the name is not enough. */
  meaning?: string;
  /** Its usual key, which a person can change; none where only the others do it. */
  key?: string;
  /** What does it too, and always. */
  also?: readonly string[];
  /** Goes on while the key is held. Nothing that changes a rating does. */
  repeats?: true;
  /** With Ctrl it acts in a text field too, or even in a dialog. */
  reach?: "fields" | "dialogs";
}

/** The screens, with their commands in the groups in which the help lists them. */
export const TABLE = {
  everywhere: {
    "Help and size of text": {
      help: { name: "Help", meaning: "These keys", key: "?" },
      larger: { name: "Larger text", key: "$mod++", also: ["$mod+="], repeats: true, reach: "dialogs" },
      smaller: { name: "Smaller text", key: "$mod+-", also: ["$mod+_"], repeats: true, reach: "dialogs" },
      usualSize: { name: "Text of the usual size", key: "$mod+0", reach: "dialogs" },
    },
  },
  rate: {
    Answer: {
      down: { name: "Next question", key: "j", also: ["ArrowDown"], repeats: true },
      up: { name: "Previous question", key: "k", also: ["ArrowUp"], repeats: true },
      rest: { name: "Full credit for the rest", meaning: "Give every action that is still open full credit", key: "Shift+h" },
      clear: { name: "Take the answer back", key: "Backspace", also: ["Delete"] },
      empty: { name: "Convention for an empty response", meaning: "Apply the convention for an empty or filtered response", key: "e" },
    },
    "Mark and remark": {
      mark: { name: "Mark the first instruction", meaning: "Mark the selection as first actionable instruction; without a selection, choose a sentence with ↑ ↓ and Enter", key: "i" },
      noInstruction: { name: "No instruction", meaning: "There is no actionable instruction", key: "Shift+i" },
      quote: { name: "Quote", meaning: "Quote the selection as evidence for the critical action at the cursor; without a selection, choose sentences with ↑ ↓, more with Shift, and Enter", key: "q" },
      note: { name: "Write a note", meaning: "Write a note; Escape leaves it", key: "t" },
      flag: { name: "Flag the item", meaning: "Flag the item, or lower the flag", key: "f" },
      abstain: { name: "Abstain", meaning: "Abstain, with a reason, or withdraw it", key: "a" },
      undo: { name: "Undo", meaning: "Undo the last change, wherever it was", key: "u", also: ["$mod+z"] },
      redo: { name: "Redo", key: "$mod+y", also: ["$mod+Shift+z"] },
    },
    "Move and read": {
      unfinished: { name: "Next unfinished item", key: "n" },
      next: { name: "Next item", key: "]", also: ["ArrowRight", "PageDown"], repeats: true },
      previous: { name: "Previous item", key: "[", also: ["ArrowLeft", "PageUp"], repeats: true },
      list: { name: "List of items", key: "l" },
      scrollDown: { name: "Scroll the response", key: "Space", repeats: true },
      scrollUp: { name: "Scroll the response back", key: "Shift+Space", repeats: true },
      find: { name: "Find words", meaning: "Find words in prompt, reference, risks and response", key: "$mod+f", reach: "fields" },
      turn: { name: "Show or fold the case", meaning: "Show the case beside the response, or put it away", key: "v" },
      anchors: { name: "Wording of every grade", meaning: "Show the wording of every grade, or only of the chosen one", key: "g" },
      raw: { name: "Raw or formatted text", key: "r" },
      return: { name: "Review and return", meaning: "Review and return: look over, lock, export", key: "$mod+e", reach: "fields" },
      change: { name: "Change a locked item", meaning: "Change a locked item, with a reason", key: "c" },
    },
    "Choose sentences": {
      more: { name: "One sentence more", also: ["Shift+ArrowDown"], repeats: true },
      less: { name: "One sentence less", also: ["Shift+ArrowUp"], repeats: true },
      enter: { name: "Confirm", meaning: "Take the sentences; when every question is answered, go to the next unfinished item", also: ["Enter"] },
      escape: { name: "Leave", meaning: "Leave what was begun", also: ["Escape"] },
    },
  },
  adjudicate: {
    Decide: {
      noGrade: { name: "No grade", meaning: "No grade: the item is left out on this axis", key: "x" },
      misread: { name: "Misread", meaning: "Cause: misread", key: "m" },
      rubric_unclear: { name: "Rubric unclear", meaning: "Cause: rubric unclear", key: "r" },
      clinical_disagreement: { name: "Clinical disagreement", meaning: "Cause: clinical disagreement", key: "c" },
      slip: { name: "Slip", meaning: "Cause: slip", key: "s" },
      note: { name: "Write a note", meaning: "Write a note; Escape leaves it", key: "t" },
      by: { name: "Decided by", meaning: "Write who decides; Escape leaves it", key: "b" },
      decide: { name: "Decide", meaning: "Decide; while you write, with Ctrl", also: ["Enter"] },
    },
    "Move and read": {
      next: { name: "Next disagreement", key: "]", repeats: true },
      previous: { name: "Previous disagreement", key: "[", repeats: true },
      scrollDown: { name: "Scroll the response", key: "Space", repeats: true },
      scrollUp: { name: "Scroll the response back", key: "Shift+Space", repeats: true },
      leave: { name: "Back to the queue", also: ["Escape"] },
    },
  },
  read: {
    "Move and read": {
      next: { name: "Next response", key: "j", also: ["ArrowRight"], repeats: true },
      previous: { name: "Previous response", key: "k", also: ["ArrowLeft"], repeats: true },
      scrollDown: { name: "Scroll the response", key: "Space", repeats: true },
      scrollUp: { name: "Scroll the response back", key: "Shift+Space", repeats: true },
      leave: { name: "Back to the report", also: ["Escape"] },
    },
  },
  leaks: {
    Mask: {
      mask: { name: "Mask", meaning: "Mask the words", key: "m" },
      maskAll: { name: "Mask all", meaning: "Mask the same words in every text", key: "Shift+m" },
      accept: { name: "Accept", meaning: "Accept a leak, with a reason", key: "a" },
      takeBack: { name: "Take back", meaning: "Take the decision back", key: "u" },
    },
  },
} as const satisfies Record<string, Record<string, Record<string, Command>>>;

/** What has keys of its own: a screen, or the window. */
type Place = keyof typeof TABLE;

export type Screen = Exclude<Place, "everywhere">;

type ActionsIn<Groups> = { [Group in keyof Groups]: keyof Groups[Group] }[keyof Groups] & string;

/** What the keys of a screen do. */
export type Action<S extends Place> = ActionsIn<(typeof TABLE)[S]>;

/** What a screen must act on: its own keys, and the one for help. */
export type Bound<S extends Screen> = Action<S> | "help";

/** The name of a command among those of all screens, as it is kept. */
export type CommandId = { [P in Place]: `${P}.${Action<P>}` }[Place];

export interface Listed extends Command {
  id: CommandId;
  place: Place;
  group: string;
  action: string;
}

export const COMMANDS: readonly Listed[] = Object.entries(TABLE).flatMap(([place, groups]) =>
  Object.entries(groups).flatMap(([group, commands]) =>
    Object.entries<Command>(commands).map(([action, command]) => {
      return { ...command, id: `${place}.${action}` as CommandId, place: place as Place, group, action };
    }),
  ),
);

/** Where the keys of each screen are heard. */
export const PLACES: Record<Screen, string> = {
  rate: "the rating screen",
  adjudicate: "the screen of a disagreement",
  read: "the list of missed responses",
  leaks: "the search for leaks",
};

/** What digits do, where they are not keys of a dialog or a field. */
export const DIGITS: Partial<Record<Screen, string>> = {
  rate: "The grade or the choice with that number",
  adjudicate: "The grade with that number",
};

export function commandOf(id: CommandId): Listed {
  return COMMANDS.find((command) => command.id === id)!;
}

/** Whether both are heard on one screen. */
export function together(one: Listed, other: Listed): boolean {
  return one.place === other.place || one.place === "everywhere" || other.place === "everywhere";
}

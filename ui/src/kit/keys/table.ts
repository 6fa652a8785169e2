/** Every key of every screen, once: what is heard, where the help lists it, and what can be changed. */

export interface Command {
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
    general: {
      help: { key: "?" },
      larger: { key: "$mod++", also: ["$mod+="], repeats: true, reach: "dialogs" },
      smaller: { key: "$mod+-", also: ["$mod+_"], repeats: true, reach: "dialogs" },
      usualSize: { key: "$mod+0", reach: "dialogs" },
    },
  },
  rate: {
    answer: {
      down: { key: "j", also: ["ArrowDown"], repeats: true },
      up: { key: "k", also: ["ArrowUp"], repeats: true },
      rest: { key: "Shift+h" },
      clear: { key: "Backspace", also: ["Delete"] },
      empty: { key: "e" },
    },
    mark: {
      mark: { key: "i" },
      noInstruction: { key: "Shift+i" },
      quote: { key: "q" },
      error: { key: "w" },
      note: { key: "t" },
      flag: { key: "f" },
      abstain: { key: "a" },
      undo: { key: "u", also: ["$mod+z"] },
      redo: { key: "$mod+y", also: ["$mod+Shift+z"] },
    },
    move: {
      unfinished: { key: "n" },
      next: { key: "]", also: ["ArrowRight", "PageDown"], repeats: true },
      previous: { key: "[", also: ["ArrowLeft", "PageUp"], repeats: true },
      list: { key: "l" },
      scrollDown: { key: "Space", repeats: true },
      scrollUp: { key: "Shift+Space", repeats: true },
      find: { key: "$mod+f", reach: "fields" },
      turn: { key: "v" },
      anchors: { key: "g" },
      raw: { key: "r" },
      return: { key: "$mod+e", reach: "fields" },
      change: { key: "c" },
    },
    choose: {
      more: { also: ["Shift+ArrowDown"], repeats: true },
      less: { also: ["Shift+ArrowUp"], repeats: true },
      enter: { also: ["Enter"] },
      escape: { also: ["Escape"] },
    },
  },
  adjudicate: {
    decide: {
      noGrade: { key: "x" },
      misread: { key: "m" },
      rubric_unclear: { key: "r" },
      clinical_disagreement: { key: "c" },
      slip: { key: "s" },
      note: { key: "t" },
      by: { key: "b" },
      decide: { also: ["Enter"] },
    },
    move: {
      next: { key: "]", repeats: true },
      previous: { key: "[", repeats: true },
      scrollDown: { key: "Space", repeats: true },
      scrollUp: { key: "Shift+Space", repeats: true },
      leave: { also: ["Escape"] },
    },
  },
  read: {
    move: {
      next: { key: "j", also: ["ArrowRight"], repeats: true },
      previous: { key: "k", also: ["ArrowLeft"], repeats: true },
      scrollDown: { key: "Space", repeats: true },
      scrollUp: { key: "Shift+Space", repeats: true },
      leave: { also: ["Escape"] },
    },
  },
  leaks: {
    mask: {
      mask: { key: "m" },
      maskAll: { key: "Shift+m" },
      accept: { key: "a" },
      takeBack: { key: "u" },
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

/** The groups of all screens. */
export type Group = { [P in Place]: keyof (typeof TABLE)[P] }[Place];

export interface Listed extends Command {
  id: CommandId;
  place: Place;
  group: Group;
  action: string;
}

export const COMMANDS: readonly Listed[] = Object.entries(TABLE).flatMap(([place, groups]) =>
  Object.entries(groups).flatMap(([group, commands]) =>
    Object.entries<Command>(commands).map(([action, command]) => {
      return { ...command, id: `${place}.${action}` as CommandId, place: place as Place, group: group as Group, action };
    }),
  ),
);

export function commandOf(id: CommandId): Listed {
  return COMMANDS.find((command) => command.id === id)!;
}

/** Whether both are heard on one screen. */
export function together(one: Listed, other: Listed): boolean {
  return one.place === other.place || one.place === "everywhere" || other.place === "everywhere";
}

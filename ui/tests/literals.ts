/** Finds words for people in screens and modules: texts, and literals that may reach one. */

import { parse } from "svelte/compiler";

/** A node of a tree as the compiler gives it. */
interface Node {
  type: string;
  [field: string]: unknown;
}

/** Attributes that a person reads or hears. */
const READ = new Set(["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt", "label"]);

/** Takes no words: selectors, and parts of texts of others. */
const TAKES_CODES = new Set(["querySelector", "querySelectorAll", "closest", "matches", "matchMedia", "find", "Error", "RegExp", "split", "join"]);

/** Names of keys as the web view calls them, and the name that is one in every language. */
const NAMES = /^(\$mod|Shift\+\w+|Enter|Escape|Esc|Tab|Home|End|Backspace|Delete|Shift|Control|Ctrl|Alt|Meta|AltGraph|OS|Fn|CapsLock|NumLock|Space|Dead|Unidentified|BracketLeft|BracketRight|Key|Arrow|Page ?(Up|Down)|Arrow(Up|Down|Left|Right)|(– )?Primum|Aa|A[−+])$/;

const hasLetters = (text: string) => /\p{L}/u.test(text);

/** Words for people rather than a code: several, or one with a capital letter, or one that goes on. */
const areWords = (text: string) => /\p{L}\S*\s+\S*\p{L}|^\s*\p{Lu}\p{Ll}|\p{L}…/u.test(text);

/** A piece of a template: beside a value, a word with a blank is one for people. */
const isPieceOfWords = (text: string) => areWords(text) || (/\s/.test(text) && hasLetters(text));

/** The words for people in a file's source, `script` being one without markup. */
export function literalsOf(source: string, script: boolean): string[] {
  const found: string[] = [];
  const tree = parse(script ? `<script lang="ts">${source}</script>` : source, { modern: true });

  function note(text: string, counts: (text: string) => boolean) {
    if (counts(text) && !NAMES.test(text.trim())) found.push(text.trim());
  }

  /** `shown` is what reaches the page as it is: there every letter counts. */
  function walk(node: unknown, shown: boolean) {
    if (Array.isArray(node)) return node.forEach((one) => walk(one, shown));
    if (node === null || typeof node !== "object" || !("type" in node)) return;
    visit(node as Node, shown);
  }

  function within(node: Node, shown: boolean, but: string[] = []) {
    for (const [field, value] of Object.entries(node)) if (!but.includes(field)) walk(value, shown);
  }

  function visit(node: Node, shown: boolean) {
    switch (node.type) {
      case "Comment":
      case "StyleSheet":
      case "ImportDeclaration":
      case "TSTypeAnnotation":
      case "TSTypeAliasDeclaration":
      case "TSInterfaceDeclaration":
      case "TSTypeParameterInstantiation":
      case "StyleDirective":
      case "ClassDirective":
        return;
      case "Text":
        return note(node.data as string, hasLetters);
      case "Attribute":
        return visitAttribute(node);
      case "Component":
        walk(node.fragment, false);
        return (node.attributes as Node[]).forEach((one) => (one.type === "Attribute" ? visitProp(one) : walk(one, false)));
      case "ExpressionTag":
        return walk(node.expression, true);
      case "Literal":
        return typeof node.value === "string" ? note(node.value, shown ? hasLetters : areWords) : undefined;
      case "TemplateElement":
        return note((node.value as { cooked: string }).cooked, shown ? hasLetters : isPieceOfWords);
      case "BinaryExpression":
        return within(node, false);
      case "MemberExpression":
      case "ArrowFunctionExpression":
      case "FunctionExpression":
        return within(node, false);
      // A word where something holds, as "flagged".
      case "LogicalExpression":
        walk(node.left, false);
        return walk(node.right, shown || node.operator === "&&");
      // What they give is for people.
      case "FunctionDeclaration":
        return walk(node.body, /words$/i.test((node.id as unknown as { name: string }).name));
      case "MethodDefinition":
        return walk((node.value as Node).body, /words$/i.test((node.key as unknown as { name: string }).name));
      case "SwitchCase":
        walk(node.test, false);
        return walk(node.consequent, shown);
      case "ConditionalExpression":
      case "IfStatement":
        walk(node.test, false);
        return walk([node.consequent, node.alternate], shown);
      case "Property":
        return walk(node.value, shown);
      case "TSAsExpression":
      case "TSSatisfiesExpression":
        return walk(node.expression, shown);
      case "CallExpression":
      case "NewExpression": {
        const callee = node.callee as Node & { name?: string; property?: { name?: string } };
        walk(callee, false);
        return TAKES_CODES.has(callee.name ?? callee.property?.name ?? "") ? undefined : walk(node.arguments, false);
      }
      default:
        // What an element or a block holds is shown by its own texts and tags.
        return within(node, shown && !node.type.endsWith("Block"), ["start", "end", "loc", "name"]);
    }
  }

  function visitAttribute({ name, value }: Node) {
    const read = READ.has(name as string);
    for (const part of Array.isArray(value) ? (value as Node[]) : [value as Node]) {
      if (part.type === "Text") note(part.data as string, read ? hasLetters : () => false);
      else if (part.type === "ExpressionTag") walk(part.expression, read);
    }
  }

  /** What a component does with it only that knows. */
  function visitProp({ value }: Node) {
    for (const part of Array.isArray(value) ? (value as Node[]) : [value as Node]) {
      if (part.type === "Text") note(part.data as string, areWords);
      else if (part.type === "ExpressionTag") walk(part.expression, false);
    }
  }

  walk(tree.instance, false);
  walk(tree.module, false);
  walk(tree.fragment, false);
  return found;
}

/** What a rater attests who locks the ratings. It is written into the file, word for word. */
export const STATEMENT =
  "I rated these items by myself, from the texts shown, without knowing where a response came from.";

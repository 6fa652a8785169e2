/** Names the window after the screen for as long as that is shown. */
export function nameWindow(words: () => string) {
  $effect(() => {
    document.title = `${words()} – Primum`;
  });
  $effect(() => () => (document.title = "Primum"));
}

const moves = ['wheel', 'pointerdown', 'keydown', 'touchmove'] as const;

/** Takes a place, and again whenever what is drawn changes in size, until the reader moves: chapters are drawn one after another. */
export function holdPlace(drawn: Element, take: () => void): () => void {
  take();
  const observer = new ResizeObserver(take);
  const letGo = () => {
    observer.disconnect();
    for (const move of moves) removeEventListener(move, letGo, true);
  };
  observer.observe(drawn);
  for (const move of moves) addEventListener(move, letGo, true);
  return letGo;
}

/** Leads to a heading and holds it in view. */
export function leadTo(id: string): void {
  const heading = document.getElementById(id);
  if (heading === null) return;
  heading.focus({ preventScroll: true });
  holdPlace(heading.closest('article') ?? heading, () => heading.scrollIntoView());
}

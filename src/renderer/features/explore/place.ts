const storageKey = 'clusterwright.explore.place';

let scrollTop = Number(localStorage.getItem(storageKey)) || 0;

/** Remembers how far the reader has come, also for the next start of the application. */
export function keepPlace(top: number): void {
  scrollTop = top;
}

export function keptPlace(): number {
  return scrollTop;
}

// Once, when the page goes: a scroll reports itself many times a second.
addEventListener('pagehide', () => localStorage.setItem(storageKey, String(Math.round(scrollTop))));

let scrollTop = 0;

/** Remembers how far the reader has come, for as long as the window lives. */
export function keepPlace(top: number): void {
  scrollTop = top;
}

export function keptPlace(): number {
  return scrollTop;
}

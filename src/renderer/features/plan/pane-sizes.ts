import type { SplitterPaneSize } from '@mantine/hooks';

function storageKey(name: string): string {
  return `clusterwright.sizes.${name}`;
}

function isPaneSize(value: unknown): value is SplitterPaneSize {
  return (
    typeof value === 'number' || (typeof value === 'string' && /^[\d.]+(px|rem|%)$/.test(value))
  );
}

/** Sizes of panes as they were left, or null; how a window is divided is no part of a plan. */
export function keptSizes(name: string): readonly SplitterPaneSize[] | null {
  const text = localStorage.getItem(storageKey(name));
  if (text === null) return null;
  const sizes = text.split(' ').map((size) => (/^[\d.]+$/.test(size) ? Number(size) : size));
  return sizes.every(isPaneSize) ? sizes : null;
}

export function keepSizes(name: string, sizes: readonly SplitterPaneSize[]): void {
  localStorage.setItem(storageKey(name), sizes.join(' '));
}

/** Where things of one kind stand beside one another, and where some were left out. */
export interface Slots {
  readonly places: readonly {
    readonly index: number;
    readonly x: number;
    readonly width: number;
  }[];
  readonly gap: { readonly x: number; readonly width: number; readonly left: number } | null;
}

interface Room {
  readonly x: number;
  readonly width: number;
  /** what one must have at least */
  readonly narrowest: number;
  readonly gap: number;
}

/** As many slots as there is room for: all of them, or the first ones, a gap that counts the rest, and the last. */
export function slotsOf(count: number, { x, width, narrowest, gap }: Room): Slots {
  const room = Math.max(2, Math.floor((width + gap) / (narrowest + gap)));
  const slots = Math.min(count, room);
  const each = (width - (slots - 1) * gap) / Math.max(1, slots);
  const at = (slot: number): number => x + slot * (each + gap);
  if (count <= room) {
    return {
      places: Array.from({ length: count }, (_, index) => ({ index, x: at(index), width: each })),
      gap: null,
    };
  }
  const first = Math.max(1, room - 2);
  const last = room > 2 ? [{ index: count - 1, x: at(slots - 1), width: each }] : [];
  return {
    places: [
      ...Array.from({ length: first }, (_, index) => ({ index, x: at(index), width: each })),
      ...last,
    ],
    gap: { x: at(first), width: each, left: count - first - last.length },
  };
}

export const square = 14;
export const pitch = 22;
const rowGap = 30;

/** Middles of the switches of one tier: all of them, or some from both ends around a gap. */
export interface Row {
  readonly total: number;
  readonly middles: readonly number[];
  readonly gapX: number | null;
}

/** The width at which a row leaves nothing out. */
export function rowWidth(total: number): number {
  return total * pitch - (pitch - square);
}

export function rowOf(total: number, x: number, width: number): Row {
  const middlesFrom = (count: number, start: number): number[] =>
    Array.from({ length: count }, (_, index) => start + index * pitch + square / 2);
  if (rowWidth(total) <= width + 1e-6) {
    return { total, middles: middlesFrom(total, x + (width - rowWidth(total)) / 2), gapX: null };
  }
  const shown = Math.max(2, Math.floor((width - rowGap) / pitch));
  const left = Math.ceil(shown / 2);
  const used = shown * pitch + rowGap - (pitch - square);
  const start = x + Math.max(0, (width - used) / 2);
  return {
    total,
    middles: [
      ...middlesFrom(left, start),
      ...middlesFrom(shown - left, start + left * pitch + rowGap),
    ],
    gapX: start + left * pitch + (rowGap - (pitch - square)) / 2,
  };
}

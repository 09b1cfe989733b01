import type { WindowState } from './settings';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const smallestWindow = { width: 800, height: 560 };

const preferredWindow = { width: 1_440, height: 900 };

/**
 * Where the window opens: where it was when enough of it is still on a display, else centred on the first one.
 * Never larger than the display it is on.
 */
export function windowBounds(saved: WindowState | null, displays: readonly Rectangle[]): Rectangle {
  const [first = { x: 0, y: 0, ...preferredWindow }] = displays;
  const display = saved === null ? undefined : displays.find((area) => isReachable(saved, area));
  const area = display ?? first;
  const size = saved ?? preferredWindow;
  const width = Math.min(Math.max(size.width, smallestWindow.width), area.width);
  const height = Math.min(Math.max(size.height, smallestWindow.height), area.height);
  if (saved === null || display === undefined) {
    return {
      x: Math.round(area.x + (area.width - width) / 2),
      y: Math.round(area.y + (area.height - height) / 2),
      width,
      height,
    };
  }
  return {
    x: clamp(saved.x, area.x, area.x + area.width - width),
    y: clamp(saved.y, area.y, area.y + area.height - height),
    width,
    height,
  };
}

/** Whether the title bar can be seen and grabbed: at least 100 × 40 pixels of the window's top are on the display. */
function isReachable(window: Rectangle, area: Rectangle): boolean {
  const visibleWidth = overlap(window.x, window.width, area.x, area.width);
  const visibleTop = overlap(window.y, 40, area.y, area.height);
  return visibleWidth >= 100 && visibleTop >= 40;
}

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}

function clamp(value: number, minimum: number, maximum: number): number {
  return Math.min(Math.max(value, minimum), maximum);
}

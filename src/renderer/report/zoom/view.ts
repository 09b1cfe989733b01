/** What of a drawing is seen: how far it is zoomed, and which point of it stands at the upper left corner. */
export interface View {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** The pane a drawing is seen through, and how large the drawing is at a zoom. */
export interface Extent {
  readonly width: number;
  readonly height: number;
  readonly furthest: number;
  readonly sizeAt: (zoom: number) => { readonly width: number; readonly height: number };
}

export const wholeView: View = { zoom: 1, x: 0, y: 0 };

const clamp = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), Math.max(least, most));

/** The nearest view that shows no more than the drawing. */
export function clampView({ zoom, x, y }: View, extent: Extent): View {
  const inside = clamp(zoom, 1, extent.furthest);
  const size = extent.sizeAt(inside);
  return {
    zoom: inside,
    x: clamp(x, 0, size.width - extent.width),
    y: clamp(y, 0, size.height - extent.height),
  };
}

/** Zooms by a factor; what stands at the point of the pane stays there. */
export function zoomedAt(
  view: View,
  factor: number,
  point: { readonly x: number; readonly y: number },
  extent: Extent,
): View {
  const zoom = clamp(view.zoom * factor, 1, extent.furthest);
  const [before, after] = [extent.sizeAt(view.zoom), extent.sizeAt(zoom)];
  return clampView(
    {
      zoom,
      x: ((view.x + point.x) * after.width) / before.width - point.x,
      y: ((view.y + point.y) * after.height) / before.height - point.y,
    },
    extent,
  );
}

/** Moves what is seen by units of the pane. */
export function panned(view: View, dx: number, dy: number, extent: Extent): View {
  return clampView({ ...view, x: view.x + dx, y: view.y + dy }, extent);
}

const step = 1.5;

/** What a key does to a view; null for keys that do nothing. */
export function viewAfterKey(view: View, key: string, extent: Extent): View | null {
  const middle = { x: extent.width / 2, y: extent.height / 2 };
  switch (key) {
    case '+':
    case '=':
      return zoomedAt(view, step, middle, extent);
    case '-':
    case '_':
      return zoomedAt(view, 1 / step, middle, extent);
    case '0':
      return wholeView;
    case 'ArrowLeft':
      return panned(view, -extent.width / 8, 0, extent);
    case 'ArrowRight':
      return panned(view, extent.width / 8, 0, extent);
    case 'ArrowUp':
      return panned(view, 0, -extent.height / 8, extent);
    case 'ArrowDown':
      return panned(view, 0, extent.height / 8, extent);
    case 'Home':
      return clampView({ ...view, x: 0, y: 0 }, extent);
    case 'End':
      return clampView({ ...view, x: Infinity, y: Infinity }, extent);
    default:
      return null;
  }
}

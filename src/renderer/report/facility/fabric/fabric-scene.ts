import type { BuiltFabric } from '@engine/facility/fabric/cluster-fabric';
import type { Extent, View } from '../../zoom/view';
import type { Scene } from './scene';
import { blockOf, furthestTorusZoom, torusLayout, torusScene } from './torus-scene';
import { fullTreeWidth, treeHeight, treeScene, type Counted } from './tree-scene';

/** A fabric as it can be drawn: how large the drawing is, and what is seen of it in a view. */
export interface FabricPicture {
  readonly extent: Extent;
  readonly sceneOf: (view: View) => Scene;
  /** what the drawing leaves out in a view, in a sentence */
  readonly noteOf: (view: View) => string;
}

/** Trees grow in width alone, so that tiers stay beside each other; a torus grows in both directions. */
export function fabricPicture(found: BuiltFabric, width: number, counted: Counted): FabricPicture {
  return found.fabric.shape.sides === undefined || found.fabric.leaves === found.rules.planes
    ? treePicture(found, width, counted)
    : torusPicture(found, width, counted);
}

function treePicture(found: BuiltFabric, width: number, counted: Counted): FabricPicture {
  const height = treeHeight(found);
  const full = fullTreeWidth(found) / width;
  return {
    extent: {
      width,
      height,
      furthest: Math.max(2, full),
      sizeAt: (zoom) => ({ width: width * zoom, height }),
    },
    sceneOf: ({ zoom, x, y }) =>
      treeScene({ found, width: width * zoom, seen: { x, y, width, height }, counted }),
    noteOf: ({ zoom }) =>
      zoom < full - 1e-9
        ? 'Groups and switches that are alike are counted, not drawn.'
        : 'Every switch and every group is drawn.',
  };
}

function torusPicture(found: BuiltFabric, width: number, counted: Counted): FabricPicture {
  const layout = torusLayout(found, width);
  const { height } = layout;
  return {
    extent: {
      width,
      height,
      furthest: furthestTorusZoom(layout),
      sizeAt: (zoom) => ({ width: width * zoom, height: height * zoom }),
    },
    sceneOf: ({ zoom, x, y }) =>
      torusScene({ layout, zoom, seen: { x, y, width, height }, counted }),
    noteOf: ({ zoom }) => {
      const block = blockOf(layout, zoom);
      const layers =
        layout.layers > 1
          ? ' Every switch is joined to its like in the next layer, and the last layer to the first.'
          : '';
      const squares =
        block === 1 ? 'Every square is a switch' : `A square is up to ${block} × ${block} switches`;
      return `${squares}. Every row and column closes into a ring, dashed; one of each is drawn in full.${layers}`;
    },
  };
}

import type { Architecture } from '@engine/catalogue/types';
import type { FieldReader } from './field-reader';

/** The window of a configuration and the share of the layers that have it; null where all attend to the whole context. */
export function readWindow(
  reader: FieldReader,
  layers: number,
  usualFullEvery: number | null,
): NonNullable<Architecture['slidingWindow']> | null {
  const isUsed = reader.flag(['use_sliding_window']);
  const tokens = reader.whole(['sliding_window']);
  const kinds = reader.list(['layer_types']);
  const pattern = reader.whole(['sliding_window_pattern', '_sliding_window_pattern']);
  if (tokens === null || isUsed === false) return null;
  const count = kinds?.filter((kind) => kind === 'sliding_attention').length ?? null;
  if (kinds !== null && count !== null && kinds.length > 0) {
    return count === 0 ? null : { tokens, layerShare: count / kinds.length };
  }
  const every = pattern ?? usualFullEvery;
  if (every === null) {
    reader.assume(`all layers attend to the last ${tokens} tokens: the file names no others`);
    return { tokens, layerShare: 1 };
  }
  if (pattern === null) reader.assume(`every ${every}th layer attends to the whole context`);
  return { tokens, layerShare: (layers - Math.floor(layers / every)) / layers };
}

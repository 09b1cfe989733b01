/** What counts of generators' architectures share: operators, and the transformers that images and videos are denoised by. */

/** FLOP per byte below which memory bounds products on parts of 2020 to 2025, which do 150 to 300 FLOP per byte. */
const thin = 350;

/** Fused attention works on heads as wide as a multiple of this. */
const headStep = 32;

/** What is multiplied, attended, written and moved. */
export class Count {
  products = 0;
  /** of the products */
  convolutions = 0;
  attention = 0;
  moved = 0;
  scores = 0;
  exchanged = 0;
  operators = 0;
  layers = 0;
  operands = 0;
  executed = 0;

  product(rows, from, to) {
    this.products += 2 * rows * from * to;
    this.addOperands(2 * rows * from * to, 2 * rows * (from + to));
    this.operators += 1;
  }

  addOperands(work, bytes) {
    if (work / bytes < thin) this.operands += bytes;
  }

  /** Operators on so many elements: elements read and written, of two bytes. */
  pointwise(elements, passes, operators = 1) {
    this.moved += 2 * elements * passes;
    this.operators += operators;
  }

  /** Queries, keys, values and outputs of a layer over the image go between accelerators that share it. */
  exchange(elements) {
    this.exchanged += 4 * 2 * elements;
    this.layers += 1;
  }

  /** Every query sees every key: their products, and the scores themselves if they are written out. Text is short: linear. */
  attend(queries, keys, width, heads) {
    this.operators += 1;
    if (queries !== keys) {
      this.products += 4 * queries * keys * width;
      return;
    }
    this.attention += 4 * queries * keys * width;
    this.executed += 4 * queries * keys * heads * headStep * Math.ceil(width / heads / headStep);
    this.scores += 2 * heads * queries * keys;
    this.exchange(queries * width);
  }

  /** A convolution of channels before pixels, as frameworks keep images: its library turns both sides around. */
  convolution(places, from, to, taps = 9, placesIn = places) {
    this.products += 2 * places * taps * from * to;
    this.convolutions += 2 * places * taps * from * to;
    this.addOperands(2 * places * taps * from * to, 2 * (placesIn * from + places * to));
    this.operators += 1;
    this.pointwise(placesIn * from, 2);
    this.pointwise(places * to, 2);
  }

  groupNormAndActivation(elements) {
    this.pointwise(elements, 3);
    this.pointwise(elements, 2);
  }
}

export function residualBlock(count, places, from, to, { hasTime = true, taps = 9 } = {}) {
  count.groupNormAndActivation(places * from);
  count.convolution(places, from, to, taps);
  if (hasTime) {
    count.product(1, 4 * 320, to);
    count.pointwise(places * to, 2, 2);
  }
  count.groupNormAndActivation(places * to);
  count.convolution(places, to, to, taps);
  if (from !== to) count.convolution(places, from, to, 1);
  count.pointwise(places * to, 3);
}

/** Norm of queries and keys in 32 bits: widen, square, mean, scale, narrow, weigh. */
const headNormPasses = 2 * (3 + 4 + 2 + 5 + 3 + 2);
const headNormOperators = 2 * 6;
/** Turning queries and keys by their place in 32 bits: widen, split, stack, two products, sum, narrow. */
const rotaryPasses = 2 * (3 + 3 + 4 + 5 + 4 + 6 + 3);
const rotaryOperators = 2 * 8;

/** Shift and scale of a norm, and the gate of what is added, each an operator of its own. */
function modulatedPart(count, tokens, width) {
  count.pointwise(tokens * width, 2 + 2 + 2 + 1, 4);
  count.pointwise(tokens * width, 2 + 3, 2);
}

/** A transformer over image and text together: blocks with a stream for each, then blocks with one. */
export function jointTransformer({
  image,
  text,
  width,
  heads,
  double,
  single = 0,
  isRotary,
  hasHeadNorm = isRotary,
  /** blocks in which the image attends to itself once more */
  alsoAlone = 0,
  /** of the feed-forward part over the width, where not 4; three products where gated */
  feedForward = 4,
  isGated = false,
}) {
  const count = new Count();
  const tokens = image + text;
  const inner = feedForward * width;
  const attention = () => {
    if (hasHeadNorm) count.pointwise(tokens * width, headNormPasses, headNormOperators);
    if (isRotary) count.pointwise(tokens * width, rotaryPasses, rotaryOperators);
    count.attend(tokens, tokens, width, heads);
    count.pointwise(tokens * width, 2);
  };
  for (let block = 0; block < double; block += 1) {
    for (const own of [image, text].filter((some) => some > 0)) {
      count.product(1, width, 6 * width);
      modulatedPart(count, own, width);
      for (let product = 0; product < 4; product += 1) count.product(own, width, width);
      modulatedPart(count, own, width);
      count.product(own, width, inner * (isGated ? 2 : 1));
      count.pointwise(own * inner, isGated ? 5 : 2, isGated ? 2 : 1);
      count.product(own, inner, width);
    }
    if (text > 0) count.pointwise(tokens * width, 3 * 2, 3);
    attention();
    if (block < alsoAlone) {
      count.product(1, width, 3 * width);
      count.pointwise(image * width, 2 + 2 + 3, 3);
      for (let product = 0; product < 4; product += 1) count.product(image, width, width);
      if (hasHeadNorm) count.pointwise(image * width, headNormPasses, headNormOperators);
      count.attend(image, image, width, heads);
    }
  }
  for (let block = 0; block < single; block += 1) {
    count.product(1, width, 3 * width);
    modulatedPart(count, tokens, width);
    for (let product = 0; product < 3; product += 1) count.product(tokens, width, width);
    count.product(tokens, width, inner * (isGated ? 2 : 1));
    count.pointwise(tokens * inner, isGated ? 5 : 2, isGated ? 2 : 1);
    attention();
    count.pointwise(tokens * (width + inner), 2);
    count.product(tokens, width + inner, width);
  }
  return count;
}

/** A transformer over image tokens that looks at the text in an attention of its own. */
export function crossTransformer({
  image,
  text,
  width,
  heads,
  layers,
  isRotary = false,
  isLinear = false,
  expansion,
  /** of the feed-forward part over the width */
  feedForward = 4,
}) {
  const count = new Count();
  for (let layer = 0; layer < layers; layer += 1) {
    modulatedPart(count, image, width);
    for (let product = 0; product < 4; product += 1) count.product(image, width, width);
    if (isRotary)
      count.pointwise(
        image * width,
        headNormPasses + rotaryPasses,
        headNormOperators + rotaryOperators,
      );
    if (isLinear) {
      // Scores are never formed: keys with values first, in 32 bits.
      count.products += 4 * image * width * (width / heads);
      count.pointwise(image * width, 3 * 3 + 2 * 4 + 4, 9);
      count.exchange(image * width);
    } else count.attend(image, image, width, heads);
    count.product(image, width, width);
    count.product(text, width, width);
    count.product(text, width, width);
    count.attend(image, text, width, heads);
    count.product(image, width, width);
    count.pointwise(image * width, 3);
    modulatedPart(count, image, width);
    if (expansion === undefined) {
      count.product(image, width, feedForward * width);
      count.pointwise(image * width * feedForward, 2);
      count.product(image, feedForward * width, width);
    } else {
      // Mix-FFN: wide, a convolution per channel, a gate, narrow.
      count.product(image, width, 2 * expansion * width);
      count.products += 2 * 9 * image * 2 * expansion * width;
      count.pointwise(image * width, 2 * expansion * (2 + 2) + 5 * expansion, 6);
      count.product(image, expansion * width, width);
    }
  }
  return count;
}

export const tera = (value) => Number((value / 1e12).toPrecision(3));
export const giga = (value) => Number((value / 1e9).toPrecision(3));
export const fact = (value, unit, note) => ({
  value,
  unit,
  source: 'diffusers-architectures',
  quality: 'derived',
  ...(note === undefined ? {} : { note }),
});

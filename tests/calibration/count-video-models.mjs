/**
 * Counts what one evaluation of a video generator's denoiser, and decoding one video, multiply and move, from the architectures as
 * diffusers runs them operator by operator, and writes the counts into the catalogue's video models.
 *
 *   node tests/calibration/count-video-models.mjs [--write]
 *
 * Counted at the model's reference resolution and number of frames, for one video, as images are (count-image-models.mjs).
 * Decoders work on all frames with convolutions of three dimensions: tiles that overlap, as long videos need, are left out.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import {
  Count,
  crossTransformer,
  giga,
  jointTransformer,
  residualBlock,
  fact as sourced,
  tera,
} from './generator-counts.mjs';

const file = 'resources/catalogue/video-models.json';

/** Weights of a convolution over time, height and width. */
const cube = 27;

/** Latent frames of a video: the first frame stands alone, then so many of them make one. */
const latentFrames = (frames, stride) => 1 + Math.ceil((frames - 1) / stride);

/** Blocks of three dimensions that double places, and at times frames, from level to level. */
function decoder({ frames, places, latentChannels, hasFrameAttention = false, levels, out = 3 }) {
  const count = new Count();
  let [time, area] = [frames, places];
  let width = levels[0].blocks[0];
  count.convolution(time * area, latentChannels, width, cube);
  if (hasFrameAttention) {
    count.pointwise(time * area * width, 3 + 3, 2);
    for (let product = 0; product < 4; product += 1) count.product(time * area, width, width);
    count.attention += 4 * time * area ** 2 * width;
  }
  for (const { blocks, up, taps = 9 } of levels) {
    for (const to of blocks) {
      // The past is put before the first frame: a copy.
      count.pointwise(time * area * (width + to), 2, 2);
      residualBlock(count, time * area, width, to, { hasTime: false, taps: cube });
      width = to;
    }
    if (up === undefined) continue;
    const { stretch, to } = up;
    time = 1 + (time - 1) * stretch;
    area *= 4;
    count.pointwise(time * area * width, 1.25);
    count.convolution(time * area, width, to, taps);
    width = to;
  }
  count.groupNormAndActivation(time * area * width);
  count.convolution(time * area, width, out, cube);
  return count;
}

const times = (blocks, width) => Array.from({ length: blocks }, () => width);

/** The decoders, by the compression of what they decode. */
const decoders = {
  // Wan 2.1: 4 × 8 × 8, two blocks before the levels.
  wan: (size) =>
    decoder({
      ...size,
      latentChannels: 16,
      hasFrameAttention: true,
      levels: [
        { blocks: times(5, 384), up: { stretch: 2, to: 192 } },
        { blocks: times(3, 384), up: { stretch: 2, to: 192 } },
        { blocks: times(3, 192), up: { stretch: 1, to: 96 } },
        { blocks: times(3, 96) },
      ],
    }),
  // Wan 2.2: 4 × 16 × 16, the last halving by unfolding channels.
  'wan-2.2': (size) =>
    decoder({
      ...size,
      latentChannels: 48,
      hasFrameAttention: true,
      levels: [
        { blocks: times(5, 1024), up: { stretch: 2, to: 1024 } },
        { blocks: times(3, 1024), up: { stretch: 2, to: 1024 } },
        { blocks: times(3, 512), up: { stretch: 1, to: 512 } },
        { blocks: times(3, 256) },
      ],
      out: 12,
    }),
  hunyuan: (size) =>
    decoder({
      ...size,
      latentChannels: 16,
      hasFrameAttention: true,
      levels: [
        { blocks: times(5, 512), up: { stretch: 1, to: 512 }, taps: cube },
        { blocks: times(3, 512), up: { stretch: 2, to: 512 }, taps: cube },
        { blocks: times(3, 256), up: { stretch: 2, to: 256 }, taps: cube },
        { blocks: times(3, 128) },
      ],
    }),
  'hunyuan-1.5': (size) =>
    decoder({
      ...size,
      latentChannels: 32,
      hasFrameAttention: true,
      levels: [
        { blocks: times(5, 1024), up: { stretch: 2, to: 1024 }, taps: cube },
        { blocks: times(3, 1024), up: { stretch: 2, to: 512 }, taps: cube },
        { blocks: times(3, 512), up: { stretch: 1, to: 256 }, taps: cube },
        { blocks: times(3, 256), up: { stretch: 1, to: 128 }, taps: cube },
        { blocks: times(3, 128) },
      ],
    }),
  cogvideo: (size) =>
    decoder({
      ...size,
      latentChannels: 16,
      levels: [
        { blocks: times(6, 512), up: { stretch: 2, to: 512 } },
        { blocks: times(4, 256), up: { stretch: 2, to: 256 } },
        { blocks: times(4, 256), up: { stretch: 1, to: 256 } },
        { blocks: times(4, 128) },
      ],
    }),
  // LTX: 8 × 32 × 32, the last two halvings by unfolding channels.
  ltx: (size) =>
    decoder({
      ...size,
      latentChannels: 128,
      levels: [
        { blocks: times(7, 512), up: { stretch: 2, to: 512 }, taps: cube },
        { blocks: times(3, 512), up: { stretch: 2, to: 256 }, taps: cube },
        { blocks: times(3, 256), up: { stretch: 2, to: 128 }, taps: cube },
        { blocks: times(4, 128) },
      ],
      out: 48,
    }),
  // Mochi: 6 × 8 × 8, widened by products of single places.
  mochi: (size) =>
    decoder({
      ...size,
      latentChannels: 12,
      levels: [
        { blocks: times(9, 768), up: { stretch: 3, to: 512 }, taps: 1 },
        { blocks: times(4, 512), up: { stretch: 2, to: 256 }, taps: 1 },
        { blocks: times(3, 256), up: { stretch: 1, to: 128 }, taps: 1 },
        { blocks: times(3, 128) },
      ],
    }),
};

const wan = (width, layers, heads, inner) => (image) =>
  crossTransformer({
    image,
    text: 512,
    width,
    heads,
    layers,
    isRotary: true,
    feedForward: inner / width,
  });

/** Height and width of the reference, the compression and patches of a token, how it is denoised and decoded. */
const models = {
  'wan-2.1-t2v-1.3b': {
    size: [480, 832],
    stride: [4, 8],
    patch: [1, 2],
    denoiser: wan(1536, 30, 12, 8960),
    decoder: 'wan',
  },
  'wan-2.1-t2v-14b': {
    size: [480, 832],
    stride: [4, 8],
    patch: [1, 2],
    denoiser: wan(5120, 40, 40, 13824),
    decoder: 'wan',
  },
  'wan-2.2-a14b': {
    size: [720, 1280],
    stride: [4, 8],
    patch: [1, 2],
    denoiser: wan(5120, 40, 40, 13824),
    decoder: 'wan',
  },
  'wan-2.2-ti2v-5b': {
    size: [704, 1280],
    stride: [4, 16],
    patch: [1, 2],
    denoiser: wan(3072, 30, 24, 14336),
    decoder: 'wan-2.2',
  },
  hunyuanvideo: {
    size: [720, 1280],
    stride: [4, 8],
    patch: [1, 2],
    text: 256,
    denoiser: (image) =>
      jointTransformer({
        image,
        text: 256,
        width: 3072,
        heads: 24,
        double: 20,
        single: 40,
        isRotary: true,
      }),
    decoder: 'hunyuan',
  },
  'hunyuanvideo-1.5': {
    size: [480, 832],
    stride: [4, 16],
    patch: [1, 1],
    text: 256,
    denoiser: (image) =>
      jointTransformer({ image, text: 256, width: 2048, heads: 16, double: 54, isRotary: true }),
    decoder: 'hunyuan-1.5',
  },
  'cogvideox-2b': {
    size: [480, 720],
    stride: [4, 8],
    patch: [1, 2],
    text: 226,
    denoiser: (image) =>
      jointTransformer({
        image,
        text: 226,
        width: 1920,
        heads: 30,
        double: 0,
        single: 30,
        isRotary: false,
        hasHeadNorm: true,
      }),
    decoder: 'cogvideo',
  },
  'cogvideox-5b': {
    size: [480, 720],
    stride: [4, 8],
    patch: [1, 2],
    text: 226,
    denoiser: (image) =>
      jointTransformer({
        image,
        text: 226,
        width: 3072,
        heads: 48,
        double: 0,
        single: 42,
        isRotary: true,
      }),
    decoder: 'cogvideo',
  },
  // Two latent frames make a token.
  'cogvideox-1.5-5b': {
    size: [768, 1360],
    stride: [4, 8],
    patch: [2, 2],
    text: 226,
    denoiser: (image) =>
      jointTransformer({
        image,
        text: 226,
        width: 3072,
        heads: 48,
        double: 0,
        single: 42,
        isRotary: true,
      }),
    decoder: 'cogvideo',
  },
  'ltx-video-2b': {
    size: [512, 704],
    stride: [8, 32],
    patch: [1, 1],
    denoiser: (image) =>
      crossTransformer({ image, text: 128, width: 2048, heads: 32, layers: 28, isRotary: true }),
    decoder: 'ltx',
  },
  'mochi-1': {
    size: [480, 848],
    stride: [6, 8],
    patch: [1, 2],
    text: 256,
    denoiser: (image) =>
      jointTransformer({
        image,
        text: 256,
        width: 3072,
        heads: 24,
        double: 48,
        isRotary: true,
        feedForward: 8 / 3,
        isGated: true,
      }),
    decoder: 'mochi',
  },
};

const fact = (value, unit, note) => ({
  ...sourced(value, unit, note),
  source: 'video-architectures',
});
const share = (value) => Number(value.toPrecision(2));

const rows = JSON.parse(readFileSync(file, 'utf8'));
for (const row of rows) {
  const { size, stride, patch, text = 0, denoiser, decoder: name } = models[row.id];
  const [height, width] = size;
  const [timeStride, edgeStride] = stride;
  const frames = latentFrames(row.video.frames.value, timeStride);
  const places = (height / edgeStride) * (width / edgeStride);
  const tokens = Math.ceil(frames / patch[0]) * Math.floor(places / patch[1] ** 2);
  const count = denoiser(tokens);
  const decoding = decoders[name]({ frames, places });
  const work = count.products + count.attention;
  Object.assign(row, {
    resolution: fact(
      Number(Math.sqrt(height * width).toFixed(1)),
      'pixels',
      `${height} × ${width}`,
    ),
    denoiserFlop: fact(tera(work), 'TFLOP'),
    quadraticShare: fact(share(count.attention / work), '1'),
    convolutionFlop: fact(0, 'TFLOP'),
    decoderFlop: fact(tera(decoding.products + decoding.attention), 'TFLOP'),
    movedActivations: fact(giga(count.moved), 'GB'),
    operands: fact(giga(count.operands), 'GB'),
    scores: fact(giga(count.scores), 'GB'),
    attentionPadding: fact(Number((count.executed / count.attention).toPrecision(3)), '1'),
    exchangedActivations: fact(giga(count.exchanged), 'GB'),
    attentionLayers: fact(count.layers, '1'),
    operators: fact(count.operators, '1'),
    decoderOperands: fact(giga(decoding.operands), 'GB'),
    decoderMovedActivations: fact(giga(decoding.moved), 'GB'),
    ...(text === 0 ? {} : { textShare: fact(share(text / tokens), '1') }),
  });
  row.video.width = fact(width, 'pixels');
  row.video.height = fact(height, 'pixels');
  row.video.framesPerToken = fact(
    timeStride * patch[0],
    'frames',
    'that a token stands for, after the first frame',
  );
  console.log(row.id, { tokens }, row.denoiserFlop.value, row.decoderFlop.value);
}
if (process.argv.includes('--write')) {
  writeFileSync(file, `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`);
}

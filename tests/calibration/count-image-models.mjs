/**
 * Counts what one evaluation of an image generator's denoiser, and decoding one image, multiply and move, from the
 * architectures as diffusers runs them operator by operator, and writes the counts into the catalogue's image models.
 *
 *   node tests/calibration/count-image-models.mjs [--write]
 *
 * Counted at the model's reference resolution, for one image. Moved: what every operator between products reads and writes,
 * two bytes an element, four where it works in 32 bits; and, apart, what thin products and convolutions read and write themselves.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import {
  Count,
  crossTransformer,
  fact,
  giga,
  jointTransformer,
  residualBlock,
  tera,
} from './generator-counts.mjs';

const file = 'resources/catalogue/image-models.json';

function attentionBlocks(count, places, width, layers, { heads, headWidth, text, textTokens }) {
  const headCount = heads ?? width / headWidth;
  count.pointwise(places * width, 3);
  count.product(places, width, width);
  count.pointwise(places * width, 2);
  for (let layer = 0; layer < layers; layer += 1) {
    count.pointwise(places * width, 3 * 2, 3);
    for (let product = 0; product < 4; product += 1) count.product(places, width, width);
    count.attend(places, places, width, headCount);
    count.product(places, width, width);
    count.product(textTokens, text, width);
    count.product(textTokens, text, width);
    count.attend(places, textTokens, width, headCount);
    count.product(places, width, width);
    count.product(places, width, 8 * width);
    count.pointwise(places * width, 8 + 12, 2);
    count.product(places, 4 * width, width);
    count.pointwise(places * width, 3 * 3, 3);
  }
  count.product(places, width, width);
  count.pointwise(places * width, 2 + 3, 2);
}

/** UNet2DConditionModel: two residual blocks per level going down, three coming up, attention after each where a level has it. */
function unet({ latent, channels, transformers, latentChannels = 4, ...rest }) {
  const count = new Count();
  const levels = channels.length;
  const places = (level) => (latent / 2 ** level) ** 2;
  count.convolution(places(0), latentChannels, channels[0]);
  const skips = [channels[0]];
  let width = channels[0];
  channels.forEach((to, level) => {
    for (let block = 0; block < 2; block += 1) {
      residualBlock(count, places(level), width, to);
      width = to;
      if (transformers[level] > 0)
        attentionBlocks(count, places(level), to, transformers[level], rest);
      skips.push(width);
    }
    if (level < levels - 1) {
      count.convolution(places(level + 1), width, width, 9, places(level));
      skips.push(width);
    }
  });
  const inner = transformers.findLast((layers) => layers > 0);
  residualBlock(count, places(levels - 1), width, width);
  attentionBlocks(count, places(levels - 1), width, inner, rest);
  residualBlock(count, places(levels - 1), width, width);
  for (let level = levels - 1; level >= 0; level -= 1) {
    for (let block = 0; block < 3; block += 1) {
      const from = width + skips.pop();
      count.pointwise(places(level) * from, 2);
      residualBlock(count, places(level), from, channels[level]);
      width = channels[level];
      if (transformers[level] > 0)
        attentionBlocks(count, places(level), width, transformers[level], rest);
    }
    if (level > 0) {
      count.pointwise(places(level - 1) * width, 1.25);
      count.convolution(places(level - 1), width, width);
    }
  }
  count.groupNormAndActivation(places(0) * width);
  count.convolution(places(0), width, latentChannels);
  return count;
}

/** AutoencoderKL's decoder: an image eight times as wide as its latents. */
function decoder({ latent, latentChannels = 4 }) {
  const count = new Count();
  const channels = [512, 512, 256, 128];
  let places = latent ** 2;
  count.convolution(places, latentChannels, 512);
  residualBlock(count, places, 512, 512, { hasTime: false });
  count.pointwise(places * 512, 3 + 3, 2);
  for (let product = 0; product < 4; product += 1) count.product(places, 512, 512);
  count.attend(places, places, 512, 1);
  residualBlock(count, places, 512, 512, { hasTime: false });
  let width = 512;
  channels.forEach((to, level) => {
    for (let block = 0; block < 3; block += 1) {
      residualBlock(count, places, width, to, { hasTime: false });
      width = to;
    }
    if (level < channels.length - 1) {
      places *= 4;
      count.pointwise(places * width, 1.25);
      count.convolution(places, width, width);
    }
  });
  count.groupNormAndActivation(places * width);
  count.convolution(places, width, 3);
  return count;
}

const threeLevels = {
  channels: [320, 640, 1280],
  transformers: [0, 2, 10],
  headWidth: 64,
  text: 2048,
  textTokens: 77,
};
const fourLevels = { channels: [320, 640, 1280, 1280], transformers: [1, 1, 1, 0], textTokens: 77 };
const denoisers = {
  'sd-1.5': () => unet({ latent: 64, ...fourLevels, heads: 8, text: 768 }),
  'sd-2.1': () => unet({ latent: 96, ...fourLevels, headWidth: 64, text: 1024 }),
  sdxl: () => unet({ latent: 128, ...threeLevels }),
  'sdxl-turbo': () => unet({ latent: 64, ...threeLevels }),
  'sd-3-medium': () =>
    jointTransformer({
      image: 4096,
      text: 333,
      width: 1536,
      heads: 24,
      double: 24,
      isRotary: false,
    }),
  'sd-3.5-medium': () =>
    jointTransformer({
      image: 4096,
      text: 333,
      width: 1536,
      heads: 24,
      double: 24,
      isRotary: false,
      hasHeadNorm: true,
      alsoAlone: 13,
    }),
  'sd-3.5-large': () =>
    jointTransformer({
      image: 4096,
      text: 333,
      width: 2432,
      heads: 38,
      double: 38,
      isRotary: false,
      hasHeadNorm: true,
    }),
  'flux.1-dev': () =>
    jointTransformer({
      image: 4096,
      text: 512,
      width: 3072,
      heads: 24,
      double: 19,
      single: 38,
      isRotary: true,
    }),
  'flux.1-schnell': () =>
    jointTransformer({
      image: 4096,
      text: 256,
      width: 3072,
      heads: 24,
      double: 19,
      single: 38,
      isRotary: true,
    }),
  // The image that is edited is read beside the one that is made.
  'flux.1-kontext-dev': () =>
    jointTransformer({
      image: 2 * 4096,
      text: 512,
      width: 3072,
      heads: 24,
      double: 19,
      single: 38,
      isRotary: true,
    }),
  'flux.2-dev': () =>
    jointTransformer({
      image: 4096,
      text: 512,
      width: 6144,
      heads: 48,
      double: 8,
      single: 48,
      isRotary: true,
      feedForward: 3,
      isGated: true,
    }),
  'flux.2-klein-9b': () =>
    jointTransformer({
      image: 4096,
      text: 512,
      width: 4096,
      heads: 32,
      double: 8,
      single: 24,
      isRotary: true,
      feedForward: 3,
      isGated: true,
    }),
  'flux.2-klein-4b': () =>
    jointTransformer({
      image: 4096,
      text: 512,
      width: 3072,
      heads: 24,
      double: 5,
      single: 20,
      isRotary: true,
      feedForward: 3,
      isGated: true,
    }),
  'z-image-turbo': () =>
    jointTransformer({
      image: 4096,
      text: 128,
      width: 3840,
      heads: 30,
      double: 0,
      single: 32,
      isRotary: true,
      hasHeadNorm: true,
      feedForward: 8 / 3,
      isGated: true,
    }),
  'qwen-image': () =>
    jointTransformer({
      image: 4096,
      text: 100,
      width: 3072,
      heads: 24,
      double: 60,
      isRotary: true,
    }),
  'qwen-image-edit': () =>
    jointTransformer({
      image: 2 * 4096,
      text: 100,
      width: 3072,
      heads: 24,
      double: 60,
      isRotary: true,
    }),
  'lumina-image-2.0': () =>
    jointTransformer({
      image: 4096,
      text: 256,
      width: 2304,
      heads: 24,
      double: 0,
      single: 28,
      isRotary: true,
      hasHeadNorm: true,
      isGated: true,
    }),
  auraflow: () =>
    jointTransformer({
      image: 4096,
      text: 256,
      width: 3072,
      heads: 12,
      double: 4,
      single: 32,
      isRotary: false,
      hasHeadNorm: true,
      feedForward: 8 / 3,
      isGated: true,
    }),
  'pixart-sigma': () =>
    crossTransformer({ image: 4096, text: 300, width: 1152, heads: 16, layers: 28 }),
  'hunyuan-dit': () =>
    crossTransformer({
      image: 4096,
      text: 333,
      width: 1408,
      heads: 16,
      layers: 40,
      isRotary: true,
    }),
  'sana-0.6b': () =>
    crossTransformer({
      image: 1024,
      text: 300,
      width: 1152,
      heads: 36,
      layers: 28,
      isLinear: true,
      expansion: 2.5,
    }),
  'sana-1.6b': () =>
    crossTransformer({
      image: 1024,
      text: 300,
      width: 2240,
      heads: 70,
      layers: 20,
      isLinear: true,
      expansion: 2.5,
    }),
};
const isDeeplyCompressed = ({ id }) => id.startsWith('sana');
const sixteenChannels = /^(?:sd-3|flux|qwen|z-image|lumina|auraflow$)/;

const models = JSON.parse(readFileSync(file, 'utf8'));
for (const model of models) {
  const count = denoisers[model.id]();
  const decoding = decoder({
    latent: model.resolution.value / 8,
    latentChannels: sixteenChannels.test(model.id) ? 16 : 4,
  });
  const before = [model.denoiserFlop.value, model.quadraticShare.value, model.decoderFlop.value];
  const work = count.products + count.attention;
  const counted = {
    denoiserFlop: fact(tera(work), 'TFLOP'),
    quadraticShare: fact(
      Number((count.attention / work).toPrecision(2)),
      '1',
      'share of the work at the reference resolution that grows with the square of the pixels',
    ),
    convolutionFlop: fact(tera(count.convolutions), 'TFLOP'),
    decoderFlop: isDeeplyCompressed(model)
      ? model.decoderFlop
      : fact(tera(decoding.products + decoding.attention), 'TFLOP'),
    movedActivations: fact(giga(count.moved), 'GB'),
    operands: fact(giga(count.operands), 'GB'),
    scores: fact(giga(count.scores), 'GB'),
    attentionPadding: fact(
      Number((count.attention === 0 ? 1 : count.executed / count.attention).toPrecision(3)),
      '1',
    ),
    exchangedActivations: fact(giga(count.exchanged), 'GB'),
    attentionLayers: fact(count.layers, '1'),
    operators: fact(count.operators, '1'),
    decoderOperands: fact(
      giga(decoding.operands * (isDeeplyCompressed(model) ? model.decoderFlop.value / 10.5 : 1)),
      'GB',
    ),
    decoderMovedActivations: isDeeplyCompressed(model)
      ? fact(
          giga(decoding.moved * (model.decoderFlop.value / 10.5)),
          'GB',
          'that of the usual decoder, by its work',
        )
      : fact(giga(decoding.moved), 'GB'),
  };
  Object.assign(model, counted);
  console.log(
    model.id,
    'was',
    ...before,
    'counted',
    ...Object.entries(counted).map(([key, { value }]) => `${key} ${value}`),
  );
}
if (process.argv.includes('--write')) {
  const lines = models.map((model) => `  ${JSON.stringify(model)}`);
  writeFileSync(file, `[\n${lines.join(',\n')}\n]\n`);
}

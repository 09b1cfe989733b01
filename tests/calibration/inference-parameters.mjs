import { readFileSync } from 'node:fs';

/**
 * How firmly a constant holds on to what engineers would put: the standard deviation of its
 * logarithm, and where it stays physical. Firm where the physics is known, loose where only the software is; firm, too, for
 * what decides the first token: load generators differ in it more than machines do, and what one shows misleads about others.
 */
const kinds = {
  layerOverhead: [0.3, 1, 200],
  stepOverhead: [0.4, 0.05, 40],
  sequenceOverhead: [0.5, 0.3, 100],
  requestOverhead: [0.12, 0.5, 200],
  userOverhead: [0.07, 0.01, 5],
  admission: [0.2, 0.1, 20],
  handoverOverhead: [0.2, 5, 500],
  prefillFraction: [0.12, 0.3, 1.3],
  promptLayerOverhead: [0.2, 5, 2000],
  capturedLaunch: [0.3, 0.05, 1],
  recurrentLaunches: [0.3, 0.2, 8],
  firstTokenSteps: [0.06, 0.3, 4],
  computeShare: [0.12, 0.25, 1.5],
  weightStream: [0.12, 0.4, 1.35],
  graphicsMemory: [0.06, 1, 1.4],
  rankSpread: [0.3, 0.005, 0.1],
  expertShare: [0.15, 0.2, 1.2],
  widenedExpertShare: [0.15, 0.2, 1],
  // Kernels show it, and what makes prompts of models with experts slow would be laid on it.
  expertStream: [0.04, 0.4, 1],
  expertFloor: [0.3, 3, 200],
  fourBitExpertFloor: [0.3, 3, 200],
  latentFloor: [0.3, 3, 400],
  sparseFloor: [0.3, 3, 200],
  routingFloor: [0.3, 3, 200],
  pooledFloor: [0.1, 3, 400],
  // A few sources, whose drafters differ.
  speculativeOverhead: [0.25, 1, 20],
  latentLaunches: [0.3, 0.3, 16],
  floorShare: [0.15, 0.3, 1],
  widenedShare: [0.15, 0.3, 1],
  expertEvenness: [0.3, 0.1, 20],
  expertImbalance: [0.25, 1, 6],
  attentionFloor: [0.3, 2, 60],
  fourBitStream: [0.15, 0.4, 1],
  dequantisation: [0.1, 0.4, 1.1],
  wideningWork: [0.2, 1, 60],
  threadBarrier: [0.3, 0.5, 30],
  blockScaleFloor: [0.3, 0.5, 100],
  blockScaleShare: [0.15, 0.2, 1],
  tunedArithmetic: [0.1, 0.8, 1.6],
  powerCapped: [0.15, 0.4, 1],
  targetMargin: [0.15, 0.5, 0.95],
  serverShare: [0.05, 0.8, 1],
  firstTokenMargin: [0.06, 0.1, 0.9],
  serverWaitSteps: [0.07, 0.1, 4],
  imageNarrowShare: [0.1, 0.3, 1],
  imageMovedEager: [0.15, 0.2, 2],
  imageMovedCompiled: [0.3, 0.02, 1],
  imageScorePasses: [0.15, 3, 16],
  imageWidening: [0.2, 3, 30],
  imageOperatorEager: [0.2, 5, 100],
  imageOperatorCompiled: [0.2, 1, 20],
  imageLaunchOverlap: [0.15, 1, 8],
  imageRequest: [0.3, 5, 500],
  imageDecoder: [0.1, 1, 3],
  imageFetch: [0.1, 0.1, 1],
  imageHighestShare: [0.04, 0.8, 1],
  imageHalvedRate: [0.1, 1, 2.5],
  imageVectorRate: [0.1, 0.8, 2],
  imageNarrowSums: [0.1, 1, 2],
  imageAttention: [0.08, 0.2, 1.2],
  imageEarlierAttention: [0.06, 0.3, 1],
  imageUntuned: [0.1, 0.5, 1],
  imageChosenKernels: [0.1, 0.9, 1.6],
  imageSoftmax: [0.15, 3, 30],
  imageConvolution: [0.15, 0.05, 1.2],
  imageProduct: [0.15, 0.05, 1.2],
};

/** The constants that are fitted, with where the fit starts. */
export function servingParameters() {
  const start = JSON.parse(readFileSync('tests/calibration/inference-start.json', 'utf8'));
  return Object.entries(start).map(([key, value]) => {
    const kind = kinds[key.split('.')[1]];
    if (kind === undefined) throw new Error(`${key} has no bounds.`);
    const [spread, low, high] = kind;
    return { key, start: value, spread, low, high };
  });
}

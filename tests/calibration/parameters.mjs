/**
 * The constants that fit-training.mjs fits: their name in the catalogue after 'training.', what they mean, where the fit
 * starts and how firmly it holds on to that (the standard deviation of the logarithm), and the bounds that physics sets.
 */
const row = (key, label, unit, start, spread, low, high, note) => ({ key, label, unit, start, spread, low, high, note });

const share = 'Rate of matrix products in training over that of the same kernels alone';
const attention = 'Rate of fused attention in training over hardware.attentionFraction';
const passes = 'Element-wise traffic over one kernel each for norms, residuals, rotary embedding and activation';
const launch = 'Time that the host takes to launch the forward pass of a layer';

export const parameters = [
  row('matmulShareSixteenBitUnit', `${share}: parts with 16-bit units`, '1', 1, 0.15, 0.6, 1.3, 'clocks under load; A100'),
  row('matmulShareEightBitUnit', `${share}: 16-bit products, parts with 8-bit units`, '1', 0.95, 0.15, 0.6, 1.2, 'H100, H200'),
  row('matmulShareFourBitUnit', `${share}: 16-bit products, parts with 4-bit units`, '1', 0.95, 0.15, 0.5, 1.3, 'B200, B300, GB200, GB300'),
  row('matmulShareSystolic', `${share}: TPUs and the like`, '1', 0.95, 0.2, 0.5, 1.33),
  row('narrowMatmulShareEightBitUnit', `${share}: 8-bit products, parts with 8-bit units`, '1', 1.05, 0.2, 0.5, 1.5),
  row('narrowMatmulShareFourBitUnit', `${share}: 8-bit products, parts with 4-bit units`, '1', 1.05, 0.2, 0.5, 1.5),
  row('fourBitMatmulShare', `${share}: 4-bit products`, '1', 1, 0.3, 0.5, 2),
  row('attentionShareSixteenBitUnit', `${attention}: parts with 16-bit units`, '1', 1, 0.25, 0.4, 2.2),
  row('attentionShareEightBitUnit', `${attention}: parts with 8-bit units`, '1', 1, 0.25, 0.4, 2.2),
  row('attentionShareFourBitUnit', `${attention}: parts with 4-bit units`, '1', 1, 0.25, 0.4, 2.2),
  row('attentionShareSystolic', `${attention}: TPUs and the like`, '1', 0.8, 0.3, 0.3, 2),
  row('flashOneRatio', 'Rate of FlashAttention 1 over FlashAttention 2', '1', 0.6, 0.2, 0.3, 1, 'the second paper reports about twice'),
  row('flashTwoOnNewerRatio', 'Rate of a fused attention kernel written for older parts over one written for the part', '1', 0.65, 0.2, 0.35, 1, 'FlashAttention 3 reports 1.5 to 2 times FlashAttention 2 on H100'),
  row('backwardAttentionRatio', 'Rate of the attention backward kernel relative to the forward kernel', '1', 0.75, 0.1, 0.5, 0.9, 'the backward kernel does 2.5 times the work'),
  row('elementwisePassesEarly', `${passes}: Megatron-LM and DeepSpeed of 2021`, '1', 1.8, 0.3, 1, 6, 'bias, dropout and casts are kernels of their own'),
  row('elementwisePassesFused', `${passes}: FlashAttention and FSDP, 2023`, '1', 1.4, 0.3, 0.8, 4),
  row('elementwisePassesCurrent', `${passes}: today`, '1', 1.2, 0.3, 0.6, 4),
  row('scorePasses', 'How often the forward pass moves the score matrix where attention is not fused', '1', 6, 0.3, 3, 20, 'scores, mask and softmax, dropout, weighted values'),
  row('unfusedSoftmaxRatio', 'The same where mask, scale and softmax are kernels of their own, over the fused softmax', '1', 1.6, 0.2, 1, 4),
  row('castPasses', 'How often casting to 8 or 4 bits moves the inputs of matrix products', '1', 1.5, 0.4, 0.5, 6, 'two layouts, amax, scales'),
  row('permutePasses', 'How often permuting tokens to their experts moves them', '1', 4, 0.4, 1, 16),
  row('misalignedMatmulShare', 'Rate of products with a width that is no multiple of 64 over that of aligned ones', '1', 0.8, 0.2, 0.4, 1, 'NVIDIA recommends multiples of 64 elements on A100'),
  row('routingWait', 'Time that a pass through a layer with experts waits for the host to learn the routing', 'µs', 200, 0.7, 10, 2000),
  row('expertMatmulShare', 'Rate of grouped expert products over that of one product of the same shape', '1', 0.8, 0.25, 0.3, 1),
  row('expertImbalance', 'Load of the busiest expert rank over the mean', '1', 1.15, 0.05, 1, 1.5),
  row('layerLaunchEarly', `${launch}: 2021`, 'µs', 600, 0.5, 100, 3000),
  row('layerLaunchFused', `${launch}: 2023`, 'µs', 500, 0.5, 50, 3000),
  row('layerLaunchCurrent', `${launch}: today`, 'µs', 250, 0.5, 20, 2000, 'less where steps are captured as CUDA graphs'),
  row('stepFixedTime', 'Time per optimizer step that does not depend on its size', 'ms', 15, 0.5, 1, 200, 'data, clipping, logging'),
  row('tensorParallelExposed', 'Share of tensor-parallel communication that is not hidden', '1', 0.6, 0.3, 0.1, 1),
  row('tensorParallelExposedEarly', 'Share of tensor-parallel communication that is not hidden, 2021', '1', 1, 0.2, 0.5, 2, 'above 1: slower than the same collective alone'),
  row('expertParallelExposed', 'Share of expert-parallel all-to-all that is not hidden', '1', 0.6, 0.4, 0.05, 2),
  row('contextParallelExposed', 'Share of context-parallel exchange that is not hidden', '1', 0.3, 0.4, 0.05, 1.5),
  row('pipelineTransferExposed', 'Share of transfers between pipeline stages that is not hidden', '1', 0.4, 0.4, 0.05, 1.5),
  row('dataParallelExposed', 'Share of data-parallel communication that no computation hides', '1', 0.1, 0.5, 0.01, 1),
  row('dataParallelExposedEarly', 'Share of data-parallel communication that no computation hides, 2021', '1', 0.8, 0.3, 0.1, 1),
  row('scaleOutShare', 'Bandwidth between domains under training traffic over that of a collective alone', '1', 0.85, 0.3, 0.25, 1.2),
  row('softwareOverhead', 'Time lost between kernels and to clocks, as a share of busy time', '1', 0.03, 0.3, 0.005, 0.15),
  row('waitingPerDoubling', 'Time lost to waiting for the slowest rank, per doubling of the accelerators', '1', 0.005, 0.3, 0.001, 0.02, 'weak scaling from 64 to 2,048 H100 at a fixed layout costs about 3 %'),
];

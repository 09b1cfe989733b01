import { assumptionValue } from '@engine/catalogue/assumption';
import { generationLine } from '@engine/inference/software';
import type { Subject } from './replica-load';
import { servingSoftware } from './serving-software';

/** Models of Mistral since 2025, which come with a tokenizer of their own and are served with it. */
const ownTokenizer =
  /\b(?:ministral[- ]?3|mistral[- ]?(?:small[- ]?[34]|medium[- ]?3|large[- ]?3)|magistral|devstral|voxtral|pixtral)/i;

/**
 * What turning a token of a request into text adds to a step [s]: engines have a compiled way for tokenizers of Hugging Face, and do it in Python for
 * others, of which Mistral's are the ones in use (`--tokenizer-mode mistral`).
 *
 * Source: vllm/v1/engine/detokenizer.py of https://github.com/vllm-project/vllm, IncrementalDetokenizer.from_new_request, read 2026-11-30.
 */
export function tokenizerSeconds({ given, modelName, catalogue }: Subject): number {
  const line = generationLine(servingSoftware(given));
  const isServed = line.includes('current') || line.includes('sglang');
  const isOwn =
    ownTokenizer.test(modelName) || /tokenizer[- _]mode[ =]mistral/i.test(given.engine ?? '');
  if (!isServed || !isOwn) return 0;
  return assumptionValue(catalogue.assumptions, 'serving.ownTokenizer') * 1e-6;
}

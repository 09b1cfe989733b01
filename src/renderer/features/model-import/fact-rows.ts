import { countParameters } from '@engine/model/parameters';
import type { ImportedConfig } from '@shared/model-import/import-config';
import { formatValue } from '@shared/format/value';

/** What a configuration says of its model, in words and numbers. */
export function factRows(config: ImportedConfig, locale: string): string[][] {
  const { architecture, modelType, weightPrecision } = config;
  const { total, active } = countParameters(architecture);
  const count = (value: number) => formatValue(value, '', locale);
  const { mixtureOfExperts: experts, slidingWindow: window, recurrentMixer } = architecture;
  return [
    ['Type', modelType],
    ['Parameters, counted', formatValue(total, 'parameters', locale)],
    ...(active === total
      ? []
      : [['Active for a token', formatValue(active, 'parameters', locale)]]),
    ['Layers × width', `${count(architecture.layers)} × ${count(architecture.hidden)}`],
    ['Attention heads', count(architecture.heads)],
    [
      'Keys and values',
      architecture.latentAttention === null
        ? `${count(architecture.keyValueHeads)} heads of ${count(architecture.headDim)}`
        : `compressed to ${count(architecture.latentAttention.keyValueRank)}`,
    ],
    ['Feed-forward width', count(architecture.ffn)],
    ...(experts === null
      ? []
      : [['Experts', `${count(experts.experts)}, ${count(experts.expertsPerToken)} per token`]]),
    ...(recurrentMixer === undefined
      ? []
      : [['Recurrent layers', `${count(recurrentMixer.layers)}, ${recurrentMixer.kind}`]]),
    ...(window === undefined
      ? []
      : [
          [
            'Sliding window',
            `${count(window.tokens)} tokens in ${formatValue(window.layerShare, 'fraction', locale)} of the layers`,
          ],
        ]),
    ['Vocabulary', count(architecture.vocabulary)],
    ['Context', formatValue(architecture.contextLength, 'tokens', locale)],
    ...(weightPrecision === null ? [] : [['Weights stored as', weightPrecision.toUpperCase()]]),
  ];
}

/** Processors that stand for their generation: cores and memory channels differ within one, rates per core and channel hardly. */
const generations: readonly (readonly [RegExp, string])[] = [
  [/xeon (?:max|cpu max)/, 'xeon-max-9480'],
  [/xeon (?:platinum|gold|silver|bronze) \d[12]\d\d/, 'xeon-8380'],
  [/xeon (?:platinum|gold|silver|bronze) \d3\d\d/, 'xeon-8380'],
  [/xeon (?:platinum|gold|silver|bronze) \d4\d\d/, 'xeon-8480plus'],
  [/xeon (?:platinum|gold|silver|bronze) \d5\d\d/, 'xeon-8592plus'],
  [/xeon (?:6 )?6[97]\d\dp/, 'xeon-6980p'],
  [/epyc 7\d\d[12]/, 'epyc-7742'],
  [/epyc 7\d\d3/, 'epyc-7763'],
  [/epyc [89]\d\d4|threadripper pro 7/, 'epyc-9654'],
  [/epyc 9\d\d5|threadripper pro 9/, 'epyc-9755'],
  [/ryzen (?:ai )?(?:\d )?(?:pro )?[78]\d\d\d|threadripper 7/, 'ryzen-7950x'],
  [/ryzen (?:ai )?(?:\d )?(?:pro )?9\d\d\d|ryzen ai/, 'ryzen-9950x'],
  [/core (?:i\d|ultra)[- ]?\d?[- ]?1[34]\d\d\d|core ultra/, 'core-i9-13900k'],
  [/core i\d[- ]1[012]\d\d\d/, 'core-i7-12700k'],
  [/ampere altra|altra max|ampereone/, 'ampere-altra'],
];

/** The catalogue's processor of the generation that a name means; null where it means none. */
export function processorLike(name: string): string | null {
  const lower = name
    .toLowerCase()
    .replace(/\((?:r|tm)\)|[®™]/g, '')
    .replace(/\s+/g, ' ');
  return generations.find(([pattern]) => pattern.test(lower))?.[1] ?? null;
}

/** Chooses how a value in some unit is written: prefix, scale word, singular or plural. */
import { noBreakSpace, roundedToThreeDigits, type Digits } from './number';

/** The written form of a unit for values of one size. */
export interface Scale {
  /** the written number is value × factor */
  readonly factor: number;
  /** text after the number */
  readonly unit: string;
  /** what stands between number and unit */
  readonly join: string;
  readonly digits: Digits;
  /** scale letter of an amount of money; null for everything else */
  readonly moneyScale: string | null;
}

const prefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'] as const;
const binaryPrefixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;
const decimalUnit = /^([kMGTPEZY]?)(B|b|FLOP|Wh|W|VA)((?:\/| per ).*)?$/;
const binaryUnit = /^((?:Ki|Mi|Gi|Ti|Pi|Ei))B((?:\/| per ).*)?$/;
const massUnit = /^(k|M|G)?(?:t|tonnes?)((?: ?CO.*)|(?:\/.*))?$/;
const moneyUnit = /^([kMBT]?)(?:USD|\$)((?:\/| per ).*)?$/;

const secondsPer: Readonly<Record<string, number>> = {
  ns: 1e-9,
  µs: 1e-6,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  seconds: 1,
  min: 60,
  minutes: 60,
  h: 3_600,
  hours: 3_600,
  days: 86_400,
};

const aliases: Readonly<Record<string, string>> = {
  bytes: 'B',
  'bytes/s': 'B/s',
  Gbps: 'Gb/s',
  Tbps: 'Tb/s',
  percent: '%',
  '1/year': 'per year',
  day: 'days',
  month: 'months',
  year: 'years',
};

/** How a value of this size in this unit is written. */
export function chooseScale(value: number, statedUnit: string): Scale {
  const unit = tidyUnit(statedUnit);
  return (
    shareScale(unit) ??
    moneyScale(value, unit) ??
    prefixedScale(value, unit) ??
    massScale(value, unit) ??
    timeScale(value, unit) ??
    countScale(value, unit)
  );
}

/** A unit as it is printed on its own, for the heading of a column. */
export function tidyUnit(unit: string): string {
  const known = aliases[unit] ?? unit;
  return known.replaceAll('CO2', 'CO₂').replace(/^(?:1|-|—)$/, '');
}

function shareScale(unit: string): Scale | null {
  const isFraction = unit === 'fraction' || unit === 'share';
  if (unit !== '%' && !isFraction) return null;
  return { ...plain, factor: isFraction ? 100 : 1, unit: '%', digits: 'share' };
}

const plain: Scale = {
  factor: 1,
  unit: '',
  join: noBreakSpace,
  digits: 'measured',
  moneyScale: null,
};

function moneyScale(value: number, unit: string): Scale | null {
  const match = moneyUnit.exec(unit);
  if (match === null) return null;
  const [, letter = '', rest = ''] = match;
  const dollarsPerUnit = { '': 1, k: 1e3, M: 1e6, B: 1e9, T: 1e12 }[letter] ?? 1;
  const dollars = Math.abs(roundedToThreeDigits(value * dollarsPerUnit));
  const [divisor, scale] =
    dollars >= 1e12
      ? [1e12, 'T']
      : dollars >= 1e9
        ? [1e9, 'B']
        : dollars >= 1e6
          ? [1e6, 'M']
          : [1, ''];
  return {
    factor: dollarsPerUnit / divisor,
    unit: rest,
    join: '',
    digits: 'money',
    moneyScale: scale,
  };
}

function prefixedScale(value: number, unit: string): Scale | null {
  const decimal = decimalUnit.exec(unit);
  if (decimal !== null) {
    const [, prefix = '', symbol = '', rest = ''] = decimal;
    const perUnit = 1_000 ** prefixes.indexOf(prefix as (typeof prefixes)[number]);
    const amount = value * perUnit;
    // A count of operations is compared by its power of ten in the literature; a rate by its prefix.
    if (symbol === 'FLOP' && rest === '' && Math.abs(amount) >= 1e18) {
      return { ...plain, factor: perUnit, unit: 'FLOP' };
    }
    const step =
      value === 0
        ? prefixes.indexOf(prefix as (typeof prefixes)[number])
        : stepOf(amount, 1_000, prefixes.length);
    return {
      ...plain,
      factor: perUnit / 1_000 ** step,
      unit: `${prefixes[step] ?? ''}${symbol}${rest}`,
    };
  }
  const binary = binaryUnit.exec(unit);
  if (binary === null) return null;
  const [, prefix = '', rest = ''] = binary;
  const perUnit = 1_024 ** binaryPrefixes.indexOf(prefix as (typeof binaryPrefixes)[number]);
  const step = value === 0 ? 0 : stepOf(value * perUnit, 1_024, binaryPrefixes.length);
  return {
    ...plain,
    factor: perUnit / 1_024 ** step,
    unit: `${binaryPrefixes[step] ?? ''}B${rest}`,
  };
}

function stepOf(amount: number, base: number, count: number): number {
  const size = Math.abs(roundedToThreeDigits(amount));
  let step = 0;
  while (step < count - 1 && size >= base ** (step + 1)) step += 1;
  return step;
}

function massScale(value: number, unit: string): Scale | null {
  const match = massUnit.exec(unit);
  if (match === null) return null;
  const [, prefix = '', rest = ''] = match;
  const perUnit = { '': 1, k: 1e3, M: 1e6, G: 1e9 }[prefix] ?? 1;
  const tonnes = value * perUnit;
  const substance = rest.replace(/^ ?CO/, ' CO');
  if (Math.abs(tonnes) < 1 && value !== 0 && !rest.startsWith('/')) {
    return { ...plain, factor: perUnit * 1e3, unit: `kg${substance}` };
  }
  const step = stepOf(tonnes / 100, 1_000, 3);
  const symbol = ['t', 'kt', 'Mt'][step] ?? 't';
  return { ...plain, factor: perUnit / 1_000 ** step, unit: `${symbol}${substance}` };
}

function timeScale(value: number, unit: string): Scale | null {
  const perUnit = secondsPer[unit];
  // Accelerator-hours are an amount, not a duration: from an hour up, hours stay hours.
  if (perUnit === undefined || (perUnit === 3_600 && Math.abs(value) >= 1)) return null;
  const size = Math.abs(roundedToThreeDigits(value * perUnit));
  const target = value === 0 ? unit : timeUnit(size, unit);
  const factor = perUnit / (secondsPer[target] ?? 31_557_600);
  return { ...plain, factor, unit: value * factor === 1 ? singular(target) : target };
}

function timeUnit(size: number, stated: string): string {
  if (size < 1e-3) return 'µs';
  if (size < 1) return 'ms';
  if (size < 600) return 's';
  if (size < 3_600) return 'min';
  const days = size / 86_400;
  if (days < (stated === 'days' ? 1 : 2)) return 'h';
  return days < 3_652.5 ? 'days' : 'years';
}

const scaleWords: readonly (readonly [number, string])[] = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
];

function countScale(value: number, unit: string): Scale {
  const size = Math.abs(roundedToThreeDigits(value));
  const isShownInFull = Number.isInteger(value) && size < 1e7 && !unit.includes('/');
  const word = scaleWords.find(([threshold]) => size >= threshold && size < 1e15);
  if (word === undefined || isShownInFull) {
    return { ...plain, unit: Math.abs(value) === 1 ? singular(unit) : unit, digits: 'counted' };
  }
  return { ...plain, factor: 1 / word[0], unit: unit === '' ? word[1] : `${word[1]} ${unit}` };
}

/** "1 GPUs" reads as a mistake; symbols such as "s" stay as they are. */
function singular(unit: string): string {
  return /^[A-Za-z-]{3,}s$/.test(unit) ? unit.replace(/(?<=ch|sh|ss|x)es$|s$/, '') : unit;
}

/** A word that may follow a number in a field: the number counts `times` × 10^`tenPower` of the field's own unit. */
export interface UnitTerm {
  readonly word: string;
  readonly tenPower: number;
  readonly times: number;
}

/** How one kind of field is shown and which units it understands. */
export interface InputUnit {
  /** unit shown beside the field; empty for a pure number */
  readonly symbol: string;
  /** power of ten from the shown number to the stored one: a share stored as 0–1 is shown in % */
  readonly shownTenPower: number;
  /** whether large numbers are written with k, M, B or T ("70B") */
  readonly hasMagnitudes: boolean;
  readonly terms: readonly UnitTerm[];
}

function term(word: string, tenPower = 0, times = 1): UnitTerm {
  return { word, tenPower, times };
}

function perSecondTerms(): UnitTerm[] {
  return [
    ...['Gb/s', 'Gbps', 'Gbit/s', 'G'].map((word) => term(word)),
    ...['Tb/s', 'Tbps', 'Tbit/s', 'T'].map((word) => term(word, 3)),
    ...['Mb/s', 'Mbps', 'Mbit/s'].map((word) => term(word, -3)),
    ...['GB/s', 'GBps'].map((word) => term(word, 0, 8)),
    ...['TB/s', 'TBps'].map((word) => term(word, 3, 8)),
  ];
}

const dollars = [term('$'), term('USD'), term('US$'), term('dollars')];

function dollarsPer(...denominators: string[]): UnitTerm[] {
  return [
    ...dollars,
    ...denominators.flatMap((unit) => ['$', 'USD', ''].map((money) => term(`${money}/${unit}`))),
  ];
}

function unit(
  symbol: string,
  terms: readonly UnitTerm[],
  shownTenPower = 0,
  hasMagnitudes = false,
): InputUnit {
  return { symbol, terms, shownTenPower, hasMagnitudes };
}

/** Every kind of field of the plan document, by the unit its number is stored in. */
export const inputUnits = {
  count: unit('', [], 0, true),
  nodes: unit('nodes', [term('nodes'), term('node')], 0, true),
  tokens: unit('tokens', [term('tokens'), term('token'), term('tok')], 0, true),
  sequences: unit('sequences', [term('sequences'), term('sequence'), term('seq')], 0, true),
  users: unit('users', [term('users'), term('user'), term('people')], 0, true),
  requestsPerHour: unit('requests/h', [
    term('requests/h'),
    term('req/h'),
    term('/h'),
    term('requests'),
  ]),
  fraction: unit('%', [term('%', -2), term('percent', -2), term('per cent', -2)], -2),
  ratio: unit('', [term('x'), term('×')]),
  kilowatts: unit('kW', [term('kW'), term('MW', 3), term('GW', 6), term('W', -3)]),
  usd: unit('USD', dollars, 0, true),
  usdPerHour: unit('USD/h', dollarsPer('h', 'hour', 'hr')),
  usdPerKwh: unit('USD/kWh', [
    ...dollarsPer('kWh'),
    ...['/MWh', '$/MWh', 'USD/MWh'].map((word) => term(word, -3)),
    ...['ct', 'ct/kWh', '¢', '¢/kWh', 'cents'].map((word) => term(word, -2)),
  ]),
  usdPerKwMonth: unit('USD/kW·month', dollarsPer('kW', 'kW·month', 'kW/month', 'kW-month')),
  usdPerKw: unit('USD/kW', [...dollarsPer('kW'), term('USD/MW', -3), term('$/MW', -3)]),
  usdPerMillionTokens: unit('USD/M tokens', [
    ...dollarsPer('M', 'M tokens', 'Mtok', '1M tokens'),
    ...['$/k', '$/1k tokens', 'USD/k tokens'].map((word) => term(word, 3)),
  ]),
  pixels: unit('pixels', [term('pixels'), term('pixel'), term('px')], 0, true),
  requestsPerSecond: unit('requests/s', [term('requests/s'), term('req/s'), term('/s')], 0, true),
  tokensPerSecond: unit('tokens/s', [term('tokens/s'), term('tok/s'), term('t/s')], 0, true),
  usdPerTb: unit('USD/TB', dollarsPer('TB', 'TB·month', 'TB/month')),
  litresPerKwh: unit('L/kWh', [term('L'), term('L/kWh'), term('l/kWh')]),
  gigabytes: unit('GB', [term('GB'), term('TB', 3), term('MB', -3)]),
  terabytes: unit('TB', [term('TB'), term('PB', 3), term('GB', -3)]),
  gramsPerKwh: unit('g CO₂e/kWh', [
    ...['g', 'g/kWh', 'kg/MWh', 'g CO₂e/kWh', 'gCO2/kWh', 'gCO2e/kWh'].map((word) => term(word)),
    ...['kg', 'kg/kWh', 't/MWh'].map((word) => term(word, 3)),
  ]),
  gigabitsPerSecond: unit('Gb/s', perSecondTerms()),
  gigabytesPerSecond: unit('GB/s', [term('GB/s'), term('TB/s', 3), term('MB/s', -3)]),
  milliseconds: unit('ms', [
    term('ms'),
    term('s', 3),
    term('sec', 3),
    term('seconds', 3),
    term('µs', -3),
    term('us', -3),
  ]),
  seconds: unit('s', [
    term('s'),
    term('sec'),
    term('seconds'),
    term('ms', -3),
    term('min', 0, 60),
    term('minutes', 0, 60),
    term('h', 0, 3600),
  ]),
  minutes: unit('min', [
    term('min'),
    term('minutes'),
    term('s', 0, 1 / 60),
    term('h', 0, 60),
    term('hours', 0, 60),
  ]),
  days: unit('days', [
    term('days'),
    term('day'),
    term('d'),
    term('weeks', 0, 7),
    term('week', 0, 7),
    term('h', 0, 1 / 24),
    term('hours', 0, 1 / 24),
  ]),
  months: unit('months', [
    term('months'),
    term('month'),
    term('weeks', 0, 12 / (365.25 / 7)),
    term('week', 0, 12 / (365.25 / 7)),
    term('years', 0, 12),
    term('year', 0, 12),
  ]),
  kilometres: unit('km', [term('km'), term('m', -3), term('mi', 0, 1.609344)]),
  kilograms: unit('kg', [term('kg'), term('t', 3), term('lb', 0, 0.45359237)]),
  squareMetres: unit('m²', [term('m^2'), term('m2'), term('sqft', 0, 0.09290304)]),
  usdPerMonth: unit('USD/month', dollarsPer('month', 'mo'), 0, true),
  years: unit('years', [
    term('years'),
    term('year'),
    term('y'),
    term('a'),
    term('months', 0, 1 / 12),
    term('month', 0, 1 / 12),
  ]),
} as const satisfies Record<string, InputUnit>;

export type InputUnitName = keyof typeof inputUnits;

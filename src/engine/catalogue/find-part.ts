import { differs, findRow, namesOf, statedSize, telling } from './match-name';
import type { Accelerator, Catalogue } from './types';

/** Words that name another member of a family of parts: where only the question has one, it means another part. */
const variants = new Set('ti super laptop mobile xt xtx gre nano nx q'.split(' '));

/** The same in a family that is graded by words others use in passing. */
const appleGrades = new Set(['pro', 'max', 'ultra']);

/** Lines of parts that only one maker has. */
const makers: Readonly<Record<string, string>> = {
  xeon: 'Intel',
  arc: 'Intel',
  gaudi: 'Intel',
  epyc: 'AMD',
  ryzen: 'AMD',
  threadripper: 'AMD',
  radeon: 'AMD',
  rx: 'AMD',
  rtx: 'NVIDIA',
  gtx: 'NVIDIA',
  quadro: 'NVIDIA',
  jetson: 'NVIDIA',
  tpu: 'Google',
  ascend: 'Huawei',
  graviton: 'AWS',
  trainium: 'AWS',
  inferentia: 'AWS',
  snapdragon: 'Qualcomm',
  adreno: 'Qualcomm',
};

/** A name without signs of trade and the product around its chip. */
function spelled(text: string): string {
  return text
    .replace(/[®™©]|\((?:r|tm|c)\)/gi, ' ')
    .replace(/\b(?:macbook|imac|mac) ?(?:pro|air|studio|mini)?\b/gi, ' ');
}

function byKind(catalogue: Catalogue): ByKind {
  const made = kinds.get(catalogue.accelerators);
  if (made !== undefined) return made;
  const rows = [...catalogue.accelerators];
  const split = {
    processors: new Map(rows.filter(([, { kind }]) => kind === 'cpu')),
    others: new Map(rows.filter(([, { kind }]) => kind !== 'cpu')),
  };
  kinds.set(catalogue.accelerators, split);
  return split;
}

/** The size of a rented machine, behind its line: 'g5.12xlarge'. */
const rentedSize = /\.(?:\d*x?large|metal)\b/gi;

interface ByKind {
  readonly processors: ReadonlyMap<string, Accelerator>;
  readonly others: ReadonlyMap<string, Accelerator>;
}

const kinds = new WeakMap<ReadonlyMap<string, Accelerator>, ByKind>();

/** What a name says of the kind: 'CPU Xeon 6980P', 'Ryzen AI 9 HX 370 iGPU'. */
function askedKind(text: string): keyof ByKind | null {
  if (/^cpu\b/i.test(text.trim())) return 'processors';
  const isGraphics = /\bi?gpu\b|graphics\b/i.test(text) && !/w\/ ?radeon/i.test(text);
  if (/\bcpu\b/i.test(text)) return isGraphics ? null : 'processors';
  return isGraphics ? 'others' : null;
}

function isCount(word: string): boolean {
  return /^\d$/.test(word);
}

function contradicts(row: Accelerator, word: string): boolean {
  if (variants.has(word) || (word === 'pcie' && row.name.includes('SXM'))) return true;
  if (row.vendor === 'Apple' && appleGrades.has(word)) return true;
  // Computers are equipped with memory of many sizes.
  if (row.kind === 'cpu' || row.isWholeComputer) return false;
  // The first of a line that counts its generations, such as Gaudi 1, is not its ninth.
  if (isCount(word) && namesOf(row).flatMap(telling).some(isCount)) return true;
  const size = statedSize(word, 'gb');
  return size !== null && differs(size, row.memoryCapacity.value, 0.08);
}

/** Every line that the name mentions is of another maker than the row, such as TPU v4 for 'Xeon E5-2699 v4'. */
function isOfOtherMaker(row: Accelerator, text: string): boolean {
  const said = telling(text).flatMap((word) => makers[word] ?? []);
  return said.length > 0 && !said.includes(row.vendor);
}

function findIn(rows: ReadonlyMap<string, Accelerator>, text: string): Accelerator | null {
  const found = findRow(rows, text, contradicts);
  return found === null || rows.get(text) === found || !isOfOtherMaker(found, text) ? found : null;
}

/**
 * The accelerator or processor that a name means: 'H100-SXM-80GB', 'h100', 'NVIDIA H100 80GB HBM3', 'Intel Arc 140V (258V)';
 * null when none does. A graphics part named in brackets behind its processor is the one that works.
 */
export function findAccelerator(catalogue: Catalogue, text: string): Accelerator | null {
  const byId = catalogue.accelerators.get(text);
  if (byId !== undefined) return byId;
  const split = byKind(catalogue);
  const kind = askedKind(text);
  const name = spelled(text);
  const outside =
    (kind === null ? null : findIn(split[kind], name)) ??
    findIn(catalogue.accelerators, name) ??
    findIn(catalogue.accelerators, name.replace(rentedSize, ''));
  if (kind === 'processors' || (outside !== null && outside.kind !== 'cpu')) return outside;
  const inside = /\((.*?)\)/.exec(name)?.[1];
  const worker = inside === undefined ? null : findIn(split.others, inside);
  // Graphics on the processor's own chip; a card that it is host to is not what the name is of.
  return outside === null || worker?.isWholeComputer ? (worker ?? outside) : outside;
}

/** How alike two names are: shared pairs of letters over all of them, 0–1 (Dice 1945). */
function likeness(one: string, other: string): number {
  const pairs = (text: string): string[] =>
    Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
  const mine = pairs(one);
  const theirs = pairs(other);
  const left = [...theirs];
  let shared = 0;
  for (const pair of mine) {
    const at = left.indexOf(pair);
    if (at === -1) continue;
    left.splice(at, 1);
    shared += 1;
  }
  return (2 * shared) / Math.max(1, mine.length + theirs.length);
}

/** Names of parts and rented machines whose spelling comes near to a name that none has, the nearest first. */
export function nearestParts(
  { accelerators, instances }: Catalogue,
  text: string,
  most = 4,
): readonly string[] {
  const asked = telling(text).join('');
  const machines = [...instances.values()].map((row) => ({ ...row, name: row.id }));
  return [...accelerators.values(), ...machines]
    .map((row) => ({
      name: row.name.replace(/ \(.*\)$/, ''),
      alike: Math.max(...namesOf(row).map((name) => likeness(asked, telling(name).join('')))),
    }))
    .filter(({ alike }) => alike >= 0.5)
    .toSorted((one, other) => other.alike - one.alike)
    .slice(0, most)
    .map(({ name }) => name);
}

/** What to say of a name that no part has. */
export function unknownPart(catalogue: Catalogue, text: string): string {
  const nearest = nearestParts(catalogue, text);
  const instead =
    nearest.length > 0
      ? nearest.join(', ')
      : 'the name of an accelerator, such as H100-SXM-80GB, MI300X or TPU v5e';
  return `The catalogue has no accelerator named '${text}'. Write instead: ${instead}.`;
}

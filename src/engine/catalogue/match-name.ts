/** Words that name a maker, a format or a variant, not a part or a model. */
const noise = new Set(
  (
    'nvidia amd google intel instinct geforce tensor core gpu cpu hbm2 hbm2e hbm3 hbm3e x2 sockets ' +
    'meta instruct chat it base hf fp8 bf16 fp16 nvfp4 mxfp4 fp4 int8 int4 awq gptq'
  ).split(' '),
);

/**
 * Splits a name into lower-case words: a decimal point or underscore stays inside its number, a unit joins it ('40 G' is '40gb'),
 * cores of a graphics part tell its versions apart, brackets are dropped with what else is in them.
 */
function words(text: string): readonly string[] {
  const found = text
    .toLowerCase()
    .replace(/(\(?)(\d+)[- ]cores? gpu/g, ' $2gpucore $1')
    .replace(/\(.*?\)/g, ' ')
    .replace(/(?<=\d)_(?=\d)/g, '.')
    .replace(/(?<![a-z\d.])(\d+(?:\.\d+)?) ([bmt])(?![a-z\d])/g, '$1$2')
    .replace(/(?<![a-z\d.])(\d+) ?g(?:i?b)?(?![a-z\d])/g, '$1gb')
    .match(/[a-z0-9]+(?:\.[0-9]+[a-z]*)*\+?/g);
  return found ?? [];
}

/** A family name parts from its version, a number from the grade behind it: 'llama3' is 'llama 3', '7900xtx' '7900 xtx'. */
function parted(word: string): readonly string[] {
  return word
    .replace(/^([a-z]{3,}|rx)(?=\d)/, '$1 ')
    .replace(/(?<=^|\s)(\d{4})(xtx?|ti|super|gre)$/, '$1 $2')
    .split(' ');
}

/** The words of names met before: catalogue rows are compared with every question. */
const known = new Map<string, readonly string[]>();

/** The words of a name that tell it from others. */
export function telling(text: string): readonly string[] {
  const found = known.get(text);
  if (found !== undefined) return found;
  const told = words(text)
    .filter((word) => !noise.has(word))
    .flatMap(parted);
  if (known.size < 20_000) known.set(text, told);
  return told;
}

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly aliases?: readonly string[];
}

/** One name of a row, with the row's place in the catalogue. */
interface Entry<Row> {
  readonly row: Row;
  readonly place: number;
  readonly words: readonly string[];
  readonly length: number;
}

interface Index<Row> {
  /** the first row that is written so, punctuation aside */
  readonly exact: ReadonlyMap<string, Row>;
  /** names by the longest word in them */
  readonly byWord: ReadonlyMap<string, readonly Entry<Row>[]>;
}

const indexes = new WeakMap<ReadonlyMap<string, Named>, Index<Named>>();

/** Every name under which a row is known. */
export function namesOf({ id, name, aliases }: Named): readonly string[] {
  return [id, name, ...(aliases ?? [])];
}

function indexOf<Row extends Named>(rows: ReadonlyMap<string, Row>): Index<Row> {
  const made = indexes.get(rows);
  // The index of these very rows was made from them.
  if (made !== undefined) return made as Index<Row>;
  const exact = new Map<string, Row>();
  const byWord = new Map<string, Entry<Row>[]>();
  let place = 0;
  for (const row of rows.values()) {
    place += 1;
    for (const name of namesOf(row)) {
      const told = telling(name);
      const compact = told.join('');
      if (compact === '') continue;
      if (!exact.has(compact)) exact.set(compact, row);
      const key = told.reduce((one, other) => (other.length > one.length ? other : one), '');
      const same = byWord.get(key) ?? [];
      same.push({ row, place, words: told, length: compact.length });
      byWord.set(key, same);
    }
  }
  const index = { exact, byWord };
  indexes.set(rows, index);
  return index;
}

/**
 * The row a name means: by id, by exact spelling without punctuation, else by the longest name that the text contains.
 * `contradicts` refuses a row of another size, such as BLOOM 176B for 'BLOOM 178B'.
 */
export function findRow<Row extends Named>(
  rows: ReadonlyMap<string, Row>,
  text: string,
  contradicts: (row: Row, word: string) => boolean,
): Row | null {
  const byId = rows.get(text);
  if (byId) return byId;
  const { exact, byWord } = indexOf(rows);
  const told = telling(text);
  const written = exact.get(told.join(''));
  if (written !== undefined) return written;
  const asked = new Set(told);
  const held = [...asked]
    .flatMap((word) => byWord.get(word) ?? [])
    .filter((entry) => entry.words.every((word) => asked.has(word)))
    .toSorted((one, other) => other.length - one.length || one.place - other.place);
  for (const { row } of held) {
    const named = new Set(namesOf(row).flatMap(telling));
    const isRefused = [...asked].some((word) => !named.has(word) && contradicts(row, word));
    if (!isRefused) return row;
  }
  return null;
}

/** A size that a word states, such as 80 for '80gb'; null when the word states none. */
export function statedSize(word: string, unit: 'gb' | 'b'): number | null {
  const found = new RegExp(`^(\\d+(?:\\.\\d+)?)${unit}$`).exec(word);
  return found?.[1] === undefined ? null : Number(found[1]);
}

export function differs(stated: number, actual: number, tolerance: number): boolean {
  return Math.abs(stated / actual - 1) > tolerance;
}

/** Names of rows that share a word with a text, those that share more letters first: what to write in its place. */
export function alikeNames(rows: Iterable<Named>, text: string, most: number): readonly string[] {
  const asked = telling(text).filter((word) => word.length > 1);
  const shared = (row: Named): number => {
    const own = new Set(namesOf(row).flatMap(telling));
    return asked.filter((word) => own.has(word)).reduce((sum, { length }) => sum + length, 0);
  };
  return [...rows]
    .map((row) => ({ name: row.name, letters: shared(row) }))
    .filter(({ letters }) => letters > 1)
    .toSorted((first, second) => second.letters - first.letters)
    .slice(0, most)
    .map(({ name }) => name);
}

const scales: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9, t: 1e12 };

/** A number that is written as text, '8192', '4,096', '3.2e6' or '15T', as the number; everything else as it is. */
export function writtenNumber(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const found = /^(\d+(?:\.\d+)?(?:e[+-]?\d+)?) ?([kmbt])?$/i.exec(
    value.trim().replaceAll(/(?<=\d)[,_](?=\d{3})/g, ''),
  );
  if (found === null) return value;
  return Number(found[1]) * (scales[found[2]?.toLowerCase() ?? ''] ?? 1);
}

/** What tells parts apart that are otherwise alike: what they are called, and how their numbers are explained. */
const apart: ReadonlySet<string> = new Set([
  'id',
  'key',
  'name',
  'label',
  'notes',
  'inputs',
  'clusterId',
  'siteId',
  'workloadId',
]);

/** Everything that a reader sees of some results, as text: the same for parts that differ in name and place alone. */
export function likenessOf(...results: readonly unknown[]): string {
  return JSON.stringify(results, (name, value: unknown) => (apart.has(name) ? undefined : value));
}

/** Parts in groups of which each would be printed alike, in the order of the first of each group. */
export function groupsAlike<Part>(
  parts: readonly Part[],
  likeness: (part: Part) => string,
): readonly (readonly [Part, ...Part[]])[] {
  const groups = new Map<string, [Part, ...Part[]]>();
  for (const part of parts) {
    const text = likeness(part);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [part]);
    else group.push(part);
  }
  return [...groups.values()];
}

/**
 * Whether two values say the same: plain data by what it holds, everything else by identity. Every evaluation makes its report
 * anew; a component that compares its properties so is drawn again only where they say something else.
 */
export function isSameData(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return false;
  }
  if (Array.isArray(one)) return Array.isArray(other) && isSameList(one, other);
  if (!isPlain(one) || !isPlain(other)) return false;
  const entries = Object.entries(one);
  const values = new Map(Object.entries(other));
  return (
    entries.length === values.size &&
    entries.every(([key, value]) => values.has(key) && isSameData(value, values.get(key)))
  );
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return (
    one.length === other.length && one.every((value, index) => isSameData(value, other[index]))
  );
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

const gigabytes = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** What is said where what a layout or a service keeps in the memory of the host does not fit there; both in bytes, of one accelerator. */
export function hostTooSmall(
  who: string,
  neededBytes: number,
  availableBytes: number,
): { readonly title: string; readonly cause: string } {
  const [needed, available] = [neededBytes, availableBytes].map((bytes) =>
    gigabytes.format(bytes / 1e9),
  );
  return {
    title: 'The memory of the host is too small',
    cause: `What ${who} keeps there needs ${needed} GB for each accelerator, and its share of a node is ${available} GB.`,
  };
}

import { findAccelerator } from '@engine/catalogue/find-part';
import type { Catalogue } from '@engine/catalogue/types';

/** The name by which the catalogue knows a part, however a source writes it; as written where it knows none. */
export function partName(catalogue: Catalogue, written: string): string {
  return findAccelerator(catalogue, written)?.name ?? written;
}

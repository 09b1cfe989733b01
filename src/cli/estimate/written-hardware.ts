import { findInstance } from '@engine/catalogue/find';
import type { Catalogue } from '@engine/catalogue/types';
import type { CaseHardware } from './case';

type Assume = (sentence: string) => void;

/**
 * The hardware of a case whose name also says how many: a cloud's machine ('p5.48xlarge'), '8xH100', 'H100 x8', 'h100:8'. A count
 * beside a machine's name counts accelerators where it is a multiple of what the machine holds, else machines.
 */
export function writtenHardware(
  given: CaseHardware,
  catalogue: Catalogue,
  assume: Assume,
): CaseHardware {
  const name = given.accelerator?.trim() ?? '';
  const instance = findInstance(catalogue, name);
  if (instance === null) return withWrittenCount(given, name);
  const held = instance.accelerators.value;
  const row = catalogue.accelerators.get(instance.acceleratorId);
  const asked = given.count ?? null;
  const machines = asked === null ? 1 : asked % held === 0 ? asked / held : asked;
  const accelerators = machines * held;
  assume(
    `${String(machines)} × ${instance.id} of ${instance.provider}: ${String(accelerators)} × ${row?.name ?? instance.acceleratorId}`,
  );
  return {
    ...given,
    accelerator: instance.acceleratorId,
    count: accelerators,
    per_node: given.per_node ?? held,
  };
}

const ahead = /^(\d{1,6}) ?[x×*] ?(?=[a-z])/i;
const behind = /(?:(?<=\d)[x×*]| +[x×*] ?|:)(\d{1,6})$/i;

/** A count written into a name; one that the case states beside it wins. */
function withWrittenCount(given: CaseHardware, name: string): CaseHardware {
  const found = ahead.exec(name) ?? behind.exec(name);
  if (found?.[1] === undefined || isProcessor(name)) return given;
  const bare = name.replace(found[0], '').trim();
  const count = (given.count ?? 1) > 1 ? given.count : Number(found[1]);
  return bare === '' || Number(found[1]) < 1 ? given : { ...given, accelerator: bare, count };
}

/** Processors are counted by socket, see acceleratorsPerUnit. */
function isProcessor(name: string): boolean {
  return /xeon|epyc|cpu|sockets?/i.test(name);
}

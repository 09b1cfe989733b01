import type { PartKind, PartValue } from '@engine/catalogue/own-parts';
import { partFields } from '@engine/catalogue/part-fields';
import type { Plan } from '@engine/plan';
import type { TableCell } from '@shared/table/cell';
import { DataTable } from '../chart/DataTable';

/** Values that the plan's author entered in place of published ones, or for parts of the plan's own; nothing without any. */
export function OwnPartsTable({ plan }: { readonly plan: Plan }) {
  const rows = [
    ...(plan.ownParts ?? []).flatMap(({ kind, name, basedOn, values, note }) => {
      const base = basedOn === null ? 'nothing' : basedOn;
      const entered = Object.entries(values).map(([field, value]) =>
        rowOf(kind, name, field, value),
      );
      return entered.length > 0 ? entered : [[name, `as ${base}`, '', note ?? '']];
    }),
    ...(plan.partOverrides ?? []).map(({ kind, partId, field, ...value }) =>
      rowOf(kind, partId, field, value),
    ),
  ];
  if (rows.length === 0) return null;
  return (
    <DataTable
      caption="Parts and values of the author’s own"
      columns={[
        { key: 'part', title: 'Part' },
        { key: 'figure', title: 'Figure' },
        { key: 'value', title: 'Value', isNumber: true },
        { key: 'note', title: 'Note' },
      ]}
      rows={rows}
    />
  );
}

function rowOf(kind: PartKind, name: string, key: string, entered: PartValue): TableCell[] {
  const field = partFields[kind].find((one) => one.key === key);
  const { value, low, high, note = '' } = entered;
  return [name, field?.label ?? key, { value, low, high, unit: field?.unit ?? '' }, note];
}

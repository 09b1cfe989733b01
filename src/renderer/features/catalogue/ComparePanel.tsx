import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { formatNumber } from '@shared/format/number';
import type { TableCell } from '@shared/table/cell';
import { DataTable } from '../../report/chart/DataTable';
import { useReport } from '../../report/report-context';
import classes from './catalogue.module.css';
import { setCatalogueView, toggleCompared } from './catalogue-store';
import { compareEntries, type ComparedRow } from './comparison';
import type { Entry } from './entries';

/** Two to four entries side by side, with what differs said in a column of its own. */
export function ComparePanel({ entries }: { readonly entries: readonly Entry[] }) {
  const { locale } = useReport();
  const [isDifferentOnly, setIsDifferentOnly] = useState(false);
  const rows = compareEntries(entries).filter((row) => row.isDifferent || !isDifferentOnly);
  const mark = ({ ratio, isDifferent }: ComparedRow): TableCell =>
    ratio === null
      ? isDifferent
        ? 'differs'
        : 'same'
      : { value: ratio, unit: '', text: `${formatNumber(ratio, 'measured', locale)} ×` };
  return (
    <section className={classes.panel} aria-label="Comparison">
      <div className={classes.tools}>
        <Switch
          size="xs"
          label="Differences only"
          checked={isDifferentOnly}
          onChange={(event) => setIsDifferentOnly(event.currentTarget.checked)}
        />
        {entries.map(({ id, name }) => (
          <Button
            key={id}
            size="compact-xs"
            variant="default"
            aria-label={`Take ${name} out of the comparison`}
            onClick={() => {
              toggleCompared(id);
              if (entries.length <= 2) setCatalogueView({ view: 'list' });
            }}
          >
            {name} ×
          </Button>
        ))}
      </div>
      <DataTable
        caption={entries.map(({ name }) => name).join(' beside ')}
        columns={[
          { key: 'label', title: 'Figure' },
          ...entries.map(({ id, name }) => ({ key: id, title: name, isNumber: true })),
          { key: 'mark', title: 'Highest to lowest', isNumber: true },
        ]}
        rows={rows.map((row) => [row.label, ...row.cells, mark(row)])}
      />
    </section>
  );
}

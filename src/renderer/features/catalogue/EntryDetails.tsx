import { ActionIcon, Alert, Badge } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { priceAgeDays } from '@engine/checks/price-age';
import { recentDays } from '@engine/cost/market-rent';
import type { Catalogue } from '@engine/catalogue/types';
import { formatDate, withReadableDates } from '@shared/format/date';
import { factCell, sourceCell } from '@shared/table/cell';
import { DataTable } from '../../report/chart/DataTable';
import classes from './catalogue.module.css';
import type { CatalogueKind } from './catalogue-kinds';
import { setCatalogueView } from './catalogue-store';
import type { Entry } from './entries';
import { EntryActions } from './EntryActions';

interface EntryDetailsProps {
  readonly kind: CatalogueKind;
  readonly entry: Entry;
  readonly catalogue: Catalogue;
}

/** Everything known of an entry: each value with its unit, quality, source and the day it was read. */
export function EntryDetails({ kind, entry, catalogue }: EntryDetailsProps) {
  const known = entry.facts.filter(({ fact }) => fact !== null);
  const unknown = entry.facts.filter(({ fact }) => fact === null);
  const hasPeaks = known.some(({ key }) => key.startsWith('peakDense.'));
  const notes = [...new Set(known.flatMap(({ fact }) => fact?.note ?? []))];
  return (
    <section className={classes.details} aria-label={`Details of ${entry.name}`}>
      <div className={classes.detailsHead}>
        <div>
          <h2 className={classes.name}>{entry.name}</h2>
          <p className={classes.quiet}>
            {[entry.group, formatDate(entry.date ?? '')].filter((text) => text !== '').join(' · ')}
          </p>
        </div>
        <ActionIcon
          aria-label="Close the details"
          onClick={() => setCatalogueView({ chosenId: null })}
        >
          <IconX size="1rem" stroke={1.75} />
        </ActionIcon>
      </div>
      {entry.isOwn && <Badge>Your own values, kept in this plan</Badge>}
      {entry.isOld && (
        <Alert color="orange" p="xs" variant="light">
          {oldPriceText(entry.date, catalogue.date)}
        </Alert>
      )}
      <EntryActions kind={kind} entry={entry} catalogue={catalogue} />
      <dl className={classes.words}>
        {entry.words.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {hasPeaks && <p className={classes.quiet}>Peak rates are dense: without sparsity.</p>}
      <DataTable
        caption={`Figures of ${entry.name}`}
        isCaptionHidden
        columns={[
          { key: 'figure', title: 'Figure' },
          { key: 'value', title: 'Value', isNumber: true },
          { key: 'quality', title: 'Quality', isKept: true },
          { key: 'source', title: 'Source' },
        ]}
        rows={known.map(({ label, fact }) => {
          const source = sourceCell(catalogue, fact?.source ?? '');
          return [label, factCell(fact), fact?.quality ?? '', source];
        })}
      />
      {unknown.length > 0 && (
        <p className={classes.quiet}>
          Not published: {unknown.map(({ label }) => label.toLowerCase()).join(', ')}.
        </p>
      )}
      {[...notes, ...(entry.notes === '' ? [] : [entry.notes])].map((note) => (
        <p key={note} className={classes.note}>
          {withReadableDates(note)}
        </p>
      ))}
    </section>
  );
}

function oldPriceText(quotedOn: string | null, today: string): string {
  const days = priceAgeDays(quotedOn ?? '', today);
  return days === null
    ? 'It is not known when this was quoted. Ask the provider before relying on it.'
    : `Quoted ${String(days)} days before the catalogue’s date; a price counts as old after ${String(recentDays)}. Ask the provider before relying on it.`;
}

import { Text } from '@mantine/core';
import type { Origin, Quantity } from '@engine/plan';
import { withReadableDates } from '@shared/format/date';
import { LazyPopover } from '../../report/popover/LazyPopover';
import classes from './fields.module.css';

interface OriginChipProps {
  readonly label: string;
  readonly quantity: Quantity;
}

const explanations: Record<Origin, string> = {
  default: 'Taken from the catalogue. It stays as it is until somebody changes it.',
  yours: 'Entered by hand.',
  imported: 'Came with an imported file.',
  measured: 'Measured; it overrides what the model computes.',
};

/** Says who chose a value, and on a click from where. */
export function OriginChip({ label, quantity }: OriginChipProps) {
  const name = `Origin of ${label.toLowerCase()}: ${quantity.origin}`;
  return (
    <LazyPopover
      label={name}
      width={280}
      position="left-start"
      withArrow
      button={{
        className: classes.chip,
        'data-origin': quantity.origin,
        'aria-label': name,
        children: quantity.origin,
      }}
    >
      {() => (
        <>
          <Text size="xs">{explanations[quantity.origin]}</Text>
          {quantity.note !== undefined && (
            <Text size="xs" mt="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {withReadableDates(quantity.note)}
            </Text>
          )}
        </>
      )}
    </LazyPopover>
  );
}

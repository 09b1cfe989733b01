import { ActionIcon, Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Quantity, RegionShare } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { CatalogueSelect } from '../../document/fields/CatalogueSelect';
import { regionOptions } from '../../document/fields/catalogue-options';
import { QuantityInput } from '../../document/fields/QuantityInput';
import type { QuantityField } from '../../document/quantity-fields';
import classes from './inspector.module.css';

const regions = regionOptions(bundledCatalogue);

/** Regions that are offered first. */
const largest = ['usa', 'deu', 'ind', 'jpn', 'bra', 'gbr'];

/** A number of the fleet as a field of its own. */
export function fleetField(key: string, label: string, unit: QuantityField['unit']): QuantityField {
  const words = { help: '', keywords: '', group: 'Users', isWhole: false, emptyMeans: null };
  return { key, label, unit, ...words };
}

interface RegionRowsProps {
  /** begins the keys of the fields */
  readonly name: string;
  readonly rows: readonly RegionShare[];
  readonly onChange: (rows: readonly RegionShare[], label: string) => void;
}

/** Regions of users with their shares, one below the other. */
export function RegionRows({ name, rows, onChange }: RegionRowsProps) {
  const changeRow = (index: number, row: RegionShare | null, label: string): void =>
    onChange(
      rows.flatMap((old, at) => (at !== index ? [old] : row ? [row] : [])),
      label,
    );
  return (
    <>
      {rows.map((row, index) => (
        <div key={`${row.regionId} ${index}`} className={classes.pair}>
          <CatalogueSelect
            field={`${name}-region-${index}`}
            label={`Region ${index + 1}`}
            options={regions}
            value={row.regionId}
            onChoose={(regionId) =>
              changeRow(index, { ...row, regionId }, 'Set a region of the users')
            }
          />
          <div>
            <QuantityInput
              field={fleetField(`${name}-share-${index}`, `Share ${index + 1}`, 'ratio')}
              quantity={row.share}
              whyInvalid={({ value }) => (value >= 0 ? null : 'Enter at least 0.')}
              onCommit={(read) =>
                changeRow(
                  index,
                  { ...row, share: { ...read, origin: 'yours' } },
                  'Set the share of a region',
                )
              }
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove region ${index + 1}`}
              onClick={() => changeRow(index, null, 'Remove a region of the users')}
            >
              <IconTrash size="1rem" />
            </ActionIcon>
          </div>
        </div>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          const used = new Set(rows.map(({ regionId }) => regionId));
          const regionId = [...largest, ...regions.map(({ value }) => value)].find(
            (id) => !used.has(id),
          );
          const share: Quantity = { value: 1, origin: 'yours' };
          if (regionId !== undefined) {
            onChange([...rows, { regionId, share }], 'Add a region of users');
          }
        }}
      >
        Add a region
      </Button>
    </>
  );
}

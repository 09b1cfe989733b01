import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Fleet, Plan, Quantity } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { setFleet } from '../../document/commands/fleet';
import { planDocument } from '../../document/document';
import { CatalogueSelect } from '../../document/fields/CatalogueSelect';
import { regionOptions } from '../../document/fields/catalogue-options';
import { QuantityInput } from '../../document/fields/QuantityInput';
import type { QuantityField } from '../../document/quantity-fields';
import { FieldGroup } from './FieldGroup';
import classes from './inspector.module.css';

const regions = regionOptions(bundledCatalogue);

const routings = [
  { value: 'latency', label: 'Nearest site first' },
  { value: 'price', label: 'Cheapest site first' },
  { value: 'carbon', label: 'Least carbon first' },
] as const satisfies readonly { readonly value: Fleet['routing']; readonly label: string }[];

function ownField(key: string, label: string, unit: QuantityField['unit']): QuantityField {
  const words = { help: '', keywords: '', group: 'Users', isWhole: false, emptyMeans: null };
  return { key, label, unit, ...words };
}

/** Regions that are offered first. */
const largest = ['usa', 'deu', 'ind', 'jpn', 'bra', 'gbr'];

const none: Quantity = { value: 0, origin: 'default' };

/** Where the users of the plan's services are, and which site they are sent to. */
export function FleetInspector({ plan }: { readonly plan: Plan }) {
  const fleet = plan.fleet ?? null;
  const change = (label: string, changed: Fleet | null): void =>
    planDocument.perform(setFleet, { fleet: changed, label });
  if (fleet === null) {
    return (
      <FieldGroup title="Users by region">
        <Button
          variant="default"
          onClick={() => {
            const regionId = plan.sites[0]?.regionId ?? regions[0]?.value ?? '';
            const share: Quantity = { value: 1, origin: 'yours' };
            change('Place the users by region', {
              routing: 'latency',
              demand: [{ regionId, share }],
            });
          }}
        >
          Place the users by region
        </Button>
      </FieldGroup>
    );
  }
  const changeRow = (index: number, row: Fleet['demand'][number] | null, label: string): void => {
    const demand = fleet.demand.flatMap((old, at) => (at !== index ? [old] : row ? [row] : []));
    change(label, { ...fleet, demand });
  };
  return (
    <FieldGroup title="Users by region">
      <NativeSelect
        label="Requests go to"
        data={[...routings]}
        value={fleet.routing}
        onChange={(event) => {
          const found = routings.find(({ value }) => value === event.currentTarget.value);
          if (found) change('Set the routing', { ...fleet, routing: found.value });
        }}
      />
      {fleet.demand.map((row, index) => (
        <div key={`${row.regionId} ${index}`} className={classes.pair}>
          <CatalogueSelect
            field={`fleet-region-${index}`}
            label={`Region ${index + 1}`}
            options={regions}
            value={row.regionId}
            onChoose={(regionId) =>
              changeRow(index, { ...row, regionId }, 'Set a region of the users')
            }
          />
          <div>
            <QuantityInput
              field={ownField(`fleet-share-${index}`, `Share ${index + 1}`, 'ratio')}
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
              <IconTrash size={16} />
            </ActionIcon>
          </div>
        </div>
      ))}
      <QuantityInput
        field={ownField('fleet-headroom', 'Headroom above the peak', 'fraction')}
        quantity={fleet.headroomFraction ?? none}
        whyInvalid={({ value }) => (value >= 0 ? null : 'Enter at least 0 %.')}
        onCommit={(read) =>
          change('Set the headroom', { ...fleet, headroomFraction: { ...read, origin: 'yours' } })
        }
      />
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          const used = new Set(fleet.demand.map(({ regionId }) => regionId));
          const regionId = [...largest, ...regions.map(({ value }) => value)].find(
            (id) => !used.has(id),
          );
          if (regionId === undefined) return;
          const row = { regionId, share: { value: 1, origin: 'yours' } as const };
          change('Add a region of users', { ...fleet, demand: [...fleet.demand, row] });
        }}
      >
        Add a region
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => change('Serve every user where the services stand', null)}
      >
        Remove the regions
      </Button>
    </FieldGroup>
  );
}

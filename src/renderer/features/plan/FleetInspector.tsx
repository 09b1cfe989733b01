import { Button, NativeSelect } from '@mantine/core';
import type { Fleet, Plan, Quantity } from '@engine/plan';
import { setFleet } from '../../document/commands/fleet';
import { planDocument } from '../../document/document';
import { QuantityInput } from '../../document/fields/QuantityInput';
import { FieldGroup } from './FieldGroup';
import { fleetField, RegionRows } from './RegionRows';

const routings = [
  { value: 'latency', label: 'Nearest site first' },
  { value: 'price', label: 'Cheapest site first' },
  { value: 'carbon', label: 'Least carbon first' },
] as const satisfies readonly { readonly value: Fleet['routing']; readonly label: string }[];

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
            const regionId = plan.sites[0]?.regionId ?? 'usa';
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
      <RegionRows
        name="fleet"
        rows={fleet.demand}
        onChange={(demand, label) => change(label, { ...fleet, demand })}
      />
      <QuantityInput
        field={fleetField('fleet-headroom', 'Headroom above the peak', 'fraction')}
        quantity={fleet.headroomFraction ?? none}
        whyInvalid={({ value }) => (value >= 0 ? null : 'Enter at least 0 %.')}
        onCommit={(read) =>
          change('Set the headroom', { ...fleet, headroomFraction: { ...read, origin: 'yours' } })
        }
      />
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

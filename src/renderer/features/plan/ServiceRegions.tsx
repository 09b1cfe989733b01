import { Text } from '@mantine/core';
import type { InferenceWorkload, Plan, TaskWorkload } from '@engine/plan';
import { setServiceRegions } from '../../document/commands/fleet';
import { planDocument } from '../../document/document';
import { FieldGroup } from './FieldGroup';
import { RegionRows } from './RegionRows';

interface ServiceRegionsProps {
  readonly plan: Plan;
  readonly service: InferenceWorkload | TaskWorkload;
}

/** Where the users of one service are, in place of what the plan says of all. */
export function ServiceRegions({ plan, service }: ServiceRegionsProps) {
  const { id: partId, regions = [] } = service;
  if (!plan.fleet) return null;
  return (
    <FieldGroup title="Users of this service">
      {regions.length === 0 && (
        <Text size="xs" c="dimmed">
          Where the plan says that all are; add a region to place them otherwise.
        </Text>
      )}
      <RegionRows
        name="service"
        rows={regions}
        onChange={(rows, label) =>
          planDocument.perform(setServiceRegions, { partId, regions: rows, label })
        }
      />
    </FieldGroup>
  );
}

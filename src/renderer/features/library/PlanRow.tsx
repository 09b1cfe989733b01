import { Badge, Group, Table, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { PlanSummary } from '@shared/ipc/contract';
import { formatValue } from '@shared/format/value';
import { goToPlan } from '../../app/navigation';
import { Moment } from '../../document/Moment';
import classes from './library.module.css';
import { deletePlan, renamePlan } from './library-store';
import { PlanMenu } from './PlanMenu';
import { RenameField } from './RenameField';
import { counted, workloadText } from './workload-text';

interface PlanRowProps {
  readonly plan: PlanSummary;
}

export function PlanRow({ plan }: PlanRowProps) {
  const [naming, setNaming] = useState<'shown' | 'editing' | 'edited'>('shown');
  const isRenaming = naming === 'editing';
  const rename = () => setNaming('editing');

  return (
    <Table.Tr>
      <Table.Td className={classes.nameCell}>
        {isRenaming ? (
          <RenameField
            name={plan.name}
            onDone={(name) => {
              setNaming('edited');
              if (name !== null) void renamePlan(plan.id, name);
            }}
          />
        ) : (
          <Group gap="sm" wrap="nowrap">
            <UnstyledButton
              className={classes.name}
              data-plan-name
              autoFocus={naming === 'edited'}
              onClick={() => void goToPlan(plan.id)}
              onKeyDown={(event) => {
                if (event.key === 'F2') rename();
                if (event.key === 'Delete') void deletePlan(plan);
              }}
            >
              {plan.name}
            </UnstyledButton>
            {plan.isArchived && <Badge color="gray">Archived</Badge>}
          </Group>
        )}
      </Table.Td>
      <Table.Td>
        <Moment iso={plan.updatedAt} />
      </Table.Td>
      <Table.Td ta="right">
        <Text size="sm">{formatValue(plan.accelerators, '')}</Text>
        <Text size="xs" c="dimmed">
          {plan.acceleratorNames.join(', ')}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{workloadText(plan)}</Text>
        <Text size="xs" c="dimmed">
          {counted(plan.sites, 'site', 'sites')}
        </Text>
      </Table.Td>
      <Table.Td>
        <PlanMenu plan={plan} isRenaming={isRenaming} onRename={rename} />
      </Table.Td>
    </Table.Tr>
  );
}

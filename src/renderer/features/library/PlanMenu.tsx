import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDots,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import type { PlanSummary } from '@shared/ipc/contract';
import { archivePlan, deletePlan, duplicatePlan } from './library-store';

interface PlanMenuProps {
  readonly plan: PlanSummary;
  readonly isRenaming: boolean;
  readonly onRename: () => void;
}

const icon = { size: '0.9375rem', stroke: 1.75 };

export function PlanMenu({ plan, isRenaming, onRename }: PlanMenuProps) {
  return (
    // While a name is being edited the focus belongs to the field, not to the menu's button.
    <Menu position="bottom-end" returnFocus={!isRenaming}>
      <Menu.Target>
        <ActionIcon aria-label={`Actions for ${plan.name}`}>
          <IconDots {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil {...icon} />} onClick={onRename}>
          Rename
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => void duplicatePlan(plan)}>
          Duplicate
        </Menu.Item>
        <Menu.Item
          leftSection={plan.isArchived ? <IconArchiveOff {...icon} /> : <IconArchive {...icon} />}
          onClick={() => void archivePlan(plan, !plan.isArchived)}
        >
          {plan.isArchived ? 'Restore from archive' : 'Archive'}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          c="var(--cw-problem)"
          leftSection={<IconTrash {...icon} />}
          onClick={() => void deletePlan(plan)}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

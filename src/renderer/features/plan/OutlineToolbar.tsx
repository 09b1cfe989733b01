import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core';
import { memo } from 'react';
import { IconCopy, IconPlus, IconTrash } from '@tabler/icons-react';
import { taskWords } from '@engine/tasks/task-context';
import { select } from '../../app/navigation';
import { duplicatePart, removePart } from '../../document/commands/structure';
import { planDocument } from '../../document/document';
import { addPart, type AddableKind } from './add-part';
import classes from './outline.module.css';

interface OutlineToolbarProps {
  readonly selectedId: string | null;
  /** the selected site, cluster or workload */
  readonly partId: string | null;
  /** why it cannot be removed; null where it can */
  readonly whyFixed: string | null;
  readonly hasCluster: boolean;
}

const addable: readonly (readonly [kind: AddableKind, label: string])[] = [
  ['site', 'Site'],
  ['cluster', 'Cluster'],
  ['training', 'Training job'],
  ['inference', 'Inference service'],
  ['image', taskWords.image.service],
  ['video', taskWords.video.service],
  ['embedding', taskWords.embedding.service],
  ['speech', taskWords.speech.service],
];

/** What adds, copies and removes parts: drawn again only for another selection. */
export const OutlineToolbar = memo(function OutlineToolbar(props: OutlineToolbarProps) {
  const { selectedId, partId, whyFixed, hasCluster } = props;
  return (
    <Group className={classes.toolbar} justify="space-between" wrap="nowrap">
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            size="compact-xs"
            variant="light"
            leftSection={<IconPlus size="0.8125rem" stroke={2} />}
          >
            Add
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {addable.map(([kind, label]) => {
            const needsCluster = kind !== 'site' && kind !== 'cluster';
            return (
              <Menu.Item
                key={kind}
                disabled={needsCluster && !hasCluster}
                onClick={() => addPart(kind, selectedId)}
              >
                {label}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      <Group gap={2} wrap="nowrap">
        <Tooltip label="Duplicate">
          <ActionIcon
            size="sm"
            className={classes.tool}
            aria-label="Duplicate the selected part"
            disabled={partId === null}
            onClick={() => partId !== null && planDocument.perform(duplicatePart, { partId })}
          >
            <IconCopy size="0.875rem" stroke={1.75} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={whyFixed ?? 'Remove'}>
          <ActionIcon
            size="sm"
            className={classes.tool}
            aria-label="Remove the selected part"
            disabled={whyFixed !== null}
            onClick={() => {
              if (partId === null) return;
              planDocument.perform(removePart, { partId });
              select(null);
            }}
          >
            <IconTrash size="0.875rem" stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Group>
    </Group>
  );
});

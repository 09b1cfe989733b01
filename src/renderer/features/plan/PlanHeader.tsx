import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconChevronLeft,
  IconCompass,
  IconDots,
  IconFileTypePdf,
} from '@tabler/icons-react';
import type { Paper } from '@shared/ipc/contract';
import { appCommands, performCommand } from '../../app/app-commands';
import { useRedoLabel, useUndoLabel } from '../../document/document';
import { setPaper } from '../../app/settings';
import { useView } from '../../app/view-store';
import classes from './header.module.css';
import { PlanTitle } from './PlanTitle';
import { SaveIndicator } from './SaveIndicator';

interface PlanHeaderProps {
  readonly planName: string;
}

const papers: readonly Paper[] = ['A4', 'Letter'];
const icon = { size: '1rem', stroke: 1.75 };
const moreCommands = ['file.saveCopy', 'file.versions', 'file.saveNow'];
const panelCommands = ['view.panel.outline', 'view.panel.inspector', 'view.panel.checks'];

function commandLabel(id: string): string {
  return appCommands.find((command) => command.id === id)?.label() ?? id;
}

/** Name, state of saving, undo and redo, and what can be done with the plan as a whole. */
export function PlanHeader({ planName }: PlanHeaderProps) {
  const chosenPaper = useView((view) => view.paper);
  return (
    <Group gap="sm" wrap="nowrap" flex={1} miw={0}>
      <Tooltip label="Go to the library">
        <ActionIcon aria-label="Go to the library" onClick={() => performCommand('view.library')}>
          <IconChevronLeft {...icon} />
        </ActionIcon>
      </Tooltip>
      <PlanTitle key={planName} name={planName} />
      <SaveIndicator />
      <UndoButtons />
      <ExploreButton />
      <ExportButton />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label="More about this plan">
            <IconDots {...icon} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {moreCommands.map((id) => (
            <Menu.Item key={id} onClick={() => performCommand(id)}>
              {commandLabel(id)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {panelCommands.map((id) => (
            <Menu.Item key={id} onClick={() => performCommand(id)}>
              {commandLabel(id)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Label>Paper of the PDF</Menu.Label>
          {papers.map((paper) => (
            <Menu.Item
              key={paper}
              rightSection={
                paper === chosenPaper && <IconCheck size="0.875rem" aria-label="chosen" />
              }
              onClick={() => void setPaper(paper)}
            >
              {paper}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function UndoButtons() {
  const undoLabel = useUndoLabel();
  const redoLabel = useRedoLabel();
  return (
    <Group gap={2} ml="auto" wrap="nowrap" flex="none">
      <Tooltip label={undoLabel === null ? 'Nothing to undo' : `Undo: ${undoLabel}`}>
        <ActionIcon
          className={classes.tool}
          aria-label={undoLabel === null ? 'Undo' : `Undo: ${undoLabel}`}
          disabled={undoLabel === null}
          onClick={() => performCommand('edit.undo')}
        >
          <IconArrowBackUp {...icon} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={redoLabel === null ? 'Nothing to redo' : `Redo: ${redoLabel}`}>
        <ActionIcon
          className={classes.tool}
          aria-label={redoLabel === null ? 'Redo' : `Redo: ${redoLabel}`}
          disabled={redoLabel === null}
          onClick={() => performCommand('edit.redo')}
        >
          <IconArrowForwardUp {...icon} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

function ExploreButton() {
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      flex="none"
      aria-label="Explore"
      onClick={() => performCommand('view.explore')}
    >
      <IconCompass size="0.9375rem" stroke={1.75} aria-hidden />
      <span className={classes.buttonText}>Explore</span>
    </Button>
  );
}

function ExportButton() {
  return (
    <Button
      variant="default"
      size="compact-sm"
      flex="none"
      aria-label="Export PDF"
      onClick={() => performCommand('file.exportPdf')}
    >
      <IconFileTypePdf size="0.9375rem" stroke={1.75} aria-hidden />
      <span className={classes.buttonText}>Export PDF</span>
    </Button>
  );
}

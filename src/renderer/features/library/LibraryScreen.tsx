import { Button, Group, Switch, Text, TextInput, Title } from '@mantine/core';
import { IconBuilding, IconFolderOpen, IconSearch, IconTargetArrow } from '@tabler/icons-react';
import { useEffect } from 'react';
import { performCommand } from '../../app/app-commands';
import classes from './library.module.css';
import { EmptyLibrary } from './EmptyLibrary';
import { refreshLibrary, searchLibrary, showArchived, useLibrary } from './library-store';
import { PlanTable } from './PlanTable';
import { TemplateRow } from './TemplateRow';

/** The first screen: every plan, the two doors to a new one, and the templates. */
export function LibraryScreen() {
  const plans = useLibrary((state) => state.plans);
  const search = useLibrary((state) => state.search);
  const isShowingArchived = useLibrary((state) => state.isShowingArchived);

  useEffect(() => {
    void refreshLibrary();
  }, []);

  return (
    <main className={classes.screen} id="main">
      <div className={classes.column}>
        <Group justify="space-between" align="end" mb="md">
          <div>
            <Title order={1}>Plans</Title>
            <Text size="sm" c="dimmed">
              Design a GPU cluster and see training time, inference capacity and cost at once.
            </Text>
          </div>
          <Group gap="sm">
            <Button
              variant="default"
              leftSection={<IconFolderOpen size="0.9375rem" stroke={1.75} />}
              onClick={() => performCommand('file.open')}
            >
              Open file…
            </Button>
            <Button
              variant="default"
              leftSection={<IconTargetArrow size="0.9375rem" stroke={1.75} />}
              onClick={() => performCommand('file.newFromDemand')}
            >
              New from demand
            </Button>
            <Button
              leftSection={<IconBuilding size="0.9375rem" stroke={1.75} />}
              onClick={() => performCommand('file.new')}
            >
              New plan
            </Button>
          </Group>
        </Group>

        <Group justify="space-between" mb="sm">
          <TextInput
            type="search"
            aria-label="Search plans"
            placeholder="Search by name, note, model or system"
            leftSection={<IconSearch size="0.875rem" stroke={1.75} />}
            value={search}
            w={320}
            onChange={(event) => searchLibrary(event.currentTarget.value)}
          />
          <Switch
            size="xs"
            label="Show archived"
            checked={isShowingArchived}
            onChange={(event) => showArchived(event.currentTarget.checked)}
          />
        </Group>

        {plans !== null && plans.length > 0 && <PlanTable plans={plans} />}
        {plans?.length === 0 && <EmptyLibrary search={search} />}
        <TemplateRow />
      </div>
    </main>
  );
}

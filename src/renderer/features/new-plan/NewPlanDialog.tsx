import { Modal, Tabs, Text } from '@mantine/core';
import { setView, useView, type Door } from '../../app/view-store';
import { ClusterDoor } from './ClusterDoor';
import { DemandDoor } from './DemandDoor';
import classes from './new-plan.module.css';

/** The two ways to a plan: from the hardware at hand, or from what has to be done. */
export function NewPlanDialog() {
  const door = useView((view) => view.door);
  return (
    <Modal
      opened
      onClose={() => setView({ dialog: null })}
      title="New plan"
      size={door === 'demand' ? 1080 : 620}
      closeButtonProps={{ 'aria-label': 'Close without creating a plan' }}
    >
      <Tabs value={door} onChange={(chosen) => setView({ door: chosen as Door })}>
        <Tabs.List grow aria-label="Start from">
          <Tabs.Tab value="cluster">
            <span className={classes.doorName}>I know my cluster</span>
            <Text component="span" size="xs" c="dimmed">
              What can it train and serve, and what does it cost?
            </Text>
          </Tabs.Tab>
          <Tabs.Tab value="demand">
            <span className={classes.doorName}>I know my demand</span>
            <Text component="span" size="xs" c="dimmed">
              Which clusters meet it, and at which cost?
            </Text>
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="cluster" pt="md">
          <ClusterDoor />
        </Tabs.Panel>
        <Tabs.Panel value="demand" pt="md">
          <DemandDoor />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  );
}

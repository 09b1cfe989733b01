import { MultiSelect } from '@mantine/core';
import type { Plan, TrainingWorkload } from '@engine/plan';
import { setOtherClusters } from '../../document/commands/time-and-place';
import { planDocument } from '../../document/document';
import { fieldId } from '../../document/fields/field-id';

interface OtherClustersProps {
  readonly plan: Plan;
  readonly job: TrainingWorkload;
}

/** Further clusters of a training job. */
export function OtherClusters({ plan, job }: OtherClustersProps) {
  const others = plan.clusters.filter(({ id }) => id !== job.clusterId);
  const chosen = (job.otherClusterIds ?? []).filter((id) =>
    others.some((other) => other.id === id),
  );
  return (
    <MultiSelect
      id={fieldId('otherClusterIds')}
      label="Further clusters"
      description="Replicas on them too; gradients cross the links between sites."
      data={others.map(({ id, name }) => ({ value: id, label: name }))}
      value={chosen}
      onChange={(clusterIds) =>
        planDocument.perform(setOtherClusters, { partId: job.id, clusterIds })
      }
    />
  );
}

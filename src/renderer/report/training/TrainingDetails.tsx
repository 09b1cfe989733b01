import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import type { TrainingReport } from '@engine/report';
import { trainingDetail } from '@engine/training/training-detail';
import { useMemo } from 'react';
import { PipelineChart } from './PipelineChart';
import { ScalingChart } from './ScalingChart';
import { TornadoChart } from './TornadoChart';

interface TrainingDetailProps {
  readonly plan: Plan;
  readonly workloadId: string;
  readonly catalogue: Catalogue;
}

function useDetail({ plan, workloadId, catalogue }: TrainingDetailProps) {
  return useMemo(() => trainingDetail(plan, workloadId, catalogue), [plan, workloadId, catalogue]);
}

/** The schedule of a step, where it has pipeline stages. */
export function PipelineDetail({
  bubble,
  ...props
}: TrainingDetailProps & { readonly bubble: TrainingReport['pipelineBubble'] }) {
  const detail = useDetail(props);
  const timeline = useMemo(() => detail?.timeline() ?? null, [detail]);
  return timeline && <PipelineChart timeline={timeline} bubble={bubble} />;
}

/** The layout on fewer and more accelerators. */
export function ScalingDetail(props: TrainingDetailProps) {
  const detail = useDetail(props);
  const scaling = useMemo(() => detail?.scaling() ?? null, [detail]);
  if (detail === null || scaling === null || scaling.weak.length < 2) return null;
  return <ScalingChart scaling={scaling} accelerators={detail.accelerators} />;
}

/** What the days and the money rest on. */
export function SensitivityDetail(props: TrainingDetailProps) {
  const detail = useDetail(props);
  const sensitivity = useMemo(() => detail?.sensitivity() ?? null, [detail]);
  return sensitivity && <TornadoChart sensitivity={sensitivity} />;
}

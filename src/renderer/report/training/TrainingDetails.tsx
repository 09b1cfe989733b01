import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import type { TrainingReport } from '@engine/report';
import { trainingDetail } from '@engine/training/training-detail';
import { memo, useDeferredValue, useMemo } from 'react';
import { useReport } from '../report-context';
import { PipelineChart } from './PipelineChart';
import { ScalingChart } from './ScalingChart';
import { TornadoChart } from './TornadoChart';

interface TrainingDetailsProps {
  readonly plan: Plan;
  readonly result: TrainingReport;
  readonly catalogue: Catalogue;
}

/** What takes many steps to compute, once the answer itself is on screen: an edit never waits for it. */
export function TrainingDetails({ plan, result, catalogue }: TrainingDetailsProps) {
  const { mode } = useReport();
  const current = useMemo(() => ({ plan, result }), [plan, result]);
  const later = useDeferredValue(current, mode === 'print' ? current : null);
  const settled = mode === 'print' ? current : later;
  return settled === null ? null : <Details {...settled} catalogue={catalogue} />;
}

const Details = memo(function Details({ plan, result, catalogue }: TrainingDetailsProps) {
  const { workloadId, pipelineBubble } = result;
  const detail = useMemo(
    () => trainingDetail(plan, workloadId, catalogue),
    [plan, workloadId, catalogue],
  );
  if (detail === null) return null;
  const { timeline, scaling, sensitivity } = detail;
  return (
    <>
      {timeline !== null && <PipelineChart timeline={timeline} bubble={pipelineBubble} />}
      {scaling.weak.length > 1 && (
        <ScalingChart scaling={scaling} accelerators={detail.accelerators} />
      )}
      {sensitivity !== null && <TornadoChart sensitivity={sensitivity} />}
    </>
  );
});

import type { StageMemoryReport } from '../report';
import { memoryParts } from './breakdown';
import type { EvaluatedTraining } from './evaluated-training';
import { stageMemory } from './memory';

/** No chart shows more stages; absurd degrees must end in an answer too. */
const mostStages = 1_024;

/** Memory of one accelerator of each pipeline stage; the fullest is the report's memory figure. */
export function memoryStages({ job, constants }: EvaluatedTraining): StageMemoryReport[] {
  const stages = Math.min(mostStages, job.layout.pipelineParallel);
  return Array.from({ length: stages }, (_, stage) => {
    const memory = stageMemory(job, constants, stage);
    return { stage, totalGb: memory.total / 1e9, parts: memoryParts(memory) };
  });
}

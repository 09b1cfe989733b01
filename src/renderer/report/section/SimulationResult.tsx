import type { InferenceWorkload } from '@engine/plan';
import type { SimulationSummary } from '@engine/simulation/summary';
import { formatValue } from '@shared/format/value';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import { hasMeasurement } from './measured-point';
import classes from './section.module.css';

interface SimulationResultProps {
  readonly summary: SimulationSummary;
  readonly replicas: number;
  /** what was simulated, in words */
  readonly description: string;
  readonly workload: InferenceWorkload;
}

/** What the users of a simulated service saw. */
export function SimulationResult(props: SimulationResultProps) {
  const { summary, replicas, description, workload } = props;
  const { locale } = useReport();
  const { timeToFirstToken, timePerOutputToken, queueing, endToEnd } = summary;
  const milliseconds = (seconds: number) => formatValue(seconds * 1e3, 'ms', locale);
  const share = (value: number) => formatValue(value, 'fraction', locale);
  const count = (value: number) => formatValue(value, '', locale);
  const measures = [
    ['Time to first token', timeToFirstToken],
    ['Time per output token', timePerOutputToken],
    ['Wait in the queue', queueing],
    ['Whole answer', endToEnd],
  ] as const;
  return (
    <>
      <DataTable
        caption={`Simulated: ${description}`}
        columns={[
          { key: 'measure', title: 'Measure' },
          { key: 'p50', title: 'p50', isNumber: true },
          { key: 'p90', title: 'p90', isNumber: true },
          { key: 'p99', title: 'p99', isNumber: true },
          { key: 'mean', title: 'Mean', isNumber: true },
        ]}
        rows={measures.map(([label, { p50, p90, p99, mean }]) => [
          label,
          milliseconds(p50),
          milliseconds(p90),
          milliseconds(p99),
          milliseconds(mean),
        ])}
      />
      <DataTable
        caption="The simulated replicas"
        columns={[
          { key: 'what', title: 'Measure' },
          { key: 'value', title: 'Value', isNumber: true },
        ]}
        rows={[
          ['Replicas', count(replicas)],
          ['Utilisation', share(summary.utilisation)],
          ['Requests within both targets', share(summary.withinTargets ?? 0)],
          ['Answered', count(summary.finished)],
          ['Rejected', count(summary.rejected)],
          ['Sent again after a failure', count(summary.restarted)],
          ['Requests in flight, mean', count(summary.meanRequestsInFleet)],
          ['Output rate', formatValue(summary.outputTokensPerSecond, 'tokens/s', locale)],
          ['Simulated time', formatValue(summary.simulatedSeconds, 's', locale)],
        ]}
      />
      {hasMeasurement(workload) && (
        <p className={classes.quiet}>
          Every simulated time is the model’s: what was measured of the service is not in them.
        </p>
      )}
    </>
  );
}

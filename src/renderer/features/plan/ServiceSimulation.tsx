import { Button, Checkbox, FileInput, NativeSelect, NumberInput, Progress } from '@mantine/core';
import type { InferenceWorkload, Plan, SimulationChoice } from '@engine/plan';
import type { InferenceReport } from '@engine/report';
import { setSimulation } from '../../document/commands/simulation';
import { planDocument } from '../../document/document';
import { formatValue } from '@shared/format/value';
import { largestKeptTrace } from '@shared/trace/kept-trace';
import { useReport } from '../../report/report-context';
import { simulationText } from '../../report/section/simulation-text';
import { SimulationResult } from '../../report/section/SimulationResult';
import {
  cancelSimulation,
  chooseSimulation,
  chosenSimulation,
  readTraceFile,
  simulationSubject,
  startSimulation,
  takeUpSimulation,
  useServiceSimulation,
} from './service-simulation-store';
import classes from './search.module.css';

interface ServiceSimulationProps {
  readonly plan: Plan;
  readonly workload: InferenceWorkload;
  readonly result: InferenceReport;
}

const arrivals: readonly {
  readonly value: SimulationChoice['arrivals'];
  readonly label: string;
}[] = [
  { value: 'steady', label: 'At random' },
  { value: 'bursty', label: 'In bursts' },
  { value: 'daily', label: 'Over a day' },
];
const requestCounts = [10_000, 50_000, 200_000];

/** Simulates a service request by request in a thread of its own; the choice can be put into the report. */
export function ServiceSimulation({ plan, workload, result }: ServiceSimulationProps) {
  const { locale } = useReport();
  const state = useServiceSimulation();
  const { phase, message, share, subject, answer, trace } = state;
  const isRunning = phase === 'running';
  const isStale = subject !== simulationSubject(plan, workload.id, state);
  const chosen = chosenSimulation(state);
  const isApplied = chosen !== null && isSame(workload.simulation ?? null, chosen);
  const apply = (simulation: SimulationChoice | null): void => {
    planDocument.perform(setSimulation, { partId: workload.id, simulation });
  };
  return (
    <section className={classes.search} aria-label="Simulation">
      <h3 className={classes.title}>Simulate every request</h3>
      <SimulationChoices />
      <div className={classes.row}>
        <Button
          size="compact-md"
          disabled={isRunning}
          onClick={() => startSimulation(plan, result)}
        >
          Run simulation
        </Button>
        {isRunning && (
          <Button size="compact-md" variant="default" onClick={cancelSimulation}>
            Cancel simulation
          </Button>
        )}
        {isRunning && (
          <Progress
            className={classes.progress}
            value={100 * share}
            aria-label="Share of the requests answered"
          />
        )}
        <span role="status" className={classes.quiet}>
          {statusText(phase, message)}
        </span>
      </div>
      {answer && isStale && (
        <p role="note" className={classes.stale}>
          The plan or the choices have changed since this simulation. Run it again for current
          numbers.
        </p>
      )}
      {answer && (
        <div className={classes.results} data-stale={isStale || undefined}>
          <SimulationResult
            summary={answer.summary}
            replicas={answer.replicas}
            description={
              chosen === null
                ? `the requests of ${trace?.name ?? 'a trace'}`
                : simulationText(chosen, locale)
            }
            workload={workload}
          />
        </div>
      )}
      {trace !== null && chosen === null && (
        <p role="note" className={classes.stale}>
          {trace.name} has {formatValue(trace.stream.arrival.length, 'requests', locale)}; a plan
          keeps at most {formatValue(largestKeptTrace, 'requests', locale)}. It is simulated while
          the app is open and is not part of the plan.
        </p>
      )}
      <div className={classes.row}>
        {answer && !isStale && chosen !== null && !isApplied && (
          <Button size="compact-sm" variant="default" onClick={() => apply(chosen)}>
            Show in the report
          </Button>
        )}
        {workload.simulation && !isApplied && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={isRunning}
            onClick={() => {
              if (workload.simulation) takeUpSimulation(workload.simulation);
              startSimulation(plan, result);
            }}
          >
            Run that of the report
          </Button>
        )}
        {workload.simulation && (
          <Button size="compact-sm" variant="default" onClick={() => apply(null)}>
            Leave out of the report
          </Button>
        )}
        {workload.simulation && (
          <span className={classes.quiet}>
            In the report: {simulationText(workload.simulation, locale)}.
          </span>
        )}
      </div>
    </section>
  );
}

/** Whether two choices give the same numbers. */
function isSame(one: SimulationChoice | null, other: SimulationChoice): boolean {
  return (
    one !== null &&
    one.seed === other.seed &&
    one.hasFailedNode === other.hasFailedNode &&
    one.trace?.rows === other.trace?.rows &&
    (one.trace ? true : one.requests === other.requests && one.arrivals === other.arrivals)
  );
}

function SimulationChoices() {
  const choice = useServiceSimulation((state) => state.choice);
  const trace = useServiceSimulation((state) => state.trace);
  const traceProblem = useServiceSimulation((state) => state.traceProblem);
  return (
    <div className={classes.choices}>
      <NativeSelect
        label="Requests arrive"
        size="xs"
        data={[...arrivals]}
        value={choice.arrivals}
        disabled={trace !== null}
        onChange={(event) => {
          const found = arrivals.find(({ value }) => value === event.currentTarget.value);
          if (found) chooseSimulation({ arrivals: found.value });
        }}
      />
      <NativeSelect
        label="Requests"
        size="xs"
        data={requestCounts.map((count) => ({
          value: String(count),
          label: count.toLocaleString('en'),
        }))}
        value={String(choice.requests)}
        disabled={trace !== null}
        onChange={(event) => chooseSimulation({ requests: Number(event.currentTarget.value) })}
      />
      <NumberInput
        label="Seed"
        size="xs"
        w={90}
        min={1}
        max={2 ** 31 - 1}
        allowDecimal={false}
        value={choice.seed}
        onChange={(value) => {
          if (typeof value === 'number' && value >= 1) chooseSimulation({ seed: value });
        }}
      />
      <FileInput
        label="Trace of requests"
        size="xs"
        w={200}
        placeholder={trace?.name ?? 'CSV or JSON file'}
        accept=".csv,.json,.txt"
        clearable
        error={traceProblem}
        onChange={(file) => void readTraceFile(file)}
      />
      <Checkbox
        label="A node fails halfway"
        size="xs"
        mb={7}
        checked={choice.hasFailedNode}
        onChange={(event) => chooseSimulation({ hasFailedNode: event.currentTarget.checked })}
      />
    </div>
  );
}

function statusText(phase: string, message: string): string {
  switch (phase) {
    case 'running':
      return 'Simulating.';
    case 'done':
      return 'Complete.';
    case 'cancelled':
      return 'Cancelled. Nothing was kept.';
    case 'failed':
      return message;
    default:
      return '';
  }
}

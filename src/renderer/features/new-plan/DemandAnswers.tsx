import { EmptyState, Radio, Table, Text } from '@mantine/core';
import type { SizedCluster, SizedDemand, SizedLayout } from '@engine/search/demand';
import { formatValue } from '@shared/format/value';
import classes from './new-plan.module.css';

interface DemandAnswersProps {
  readonly answer: SizedDemand;
  readonly chosenId: string | null;
  readonly isStale: boolean;
  readonly onChoose: (systemId: string) => void;
}

function layoutText(solution: SizedLayout): string {
  if (solution.kind === 'inference') {
    const replicas = `${formatValue(solution.replicas, '')} ${solution.replicas === 1 ? 'replica' : 'replicas'}`;
    return `${replicas}, TP ${solution.tensorParallel}, ${solution.weightPrecision.toUpperCase()}`;
  }
  const { layout, dataParallel } = solution;
  const degrees = [
    ['TP', layout.tensorParallel],
    ['PP', layout.pipelineParallel],
    ['CP', layout.contextParallel],
    ['EP', layout.expertParallel],
    ['DP', dataParallel],
  ] as const;
  return degrees
    .filter(([name, degree]) => degree > 1 || name === 'DP')
    .map(([name, degree]) => `${name} ${degree}`)
    .join(' × ');
}

/** What the cluster reaches, and in small print what else there is to say about it. */
function resultText(solution: SizedLayout): readonly [string, string] {
  if (solution.kind === 'training') {
    return [
      formatValue(solution.days, 'days'),
      `${formatValue(solution.stepSeconds, 's')} per step`,
    ];
  }
  const perToken = `${formatValue(solution.timePerOutputTokenMs, 'ms')} per token`;
  return [perToken, `first after ${formatValue(solution.timeToFirstTokenMs, 'ms')}`];
}

/** Clusters that meet the demand, cheapest first, and why the others do not. */
export function DemandAnswers({ answer, chosenId, isStale, onChoose }: DemandAnswersProps) {
  const { ranked, rejected } = answer;
  return (
    <section
      className={classes.answers}
      aria-label="Clusters that meet the demand"
      aria-busy={isStale}
    >
      {ranked.length === 0 ? (
        <EmptyState
          size="sm"
          py="lg"
          title="No system of the catalogue meets this demand"
          description="The reasons are below. Relax a latency target, allow more days, or choose a smaller model."
        />
      ) : (
        <Table.ScrollContainer minWidth={620}>
          <Table className={classes.answerTable} aria-label="Clusters, cheapest first">
            <Table.Thead>
              <Table.Tr>
                <Table.Th aria-label="Choice" w={32} />
                <Table.Th>System</Table.Th>
                <Table.Th ta="right">Accelerators</Table.Th>
                <Table.Th>Layout</Table.Th>
                <Table.Th ta="right">Result</Table.Th>
                <Table.Th ta="right">Power</Table.Th>
                <Table.Th ta="right">Cost</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {ranked.map((cluster) => (
                <AnswerRow
                  key={cluster.systemId}
                  cluster={cluster}
                  isChosen={cluster.systemId === chosenId}
                  onChoose={onChoose}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {rejected.length > 0 && (
        <details className={classes.rejected} open={ranked.length === 0}>
          <summary>Why {rejected.length} other systems are not listed</summary>
          <dl>
            {rejected.map(({ systemId, systemName, reason }) => (
              <div key={systemId} style={{ display: 'contents' }}>
                <dt>{systemName}</dt>
                <dd>{reason}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}

interface AnswerRowProps {
  readonly cluster: SizedCluster;
  readonly isChosen: boolean;
  readonly onChoose: (systemId: string) => void;
}

function AnswerRow({ cluster, isChosen, onChoose }: AnswerRowProps) {
  const { systemId, systemName, nodes, accelerators, solution, usdPerHour, usdTotal } = cluster;
  const [result, resultDetail] = resultText(solution);
  return (
    <Table.Tr data-chosen={isChosen || undefined} onClick={() => onChoose(systemId)}>
      <Table.Td>
        <Radio
          size="xs"
          name="chosen-system"
          aria-label={`Choose ${systemName}`}
          checked={isChosen}
          onChange={() => onChoose(systemId)}
        />
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={600}>
          {systemName}
        </Text>
        <span className={classes.reason}>{cluster.reason}</span>
      </Table.Td>
      <Table.Td ta="right">
        {formatValue(accelerators, '')}
        <div className={classes.reason}>{formatValue(nodes, 'nodes')}</div>
      </Table.Td>
      <Table.Td>{layoutText(solution)}</Table.Td>
      <Table.Td ta="right">
        {result}
        <div className={classes.reason}>{resultDetail}</div>
      </Table.Td>
      <Table.Td ta="right">{formatValue(cluster.itPowerKw, 'kW')}</Table.Td>
      <Table.Td ta="right">
        {usdTotal === null ? formatValue(usdPerHour, 'USD/h') : formatValue(usdTotal, 'USD')}
        <div className={classes.reason}>
          {usdPerHour === cluster.rentUsdPerHour ? 'rented' : 'owned'}
        </div>
      </Table.Td>
    </Table.Tr>
  );
}

import { EmptyState, Radio, Table, Text } from '@mantine/core';
import type { SizedCluster, SizedDemand, SizedLayout } from '@engine/search/demand';
import { formatValue } from '@shared/format/value';
import { numberCell, type TableCell } from '@shared/table/cell';
import { useMemo } from 'react';
import { SortButton } from '../../report/table/SortButton';
import { sortState, useTableOrder } from '../../report/table/table-order';
import { TableActions } from '../../report/table/TableActions';
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

const columns = [
  { key: 'system', title: 'System' },
  { key: 'accelerators', title: 'Accelerators', isNumber: true },
  { key: 'layout', title: 'Layout' },
  { key: 'result', title: 'Result', isNumber: true },
  { key: 'power', title: 'Power', isNumber: true },
  { key: 'cost', title: 'Cost', isNumber: true },
];

function answerCells(cluster: SizedCluster): readonly TableCell[] {
  const { solution, usdTotal, usdPerHour } = cluster;
  return [
    cluster.systemName,
    numberCell(cluster.accelerators, ''),
    layoutText(solution),
    solution.kind === 'training'
      ? numberCell(solution.days, 'days')
      : numberCell(solution.timePerOutputTokenMs, 'ms'),
    numberCell(cluster.itPowerKw, 'kW'),
    usdTotal === null ? numberCell(usdPerHour, 'USD/h') : numberCell(usdTotal, 'USD'),
  ];
}

/** Clusters that meet the demand, cheapest first, and why the others do not. */
export function DemandAnswers({ answer, chosenId, isStale, onChoose }: DemandAnswersProps) {
  const { ranked, rejected } = answer;
  const rows = useMemo(() => ranked.map(answerCells), [ranked]);
  const { order, places, sort } = useTableOrder(rows);
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
                <Table.Th aria-label="Choice" w={32}>
                  <TableActions
                    title="Clusters that meet the demand"
                    table={() => ({ columns, rows: places.map((place) => rows[place] ?? []) })}
                  />
                </Table.Th>
                {columns.map(({ key, title, isNumber }, index) => (
                  <Table.Th
                    key={key}
                    aria-sort={sortState(order, index)}
                    {...(isNumber ? { ta: 'right' } : {})}
                  >
                    <SortButton title={title} column={index} order={order} sort={sort} />
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {places.map((place) => {
                const cluster = ranked[place];
                return (
                  cluster && (
                    <AnswerRow
                      key={cluster.systemId}
                      cluster={cluster}
                      isChosen={cluster.systemId === chosenId}
                      onChoose={onChoose}
                    />
                  )
                );
              })}
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

import { Alert, Radio, Table, Text } from '@mantine/core';
import type { RankedBy, SizedCluster, SizedDemand, SizedLayout } from '@engine/sizing/demand';
import { formatValue } from '@shared/format/value';
import { numberCell, type TableCell } from '@shared/table/cell';
import { useMemo } from 'react';
import { SortButton } from '../../report/table/SortButton';
import { sortState, useTableOrder } from '../../report/table/table-order';
import { TableActions } from '../../report/table/TableActions';
import { clusterText, resultText, withNumbersKept } from './layout-text';
import { RelaxationList } from './RelaxationList';
import classes from './new-plan.module.css';

interface DemandAnswersProps {
  readonly answer: SizedDemand;
  readonly rankedBy: RankedBy;
  readonly chosenId: string | null;
  readonly isStale: boolean;
  readonly onChoose: (systemId: string) => void;
}

/** What each ranking starts with, for the name of the table. */
const firstOf: Readonly<Record<RankedBy, string>> = {
  cost: 'cheapest first',
  power: 'lowest power first',
  accelerators: 'fewest accelerators first',
};

const columns = [
  { key: 'system', title: 'System' },
  { key: 'accelerators', title: 'Accelerators', isNumber: true },
  { key: 'layout', title: 'Layout' },
  { key: 'result', title: 'Result', isNumber: true },
  { key: 'power', title: 'Power', isNumber: true },
  { key: 'cost', title: 'Cost', isNumber: true },
];

/** What is sorted and exported of a result: days of a run, time per token or to the answer of a service; several services are words. */
function resultCell(solution: SizedLayout): TableCell {
  switch (solution.kind) {
    case 'training':
      return numberCell(solution.days, 'days');
    case 'inference':
      return numberCell(solution.timePerOutputTokenMs, 'ms');
    case 'task':
      return numberCell(solution.slowestSeconds, 's');
    case 'services':
      return resultText(solution)[0];
  }
}

function answerCells(cluster: SizedCluster): readonly TableCell[] {
  const { solution, usdTotal, usdPerHour } = cluster;
  return [
    cluster.systemName,
    numberCell(cluster.accelerators, ''),
    clusterText(cluster),
    resultCell(solution),
    numberCell(cluster.itPowerKw, 'kW'),
    usdTotal === null ? numberCell(usdPerHour, 'USD/h') : numberCell(usdTotal, 'USD'),
  ];
}

/** Clusters that meet the demand in their order, what would make them smaller, and why the others do not. */
export function DemandAnswers(props: DemandAnswersProps) {
  const { answer, rankedBy, chosenId, isStale, onChoose } = props;
  const { ranked, rejected, problem, relaxations } = answer;
  const rows = useMemo(() => ranked.map(answerCells), [ranked]);
  const { order, places, sort } = useTableOrder(rows);
  return (
    <section
      className={classes.answers}
      aria-label="Clusters that meet the demand"
      aria-busy={isStale}
    >
      {problem && (
        <Alert color="red" variant="light" title={problem.title}>
          {problem.advice}
        </Alert>
      )}
      {ranked.length === 0 && problem === null && (
        <Alert variant="light" title="No cluster with a known price meets the demand">
          Rank by power or accelerators to see those without a price.
        </Alert>
      )}
      {ranked.length > 0 && (
        <Table.ScrollContainer minWidth={660} className={classes.answerScroll ?? ''}>
          <Table
            className={classes.answerTable}
            aria-label={`Clusters, ${firstOf[rankedBy]}`}
            stickyHeader
          >
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
      {(relaxations.length > 0 || ranked.length > 0) && (
        <RelaxationList relaxations={relaxations} rankedBy={rankedBy} />
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
  const { systemId, systemName, nodes, accelerators, solution } = cluster;
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
      <Table.Td>{withNumbersKept(clusterText(cluster))}</Table.Td>
      <Table.Td ta="right" className={solution.kind === 'services' ? undefined : classes.oneLine}>
        {result}
        <div className={classes.reason}>{resultDetail}</div>
      </Table.Td>
      <Table.Td ta="right">{formatValue(cluster.itPowerKw, 'kW')}</Table.Td>
      <Table.Td ta="right">
        <Cost cluster={cluster} />
      </Table.Td>
    </Table.Tr>
  );
}

function Cost({ cluster }: { readonly cluster: SizedCluster }) {
  const { usdPerHour, usdTotal, rentUsdPerHour } = cluster;
  if (usdPerHour === null) return <span className={classes.reason}>no price</span>;
  return (
    <>
      {usdTotal === null ? formatValue(usdPerHour, 'USD/h') : formatValue(usdTotal, 'USD')}
      <div className={classes.reason}>{usdPerHour === rentUsdPerHour ? 'rented' : 'owned'}</div>
    </>
  );
}

import { SegmentedControl, Splitter } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useState } from 'react';
import type { Plan } from '@engine/plan';
import type { Report } from '@engine/report';
import { useView, type Panel } from '../../app/view-store';
import { reportOf } from '../../document/report';
import { findFigure } from '../../report/figure/find-figure';
import { ReportProvider } from '../../report/report-context';
import { ChecksBar, ChecksPanel } from './ChecksPanel';
import { findingsSummary } from './findings-summary';
import { Inspector } from './Inspector';
import { Outline } from './Outline';
import { keptSizes, keepSizes } from './pane-sizes';
import classes from './plan.module.css';
import { SectionView } from './SectionView';

interface PlanScreenProps {
  readonly plan: Plan;
}

/** Outline, results and inputs side by side, checks below; one at a time where there is no room. */
export function PlanScreen({ plan }: PlanScreenProps) {
  const report = reportOf(plan);
  const isNarrow = useMediaQuery('(max-width: 60em)', false, { getInitialValueInEffect: false });
  const find = useCallback((key: string) => findFigure(report, key), [report]);
  return (
    <ReportProvider findFigure={find}>
      {isNarrow ? (
        <NarrowPlan plan={plan} report={report} />
      ) : (
        <WidePlan plan={plan} report={report} />
      )}
    </ReportProvider>
  );
}

interface PanesProps {
  readonly plan: Plan;
  readonly report: Report;
}

function WidePlan({ plan, report }: PanesProps) {
  const hidden = useView((view) => view.hiddenPanels);
  const shows = (panel: Panel) => !hidden.includes(panel);
  const layout = hidden.filter((panel) => panel !== 'checks').join('-');
  const middle = (
    <main className={classes.middle} id="main">
      {shows('checks') ? (
        <Splitter
          className={classes.splitter}
          orientation="vertical"
          lineSize={1}
          attributes={resizeHandle('Resize the checks')}
          handleColor="var(--cw-hairline)"
          withHandle={false}
          onResizeEnd={(_handle, sizes) => keepSizes('checks', sizes)}
        >
          <Splitter.Pane defaultSize={72} min={20} className={classes.pane}>
            <SectionView plan={plan} report={report} />
          </Splitter.Pane>
          <Splitter.Pane
            defaultSize={keptSizes('checks')?.[1] ?? '176px'}
            min="40px"
            className={classes.pane}
          >
            <ChecksPanel plan={plan} report={report} />
          </Splitter.Pane>
        </Splitter>
      ) : (
        <div className={classes.withBar}>
          <SectionView plan={plan} report={report} />
          <ChecksBar report={report} />
        </div>
      )}
    </main>
  );
  const sizes = keptSizes(`panes-${layout}`);
  const panes = [
    shows('outline') && (
      <Splitter.Pane
        key="outline"
        defaultSize={sizes?.[0] ?? '232px'}
        min="160px"
        className={classes.pane}
      >
        <Outline plan={plan} report={report} />
      </Splitter.Pane>
    ),
    <Splitter.Pane key="middle" defaultSize={100} min={20} className={classes.pane}>
      {middle}
    </Splitter.Pane>,
    shows('inspector') && (
      <Splitter.Pane
        key="inspector"
        defaultSize={sizes?.at(-1) ?? '296px'}
        min="220px"
        max="520px"
        className={classes.pane}
      >
        <Inspector plan={plan} />
      </Splitter.Pane>
    ),
  ].filter((pane) => pane !== false);

  if (panes.length === 1) return <div className={classes.screen}>{middle}</div>;
  return (
    <div className={classes.screen}>
      <Splitter
        key={layout}
        className={classes.splitter}
        lineSize={1}
        attributes={resizeHandle('Resize outline, results and inputs')}
        handleColor="var(--cw-hairline)"
        withHandle={false}
        onResizeEnd={(_handle, changed) => keepSizes(`panes-${layout}`, changed)}
      >
        {panes}
      </Splitter>
    </div>
  );
}

/** Names the separators between panes, which arrow keys move. */
function resizeHandle(label: string) {
  return { handle: { 'aria-label': label } };
}

type NarrowPane = 'outline' | 'results' | 'inputs' | 'checks';

function NarrowPlan({ plan, report }: PanesProps) {
  const [pane, setPane] = useState<NarrowPane>('results');
  const wantedField = useView((view) => view.wantedField);
  const shown = wantedField === null ? pane : 'inputs';
  if (shown !== pane) setPane(shown);

  return (
    <div className={classes.narrow}>
      <SegmentedControl
        aria-label="Part of the screen"
        fullWidth
        radius={0}
        data={[
          { value: 'outline', label: 'Outline' },
          { value: 'results', label: 'Results' },
          { value: 'inputs', label: 'Inputs' },
          { value: 'checks', label: 'Checks' },
        ]}
        value={pane}
        onChange={setPane}
      />
      <main
        className={classes.narrowPane}
        id="main"
        aria-label={pane === 'checks' ? findingsSummary(report.findings) : undefined}
      >
        {pane === 'outline' && <Outline plan={plan} report={report} />}
        {pane === 'results' && <SectionView plan={plan} report={report} />}
        {pane === 'inputs' && <Inspector plan={plan} />}
        {pane === 'checks' && <ChecksPanel plan={plan} report={report} />}
      </main>
    </div>
  );
}

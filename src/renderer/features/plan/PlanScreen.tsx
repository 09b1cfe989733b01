import { SegmentedControl, Splitter } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import type { Plan } from '@engine/plan';
import type { Figure, Report } from '@engine/report';
import { useView, type Panel } from '../../app/view-store';
import { planDocument, usePlan } from '../../document/document';
import { reportOf } from '../../document/report';
import { useScreenTextScale } from '../../report/chart/text-scale';
import { findFigure } from '../../report/figure/find-figure';
import { ReportProvider } from '../../report/report-context';
import { ChecksBar, ChecksPanel } from './ChecksPanel';
import { findingsSummary } from './findings-summary';
import { Inspector } from './Inspector';
import { Outline } from './Outline';
import { keptSizes, keepSizes } from './pane-sizes';
import classes from './plan.module.css';
import { SectionView } from './SectionView';

/** Looked up when it is asked for: one function for every state of the plan, so that an edit draws nothing because of it. */
function findInPlan(key: string): Figure | null {
  const plan = planDocument.store.getState().history?.present;
  return plan === undefined ? null : findFigure(reportOf(plan), key);
}

/** Outline, results and inputs side by side, checks below; one at a time where there is no room. */
export function PlanScreen() {
  const widest = 60 * 16 * useScreenTextScale();
  const isNarrow = useMediaQuery(`(max-width: ${widest}px)`, false, {
    getInitialValueInEffect: false,
  });
  return (
    <ReportProvider findFigure={findInPlan}>
      {isNarrow ? <NarrowPlan /> : <WidePlan />}
    </ReportProvider>
  );
}

interface WithPlanProps {
  readonly draw: (plan: Plan, report: Report) => ReactNode;
}

/** What follows the open plan: an edit draws the panes, not the frame they stand in. */
function WithPlan({ draw }: WithPlanProps) {
  const plan = usePlan();
  return plan && draw(plan, reportOf(plan));
}

const outline = <WithPlan draw={(plan, report) => <Outline plan={plan} report={report} />} />;
const results = <WithPlan draw={(plan, report) => <SectionView plan={plan} report={report} />} />;
const inputs = <WithPlan draw={(plan) => <Inspector plan={plan} />} />;
const checks = <WithPlan draw={(plan, report) => <ChecksPanel plan={plan} report={report} />} />;
const checksBar = <WithPlan draw={(_plan, report) => <ChecksBar report={report} />} />;

function WidePlan() {
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
            {results}
          </Splitter.Pane>
          <Splitter.Pane
            defaultSize={keptSizes('checks')?.[1] ?? '176px'}
            min="40px"
            className={classes.pane}
          >
            {checks}
          </Splitter.Pane>
        </Splitter>
      ) : (
        <div className={classes.withBar}>
          {results}
          {checksBar}
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
        {outline}
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
        {inputs}
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

function NarrowPlan() {
  const plan = usePlan();
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
        aria-label={
          pane === 'checks' && plan ? findingsSummary(reportOf(plan).findings) : undefined
        }
      >
        {pane === 'outline' && outline}
        {pane === 'results' && results}
        {pane === 'inputs' && inputs}
        {pane === 'checks' && checks}
      </main>
    </div>
  );
}

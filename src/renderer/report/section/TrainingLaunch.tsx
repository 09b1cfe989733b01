import { Button, Tabs } from '@mantine/core';
import type { Catalogue } from '@engine/catalogue/types';
import { planLaunch } from '@engine/launch/launch-settings';
import type { LaunchSettings } from '@engine/launch/types';
import type { Plan } from '@engine/plan';
import { useMemo, useRef } from 'react';
import { useReport } from '../report-context';
import classes from './launch.module.css';

interface TrainingLaunchProps {
  readonly plan: Plan;
  readonly workloadId: string;
  readonly catalogue: Catalogue;
}

/** What starts the planned layout in each training tool, as text to copy. */
export function TrainingLaunch({ plan, workloadId, catalogue }: TrainingLaunchProps) {
  const { mode } = useReport();
  const settings = useMemo(
    () => planLaunch(plan, workloadId, catalogue),
    [plan, workloadId, catalogue],
  );
  const [first] = settings;
  if (first === undefined) return null;
  if (mode === 'print') {
    return (
      <div className={classes.launch}>
        <h4 className={classes.title}>Launch settings</h4>
        {settings.map((one) => (
          <div key={one.tool} className={classes.printed}>
            <strong>{one.tool}</strong>
            <LaunchText settings={one} />
          </div>
        ))}
      </div>
    );
  }
  return (
    <section className={classes.launch} aria-label="Launch settings">
      <h4 className={classes.title}>Launch settings</h4>
      <Tabs defaultValue={first.tool} keepMounted={false}>
        <Tabs.List aria-label="Training tool">
          {settings.map(({ tool }) => (
            <Tabs.Tab key={tool} value={tool}>
              {tool}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {settings.map((one) => (
          <Tabs.Panel key={one.tool} value={one.tool} pt="xs">
            <LaunchText settings={one} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  );
}

function LaunchText({ settings }: { readonly settings: LaunchSettings }) {
  const { mode } = useReport();
  const text = useRef<HTMLPreElement>(null);
  // The window may not write to the clipboard: it selects, and the reader copies.
  const select = (): void => {
    if (text.current) getSelection()?.selectAllChildren(text.current);
  };
  return (
    <>
      <p className={classes.quiet}>{`${settings.form}. Names from ${settings.source}.`}</p>
      <pre ref={text} className={classes.text}>
        {settings.text}
      </pre>
      {mode === 'screen' && (
        <Button size="compact-sm" variant="default" onClick={select}>
          Select settings to copy
        </Button>
      )}
      {settings.cannot.length > 0 && (
        <ul className={classes.cannot}>
          {settings.cannot.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </>
  );
}

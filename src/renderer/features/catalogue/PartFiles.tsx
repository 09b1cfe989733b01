import { Button, FileButton, Menu, Modal } from '@mantine/core';
import { useState } from 'react';
import { partsRecords, type PartsReading } from '@shared/catalogue/parts-csv';
import { csvText } from '@shared/table/delimited';
import { putOwnParts } from '../../document/commands/parts';
import { planDocument, usePlan } from '../../document/document';
import { noticeNote, noticeProblem } from '../../host/notices';
import { useReport } from '../../report/report-context';
import { partsCsv } from '../../workers/parts-csv';
import classes from './catalogue.module.css';

/** Own parts from a CSV file and to one. */
export function PartFiles() {
  const plan = usePlan();
  const { tables } = useReport();
  const [isReading, setIsReading] = useState(false);
  const [reading, setReading] = useState<PartsReading | null>(null);
  const own = plan?.ownParts ?? [];

  async function read(file: File | null) {
    if (file === null) return;
    setIsReading(true);
    partsCsv.start(await file.text(), {
      onPartial: () => undefined,
      onFailed: (message) => {
        setIsReading(false);
        noticeProblem(`“${file.name}” could not be read (${message}). Nothing was changed.`);
      },
      onDone: (answer) => {
        setIsReading(false);
        if (answer.parts.length > 0) planDocument.perform(putOwnParts, { parts: answer.parts });
        if (answer.problemCount > 0) setReading(answer);
        else noticeNote(`${answer.parts.length} parts were read.`);
      },
    });
  }

  function write() {
    const bytes = new TextEncoder().encode(`\uFEFF${csvText(partsRecords(own))}`);
    tables?.exportFile({ title: `Parts of ${plan?.name ?? 'a plan'}`, format: 'csv', bytes });
  }

  return (
    <>
      <FileButton accept=".csv,text/csv" onChange={(file) => void read(file)}>
        {({ onClick }) => (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" disabled={plan === null} loading={isReading}>
                CSV
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={onClick}>Import parts…</Menu.Item>
              <Menu.Item disabled={own.length === 0} onClick={write}>
                Export your own parts…
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </FileButton>
      {reading !== null && <ReadingReport reading={reading} onClose={() => setReading(null)} />}
    </>
  );
}

interface ReadingReportProps {
  readonly reading: PartsReading;
  readonly onClose: () => void;
}

/** What was kept of a file, and every line that was not, up to a bound. */
function ReadingReport({ reading, onClose }: ReadingReportProps) {
  const { parts, problems, problemCount } = reading;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${parts.length} parts were kept; ${problemCount} problems`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <ul className={classes.problems}>
        {problems.map(({ line, problem }, index) => (
          <li key={index}>
            <b>Line {line}:</b> {problem}
          </li>
        ))}
      </ul>
      {problemCount > problems.length && (
        <p className={classes.quiet}>
          {problemCount - problems.length} more problems are not listed.
        </p>
      )}
    </Modal>
  );
}

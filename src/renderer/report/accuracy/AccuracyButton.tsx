import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useReport } from '../report-context';
import { AccuracySummary } from './AccuracySummary';
import { InferenceAccuracySummary } from './InferenceAccuracySummary';

interface AccuracyButtonProps {
  readonly subject: 'training' | 'inference';
}

const summaries = { training: AccuracySummary, inference: InferenceAccuracySummary };

/** Opens how accurate training or inference is, from its results. On paper the summary stands in its place. */
export function AccuracyButton({ subject }: AccuracyButtonProps) {
  const Summary = summaries[subject];
  const { mode } = useReport();
  const [isOpen, setIsOpen] = useState(false);
  if (mode === 'print') return <Summary isShort />;
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => setIsOpen(true)}
      >
        How accurate is this?
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title="How accurate is this?"
        size="xl"
      >
        {isOpen && <Summary />}
      </Modal>
    </>
  );
}

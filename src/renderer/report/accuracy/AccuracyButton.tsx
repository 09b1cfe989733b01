import { Button, Modal } from '@mantine/core';
import { memo, useState } from 'react';
import { AccuracySummary } from './AccuracySummary';
import type { AccuracySubject } from './accuracy-subject';

interface AccuracyButtonProps {
  readonly subject: AccuracySubject;
}

/** Opens how accurate training or inference is, from its results. On paper the summary ends the chapter. */
export const AccuracyButton = memo(function AccuracyButton({ subject }: AccuracyButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
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
        {isOpen && <AccuracySummary subject={subject} />}
      </Modal>
    </>
  );
});

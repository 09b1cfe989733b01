import { startTransition, useEffect, useState, type ReactNode } from 'react';
import { useReport } from './report-context';

interface InTurnProps {
  /** each must stay the same element while what it shows is the same */
  readonly parts: readonly ReactNode[];
}

/**
 * Parts below an answer. They appear with it, so that nothing moves under the reader; after an edit they are drawn one after the
 * other once the new answer is on screen. An edit waits for none of them, and a further edit starts anew with the first.
 */
export function InTurn({ parts }: InTurnProps) {
  const { mode } = useReport();
  const [shown, setShown] = useState(parts);
  const next = parts.findIndex((part, index) => part !== shown[index]);
  const isAtOnce = mode === 'print';
  useEffect(() => {
    if (isAtOnce || next === -1) return;
    // The one that is next now, and those after it as they were: their turn comes once this one is drawn.
    startTransition(() =>
      setShown((before) => parts.map((part, index) => (index === next ? part : before[index]))),
    );
  }, [isAtOnce, next, parts]);
  return (isAtOnce ? parts : shown).map((part, index) => <Turn key={index}>{part}</Turn>);
}

function Turn({ children }: { readonly children: ReactNode }) {
  return children;
}

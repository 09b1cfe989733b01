import { useState } from 'react';
import { useDebouncedCallback } from '@mantine/hooks';
import type { Quantity } from '@engine/plan';
import { parseQuantityText, type QuantityRead } from '@shared/quantity-text/parse';
import { writeQuantityText } from '@shared/quantity-text/write';
import { settleWhole } from '../limits';
import type { QuantityField } from '../quantity-fields';

/** Typing is taken over when it pauses this long; Enter and leaving the field take it over at once. */
const typingPauseMs = 250;

interface Draft {
  readonly text: string;
  /** the stored quantity when typing began; another one since then makes the draft obsolete */
  readonly base: Quantity | null;
}

interface Options {
  readonly field: QuantityField;
  readonly quantity: Quantity | null;
  readonly whyInvalid: (read: QuantityRead) => string | null;
  readonly onCommit: (read: QuantityRead) => void;
  readonly onClear: (() => void) | null;
  /** Enter was pressed or the field was left */
  readonly onSettle: (() => void) | null;
}

type Understanding =
  | { readonly kind: 'empty' }
  | { readonly kind: 'read'; readonly read: QuantityRead }
  | { readonly kind: 'refused'; readonly message: string };

function understand(
  text: string,
  { field, whyInvalid }: Pick<Options, 'field' | 'whyInvalid'>,
): Understanding {
  if (text.trim() === '' && field.emptyMeans !== null) return { kind: 'empty' };
  const result = parseQuantityText(text, field.unit);
  if (!result.ok) return { kind: 'refused', message: result.message };
  const read = settleWhole(field, result.read);
  const problem = whyInvalid(read);
  return problem === null ? { kind: 'read', read } : { kind: 'refused', message: problem };
}

function isSame(quantity: Quantity | null, understood: Understanding): boolean {
  if (understood.kind === 'empty') return quantity === null;
  if (understood.kind === 'refused' || quantity === null) return false;
  const { read } = understood;
  return quantity.value === read.value && quantity.low === read.low && quantity.high === read.high;
}

/** The text of a field while it is being typed, what it means, and when it becomes part of the plan. */
export function useQuantityDraft(options: Options) {
  const { field, quantity, onCommit, onClear, onSettle } = options;
  const [draft, setDraft] = useState<Draft | null>(null);
  const understoodDraft = draft && understand(draft.text, options);
  const isCurrent =
    draft !== null &&
    understoodDraft !== null &&
    (draft.base === quantity || isSame(quantity, understoodDraft));

  function commit(text: string) {
    const understood = understand(text, options);
    if (isSame(quantity, understood)) return;
    if (understood.kind === 'read') onCommit(understood.read);
    if (understood.kind === 'empty') onClear?.();
  }

  const commitLater = useDebouncedCallback(commit, { delay: typingPauseMs, flushOnUnmount: true });

  return {
    text: isCurrent ? draft.text : quantity === null ? '' : writeQuantityText(quantity, field.unit),
    understood: isCurrent ? understoodDraft : null,
    type(text: string) {
      setDraft({ text, base: isCurrent ? draft.base : quantity });
      commitLater(text);
    },
    /** Takes over what was typed; text that cannot be understood stays, with its error. */
    settle() {
      if (!isCurrent) return;
      commitLater.cancel();
      commit(draft.text);
      if (understoodDraft.kind !== 'refused') setDraft(null);
      onSettle?.();
    },
    abandon() {
      commitLater.cancel();
      setDraft(null);
    },
  };
}

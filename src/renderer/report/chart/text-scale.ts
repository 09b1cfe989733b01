import { useSyncExternalStore } from 'react';
import { useReport } from '../report-context';

const usualRootPx = 16;

function read(): number {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return size > 0 ? size / usualRootPx : 1;
}

let known: number | null = null;

/** Tells when the size of text changes: an element of one rem changes its size then. */
function subscribe(changed: () => void): () => void {
  const rem = document.createElement('div');
  rem.setAttribute('aria-hidden', 'true');
  Object.assign(rem.style, { position: 'absolute', width: '1rem', visibility: 'hidden' });
  document.body.append(rem);
  const observer = new ResizeObserver(() => {
    const before = known;
    known = read();
    if (known !== before) changed();
  });
  observer.observe(rem);
  return () => {
    observer.disconnect();
    rem.remove();
  };
}

/** How large people read text on this screen, over the usual size: drawings grow with it. */
export function useScreenTextScale(): number {
  return useSyncExternalStore(
    subscribe,
    () => (known ??= read()),
    () => 1,
  );
}

/** The same where results are shown: on paper text has the size of the paper. */
export function useTextScale(): number {
  const { mode } = useReport();
  const onScreen = useScreenTextScale();
  return mode === 'print' ? 1 : onScreen;
}

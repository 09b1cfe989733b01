import { useEffect } from 'react';

const attribute = 'data-mantine-color-scheme';

/** Paper is white: while the page is printed it has the light colours, whatever the screen has. */
export function usePaperColours(): void {
  useEffect(() => {
    const root = document.documentElement;
    let onScreen = root.getAttribute(attribute);
    const toPaper = () => {
      onScreen = root.getAttribute(attribute);
      root.setAttribute(attribute, 'light');
    };
    const toScreen = () => {
      if (onScreen !== null) root.setAttribute(attribute, onScreen);
    };
    addEventListener('beforeprint', toPaper);
    addEventListener('afterprint', toScreen);
    return () => {
      removeEventListener('beforeprint', toPaper);
      removeEventListener('afterprint', toScreen);
    };
  }, []);
}

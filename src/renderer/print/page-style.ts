import type { Paper } from '@shared/ipc/contract';

/**
 * Sets the paper and its margins; the foot leaves room for the page number that the main process prints.
 * A constructed style sheet, because the page's content security policy refuses inline ones.
 */
export function setPage(paper: Paper): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    @page { size: ${paper === 'A4' ? 'A4' : 'letter'}; margin: 16mm 16mm 20mm; }
    html { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

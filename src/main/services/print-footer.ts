/**
 * The foot of every printed page: the plan's name and "Page x of y". Chromium draws page margin boxes from version 131
 * on; they use the report's own font. Before, only Electron's footer template exists, a document of its own
 * that is printed before a font of its own could load, so it is set in the system's font.
 */
const firstChromiumWithMarginBoxes = 131;

export function drawsMarginBoxes(chromiumVersion: string): boolean {
  return Number.parseInt(chromiumVersion, 10) >= firstChromiumWithMarginBoxes;
}

/** Style rules that put the foot into the page's margin. */
export function footerStyle(planName: string): string {
  const look = `font: 8pt 'Inter Print', sans-serif; color: #495057;`;
  return `@page {
    @bottom-left { content: ${cssString(shortened(planName))}; ${look} }
    @bottom-right { content: "Page " counter(page) " of " counter(pages); ${look} }
  }`;
}

/** The same foot as a template for printToPDF. */
export function footerTemplate(planName: string): string {
  return `<div style="width: 100%; margin: 0 16mm; display: flex; justify-content: space-between; font: 8px sans-serif; color: #495057">
    <span>${escaped(shortened(planName))}</span>
    <span>Page <span class="pageNumber"></span> of <span class="totalPages"></span></span>
  </div>`;
}

function shortened(name: string): string {
  const characters = Array.from(name);
  return characters.length <= 80 ? name : `${characters.slice(0, 79).join('')}…`;
}

function cssString(text: string): string {
  const content = text.replace(
    /[\p{Cc}"\\<>]/gu,
    (character) => `\\${character.codePointAt(0)?.toString(16) ?? ''} `,
  );
  return `"${content}"`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
}

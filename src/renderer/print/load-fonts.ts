const sample = 'Aa 0123 × − — ⁵ ₂ ≤ → α é';
const faces = [
  "400 12px 'Inter Print'",
  "600 12px 'Inter Print'",
  "400 12px 'JetBrains Mono Print'",
];

/** Loads the faces that the report is set in and waits for every face that the drawn page asked for. */
export async function loadFonts(): Promise<void> {
  await Promise.all(faces.map((face) => document.fonts.load(face, sample)));
  await document.fonts.ready;
}

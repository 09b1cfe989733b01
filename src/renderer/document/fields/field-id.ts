/** The page's id of the input that stands for a field, so that findings and the palette can put the focus there. */
export function fieldId(field: string): string {
  return `field-${field.replaceAll('.', '-')}`;
}

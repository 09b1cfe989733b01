/**
 * A function of a table and a question that answers each question once as long as the table lives. Tables are immutable, so an answer
 * never goes stale: a changed table is another object. It is for questions that every evaluation of a plan asks again.
 */
export function remember<Table extends object, Answer>(
  compute: (table: Table, question: string) => Answer,
): (table: Table, question: string) => Answer {
  const answers = new WeakMap<Table, Map<string, { readonly answer: Answer }>>();
  return (table, question) => {
    const ofTable = answers.get(table) ?? new Map<string, { readonly answer: Answer }>();
    answers.set(table, ofTable);
    const known = ofTable.get(question);
    if (known !== undefined) return known.answer;
    const answer = compute(table, question);
    ofTable.set(question, { answer });
    return answer;
  };
}

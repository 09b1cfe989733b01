interface WorkloadLeadProps {
  readonly answer: string;
  readonly decomposition: string;
  readonly bound: string;
}

/** The answer in words, how its number splits up, and what limits it. */
export function WorkloadLead({ answer, decomposition, bound }: WorkloadLeadProps) {
  return (
    <>
      <p>{answer}</p>
      {decomposition !== '' && <p>{decomposition}</p>}
      {bound !== '' && <p>Limited by: {bound}</p>}
    </>
  );
}

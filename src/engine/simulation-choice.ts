/** How a service is simulated at its peak; the same choice always gives the same answer. */
export interface SimulationChoice {
  readonly requests: number;
  readonly seed: number;
  readonly arrivals: 'steady' | 'bursty' | 'daily';
  /** a node stops halfway for a while */
  readonly hasFailedNode: boolean;
  /** its requests in place of drawn ones; null or absent: none */
  readonly trace?: KeptTrace | null | undefined;
}

/** A trace file of requests as the plan keeps it. */
export interface KeptTrace {
  /** of the file that it was read from */
  readonly name: string;
  /** one request a line: arrival [s], prompt tokens, output tokens */
  readonly rows: string;
}

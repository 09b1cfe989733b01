import type { ServiceLoad } from '@engine/simulation/service-load';

/** How a service is served where a test says nothing else. */
export const plainLoad = {
  policy: 'chunked prefill',
  tokenBudget: null,
  reservedAnswer: null,
  largestBatch: null,
  router: 'join shortest queue',
  queueLimit: Infinity,
  prefillReplicas: 0,
  autoscaling: null,
  outages: [],
  arrivals: { kind: 'poisson' },
} as const satisfies Partial<ServiceLoad>;

import type { ContextExchange } from '../plan';
import type { ScheduleChoice } from './schedule-space';

/** Pipeline schedules as users read them. */
export const scheduleName: Readonly<Record<ScheduleChoice, string>> = {
  '1f1b': '1F1B, interleaved',
  'zero-bubble': 'Zero bubble (ZB-H1)',
  dualpipe: 'DualPipe',
};

/** Ways to exchange keys and values between context-parallel ranks as users read them. */
export const exchangeName: Readonly<Record<ContextExchange, string>> = {
  'all-gather': 'All-gather',
  ring: 'Ring',
  ulysses: 'Ulysses (all-to-all)',
};

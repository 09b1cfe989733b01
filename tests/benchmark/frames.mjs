/** What frames of a page cost: processor time of its main thread, from a trace. */

export const frameLimitMs = 16;

const ownWork = new Set([
  'FunctionCall',
  'EvaluateScript',
  'RunMicrotasks',
  'FireAnimationFrame',
  'TimerFire',
  'EventDispatch',
  'MajorGC',
  'MinorGC',
  'V8.GC_MC_BACKGROUND_MARKING',
  'UpdateLayoutTree',
  'Layout',
  'PrePaint',
  'Paint',
  'Layerize',
  'Commit',
]);

/** Performs something and gives the frames in which the page changed. */
export async function traced(session, perform) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  session.on('Tracing.dataCollected', collect);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: [
        'devtools.timeline',
        'devtools.timeline.frame',
        'disabled-by-default-devtools.timeline',
      ],
    },
  });
  await perform();
  const ended = new Promise((done) => session.once('Tracing.tracingComplete', done));
  await session.send('Tracing.end');
  await ended;
  session.off('Tracing.dataCollected', collect);
  return framesOf(events);
}

/** Processor time of the page's main thread for each frame in which something was laid out, in ms. */
function framesOf(events) {
  const threads = new Map();
  for (const event of events) {
    const key = `${event.pid} ${event.tid}`;
    const list = threads.get(key) ?? [];
    list.push(event);
    threads.set(key, list);
  }
  const page = [...threads.values()].reduce((most, list) =>
    count(list, 'UpdateLayoutTree') > count(most, 'UpdateLayoutTree') ? list : most,
  );
  const work = page.filter(({ ph, name }) => ph === 'X' && ownWork.has(name));
  const ends = page.filter(({ name }) => name === 'BeginCommitCompositorFrame').map(({ ts }) => ts);
  ends.sort((first, second) => first - second);
  const frames = new Array(ends.length + 1).fill(0);
  const isChanged = new Set();
  let coveredUntil = 0;
  let frame = 0;
  for (const { name, ts, dur, tdur = dur } of work.sort((first, second) => first.ts - second.ts)) {
    while (frame < ends.length && ends[frame] < ts) frame += 1;
    if (name === 'Layout') isChanged.add(frame);
    // Events nest: what an outer one covers is not counted again.
    if (ts < coveredUntil) continue;
    coveredUntil = ts + dur;
    frames[frame] += tdur / 1000;
  }
  return frames.filter((_, index) => isChanged.has(index));
}

function count(events, name) {
  return events.filter((event) => event.name === name).length;
}

export function quantile(values, share) {
  const sorted = [...values].sort((first, second) => first - second);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export function spread(frames) {
  const ms = (share) => quantile(frames, share).toFixed(1).padStart(5);
  return `${String(frames.length).padStart(4)} frames: median ${ms(0.5)} ms, 95 % ${ms(0.95)} ms, longest ${ms(1)} ms`;
}

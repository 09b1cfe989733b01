const showsProgress = Boolean(process.stderr.isTTY);

/** Shows what is going on while it lasts; logs and pipes only get the finished line. */
export function announce(text) {
  if (showsProgress) process.stderr.write(`\r\x1b[2K${text} …`);
}

/**
 * Runs one step. A step resolves to the sentence that says what it did, or to undefined when there was nothing to do,
 * and then nothing is printed.
 */
export async function reportStep(work) {
  const start = performance.now();
  try {
    const outcome = await work();
    clearProgress();
    if (outcome) console.log(`${outcome} (${formatSeconds(performance.now() - start)})`);
  } catch (error) {
    clearProgress();
    throw error;
  }
}

export function formatSeconds(durationMs) {
  return `${(durationMs / 1000).toFixed(durationMs < 9950 ? 1 : 0)} s`;
}

function clearProgress() {
  if (showsProgress) process.stderr.write('\r\x1b[2K');
}

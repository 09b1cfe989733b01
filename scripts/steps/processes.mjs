import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** Linux processes that run this executable: {pid, args, seccomp}, `seccomp` 2 meaning a system call filter is on. */
export function findProcesses(executable) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (readlinkSync(`/proc/${pid}/exe`) !== executable) return [];
        const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        const seccomp = Number(status.match(/^Seccomp:\s+(\d)/m)?.[1]);
        return [{ pid: Number(pid), args: args.join(' ').split(' '), seccomp }];
      } catch {
        // It ended while the list was read.
        return [];
      }
    });
}

import type { RankedLayout } from './layout-question';

interface Scored {
  readonly score: number;
  readonly ranked: RankedLayout;
}

/** What is kept of the layouts that a search has seen, best first. */
export interface LayoutRanking {
  /** whether a layout with at least this score and step time changes nothing that is kept */
  isHopeless(leastScore: number, leastSeconds: number): boolean;
  offer(score: number, stepSeconds: number, describe: () => RankedLayout): void;
  best(): readonly RankedLayout[];
}

/** The best layouts so far: least score first, of equal scores the faster, of equal times the one found first. */
export class Ranking implements LayoutRanking {
  private readonly kept: Scored[] = [];

  constructor(private readonly top: number) {}

  isHopeless(leastScore: number, leastSeconds: number): boolean {
    const last = this.kept[this.top - 1];
    if (last === undefined) return false;
    return (
      leastScore > last.score ||
      (leastScore === last.score && leastSeconds > last.ranked.stepSeconds)
    );
  }

  offer(score: number, stepSeconds: number, describe: () => RankedLayout): void {
    if (this.isHopeless(score, stepSeconds)) return;
    let at = this.kept.length;
    while (at > 0 && isAfter(this.kept[at - 1], score, stepSeconds)) at -= 1;
    this.kept.splice(at, 0, { score, ranked: describe() });
    if (this.kept.length > this.top) this.kept.pop();
  }

  best(): readonly RankedLayout[] {
    return this.kept.map(({ ranked }) => ranked);
  }
}

function isAfter(entry: Scored | undefined, score: number, stepSeconds: number): boolean {
  if (entry === undefined) return false;
  return entry.score === score ? entry.ranked.stepSeconds > stepSeconds : entry.score > score;
}

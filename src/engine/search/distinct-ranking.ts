import type { RankedLayout } from './layout-question';
import type { LayoutRanking } from './ranking';

interface Scored {
  readonly score: number;
  readonly seconds: number;
}

interface Choice {
  best: Scored;
  ranked: RankedLayout;
  /** the others of the choice that come close to its best */
  alike: Scored[];
}

/** A layout comes close to another where score and step time exceed the other's by no more than this share. */
const closeness = 0.01;

/**
 * The best layout of each of the best choices, and how many layouts of the choice come close to it. Which layouts make one choice
 * is told by a name for the layout at hand.
 *
 * Whatever comes close to a kept layout is no more than so much beyond the last of them and therefore never hopeless: the numbers
 * are those of trying every layout.
 */
export class DistinctRanking implements LayoutRanking {
  private readonly choices = new Map<string, Choice>();
  /** best first */
  private kept: Choice[] = [];

  constructor(
    private readonly top: number,
    private readonly choiceAtHand: () => string,
  ) {}

  isHopeless(leastScore: number, leastSeconds: number): boolean {
    const last = this.kept[this.top - 1]?.best;
    if (last === undefined) return false;
    if (leastScore === last.score) return leastSeconds > (1 + closeness) * last.seconds;
    return leastScore > (1 + closeness) * last.score;
  }

  offer(score: number, seconds: number, describe: () => RankedLayout): void {
    if (this.isHopeless(score, seconds)) return;
    const name = this.choiceAtHand();
    const offered = { score, seconds };
    const choice = this.choices.get(name);
    if (choice === undefined) {
      const made = { best: offered, ranked: describe(), alike: [] };
      this.choices.set(name, made);
      this.place(made);
    } else if (isBefore(offered, choice.best)) {
      choice.alike = [...choice.alike, choice.best].filter((one) => isClose(one, offered));
      choice.best = offered;
      choice.ranked = describe();
      this.place(choice);
    } else if (isClose(offered, choice.best)) {
      choice.alike.push(offered);
    }
  }

  best(): readonly RankedLayout[] {
    return this.kept.map(({ ranked, alike }) => ({ ...ranked, alike: alike.length }));
  }

  private place(choice: Choice): void {
    const others = this.kept.filter((one) => one !== choice);
    const before = others.filter(({ best }) => !isBefore(choice.best, best)).length;
    this.kept = others.toSpliced(before, 0, choice).slice(0, this.top);
  }
}

function isBefore(one: Scored, other: Scored): boolean {
  return one.score === other.score ? one.seconds < other.seconds : one.score < other.score;
}

function isClose(one: Scored, best: Scored): boolean {
  const most = 1 + closeness;
  return one.score <= most * best.score && one.seconds <= most * best.seconds;
}

import { findModelSize } from '@engine/catalogue/find';
import { alikeNames } from '@engine/catalogue/match-name';
import type { Catalogue, Model } from '@engine/catalogue/types';
import { countParameters } from '@engine/model/parameters';
import { CaseError, type CaseModel } from './case';

type Assume = (sentence: string) => void;

/** How large a model is, when nothing is known of its architecture. */
export interface StatedSize {
  readonly parameters: number;
  /** null for a dense model */
  readonly active: number | null;
  readonly attentionLayerShare: number | null;
}

const scales: Readonly<Record<string, number>> = { m: 1e6, b: 1e9, t: 1e12 };

function sizeInName(name: string, pattern: RegExp): number | null {
  const found = pattern.exec(name);
  const scale = scales[found?.[2]?.toLowerCase() ?? ''];
  return found?.[1] !== undefined && scale !== undefined ? Number(found[1]) * scale : null;
}

/** Layers with attention in models that mix it with state-space layers: one in five, as in Nemotron 3. */
function hybridShare(name: string): number | null {
  return /mamba|hybrid|ssm|jamba|nemotron[- ]?[3h]/i.test(name) ? 0.2 : null;
}

/** The size of a family that has only one, for a name without any: of several none is guessed. */
function relative(name: string, catalogue: Catalogue): StatedSize | null {
  const family = /^[a-z]+/i.exec(name)?.[0]?.toLowerCase();
  if (family === undefined) return null;
  const sizes: StatedSize[] = [];
  for (const row of catalogue.modelSizes.values()) {
    if (!row.name.toLowerCase().startsWith(family)) continue;
    sizes.push({
      parameters: row.parameters.value,
      active: row.activeParameters?.value ?? null,
      attentionLayerShare: row.attentionLayerShare?.value ?? null,
    });
  }
  for (const row of catalogue.models.values()) {
    if (!row.name.toLowerCase().startsWith(family)) continue;
    const { total, active } = countParameters(row.architecture);
    sizes.push({
      parameters: total,
      active: row.architecture.mixtureOfExperts ? active : null,
      attentionLayerShare: null,
    });
  }
  const [first] = sizes;
  const isOne = first && sizes.every(({ parameters }) => isNear(parameters, first.parameters));
  return isOne ? first : null;
}

/** The size of a model that a case names without an architecture: stated, in the catalogue, in the name, or a relative's. */
export function statedSize(given: CaseModel, catalogue: Catalogue, assume: Assume): StatedSize {
  const name = given.name ?? '';
  const row = name ? findModelSize(catalogue, name) : null;
  const parameters =
    given.params_total ??
    row?.parameters.value ??
    sizeInName(name, /(?<![a-z\d.])(\d+(?:\.\d+)?) ?([bmt])(?![a-z\d])/i);
  const active =
    given.params_active ??
    row?.activeParameters?.value ??
    sizeInName(name, /\ba(\d+(?:\.\d+)?) ?([bm])\b/i) ??
    (parameters && /moe|expert/i.test(name) ? parameters / 12 : null);
  const attentionLayerShare = row?.attentionLayerShare?.value ?? hybridShare(name);
  if (parameters) return { parameters, active, attentionLayerShare };
  const kin = relative(name, catalogue);
  if (kin === null) {
    const alike = alikeNames(
      [...catalogue.models.values(), ...catalogue.modelSizes.values()],
      name,
      5,
    );
    const instead = alike.length === 0 ? '' : ` Write one of these instead: ${alike.join(', ')}.`;
    throw new CaseError(
      `The catalogue has no model named '${name}', and the case states too little of its architecture (a parameter count, or layers and hidden, are the least).${instead}`,
    );
  }
  assume(`size of its family in the catalogue: '${name}' states none`);
  return kin;
}

/** How far a relative may differ in size to stand in for a model that the catalogue does not have. */
const nearEnough = 0.1;

function isNear(first: number, second: number): boolean {
  return Math.abs(Math.log(first / second)) < nearEnough;
}

/** The model of the same family that comes closest to a size, experts or none alike; null where none comes near. */
export function nearestRelative(
  name: string,
  size: StatedSize,
  catalogue: Catalogue,
): Model | null {
  const family = /^[a-z]+/i.exec(name)?.[0]?.toLowerCase();
  if (family === undefined || size.attentionLayerShare !== null) return null;
  let nearest: Model | null = null;
  let distance = Number.POSITIVE_INFINITY;
  for (const row of catalogue.models.values()) {
    if (!row.name.toLowerCase().startsWith(family)) continue;
    const { total, active } = countParameters(row.architecture);
    if (!isNear(total, size.parameters) || !isNear(active, size.active ?? size.parameters))
      continue;
    const own = Math.abs(Math.log(total / size.parameters));
    if (own >= distance) continue;
    nearest = row;
    distance = own;
  }
  return nearest;
}

import type { Catalogue, Fact, ImageModel, Model, Region, System } from '@engine/catalogue/types';
import type { TaskKind } from '@engine/plan';
import { importedIdPrefix } from '@engine/catalogue/imported-models';
import { everySystem, rareSystems } from '@engine/sizing/stand-in-system';
import { taskModels } from '@engine/tasks/task-context';
import { formatDate } from '@shared/format/date';
import { formatValue } from '@shared/format/value';
import type { CatalogueOption } from './CatalogueSelect';

function listed(...facts: readonly (string | null)[]): string {
  return facts.filter((fact) => fact !== null).join(' · ');
}

/** Entered in the plan, whole or in part. */
function isEntered(row: object): boolean {
  return Object.values(row).some(
    (value: unknown) =>
      typeof value === 'object' &&
      value !== null &&
      'quality' in value &&
      value.quality === 'entered',
  );
}

function factText(fact: Fact | null): string | null {
  return fact && formatValue(fact.value, fact.unit);
}

function byLabel(options: readonly CatalogueOption[]): readonly CatalogueOption[] {
  return options.toSorted((first, second) =>
    first.label.localeCompare(second.label, 'en', { numeric: true }),
  );
}

function modelOption(model: Model): CatalogueOption {
  const active = model.publishedActiveParameters;
  return {
    value: model.id,
    label: model.name,
    facts: listed(
      formatValue(model.publishedParameters.value, 'parameters'),
      active && `${formatValue(active.value, '')} active`,
      model.releasedOn && `released ${formatDate(model.releasedOn)}`,
      model.id.startsWith(importedIdPrefix) ? 'imported from config.json' : null,
    ),
    keywords: [model.id, model.family, ...model.aliases].join(' '),
  };
}

export function modelOptions(catalogue: Catalogue): readonly CatalogueOption[] {
  return byLabel([...catalogue.models.values()].map(modelOption));
}

/** Models that make images, vectors or transcripts. */
export function taskModelOptions(catalogue: Catalogue, task: TaskKind): readonly CatalogueOption[] {
  return byLabel(
    taskModels(catalogue, task).map((row) => ({
      value: row.id,
      label: row.name,
      facts: listed(
        factText(row.parameters),
        'resolution' in row ? sizeText(row) : null,
        'resolution' in row ? factText(row.steps) : null,
      ),
      keywords: [row.id, ...row.aliases].join(' '),
    })),
  );
}

/** What a generator makes where nothing else is asked: the edge of an image, the frame and the length of a video. */
function sizeText({ resolution, video }: ImageModel): string | null {
  if (video === undefined) return factText(resolution);
  const seconds = (video.frames.value - 1) / video.framesPerSecond.value;
  return `${video.width.value} × ${video.height.value} pixels · ${formatValue(seconds, 's')}`;
}

function systemOption(system: System, catalogue: Catalogue): CatalogueOption {
  const accelerator = catalogue.accelerators.get(system.acceleratorId);
  return {
    value: system.id,
    label: system.name,
    facts: listed(
      isEntered(system) ? 'your own values' : null,
      `${system.acceleratorsPerNode.value} × ${accelerator?.name ?? system.acceleratorId}`,
      accelerator ? factText(accelerator.memoryCapacity) : null,
      factText(system.maxPower),
    ),
    keywords: [system.id, accelerator?.vendor ?? '', ...(accelerator?.aliases ?? [])].join(' '),
  };
}

export function systemOptions(catalogue: Catalogue): readonly CatalogueOption[] {
  const option = (system: System): CatalogueOption => systemOption(system, catalogue);
  const isListed = ({ id }: System): boolean => catalogue.systems.has(id);
  const all = everySystem(catalogue);
  const standIns = all.filter((system) => !isListed(system));
  const rare = rareSystems(catalogue).map((system) => ({ ...option(system), isRare: true }));
  return [
    ...byLabel(all.filter(isListed).map(option)),
    ...byLabel(standIns.map(option)),
    ...byLabel(rare),
  ];
}

function regionOption(region: Region): CatalogueOption {
  return {
    value: region.id,
    label: region.name,
    facts: listed(
      isEntered(region) ? 'your own values' : null,
      region.electricityPrice
        ? `${formatValue(region.electricityPrice.value, 'USD')}/kWh`
        : 'no sourced price',
      `${formatValue(region.gridCarbon.value, '')} g CO₂e/kWh`,
    ),
    keywords: region.id,
  };
}

export function regionOptions(catalogue: Catalogue): readonly CatalogueOption[] {
  return byLabel([...catalogue.regions.values()].map(regionOption));
}

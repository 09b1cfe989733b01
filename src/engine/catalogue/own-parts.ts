/** What a plan adds to the catalogue: parts of its own, and values that replace those of a published part. */

/** The kinds of part that a plan may bring or change. */
export type PartKind =
  'accelerator' | 'system' | 'switch' | 'transceiver' | 'networkCard' | 'region';

/** A value entered by hand, in the unit of its field. */
export interface PartValue {
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly note?: string | undefined;
}

/** A part of the plan's own. What it does not state is that of the part it is based on. */
export interface OwnPart {
  readonly kind: PartKind;
  readonly id: string;
  readonly name: string;
  /** id of a part of the same kind, of the catalogue or of the plan; null: everything is stated */
  readonly basedOn: string | null;
  /** for a system: id of the accelerator in it; absent: that of the part it is based on */
  readonly acceleratorId?: string | undefined;
  /** by the key of the field, such as 'memoryCapacity' or 'peakDense.bf16' */
  readonly values: Readonly<Record<string, PartValue>>;
  readonly note?: string | undefined;
}

/** A value that replaces the published one, with the reason why. */
export interface PartOverride extends PartValue {
  readonly kind: PartKind;
  readonly partId: string;
  /** key of the field */
  readonly field: string;
}

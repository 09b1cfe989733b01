import { assumptionOf } from '../catalogue/assumption';
import type { Assumptions, Fact, System } from '../catalogue/types';
import { factInput } from '../explain';
import type { FigureInput } from '../report';
import { HOURS_PER_YEAR } from '../units';

/**
 * Electrical power of a cluster under load: its nodes, and the switches, storage and management nodes that go with them.
 *
 *   P = n · (p + α · r)
 *
 * n nodes · p power of one node under load [kW]: measured where somebody measured it, else its rated maximum · r rated maximum of one
 * node [kW] · α power of switches, optics, storage and management over the rated power of the nodes [1]
 *
 * The share is of the rated power, as the source counts it, and drawn in full: switches and storage hardly draw less when the nodes do.
 * Leaves out: idle periods; the make of the switches and the size of the storage.
 * Source: definition; α is facility.auxiliaryPowerShare of the catalogue.
 */
export function clusterPowerKw(system: System, nodes: number, auxiliaryShare: number): number {
  return nodes * (loadPower(system).value + auxiliaryShare * system.maxPower.value);
}

/** What switches, optics, storage and management draw over the rated power of the nodes. */
export function auxiliaryShare(assumptions: Assumptions): Fact & { readonly label: string } {
  return assumptionOf(assumptions, 'facility.auxiliaryPowerShare');
}

/** The symbols of (p + α · r), one node with its part of switches, storage and management. */
export function nodePowerInputs(system: System, assumptions: Assumptions): FigureInput[] {
  return [
    factInput('p', 'Power of a node under load', loadPower(system)),
    auxiliaryShareInput(assumptions),
    factInput('r', 'Rated power of a node', system.maxPower),
  ];
}

/** The share put in for its symbol. */
export function auxiliaryShareInput(assumptions: Assumptions): FigureInput {
  const share = auxiliaryShare(assumptions);
  return factInput('α', share.label, share);
}

/** Power of one node under load and where it comes from. */
export function loadPower(system: System) {
  return system.typicalPower ?? system.maxPower;
}

/**
 * Energy that a facility draws in a year.
 *
 *   E = P_IT · PUE · u · 8760 / 1000
 *
 * E energy [MWh] · P_IT power of the computers under load [kW] · PUE power usage effectiveness [1] · u share of hours in use [1] ·
 * 8760 hours per year
 *
 * Leaves out: idle power of the hours not in use; the change of PUE with load.
 * Source: definition of power usage effectiveness, ISO/IEC 30134-2 (from memory).
 */
export function energyMwhPerYear(
  itPowerKw: number,
  powerUsageEffectiveness: number,
  utilisationFraction: number,
): number {
  return (itPowerKw * powerUsageEffectiveness * utilisationFraction * HOURS_PER_YEAR) / 1e3;
}

/**
 * Emissions of electricity at the grid's average intensity.
 *
 *   C = E · g / 1000
 *
 * C emissions [t CO₂e] · E energy [MWh] · g intensity of the grid [g CO₂e/kWh] (1 MWh at 1 g/kWh is 1 kg)
 *
 * Leaves out: making of the hardware and buildings, contracts for clean electricity, marginal intensity.
 * Source: location-based method, GHG Protocol Scope 2 Guidance 2015 (from memory).
 */
export function carbonTonnes(energyMwh: number, gramsPerKwh: number): number {
  return (energyMwh * gramsPerKwh) / 1e3;
}

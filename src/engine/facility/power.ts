import type { System } from '../catalogue/types';
import { HOURS_PER_YEAR } from '../units';

/**
 * Electrical power of nodes under load.
 *
 *   P = n · p
 *
 * n nodes · p power of one node under load [kW]: measured where somebody measured it, else its rated maximum
 *
 * Leaves out: switches, storage and management nodes; idle periods.
 * Source: definition.
 */
export function clusterPowerKw(system: System, nodes: number): number {
  return nodes * loadPower(system).value;
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

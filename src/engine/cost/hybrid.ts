/**
 * Share of hours by which load exceeds the owned part of a cluster, and so is rented.
 *
 *   ρ = u − h + (1 − u) · h^(1 / (1 − u))
 *
 * u mean load as a share of the peak [1] · h share of the peak that is owned [1]. The load of a year, sorted from the highest hour to the
 * lowest, is taken to fall as (1 − t)^((1 − u) / u), which starts at the peak, ends at nothing and has the mean u; ρ is the area of it above h.
 *
 * Leaves out: the shape of a measured load; how fast rented capacity can be had.
 * Source: own derivation from the stated load curve.
 */
export function rentedShare(meanLoad: number, ownedShare: number): number {
  const owned = Math.min(1, Math.max(0, ownedShare));
  if (meanLoad >= 1) return 1 - owned;
  return Math.max(0, meanLoad - owned + (1 - meanLoad) * owned ** (1 / (1 - meanLoad)));
}

/**
 * Share of the peak whose ownership costs least: the last accelerator owned is as busy as the break-even utilisation asks.
 *
 *   h = (1 − u*)^((1 − u) / u)
 *
 * u* break-even utilisation of owning [1] · u mean load as a share of the peak [1]; 0 where owning never pays
 *
 * Leaves out: what rentedShare leaves out; sizes in which systems come.
 * Source: own derivation: the derivative of rentedShare by h is set to −u*.
 */
export function bestOwnedShare(breakEven: number | null, meanLoad: number): number {
  if (breakEven === null || breakEven >= 1) return 0;
  return (1 - Math.max(0, breakEven)) ** ((1 - meanLoad) / meanLoad);
}

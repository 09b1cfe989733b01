/** Rows of the catalogue for the scale-out network. Powers and prices that nobody published are null. */
import type { Fact } from './types';

export interface Switch {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly generation: string;
  readonly protocol: 'infiniband' | 'ethernet';
  /** ports at full speed */
  readonly ports: Fact;
  /** Gb/s per port, one direction */
  readonly portSpeed: Fact;
  /** ports that one port can be split into, each with its share of the speed */
  readonly splitsPerPort: Fact;
  /** ports that one transceiver of the switch serves */
  readonly portsPerTransceiver: Fact;
  readonly rackUnits: Fact | null;
  /** W */
  readonly power: Fact | null;
  /** USD */
  readonly price: Fact | null;
  readonly notes: string;
}

export interface Transceiver {
  readonly id: string;
  readonly name: string;
  readonly links: Fact;
  /** Gb/s per link, one direction */
  readonly linkSpeed: Fact;
  /** m */
  readonly reach: Fact | null;
  readonly medium: 'single-mode' | 'multimode';
  /** W */
  readonly power: Fact | null;
  /** USD */
  readonly price: Fact | null;
  readonly notes: string;
}

export interface NetworkCard {
  readonly id: string;
  readonly name: string;
  /** Gb/s, one direction */
  readonly speed: Fact;
  /** W */
  readonly power: Fact | null;
  /** USD */
  readonly price: Fact | null;
  readonly notes: string;
}

/** How a system is usually networked and racked: what a cluster of it starts from. */
export interface NetworkDesign {
  readonly systemId: string;
  readonly switchId: string;
  /** independent copies of the fabric */
  readonly planes: Fact;
  /** leaves of a scalable unit, one for each position of an accelerator */
  readonly rails: Fact;
  /** nodes in a rack of the reference design; null where none is published */
  readonly nodesPerRack: Fact | null;
  readonly notes: string;
}

export interface NetworkCatalogue {
  readonly switches: ReadonlyMap<string, Switch>;
  readonly transceivers: ReadonlyMap<string, Transceiver>;
  readonly networkCards: ReadonlyMap<string, NetworkCard>;
  /** by system id */
  readonly designs: ReadonlyMap<string, NetworkDesign>;
}

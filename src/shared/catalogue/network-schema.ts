import { z } from 'zod';
import type { NetworkCard, NetworkDesign, Switch, Transceiver } from '@engine/catalogue/network';
import { factSchema as fact, identifierSchema as identifier } from './schema';

const text = z.string().min(1);
const positive = fact.refine((found) => found.value > 0, { error: 'The value is not positive.' });

const part = {
  id: identifier,
  name: text,
  power: positive.nullable(),
  price: positive.nullable(),
  notes: z.string(),
};

const switchSchema: z.ZodType<Switch> = z.strictObject({
  ...part,
  vendor: text,
  generation: text,
  protocol: z.enum(['infiniband', 'ethernet']),
  ports: positive,
  portSpeed: positive,
  splitsPerPort: positive,
  portsPerTransceiver: positive,
  rackUnits: positive.nullable(),
});

const transceiverSchema: z.ZodType<Transceiver> = z.strictObject({
  ...part,
  links: positive,
  linkSpeed: positive,
  reach: positive.nullable(),
  medium: z.enum(['single-mode', 'multimode']),
});

const networkCardSchema: z.ZodType<NetworkCard> = z.strictObject({ ...part, speed: positive });

const designSchema: z.ZodType<NetworkDesign> = z.strictObject({
  systemId: identifier,
  switchId: identifier,
  planes: positive,
  rails: positive,
  nodesPerRack: positive.nullable(),
  notes: z.string(),
});

/** The file resources/catalogue/network.json. */
export const networkSchema = z.strictObject({
  switches: z.array(switchSchema),
  transceivers: z.array(transceiverSchema),
  networkCards: z.array(networkCardSchema),
  designs: z.array(designSchema),
});

import { planFleet } from '@engine/fleet/plan-fleet';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { parseArguments, type Command } from '../command';
import { CommandFailure, exitStatus } from '../io';
import { readPlan } from '../read-input';

/** `fleet PLAN`: how a plan's services share its sites. */
export const fleetCommand: Command = {
  name: 'fleet',
  summary: 'how services share sites, and what is lost without one',
  help: `Usage: clusterwright fleet PLAN.clusterplan

Prints JSON {routing, tenants, pools, flows, unserved, losses, unreachable, day}: where the requests of each region go, by latency,
price or carbon; what every service is served, at which round trip, cost and carbon; and what is no longer served without
each site and without one node of each cluster; and the load of every hour of a day (UTC). The plan says where the users are in
its field "fleet", and a service in its field "regions" where its own are elsewhere.`,
  async perform(args, io) {
    const { positionals } = parseArguments(args, 1);
    const [path = ''] = positionals;
    const fleet = planFleet(await readPlan(path, io), bundledCatalogue);
    if (fleet === null) {
      throw new CommandFailure(
        `${path} does not say where its users are, or has no service. Nothing was computed; add "fleet" with regions of demand.`,
      );
    }
    io.print(JSON.stringify(fleet, null, 2));
    return exitStatus.done;
  },
};

/** Rate of one port of a generation of InfiniBand [Gb/s]. */
const portRates: Readonly<Record<string, number>> = {
  fdr: 56,
  edr: 100,
  hdr100: 100,
  hdr: 200,
  hdr200: 200,
  ndr200: 200,
  ndr: 400,
  ndr400: 400,
  xdr: 800,
};

const rate = String.raw`(\d+(?:\.\d+)?) ?([gt])(?:b\/s|bps|bit\/s|be?)`;
const portsOfRate = /(\d+) ?x ?(?:connectx-\d|[a-z -])*?(\d+) ?g/i;
const portsOfGeneration = /(\d+) ?x ?(fdr|edr|hdr(?:100|200)?|ndr(?:200|400)?|xdr)\b/i;
// Bytes, with a capital letter, are of links in the server.
const perPart =
  /(\d+(?:\.\d+)?) ?([GgTt])(?:b\/s|bps|bit\/s|bE?)?(?: [\w-]+){0,3}? ?(?:per|an?|each|\/) ?(?:GPU|gpu|chip|accelerator|NPU|GCD)/;
const perServer = new RegExp(`${rate} (?:\\w+ )?(?:per (?:node|server|machine)|inter-?node)`, 'i');
// What a cloud rates a machine's adapter at, and a port of plain Ethernet, serve the whole machine.
const ofMachine = new RegExp(`${rate} efa|efa,? (?:v\\d,? )?${rate}`, 'i');
const betweenThousands = /(?<=\d),(?=\d{3}\b)/g;
const besideEthernet = /infiniband|\bib\b|connectx|bluefield|management|storage/i;
const ofEthernet = /\b(1|10|25|40|50|100) ?(?:gbe|g(?:b\/s|bps|bit\/s)? ethernet)\b/i;

function gbps(value: string | undefined, prefix: string | undefined): number {
  return Number(value) * (prefix?.toLowerCase() === 't' ? 1000 : 1);
}

/**
 * Network rate per accelerator that a text states: '8x400G IB', '4x NDR200', '4x Omni-Path 100 Gb/s per node', '400 Gb/s per
 * GPU', '3.2 Tb/s EFA', '25 GbE'; null where it states none.
 */
export function networkGbps(written: string | null | undefined, perNode: number): number | null {
  if (!written) return null;
  const text = written.replaceAll(betweenThousands, '');
  const ports = portsOfRate.exec(text);
  if (ports?.[1] && ports[2]) return (Number(ports[1]) * Number(ports[2])) / perNode;
  const named = portsOfGeneration.exec(text);
  const port = portRates[named?.[2]?.toLowerCase() ?? ''];
  if (named && port) return (Number(named[1]) * port) / perNode;
  const own = perPart.exec(text);
  if (own) return gbps(own[1], own[2]);
  const server = perServer.exec(text) ?? ofMachine.exec(text);
  if (server) return gbps(server[1] ?? server[3], server[2] ?? server[4]) / perNode;
  const ethernet = besideEthernet.test(text) ? null : ofEthernet.exec(text);
  return ethernet ? Number(ethernet[1]) / perNode : null;
}

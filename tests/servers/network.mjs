// Starts the AT Protocol's development network, tells its addresses on one line, and ends with its stdin.
import { pathToFileURL } from "node:url";

const { TestNetwork, TestPds } = await import(pathToFileURL(process.env.DEV_ENV_ENTRY).href);

const network = await TestNetwork.create({});
const limited = await TestPds.create({
  didPlcUrl: network.plc.url,
  bskyAppViewUrl: network.bsky.url,
  bskyAppViewDid: network.bsky.ctx.cfg.serverDid,
  rateLimitsEnabled: true,
});
const told = { pds: network.pds.url, limited_pds: limited.url, plc: network.plc.url, bsky: network.bsky.url };
process.stdout.write(`READY ${JSON.stringify(told)}\n`);

let closing = false;
const close = () => {
  if (closing) return;
  closing = true;
  setTimeout(() => process.exit(0), 3000);
  Promise.allSettled([limited.close(), network.close()]).then(() => process.exit(0));
};
process.stdin.on("end", close).on("close", close).resume();
process.on("SIGTERM", close);

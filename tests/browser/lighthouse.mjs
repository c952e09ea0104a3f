// Runs Lighthouse, as for a phone, on each address of the command line, in one browser: the one that CHROME_PATH names.
// Prints for each address its scores and what keeps them from being whole. NPM_FOLDER is where the set-up put Lighthouse.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const load = (from, name) => import(pathToFileURL(createRequire(from).resolve(name)));
const installed = join(process.env.NPM_FOLDER, "package.json");
const { default: lighthouse } = await load(installed, "lighthouse");
const { launch } = await load(installed, "chrome-launcher");

const config = {
  extends: "lighthouse:default",
  settings: {
    onlyCategories: ["accessibility", "best-practices", "seo"],
    disableFullPageScreenshot: true,
    // the pages come from this machine, and do nothing when they have loaded
    pauseAfterFcpMs: 100,
    pauseAfterLoadMs: 100,
    networkQuietThresholdMs: 100,
    cpuQuietThresholdMs: 100,
  },
};

const why = (audit) => `${audit.id}: ${audit.explanation ?? JSON.stringify(audit.details?.items?.[0] ?? null)}`;

const chrome = await launch({ chromeFlags: ["--headless=new", "--no-sandbox"] });
const found = {};
for (const address of process.argv.slice(2)) {
  const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "error" }, config);
  found[address] = Object.fromEntries(
    Object.values(lhr.categories).map(({ id, score, auditRefs }) => {
      const weighed = auditRefs.filter((ref) => ref.weight).map((ref) => lhr.audits[ref.id]);
      return [id, { score, faults: weighed.filter((audit) => audit.score !== null && audit.score < 1).map(why) }];
    }),
  );
}
chrome.kill();
console.log(JSON.stringify(found));

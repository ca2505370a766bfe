// One process of heap-settings.ts: normalizes the ORU again and again, and prints how that went.
import type { SteadyRun } from './heap-settings.js';
import { loadBench } from './samples.js';

const warmUp = 1500;
const messages = 2500;

const { gateway, oru } = loadBench();
for (let i = 0; i < warmUp; i++) gateway.normalize(oru.envelope);
const cpu = process.cpuUsage();
const start = process.hrtime.bigint();
for (let i = 0; i < messages; i++) gateway.normalize(oru.envelope);
const { user, system } = process.cpuUsage(cpu);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const run: SteadyRun = {
  perCpuSecond: messages / ((user + system) / 1e6),
  perSecond: messages / seconds,
  memory: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(JSON.stringify(run));

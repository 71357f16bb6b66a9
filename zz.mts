import { readRecording } from '/work/wt/recording/src/harness/recording/read.ts';
import { checkTrace } from '/work/wt/recording/src/harness/recording/check.ts';
import { knownOf, } from '/work/wt/recording/src/harness/recording/format.ts';
import { readHeading } from '/work/wt/recording/src/harness/recording/read.ts';
import { fornextUnderTest as release } from '/work/wt/recording/src/harness/state-machine/release.ts';
const file = process.argv[2];
const h = await readHeading(file);
const known = knownOf(h, release);
const reached = new Map(); let n=0, c=0, bad=0;
const kinds = new Map();
for await (const rec of readRecording(file, () => release as never)) {
  n++;
  const { divergence, commands, reached: r } = checkTrace(release as never, rec, known);
  c += commands;
  for (const [k, v] of r) reached.set(k, (reached.get(k) ?? 0) + v);
  if (divergence) { bad++; const { differences: d, position } = divergence as any; 
    const key = JSON.stringify(d.map((x:any)=>x.where ?? x.table ?? x.place ?? Object.keys(x))).slice(0,120);
    kinds.set(key,(kinds.get(key)??0)+1);
    if (bad <= Number(process.argv[3] ?? 5)) {console.log('TRACE', rec.index, 'pos', position, JSON.stringify(rec.trace.commands[position]), JSON.stringify(d).slice(0,900)); console.log('  MACHINE', JSON.stringify(rec.trace.commands[0].command).slice(0,500), JSON.stringify(rec.trace.commands[1].command).slice(0,200));}
  }
}
console.log({ n, c, bad }, kinds);
console.log('unreached', release.machine.witnesses.filter((w: string) => !reached.has(w)).join('\n  '));

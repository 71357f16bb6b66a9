// Prints what the action's outputs are, from the JSON of `verify` or `diff`.
import { readFileSync } from 'node:fs';

const { verdict, divergence, groups } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const page = groups ? groups[0]?.page : divergence?.page;
process.stdout.write(`verdict=${verdict}\npage=${page ?? ''}\n`);

// Prints what the action's outputs are, from the JSON of `verify`.
import { readFileSync } from 'node:fs';

const { verdict, divergence } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
process.stdout.write(`verdict=${verdict}\npage=${divergence?.page ?? ''}\n`);

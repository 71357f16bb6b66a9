// Starts `worker.ts` as it stands, in development: a loader given in `execArgv` does not reach a worker of Node 20.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');

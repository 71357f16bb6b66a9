import { join } from 'node:path';
import { testKeptTraces } from '../kept-traces.ts';

testKeptTraces(join(import.meta.dirname, 'traces'));

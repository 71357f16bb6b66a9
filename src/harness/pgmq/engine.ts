/** pgmq, the queue by itself. */
import type { AnyRelease, Engine } from '../contract/engine.ts';
import { pgmqUnderTest } from './release.ts';

export const pgmq: Engine = { name: 'pgmq', releases: [pgmqUnderTest as unknown as AnyRelease] };

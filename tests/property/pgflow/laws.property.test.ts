/** The laws of pgflow 0.1.20. */
import { pgflow0120UnderTest } from '../../../src/harness/pgflow/0.1.20/release.ts';
import { testLaws } from '../../support/laws.ts';
import { alongTraces } from '../../support/traces.ts';

testLaws(pgflow0120UnderTest, alongTraces, new Set(['poll_for_tasks', 'read_with_poll']));

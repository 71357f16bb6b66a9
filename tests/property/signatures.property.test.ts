/** The signatures of commands, written down beside their schemas. */
import { expect, it } from 'vitest';
import { ledgerCommand } from '../../src/model/activity-ledger/shared/commands.ts';
import { parameterNames as ledgerNames } from '../../src/model/activity-ledger/shared/signatures.ts';
import { dagCascadeCommand } from '../../src/model/dag-cascade/commands.ts';
import { parameterNames as dagCascadeNames } from '../../src/model/dag-cascade/signatures.ts';
import { statement as eventStoreStatement } from '../../src/model/event-store/commands.ts';
import { parameterNames as eventStoreNames } from '../../src/model/event-store/signatures.ts';
import { namesInSchemas } from '../../src/model/kernel/signature.ts';
import { pgflowCommand } from '../../src/model/pgflow/0.8.1/commands.ts';
import { parameterNames as pgflowNames } from '../../src/model/pgflow/0.8.1/signatures.ts';
import { pgmqCommand } from '../../src/model/pgmq/commands.ts';
import { parameterNames as pgmqNames } from '../../src/model/pgmq/signatures.ts';

it.each([
  ['pgflow 0.8.1', pgflowNames, pgflowCommand.options],
  ['pgmq', pgmqNames, pgmqCommand.options],
  ['an event store', eventStoreNames, eventStoreStatement.options],
  ['the DAG cascade', dagCascadeNames, dagCascadeCommand.options],
  ['the activity ledger', ledgerNames, ledgerCommand.options],
])('every command of %s has the parameters of its schema, in the same order', (_, names, schemas) => {
  const inSchemas = Object.entries(namesInSchemas(schemas)).map(([name, parameters]) => [
    name,
    // Who asks is no parameter.
    parameters.filter((parameter) => parameter !== 'from'),
  ]);
  expect(names).toEqual(Object.fromEntries(inSchemas));
});

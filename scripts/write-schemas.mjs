// Writes the published JSON Schemas of a build into dist/schemas: `node scripts/write-schemas.mjs`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { engines } from '../dist/harness/engines.js';
import { recordingJsonSchema, recordingVersion } from '../dist/harness/recording/format.js';
import { reportJsonSchemas, schemaVersion } from '../dist/harness/report/schemas.js';
import { traceJsonSchema } from '../dist/harness/trace/format.js';

const target = fileURLToPath(new URL('../dist/schemas', import.meta.url));
mkdirSync(target, { recursive: true });

function write(name, version, title, schema) {
  const named = { $id: `pgtwin/schemas/${name}.json`, title: `${title}, version ${version}`, ...schema };
  writeFileSync(`${target}/${name}.json`, `${JSON.stringify(named, null, 2)}\n`);
}

for (const release of engines.flatMap(({ releases }) => releases)) {
  const { engine, release: version } = release;
  write(
    `trace-${engine}-${version}`,
    schemaVersion,
    `A trace of ${engine} ${version}`,
    traceJsonSchema(release),
  );
}
write('recording', recordingVersion, 'A line of a recording', recordingJsonSchema());
for (const [command, schema] of Object.entries(reportJsonSchemas())) {
  write(command, schemaVersion, `What pgtwin ${command} --json writes`, schema);
}

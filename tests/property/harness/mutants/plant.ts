/** Functions for the tests of mutants, planted without a database. */
import { type PlantedMutant, plantMutants } from '../../../../src/harness/mutants/mutant.ts';
import type { SqlFunction } from '../../../../src/harness/mutants/parsing/sql-function.ts';
import { loadSqlParser } from '../../../../src/harness/mutants/parsing/sql-parser.ts';

export const parser = await loadSqlParser();

/** As the server would print it. */
export function sqlFunction(body: string, language = 'sql', parameters = ''): SqlFunction {
  return {
    signature: 'toy.f()',
    name: 'f',
    language,
    definition: `CREATE OR REPLACE FUNCTION toy.f(${parameters})\n RETURNS void\n LANGUAGE ${language}\nAS $function$${body}$function$\n`,
    origin: { file: 'toy.sql', line: 10 },
  };
}

export function planted(body: string, language = 'sql', parameters = ''): PlantedMutant[] {
  const { mutants, remarks } = plantMutants(parser, [sqlFunction(body, language, parameters)]);
  if (remarks.length > 0) throw new Error(remarks.join());
  return mutants;
}

/** What an operator makes of a body: the bodies, in the order of their places. */
export function mutated(operator: string, body: string, language = 'sql', parameters = ''): string[] {
  return planted(body, language, parameters)
    .filter((mutant) => mutant.operator === operator)
    .map(({ sql }) => /AS \$function\$(.*)\$function\$\n$/s.exec(sql)![1]!);
}

/** Within BEGIN ... END. */
export function mutatedStatements(operator: string, statements: string, declarations = ''): string[] {
  const frame = (inner: string) => `${declarations ? `declare ${declarations} ` : ''}begin ${inner} end`;
  const [head, tail] = frame('|').split('|') as [string, string];
  return mutated(operator, frame(statements), 'plpgsql').map((body) =>
    body.startsWith(head) && body.endsWith(tail) ? body.slice(head.length, -tail.length) : body,
  );
}

/** Which source files could change the disk, told from what they have of Node's `fs`. */
import ts from 'typescript';
import type { Tree } from './import-check.ts';

const modules: ReadonlySet<string> = new Set(['fs', 'node:fs', 'fs/promises', 'node:fs/promises']);
/** What changes nothing. */
const reading: ReadonlySet<string> = new Set([
  'access',
  'constants',
  'existsSync',
  'lstat',
  'readdir',
  'readdirSync',
  'readFile',
  'readFileSync',
  'readlink',
  'realpath',
  'stat',
]);

/** Each fault with file, line and name. Whoever has the whole module could do anything with it. */
export function writersIn(tree: Tree): string[] {
  return [...tree].flatMap(([file, text]) => {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    const found: string[] = [];
    const add = (node: ts.Node, what: string) => {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push(`src/${file}:${line}: ${what}; only src/files/ may change the disk`);
    };
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node) && isModule(node.moduleSpecifier)) {
        for (const name of namesOf(node)) if (!reading.has(name)) add(node, `imports ${name}`);
      } else if (isModule(node)) {
        add(node, 'has all of the file system');
      } else {
        ts.forEachChild(node, visit);
      }
    };
    visit(source);
    return found;
  });
}

const isModule = (node: ts.Node) => ts.isStringLiteralLike(node) && modules.has(node.text);

/** That are there when it runs. */
function namesOf({ importClause: clause }: ts.ImportDeclaration): readonly string[] {
  if (!clause || clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const { name, namedBindings } = clause;
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return ['all of the file system'];
  return namedBindings.elements
    .filter((element) => !element.isTypeOnly)
    .map((element) => (element.propertyName ?? element.name).text);
}

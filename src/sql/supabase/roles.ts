/** The roles that Supabase has, for migrations that grant to them. Nothing is ever done in their name. */
import { executedPieces, isFunction, partsOf } from '../executed.ts';
import { deepPieces, depthZero, identifier, type Piece, piecesOf, sign, word } from '../pieces.ts';
import { scriptStatements } from '../script-statements.ts';
import type { StandIn } from './stand-in.ts';

const names = [
  'anon',
  'authenticated',
  'service_role',
  'authenticator',
  'dashboard_user',
  'supabase_admin',
  'supabase_auth_admin',
  'supabase_storage_admin',
  'supabase_realtime_admin',
  'supabase_functions_admin',
  'supabase_replication_admin',
  'supabase_read_only_user',
  'pgsodium_keyholder',
];

const created = (all: readonly string[]) =>
  all.map((name) => `create role "${name.replaceAll('"', '""')}" nologin;`).join('\n');

/** Those of them that are not there: a script that made them may not have been installed. */
export const createdIfMissing = (all: readonly string[]) =>
  all
    .map(
      (name) => `do $$ begin create role "${name.replaceAll('"', '""')}" nologin;
        exception when duplicate_object then null; end $$;`,
    )
    .join('\n');

export const roles: StandIn = {
  name: 'roles',
  namedBy: new RegExp(`\\b(${names.join('|')})\\b`, 'i'),
  sql: created(names),
};

/** With those of the project: roles that its SQL grants to and does not create, as somebody made them by hand. */
export function rolesWith(own: readonly string[]): StandIn {
  if (own.length === 0) return roles;
  return { ...roles, title: `roles (also ${own.join(', ')})`, sql: created([...names, ...own]) };
}

const alwaysThere = /^(public|postgres|current_user|current_role|session_user|pg_.*)$/;

/** Roles that the texts grant to, take from, make policies or defaults for or give tables to, and none creates. */
export function ownRoles(texts: readonly string[]): string[] {
  const isMade = rolesMadeBy(texts);
  return rolesOfProject(texts).filter((name) => !isMade(name));
}

/** Roles that the texts name so, and that this one of them creates alone. */
export function rolesLeftTo(text: string, texts: readonly string[]): string[] {
  const others = texts.filter((each) => each !== text).flatMap(statementsOf);
  const elsewhere = new Set(others.flatMap(rolesMade));
  return rolesOfProject(texts)
    .filter(rolesMadeBy([text], texts))
    .filter((name) => !elsewhere.has(name));
}

const rolesOfProject = (texts: readonly string[]) =>
  [...new Set(texts.flatMap(statementsOf).flatMap(rolesNamed))].filter(
    (name) => !(names.includes(name) || alwaysThere.test(name)),
  );

/** Whether some of the texts create it. `all` is where names may stand that statements put in. */
function rolesMadeBy(texts: readonly string[], all = texts): (name: string) => boolean {
  const made = new Set(texts.flatMap(statementsOf).flatMap(rolesMade));
  const puttingIn = texts
    .flatMap(wholeStatementsOf)
    .filter((statement) => beginningsPutIn(statement).length > 0);
  if (puttingIn.length === 0) return (name) => made.has(name);
  const beginnings = puttingIn.flatMap(beginningsPutIn).filter((each) => each !== '');
  const parts = puttingIn.flatMap(partsJoined);
  const makers = new Set(puttingIn.flatMap(functionMade));
  const listing = [...puttingIn, ...all.flatMap(wholeStatementsOf).filter((each) => calls(each, makers))];
  const listed = new Set(listing.flatMap(namesListed));
  return (name) =>
    made.has(name) ||
    listed.has(name) ||
    beginnings.some((each) => name.startsWith(each)) ||
    parts.some(({ prefix, suffix }) => name.startsWith(prefix) && name.endsWith(suffix));
}

const wholeStatementsOf = (sql: string) =>
  scriptStatements(sql).map(({ start, end }) => piecesOf(sql.slice(start, end)));

const statementsOf = (sql: string) => wholeStatementsOf(sql).flatMap(inStatement);

/** A DO block is several, with those in its strings; nothing else executes its own. */
function inStatement(pieces: readonly Piece[]): (readonly Piece[])[] {
  if (word(pieces[0]) !== 'do') return [pieces];
  return [...executedPieces(pieces)].flatMap((each) =>
    partsOf(each).map((part) =>
      part.slice(
        Math.max(
          0,
          part.findIndex((piece) => begins.has(word(piece))),
        ),
      ),
    ),
  );
}

/** With what the names begin that `create role %I`, `create role app_%s` or `'create role ' || name` puts in. */
function beginningsPutIn(pieces: readonly Piece[]): string[] {
  return [...deepPieces(pieces)].flatMap((list) =>
    list.flatMap(({ kind, value }, at) => {
      if (kind !== 'text') return [];
      const isJoined = sign(list[at + 1]) === '|';
      const text = piecesOf(value);
      return text.flatMap((_, create) => {
        if (!isRoleCreated(text, create)) return [];
        const [name, behind] = text.slice(create + 2, create + 4);
        if (name === undefined || sign(name) === '%') return [''];
        const [beginning] = name.value.split('%');
        const isOpen = name.kind === 'name' ? name.value.includes('%') : sign(behind) === '%';
        const goesOn = behind === undefined && isJoined && !/\s$/.test(value);
        return isOpen || goesOn ? [beginning!] : [];
      });
    }),
  );
}

/** Names in strings that are one, or a list of some. */
const namesListed = (pieces: readonly Piece[]) =>
  [...deepPieces(pieces)]
    .flat()
    .filter(({ kind }) => kind === 'text')
    .flatMap(({ value }) => value.split(/[\s"]*[,{}[\]][\s"]*/))
    .filter((each) => /^[\w-]+$/.test(each));

/** What names are put together with: `'app_' || r`, `concat(r, '_app')`, `format('app_%s', r)`. */
function partsJoined(pieces: readonly Piece[]): { prefix: string; suffix: string }[] {
  return [...deepPieces(pieces)].flatMap((list) =>
    list.flatMap(({ kind, value }, at) => {
      if (kind !== 'text') return [];
      const [first, ...rest] = value.split(/%(?:\d+\$)?[sI]/);
      const isPart = (text: string) => /^[\w-]+$/.test(text);
      if (rest.length > 0 && isPart(first! + rest.at(-1)!)) return [{ prefix: first!, suffix: rest.at(-1)! }];
      if (!isPart(value)) return [];
      const isConcatenated = /^concat(_ws)?$/.test(calledAround(list, at) ?? '');
      const isPrefix = isConcatenated || sign(list[at + 1]) === '|';
      const isSuffix = isConcatenated || sign(list[at - 1]) === '|';
      const found = [{ prefix: value, suffix: '' }].filter(() => isPrefix);
      return isSuffix ? [...found, { prefix: '', suffix: value }] : found;
    }),
  );
}

/** The function between whose parentheses the piece stands. */
function calledAround(list: readonly Piece[], at: number): string | undefined {
  let depth = 0;
  for (let before = at - 1; before > 0; before--) {
    if (sign(list[before]) === ')') depth++;
    if (sign(list[before]) === '(' && depth-- === 0) return identifier(list[before - 1]);
  }
  return undefined;
}

/** Its name, without its schema. */
function functionMade(pieces: readonly Piece[]): string[] {
  if (!isFunction(pieces)) return [];
  const name = identifier(pieces[pieces.findIndex((piece) => sign(piece) === '(') - 1]);
  return name === undefined ? [] : [name];
}

const calls = (pieces: readonly Piece[], functions: ReadonlySet<string>) =>
  [...deepPieces(pieces)].some((list) =>
    list.some((piece, at) => functions.has(identifier(piece) ?? '') && sign(list[at + 1]) === '('),
  );

const begins: ReadonlySet<string> = new Set(['grant', 'revoke', 'alter', 'create']);

function rolesMade(pieces: readonly Piece[]): string[] {
  const name = isRoleCreated(pieces, 0) ? identifier(pieces[2]) : undefined;
  return name === undefined ? [] : [name];
}

const isRoleCreated = (pieces: readonly Piece[], at: number) =>
  word(pieces[at]) === 'create' &&
  ['role', 'user', 'group'].includes(word(pieces[at + 1])) &&
  word(pieces[at + 2]) !== 'mapping';

function rolesNamed(pieces: readonly Piece[]): string[] {
  const [first, second, third] = pieces.map(word);
  const behind = (link: string) => {
    const at = depthZero(pieces).findLastIndex((piece) => word(piece) === link);
    return at < 0 ? [] : listAt(depthZero(pieces), at + 1);
  };
  if (first === 'grant') {
    const isMembership = !pieces.some((piece) => word(piece) === 'on');
    return [...behind('to'), ...(isMembership ? listAt(pieces, 1) : [])];
  }
  if (first === 'revoke') return behind('from');
  if (first === 'alter' && second === 'default' && third === 'privileges') {
    const isFor = word(pieces[3]) === 'for';
    return [...behind('to'), ...behind('from'), ...(isFor ? listAt(pieces, 5) : [])];
  }
  if (pieces.some((piece) => word(piece) === 'rename')) return [];
  if (second === 'policy') return behind('to');
  const owner = pieces.findIndex((piece, at) => word(piece) === 'owner' && word(pieces[at + 1]) === 'to');
  return first === 'alter' && owner > 0 ? listAt(pieces, owner + 2).slice(0, 1) : [];
}

/** `a, "B", group c`. */
function listAt(pieces: readonly Piece[], start: number): string[] {
  const found: string[] = [];
  for (let at = start; ; at += 2) {
    if (word(pieces[at]) === 'group') at++;
    const name = identifier(pieces[at]);
    if (name === undefined) return found;
    found.push(name);
    if (sign(pieces[at + 1]) !== ',') return found;
  }
}

/** The roles that Supabase has, for migrations that grant to them. Nothing is ever done in their name. */
import { deepPieces, identifier, type Piece, piecesOf, sign, word } from '../pieces.ts';
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
  const statements = texts.flatMap((sql) =>
    scriptStatements(sql).flatMap(({ start, end }) => inStatement(piecesOf(sql.slice(start, end)))),
  );
  const made = new Set(statements.flatMap(rolesMade));
  const found = new Set(statements.flatMap(rolesNamed));
  return [...found].filter((name) => !(made.has(name) || names.includes(name) || alwaysThere.test(name)));
}

/** A DO block is several, with those in its strings; nothing else executes its own. */
function inStatement(pieces: readonly Piece[]): (readonly Piece[])[] {
  if (word(pieces[0]) !== 'do') return [pieces];
  return [...deepPieces(pieces)].flatMap((each) => {
    const parts: Piece[][] = [[]];
    for (const piece of each) {
      if (sign(piece) === ';') parts.push([]);
      else parts.at(-1)!.push(piece);
    }
    // Behind `begin`, `then` and the like.
    return parts.map((part) =>
      part.slice(
        Math.max(
          0,
          part.findIndex((piece) => begins.has(word(piece))),
        ),
      ),
    );
  });
}

const begins: ReadonlySet<string> = new Set(['grant', 'revoke', 'alter', 'create']);

function rolesMade(pieces: readonly Piece[]): string[] {
  const isOne = word(pieces[0]) === 'create' && ['role', 'user', 'group'].includes(word(pieces[1]));
  const name = isOne && word(pieces[2]) !== 'mapping' ? identifier(pieces[2]) : undefined;
  return name === undefined ? [] : [name];
}

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
  const isRenamed = pieces.some((piece) => word(piece) === 'rename');
  if (second === 'policy' && !isRenamed) return behind('to');
  if (first === 'alter' && pieces.some((piece) => word(piece) === 'owner')) return behind('to');
  return [];
}

/** Without what is in parentheses: conditions of policies, parameters of functions. */
function depthZero(pieces: readonly Piece[]): Piece[] {
  let depth = 0;
  return pieces.filter((piece) => {
    if (sign(piece) === '(') depth++;
    if (sign(piece) === ')') depth--;
    return depth === 0 && sign(piece) !== ')';
  });
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

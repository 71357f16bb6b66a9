/**
 * The schema `extensions`, and the extensions that a project of Supabase has in it. They are no stubs: the embedded
 * Postgres brings them along.
 */
import { emptyExtension, type StandIn } from './stand-in.ts';

export const extensionsSchema: StandIn = {
  name: 'schema extensions',
  namedBy: /\bextensions\b/i,
  isStub: false,
  sql: 'create schema if not exists extensions;',
};

/** Made here unless the SQL creates it, and does not allow for it to be there. */
const provided = (name: string, uses: string): StandIn => ({
  name,
  namedBy: new RegExp(`\\b(${uses})\\b`, 'i'),
  unless: new RegExp(`\\bcreate\\s+extension\\s+"?${name}\\b`, 'i'),
  isStub: false,
  sql: `
    create schema if not exists extensions;
    create extension if not exists "${name}" with schema extensions;`,
});

export const uuidOssp = provided('uuid-ossp', 'uuid-ossp|uuid_generate_v\\w+|uuid_ns_\\w+|uuid_nil');

export const pgcrypto = provided(
  'pgcrypto',
  'pgcrypto|((gen_random_bytes|gen_salt|crypt|digest|hmac|(pgp_(sym|pub)_)?(en|de)crypt\\w*)(?=\\s*\\())',
);

export const moddatetime = provided('moddatetime', 'moddatetime');

/** Extensions that dumps of projects create and nothing here calls: they are created, and empty. */
const emptyNames = ['pg_graphql', 'pgsodium', 'pgjwt', 'http', 'wrappers'];

export const emptyExtensions: StandIn = {
  name: 'empty extensions',
  namedBy: new RegExp(`\\bextension\\s[^;]*"?\\b(${emptyNames.join('|')})\\b`, 'i'),
  // Schemas that such a statement names.
  sql: ['graphql', 'pgsodium']
    .map((name) => `create schema if not exists ${name};`)
    .concat(emptyNames.map(emptyExtension))
    .join('\n'),
};

import { expect, test } from 'vitest';
import { extensionsOf } from '../../../src/sql/pglite/extensions.ts';
import { findPackages } from '../../../src/sql/pglite/packages.ts';

const namesIn = (sql: string) => Object.keys(extensionsOf([{ sql }], findPackages()));

test('extensions are found by their names, with those that they need', () => {
  expect(namesIn('create extension "uuid-ossp"; CREATE EXTENSION if not exists earthdistance')).toEqual([
    'cube',
    'earthdistance',
    'uuid-ossp',
  ]);
});

test('an extension with the name of a property of every object is one that is not there', () => {
  expect(namesIn('create extension constructor; create extension __proto__')).toEqual([]);
});

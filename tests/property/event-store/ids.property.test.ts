/** Ids of deciders: uuids in all the ways in which Postgres reads them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUuid } from '../../../src/model/event-store/ids.ts';
import { expectSame, forAll } from '../../support/for-all.ts';
import { uuidTexts } from '../../support/uuid-texts.ts';

const uuid = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';

describe('a uuid', () => {
  it.each([
    uuid,
    uuid.toUpperCase(),
    uuid.replaceAll('-', ''),
    `{${uuid}}`,
    `{${uuid.replaceAll('-', '')}}`,
    '0a1b-2c3d-4e5f-4a6b-8c7d-9e0f-1a2b-3c4d',
    '0a1b2c3d4e5f4a6b-8c7d9e0f1a2b3c4d',
  ])('is read in whatever way it is written: %s', (text) => {
    expect(readUuid(text)).toBe(uuid);
  });

  it.each([
    '',
    'no uuid',
    uuid.slice(1),
    `${uuid}0`,
    `${uuid}-`,
    `-${uuid}`,
    `{${uuid}`,
    `${uuid}}`,
    `{{${uuid}}}`,
    `(${uuid})`,
    ` ${uuid}`,
    `${uuid} `,
    `${uuid}\n`,
    uuid.replace('-', '--'),
    uuid.replace('-', '+'),
    uuid.replaceAll('-', '0'),
    `-${uuid.slice(0, 8)}${uuid.slice(9)}`,
    '0a1-b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
    uuid.replace('a', 'g'),
    uuid.replace('a', 'а'),
    `urn:uuid:${uuid}`,
  ])('is refused in any other: %j', (text) => {
    expect(readUuid(text)).toBeUndefined();
  });

  it('is written as Postgres prints it, and then read as itself', () => {
    let read = 0;
    forAll(uuidTexts, 500, (text) => {
      const found = readUuid(text);
      if (found === undefined) return;
      read++;
      expectSame(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(found), true);
      expectSame(readUuid(found), found);
      expectSame(found.replaceAll('-', ''), text.replaceAll(/[{}-]/g, '').toLowerCase());
    });
    expect(read).toBeGreaterThan(100);
    forAll(fc.uuid(), 100, (text) => expectSame(readUuid(text), text));
  });
});

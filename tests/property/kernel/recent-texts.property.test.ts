/** What is remembered of a text is what would be worked out of it, whatever came between. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentTexts } from '../../../src/model/kernel/recent-texts.ts';
import { expectSame, forAll } from '../../support/for-all.ts';

// Few endings, so that texts push one another out, and texts that have no ending.
const texts = fc
  .tuple(fc.constantFrom('', 'a', 'bb', 'xyz'), fc.constantFrom('', '0', '00', '01', '10', 'é1', '\0\0'))
  .map(([start, end]) => start + end);

describe('recent texts', () => {
  it('give what comes of each text by itself', () => {
    const reversed = (text: string) => [...text].reverse().join('');
    const recent = new RecentTexts(reversed);
    forAll(fc.array(texts, { maxLength: 50 }), 200, (list) => {
      for (const text of list) expectSame(recent.get(text), reversed(text));
    });
  });

  it('remember what nothing comes of as well', () => {
    let asked = 0;
    const recent = new RecentTexts(() => {
      asked++;
      return undefined;
    });
    expect([recent.get('text'), recent.get('text'), asked]).toEqual([undefined, undefined, 1]);
  });

  it('work a text out once until another with the same ending comes', () => {
    const asked: string[] = [];
    const recent = new RecentTexts((text) => asked.push(text));
    for (const text of ['one 00', 'one 01', 'one 00', 'other 00', 'one 01', 'one 00']) recent.get(text);
    expect(asked).toEqual(['one 00', 'one 01', 'other 00', 'one 00']);
  });
});

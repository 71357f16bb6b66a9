import type { Deviation } from '../../contract/deviation.ts';
import { choiceOf } from './traces.ts';

export const nothingIsNull: Deviation = {
  id: 'nothing-is-null',
  title: 'IsNull is never met.',
  documented: {
    says: '`"IsNull": true` is met by null.',
    where: 'the Amazon States Language, Choice State',
  },
  happens: 'A value of null is taken for none.',
  upstream: [],
  traces: { fornext: choiceOf({ Variable: '$', IsNull: true }, null) },
};

import type { Deviation } from '../../contract/deviation.ts';
import { choiceOf } from './traces.ts';

export const aQuestionOfKindHasNoAnswer: Deviation = {
  id: 'a-question-of-kind-has-no-answer',
  title: 'IsNumeric, IsString and IsBoolean do not look at their boolean.',
  documented: {
    says: '`"IsString": false` is met where the value is no text.',
    where: 'the Amazon States Language, Choice State',
  },
  happens: 'The boolean is read, and not asked for.',
  upstream: [],
  traces: { fornext: choiceOf({ Variable: '$', IsString: false }, 1) },
};

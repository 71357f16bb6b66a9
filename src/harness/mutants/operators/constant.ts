/** Numbers off by one, truth values the other way round. */

import { as, locationOf, type TreeNode } from '../parsing/tree.ts';
import { type Edit, type Operator, onNodes, replace } from './operator.ts';

export const constant: Operator = {
  name: 'constant',
  title: 'a number changes by one, true becomes false',
  edits: (source) =>
    onNodes(source, function* (node, { tokens, tokenAt }): Generator<Edit> {
      if (node.type !== 'A_Const' || isOnlyAskedForExistence(node)) return;
      const index = tokenAt(locationOf(node.fields));
      const token = tokens[index];
      if (!token) return;
      if (token.word === 'true' || token.word === 'false') {
        yield replace(token, token.word === 'true' ? 'false' : 'true');
        return;
      }
      // A sign belongs to the constant.
      const number = token.text === '-' ? tokens[index + 1]! : token;
      if (!/^[\d.]+$/.test(number.text)) return;
      const value = (token.text === '-' ? -1 : 1) * Number(number.text);
      for (const near of [value + 1, value - 1]) {
        yield { start: token.start, end: number.end, replacement: near < 0 ? `(${near})` : String(near) };
      }
    }),
};

/** `EXISTS (SELECT 1 …)` asks for a row, whatever is in it. */
function isOnlyAskedForExistence({ parent }: TreeNode): boolean {
  const select = parent?.type === 'ResTarget' && parent.field === 'targetList' ? parent.parent : undefined;
  const around = select?.parent;
  return (
    around?.type === 'SubLink' && as('SubLink', { SubLink: around.fields })?.subLinkType === 'EXISTS_SUBLINK'
  );
}

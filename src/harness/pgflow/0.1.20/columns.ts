/** The columns that the model knows, in each table. */
import { commonColumns } from '../shared/columns.ts';

export const columns = {
  ...commonColumns,
  'pgflow.workers': [...commonColumns['pgflow.workers'], 'stopped_at'],
};

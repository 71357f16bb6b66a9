/** Every outcome of every command that a campaign has to see. */

/** What names and tables can be wrong in: the name, no name, U+0000, no table, a sequence or an index in its place. */
const table = ['P0001', '22004', '22021', '42P01', '42703', '42809'].map((sqlstate) => `refused/${sqlstate}`);
const json = ['refused/22P02', 'refused/22P05'];

const outcomes: Readonly<Record<string, readonly string[]>> = {
  create: ['done', 'refused/P0001', 'refused/22004', 'refused/22021', 'refused/42809'],
  drop_queue: ['done', 'nothing', 'refused/P0001', 'refused/22021'],
  list_queues: ['done', 'nothing'],
  send: ['done', ...table, 'refused/vt', ...json],
  send_batch: ['done', ...table, 'refused/vt', ...json],
  read: ['done', 'nothing', ...table, 'refused/2201W', 'refused/vt', ...json],
  read_with_poll: ['done', 'nothing', ...table, 'refused/2201W', 'refused/vt', ...json],
  pop: ['done', 'nothing', ...table, 'refused/2201W'],
  set_vt: ['done', 'nothing', ...table, 'refused/vt'],
  delete: ['done', 'nothing', ...table],
  archive: ['done', 'nothing', ...table],
  // A sequence has rows to count, so it is only found out as one that cannot be truncated.
  purge_queue: ['done', 'nothing', ...table.filter((outcome) => outcome !== 'refused/42703')],
  metrics: ['done', ...table, 'refused/22003'],
};

export const witnesses: readonly string[] = Object.entries(outcomes).flatMap(([command, names]) =>
  names.map((name) => `pgmq.${command}/${name}`),
);

/** The kinds of states. */
export const stateTypes = ['Pass', 'Task', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map'] as const;
export type StateType = (typeof stateTypes)[number];

export const isStateType = (type: string): type is StateType =>
  (stateTypes as readonly string[]).includes(type);

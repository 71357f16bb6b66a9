/** What the shared harness knows of a command: its type. The rest is the engine's. */
export interface AnyCommand {
  readonly type: string;
}

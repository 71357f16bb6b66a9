import type { Deviation } from '../../contract/deviation.ts';
import { begin, commands, deliver, deploy, leads, trigger } from './traces.ts';

export const aSignalIsUsedUpWithoutEffect: Deviation = {
  id: 'a-signal-is-used-up-without-effect',
  title: 'A signal whose job is over takes its hook away all the same.',
  documented: {
    says: 'The hook is deleted once its signal was processed.',
    where: 'hotmeshio/sdk-typescript at 700fabef (0.3.32), services/activities/hook.ts, processWebHookEvent',
  },
  happens:
    'Whether the message was let in is not asked. A signal to a job that is over deletes the hook, and so does one that comes again after a crash.',
  upstream: [],
  traces: {
    countdown: commands(
      deploy([trigger, { aid: 'h', kind: 'hook', topic: 'go' }], [leads('t', 'h')]),
      begin,
      deliver(1),
      { type: 'interrupt', jid: 'j' },
      { type: 'signal', topic: 'go' },
      deliver(2),
    ),
  },
};

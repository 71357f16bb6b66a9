/** Values that throw at whoever looks at them, or are not what they look like. Each is made anew. */

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}
const fails = (): never => {
  throw null;
};
function withGetter(error: Error, name: string): Error {
  // Read before: the engine makes it at the first look, and asks for the message.
  void error.stack;
  return Object.defineProperty(error, name, { get: fails });
}

export const oddValues: Readonly<Record<string, () => unknown>> = {
  'a revoked proxy': () => revoked({}),
  'a revoked function': () => revoked(() => {}),
  'a proxy that throws': () =>
    new Proxy({}, { get: fails, ownKeys: fails, getPrototypeOf: fails, has: fails }),
  'a getter that throws null': () => Object.defineProperty({}, 'a', { get: fails, enumerable: true }),
  'a toString that throws': () => ({ toString: fails }),
  'a toJSON that throws': () => ({ toJSON: fails }),
  'a then that throws': () => Object.defineProperty({}, 'then', { get: fails, enumerable: true }),
  'an object without prototype': () => Object.create(null),
  'an object that holds itself': () => {
    const self: { self?: unknown } = {};
    self.self = self;
    return self;
  },
  'a symbol': () => Symbol('s'),
  'a bigint': () => 10n,
  'an error named by a symbol': () => Object.assign(new Error('x'), { name: Symbol('n') }),
  'an error whose message is an object': () => Object.assign(new Error('x'), { message: {} }),
  'an error whose message throws': () => withGetter(new Error('x'), 'message'),
  'an error whose stack throws': () => withGetter(new Error('x'), 'stack'),
  'a class': () => class {},
  'a function': () => () => 1,
  'no date': () => new Date(Number.NaN),
  'a number': () => 7,
  'minus zero': () => -0,
  undefined: () => undefined,
  null: () => null,
  'a text with half a character': () => '\ud83d',
  'a list with holes': () => Array(2),
};

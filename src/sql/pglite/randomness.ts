/**
 * Every random byte of the realm that Postgres runs in: uuids are the ones that the caller announced, and
 * all else comes from a seeded stream.
 */
import nodeCrypto from 'node:crypto';

const uuidLength = 16;

export class Randomness {
  #state = 0;
  #uuid: Uint8Array | undefined;

  /** Starts the stream from its beginning and forgets an announced uuid. */
  restart(): void {
    this.#state = 0;
    this.#uuid = undefined;
  }

  /**
   * The uuid drawn next. The others come from the stream, as do all without one: whatever is drawn beside it, in tables
   * that the caller may not know, is never drawn again.
   */
  announce(uuid: string | undefined): void {
    this.#uuid = uuid === undefined ? undefined : Buffer.from(uuid.replaceAll('-', ''), 'hex');
  }

  /**
   * One draw. Postgres fetches the bytes of a uuid in one reading of sixteen, and nothing else it reads
   * while a statement runs has that length.
   */
  fill(target: Uint8Array): void {
    if (this.#uuid !== undefined && target.length === uuidLength) {
      target.set(this.#uuid);
      this.#uuid = undefined;
      return;
    }
    for (let index = 0; index < target.length; index++) target[index] = this.#byte();
  }

  /** Replaces the sources of randomness of the realm this is called in, for good. */
  install(): void {
    const fill = <T extends ArrayBufferView>(view: T): T => {
      this.fill(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
      return view;
    };
    Object.defineProperty(globalThis.crypto, 'getRandomValues', { value: fill });
    Object.defineProperty(nodeCrypto, 'randomFillSync', { value: fill });
    Math.random = () => {
      const bytes = new Uint8Array(4);
      this.fill(bytes);
      return new DataView(bytes.buffer).getUint32(0) / 2 ** 32;
    };
  }

  // splitmix32: a Weyl sequence with a mixing function over it.
  #byte(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) & 0xff;
  }
}

/** What this needs of emscripten's file system. */
export interface DeviceFileSystem {
  unlink(path: string): void;
  makedev(major: number, minor: number): number;
  registerDevice(device: number, operations: object): void;
  mkdev(path: string, device: number): void;
}

/** Puts `randomness` in the place of /dev/urandom, where a running Postgres takes its strong randomness from. */
export function replaceRandomDevice(files: DeviceFileSystem, randomness: Randomness): void {
  const device = files.makedev(65, 0);
  files.registerDevice(device, {
    open: () => undefined,
    close: () => undefined,
    read: (_stream: unknown, memory: Int8Array, offset: number, length: number) => {
      randomness.fill(new Uint8Array(memory.buffer, memory.byteOffset + offset, length));
      return length;
    },
  });
  files.unlink('/dev/urandom');
  files.mkdev('/dev/urandom', device);
}

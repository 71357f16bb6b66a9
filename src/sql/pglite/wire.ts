/** The part of Postgres's wire protocol (version 3) that a session here speaks: what is sent to it. */

const initialSize = 1 << 16;

/** Messages one after another, to be handed over as one piece. */
export class FrontendMessages {
  #buffer = Buffer.allocUnsafe(initialSize);
  #end = 0;

  /** The messages written since the last call: a view that is good until the next message is written. */
  take(): Uint8Array {
    const messages = this.#buffer.subarray(0, this.#end);
    this.#end = 0;
    return messages;
  }

  query(text: string): this {
    return this.#message('Q', () => this.#string(text));
  }

  /** The types of the parameters are left to the server: each is cast in the text. */
  parse(statement: string, text: string): this {
    return this.#message('P', () => {
      this.#string(statement);
      this.#string(text);
      this.#int16(0);
    });
  }

  describe(statement: string): this {
    return this.#message('D', () => this.#string(`S${statement}`));
  }

  close(statement: string): this {
    return this.#message('C', () => this.#string(`S${statement}`));
  }

  /** Parameters and results in text format. */
  bind(statement: string, params: readonly (string | null)[]): this {
    return this.#message('B', () => {
      this.#string('');
      this.#string(statement);
      this.#int16(0);
      this.#int16(params.length);
      for (const param of params) this.#value(param);
      this.#int16(0);
    });
  }

  execute(): this {
    return this.#message('E', () => {
      this.#string('');
      this.#int32(0);
    });
  }

  sync(): this {
    return this.#message('S', () => undefined);
  }

  #message(type: string, body: () => void): this {
    this.#reserve(5);
    this.#buffer[this.#end] = type.charCodeAt(0);
    const length = this.#end + 1;
    this.#end += 5;
    body();
    this.#buffer.writeInt32BE(this.#end - length, length);
    return this;
  }

  #value(text: string | null): void {
    if (text === null) {
      this.#int32(-1);
      return;
    }
    this.#reserve(4 + text.length * 3);
    const written = this.#buffer.write(text, this.#end + 4);
    this.#buffer.writeInt32BE(written, this.#end);
    this.#end += 4 + written;
  }

  #string(text: string): void {
    // The protocol ends a string at its first zero byte, so the rest of it would be read as another message.
    if (text.includes('\0')) throw new RangeError('the text of a statement holds U+0000');
    this.#reserve(text.length * 3 + 1);
    this.#end += this.#buffer.write(text, this.#end);
    this.#buffer[this.#end++] = 0;
  }

  #int16(value: number): void {
    this.#reserve(2);
    this.#end = this.#buffer.writeInt16BE(value, this.#end);
  }

  #int32(value: number): void {
    this.#reserve(4);
    this.#end = this.#buffer.writeInt32BE(value, this.#end);
  }

  #reserve(size: number): void {
    if (this.#end + size <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#end + size));
    this.#buffer.copy(larger, 0, 0, this.#end);
    this.#buffer = larger;
  }
}

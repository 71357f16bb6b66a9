/** Texts in the order of their bytes in UTF-8, which is that of their code points. */
export function compareBytes(a: string, b: string): number {
  const left = a[Symbol.iterator]();
  const right = b[Symbol.iterator]();
  for (;;) {
    const x = left.next().value?.codePointAt(0) ?? -1;
    const y = right.next().value?.codePointAt(0) ?? -1;
    if (x !== y) return x - y;
    if (x === -1) return 0;
  }
}

/** A database as one piece of bytes: the files of its data directory after a clean shutdown. */

export interface ImageFile {
  /** Below the data directory, starting with a slash. */
  readonly path: string;
  /** null for a directory; a directory comes before what is in it. */
  readonly content: Uint8Array | null;
}

/** Path and size of each file in their order, -1 for a directory. */
type Index = readonly (readonly [path: string, size: number])[];

const sizeOfLength = 4;

/** The length of the index, the index as JSON, the contents one after another. */
export function encodeImage(files: readonly ImageFile[]): Uint8Array<ArrayBuffer> {
  const index: Index = files.map((file) => [file.path, file.content?.length ?? -1]);
  const head = new TextEncoder().encode(JSON.stringify(index));
  const contents = files.reduce((total, file) => total + (file.content?.length ?? 0), 0);
  const image = new Uint8Array(sizeOfLength + head.length + contents);
  new DataView(image.buffer).setUint32(0, head.length);
  image.set(head, sizeOfLength);
  let at = sizeOfLength + head.length;
  for (const { content } of files) {
    if (content === null) continue;
    image.set(content, at);
    at += content.length;
  }
  return image;
}

/** The contents are views of the image, not copies. */
export function decodeImage(image: Uint8Array): ImageFile[] {
  const length = new DataView(image.buffer, image.byteOffset).getUint32(0);
  let at = sizeOfLength + length;
  const index: Index = JSON.parse(new TextDecoder().decode(image.subarray(sizeOfLength, at)));
  return index.map(([path, size]) => {
    if (size < 0) return { path, content: null };
    const content = image.subarray(at, at + size);
    at += size;
    return { path, content };
  });
}

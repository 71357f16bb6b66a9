/**
 * Text of which one character is one byte of its UTF-8, since the parser counts bytes. All that cuts and splices
 * works on this; what goes to the parser or to a person is turned back.
 */

export const toBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
export const toText = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

/** Whether a text is well-formed XML 1.0, as far as our reports use it: no DTD, no CDATA, no namespaces. */

const name = String.raw`[A-Za-z_][\w.-]*`;
const value = '"[^"<]*"';
const token = new RegExp(
  [
    `<(?<open>${name})(?<attributes>(?: ${name}=${value})*)(?<empty>/?)>`,
    `</(?<close>${name})>`,
    '(?<text>[^<]+)',
  ].join('|'),
  'y',
);
// biome-ignore lint/suspicious/noControlCharactersInRegex: these no XML may hold.
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;
const bareAmpersand = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/;

/** Nothing, where it is. */
export function xmlFault(xml: string): string | undefined {
  const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(xml)?.[0];
  if (declaration === undefined) return 'no declaration';
  if (impossible.test(xml)) return 'a character that XML cannot hold';
  if (bareAmpersand.test(xml)) return 'a bare ampersand';
  if (xml.includes(']]>')) return 'the end of a CDATA section';
  const open: string[] = [];
  token.lastIndex = declaration.length;
  let [roots, at] = [0, token.lastIndex];
  for (; at < xml.length; at = token.lastIndex) {
    const found = token.exec(xml)?.groups;
    if (!found) return `no XML at ${at}: ${xml.slice(at, at + 60)}`;
    const { open: opened, attributes, empty, close, text } = found;
    if (text !== undefined && open.length === 0 && text.trim() !== '') return `text outside: ${text}`;
    if (opened !== undefined) {
      const names = [...attributes!.matchAll(/ ([\w.-]+)="/g)].map(([, each]) => each);
      if (new Set(names).size < names.length) return `an attribute twice: ${attributes}`;
      if (open.length === 0) roots++;
      if (empty === '') open.push(opened);
    }
    if (close !== undefined && open.pop() !== close) return `${close} is closed, and was not open`;
  }
  if (open.length > 0) return `${open.join(', ')} is not closed`;
  return roots === 1 ? undefined : `${roots} roots`;
}

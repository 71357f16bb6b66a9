/** Names of flows and of nodes, which the SQL writes into JSON text as they are. */

/** Whether the name is read again as what it is, or breaks the text. What is read as something else is not modelled. */
export const isReadAsWritten = (name: string): boolean => !/\\|"\s*,/.test(name);

/** What is said of one that is not. */
export const notReadAsWritten = 'a backslash, or a quote before a comma, in a name is not modelled';

/** What the reader is looking at: one moment, and how it is to be shown. */
import type { MomentData, PageData } from '../page-data.ts';

export interface View {
  readonly data: PageData;
  /** Position of the moment, from 0. */
  position: number;
  /** The side that graph and queues are drawn from. */
  side: number;
  /** The run that the reader chose; undefined follows the commands. */
  run: number | undefined;
  /** Of the graph. */
  zoom: 'readable' | 'whole';
  rows: 'changed' | 'all';
  layout: 'merged' | 'beside';
}

export const momentOf = ({ data, position }: View): MomentData => data.moments[position]!;

/** The moment before; undefined at the first. */
export const before = ({ data, position }: View): MomentData | undefined => data.moments[position - 1];

import { deviations } from '../../../src/model/event-store/deviations.ts';
import { testRegistry } from '../../support/deviations.ts';

testRegistry('event-store', { uuid: deviations, text: deviations }, /at [0-9a-f]{7}, \w+\.(md|sql), /);

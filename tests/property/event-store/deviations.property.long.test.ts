// Long tier: it searches each deviation in up to 480 samples, and shrinks what it finds.
import { deviations } from '../../../src/model/event-store/deviations.ts';
import { testRegistry } from '../../support/deviations.ts';

testRegistry('event-store', { uuid: deviations, text: deviations }, /at [0-9a-f]{7}, \w+\.(md|sql), /);

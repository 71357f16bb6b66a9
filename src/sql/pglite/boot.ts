/** Starting a database in its thread: a new one, or that of an image. */
import { DriverError, InterruptedError } from '../driver.ts';
import type { Extensions } from './extensions.ts';
import { compilePostgres, type Packages } from './packages.ts';
import type { Thread } from './thread.ts';

/** The image starts no database. */
export class UnusableImage extends DriverError {}

/** The image is handed over. Gives the versions of what runs. */
export async function boot(
  thread: Thread,
  packages: Packages,
  image: Uint8Array<ArrayBuffer> | null,
  extensions: Extensions,
): Promise<Readonly<Record<string, string>>> {
  const module = await compilePostgres(packages);
  const transfer = image === null ? [] : [image.buffer];
  try {
    return (await thread.request({ type: 'boot', module, image, extensions }, 'booted', { transfer }))
      .versions;
  } catch (error) {
    const isOfImage = image !== null && error instanceof DriverError && !(error instanceof InterruptedError);
    throw isOfImage ? new UnusableImage(error.message) : error;
  }
}

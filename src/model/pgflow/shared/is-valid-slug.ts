/** `pgflow.is_valid_slug`: what a flow or a step may be called. The same in every release so far. */
export function isValidSlug(slug: string | null): boolean {
  return (
    slug !== null &&
    slug !== '' &&
    slug.length <= 128 &&
    /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(slug) &&
    slug !== 'run'
  );
}

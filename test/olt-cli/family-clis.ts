import { loadFamilyClis } from '../../src-main/olt/cli/load-cli.ts'

/** The CLI profiles that come with the console. */
export const familyClis = loadFamilyClis(
  new URL('../../assets/olt-families', import.meta.url).pathname,
)

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseProfile, ProfileRefused } from '../family/load-families.ts'
import { familyCliSchema } from './cli-schema.ts'
import { makeFamilyCli, type FamilyCli } from './family-cli.ts'

/** Errors: ProfileRefused, with every reason and its place. */
export const parseFamilyCli = (file: string, yaml: string): FamilyCli =>
  makeFamilyCli(parseProfile(file, yaml, familyCliSchema))

/**
 * The CLI profiles of a folder of families, each in `<folder>/<family>/cli.yaml`; a family without
 * one has no CLI. Errors: ProfileRefused.
 */
export const loadFamilyClis = (folder: string): ReadonlyMap<string, FamilyCli> =>
  new Map(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'cli.yaml')))
      .map((entry) => {
        const file = join(folder, entry.name, 'cli.yaml')
        const cli = parseFamilyCli(file, readFileSync(file, 'utf8'))
        if (cli.family !== entry.name) {
          throw new ProfileRefused(file, [
            { line: 1, column: 1, path: 'family', message: `the folder is named ${entry.name}` },
          ])
        }
        return [cli.family, cli] as const
      }),
  )

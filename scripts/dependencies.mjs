// Writes what the console is made of, from package-lock.json and what lies in node_modules:
// docs/dependencies.md (held by test/packaging/dependencies.test.ts) and
// assets/licences/third-party.txt, which is shipped and shown by the page "About".
// node_modules/.bin/node scripts/dependencies.mjs
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { dependencyTable, licenceTexts } from './packages.mjs'

const root = resolve(import.meta.dirname, '..')
writeFileSync(join(root, 'docs', 'dependencies.md'), dependencyTable(root))
writeFileSync(join(root, 'assets', 'licences', 'third-party.txt'), licenceTexts(root))

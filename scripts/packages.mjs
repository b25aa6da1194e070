// What package-lock.json and node_modules say of the packages that are shipped.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** Node for development, and builds for other machines: npm installs the one of this machine. */
const isForOnePlatform = (entry) => entry.os !== undefined || entry.cpu !== undefined

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** Node's way: the nearest node_modules above that has it. */
const resolvePath = (packages, from, name) => {
  for (let folder = from; ;) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (packages[path] !== undefined) return path
    if (folder === '') return null
    const above = folder.lastIndexOf('/node_modules/')
    folder = above === -1 ? '' : folder.slice(0, above)
  }
}

/** Everything these need to run, by path; what they want beside them (peers) included. */
const closure = (packages, names) => {
  const found = new Map()
  const visit = (from, name, by) => {
    const path = resolvePath(packages, from, name)
    if (path === null) return
    const known = found.get(path)
    if (known !== undefined) {
      known.add(by)
      return
    }
    found.set(path, new Set([by]))
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } =
      packages[path]
    const peers = Object.keys(peerDependencies ?? {}).filter(
      (peer) => peerDependenciesMeta?.[peer]?.optional !== true,
    )
    for (const next of [
      ...Object.keys(dependencies ?? {}),
      ...Object.keys(optionalDependencies ?? {}),
      ...peers,
    ]) {
      visit(path, next, nameOf(path))
    }
  }
  for (const name of names) visit('', name, 'Nocturne')
  return found
}

const sourceFiles = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:tsx?|css)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))

/** What the pages import: it is bundled, so it stands among the packages for development. */
const importedByPages = (root) => {
  const names = new Set()
  for (const folder of ['src-renderer', 'src-shared']) {
    for (const path of sourceFiles(join(root, folder))) {
      const text = readFileSync(path, 'utf8')
      for (const [, name] of text.matchAll(
        /(?:\bfrom|\bimport|@import|\bimport\()\s*['"]((?:@[\w.-]+\/)?[a-z][\w.-]*)/g,
      )) {
        names.add(name)
      }
    }
  }
  return names
}

/** Bytes of its own files: no package inside it, nothing that was built here. */
const sizeOf = (folder) => {
  let bytes = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'build') continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) bytes += sizeOf(path)
    else if (entry.isFile()) bytes += statSync(path).size
  }
  return bytes
}

/** Named in the old way, or in its LICENSE alone. */
const licenceOf = (root, path, entry) => {
  if (entry.license !== undefined) return entry.license
  const old = readJson(join(root, path, 'package.json')).licenses?.[0]?.type
  if (old !== undefined) return old
  return /\bMIT\b/.test(licenceFilesOf(root, path)[0]?.text ?? '') ? 'MIT' : 'unknown'
}

const licenceName = /^(?:un)?licen[cs]e|^copying|^notice/i

const licenceFilesOf = (root, path) =>
  readdirSync(join(root, path))
    .filter((name) => licenceName.test(name) && statSync(join(root, path, name)).isFile())
    .toSorted()
    .map((name) => ({
      name,
      text: readFileSync(join(root, path, name), 'utf8')
        .replaceAll('\r\n', '\n')
        .replace(/[^\S\n]+$/gm, '')
        .trim(),
    }))

const described = (root, packages, [path, neededBy]) => {
  const entry = packages[path]
  return {
    path,
    name: nameOf(path),
    version: entry.version,
    licence: licenceOf(root, path, entry),
    hasScript: entry.hasInstallScript === true,
    neededBy: [...neededBy].toSorted(),
    bytes: sizeOf(join(root, path)),
  }
}

const byName = (a, b) => (a.path < b.path ? -1 : 1)

/** Packages that are installed with the app, and packages whose code is bundled into its pages. */
export const shippedPackages = (root) => {
  const known = shipped.get(root)
  if (known !== undefined) return known
  const found = findShipped(root)
  shipped.set(root, found)
  return found
}

/** By root: reading them all takes a moment. */
const shipped = new Map()

const findShipped = (root) => {
  const { packages } = readJson(join(root, 'package-lock.json'))
  const { dependencies } = readJson(join(root, 'package.json'))
  const here = ([path]) =>
    !isForOnePlatform(packages[path]) && existsSync(join(root, path, 'package.json'))
  const describe = (one) => described(root, packages, one)
  const runtime = [...closure(packages, Object.keys(dependencies))].filter(here).map(describe)
  const inRuntime = new Set(runtime.map(({ path }) => path))
  const bundled = [...closure(packages, importedByPages(root))]
    .filter(([path]) => !inRuntime.has(path))
    .filter(here)
    .map(describe)
  // Types are no code: nothing of them is shipped.
  const isCode = ({ name }) => !name.startsWith('@types/')
  return {
    runtime: runtime.toSorted(byName),
    bundled: bundled.filter(isCode).toSorted(byName),
    oneOf: Object.entries(packages)
      .filter(([, entry]) => isForOnePlatform(entry) && !entry.dev && !entry.devOptional)
      .map(([path, entry]) => ({
        name: nameOf(path),
        version: entry.version,
        licence: entry.license,
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    developmentScripts: Object.entries(packages)
      .filter(([, entry]) => entry.hasInstallScript && (entry.dev || entry.devOptional))
      .map(([path, entry]) => ({ name: nameOf(path), version: entry.version }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

const kilobytes = (bytes) => Math.max(1, Math.round(bytes / 1024))

const needs = (names) =>
  names.length <= 4
    ? names.join(', ')
    : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`

/** As oxfmt aligns a table. */
const table = (head, rows) => {
  const all = [head, ...rows].map((row) => row.map(String))
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column].length)))
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(all[0]), rule, ...all.slice(1).map(line)].join('\n')
}

/** docs/dependencies.md. */
export const dependencyTable = (root) => {
  const { runtime, bundled, oneOf, developmentScripts } = shippedPackages(root)
  const label = ({ path, name }) =>
    path === `node_modules/${name}` ? name : path.slice('node_modules/'.length)
  const row = (one) => [
    label(one),
    one.version,
    one.licence,
    kilobytes(one.bytes),
    one.hasScript ? 'has one' : '',
    needs(one.neededBy),
  ]
  const head = ['package', 'version', 'licence', 'KiB', 'install script', 'needed by']
  return `# Dependencies

Written by \`node_modules/.bin/node scripts/dependencies.mjs\` and held by
\`test/packaging/dependencies.test.ts\`: a package that is new or gone, another version, another
licence, an install script and growth by more than a fifth make it fail. Whoever changes a package
looks at what is new in it, runs the script and commits this file and
\`assets/licences/third-party.txt\`.

No install script is ever run: packages are installed with \`--ignore-scripts\` (\`scripts/setup.mjs\`).
Sizes are of the package's own files as they are installed; the app gets less (\`electron-builder.yml\`).

## Installed with the app

${table(head, runtime.map(row))}

## For one platform each

npm installs the one of its machine. The builds of Node are for development and never packed.

${table(
  ['package', 'version', 'licence'],
  oneOf.map(({ name, version, licence }) => [name, version, licence]),
)}

## Bundled into the pages

What the pages import and what that needs, whether or not any of it is left after bundling.

${table(
  head.filter((name) => name !== 'install script'),
  bundled.map((one) => row(one).filter((_, column) => column !== 4)),
)}

## For development, with an install script

${table(
  ['package', 'version'],
  developmentScripts.map(({ name, version }) => [name, version]),
)}
`
}

const rule = '='.repeat(80)

/** assets/licences/third-party.txt: each text once, under the packages that it is for. */
export const licenceTexts = (root) => {
  const { runtime, bundled, oneOf } = shippedPackages(root)
  const byText = new Map()
  const without = []
  for (const one of [...runtime, ...bundled]) {
    const label = `${one.name} ${one.version} (${one.licence})`
    const text = licenceFilesOf(root, one.path)
      .map((file) => file.text)
      .join('\n\n')
    if (text === '') without.push(label)
    else byText.set(text, [...(byText.get(text) ?? []), label])
  }
  const unique = (labels) => [...new Set(labels)].toSorted().join('\n')
  const parts = [...byText]
    .map(([text, labels]) => `${unique(labels)}\n\n${text}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
  const builds = oneOf
    .filter(({ name }) => !name.startsWith('node-'))
    .map(({ name, version, licence }) => `${name} ${version} (${licence})`)
  return `${[
    `Software of others inside Nocturne, and the licences it comes under.

Electron and Chromium carry theirs beside the program: LICENSE.electron.txt and
LICENSES.chromium.html.`,
    ...parts,
    `${unique(without)}\n\nThese name their licence and carry no text of it.`,
    `${unique(builds)}\n\nBuilds of @node-rs/argon2 for one platform each, under its licence above.`,
  ].join(`\n\n${rule}\n\n`)}\n`
}

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowed } from '../../scripts/lint/allowed.mjs'
import plugin from '../../scripts/lint/plugin.mjs'
import { examples } from './lint-examples.ts'

/**
 * The house's own lint rules (docs/security.md row 48): each is shown breaks of itself and what it
 * must let pass, by oxlint itself; and what is allowed is what is used, no file and no word more.
 */

const root = join(import.meta.dirname, '..', '..')
const rules = Object.keys(plugin.rules)
let folder: string

interface Found {
  readonly rule: string
  readonly file: string
  readonly word: string
}

const lint = (options: {
  readonly cwd: string
  readonly config: string
  readonly paths: readonly string[]
}): readonly Found[] => {
  const ran = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/oxlint/bin/oxlint'),
      '-c',
      options.config,
      '--format',
      'json',
      ...options.paths,
    ],
    { cwd: options.cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  const { diagnostics } = JSON.parse(ran.stdout) as {
    diagnostics: { message: string; code: string; filename: string }[]
  }
  return diagnostics.map(({ message, code, filename }) => ({
    rule: /^nocturne\((.+)\)$/.exec(code)?.[1] ?? code,
    file: filename.replaceAll('\\', '/'),
    word: /^`(.+?)`/.exec(message)?.[1] ?? message,
  }))
}

const configWith = (name: string, setting: unknown): string => {
  const path = join(folder, name)
  writeFileSync(
    path,
    JSON.stringify({
      plugins: [],
      jsPlugins: [join(root, 'scripts/lint/plugin.mjs')],
      categories: { correctness: 'off' },
      rules: Object.fromEntries(rules.map((rule) => [`nocturne/${rule}`, setting])),
    }),
  )
  return path
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nocturne-lint-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the house’s own lint rules', () => {
  it('are all on for the whole product, as errors, and no comment turns one off', () => {
    const config = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8')) as {
      overrides: { files: string[]; rules: Record<string, unknown> }[]
    }
    const ours = config.overrides.filter(({ rules: set }) =>
      Object.keys(set).some((name) => name.startsWith('nocturne/')),
    )
    expect(ours).toEqual([
      {
        files: ['src-main/**', 'src-shared/**', 'src-renderer/**'],
        rules: Object.fromEntries(rules.map((rule) => [`nocturne/${rule}`, 'error'])),
      },
    ])
    const off = spawnSync(
      'grep',
      ['-rlE', '(oxlint|eslint)-disable', 'src-main', 'src-shared', 'src-renderer'],
      { cwd: root, encoding: 'utf8' },
    )
    for (const path of off.stdout.split('\n').filter(Boolean)) {
      const comments =
        readFileSync(join(root, path), 'utf8').match(/(?:ox|es)lint-disable.*/g) ?? []
      for (const comment of comments) {
        // One that names no rule would turn all of them off.
        expect(comment, path).toMatch(/disable(?:-next-line|-line)? [a-z-]+\/?[a-z-]+/)
        expect(comment, path).not.toContain('nocturne/')
      }
    }
  })

  it('each find every break of themselves, and let pass what is none', { timeout: 240_000 }, () => {
    expect(Object.keys(examples).toSorted()).toEqual(rules.toSorted())
    const wanted = new Set<string>()
    const put = (path: string, text: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const sources = new Map<string, string>()
    for (const [rule, { bad, good }] of Object.entries(examples)) {
      expect(bad.length, rule).toBeGreaterThan(0)
      expect(good.length, rule).toBeGreaterThan(0)
      for (const [kind, texts] of Object.entries({ bad, good })) {
        for (const [index, text] of texts.entries()) {
          const path = `src-main/${rule}/${kind}-${index}.tsx`
          put(path, `${text}\n`)
          sources.set(path, text)
          if (kind === 'bad') wanted.add(`${path} ${rule}`)
        }
      }
    }
    const found = lint({
      cwd: folder,
      config: configWith('examples.json', 'error'),
      paths: ['src-main'],
    })
    // A break of one rule may be one of another as well; what matters is the rule it was written for.
    const own = new Set(
      found
        .filter(({ rule, file }) => file.startsWith(`src-main/${rule}/`))
        .map(({ rule, file }) => `${file} ${rule}`),
    )
    const text = (one: string): string => `${one}: ${sources.get(one.split(' ')[0] ?? '') ?? ''}`
    expect([...wanted].filter((one) => !own.has(one)).map(text)).toEqual([])
    expect([...own].filter((one) => !wanted.has(one)).map(text)).toEqual([])
  })

  it('allow what is used and nothing else', { timeout: 240_000 }, () => {
    const used: Record<string, Record<string, string[]>> = {}
    const found = lint({
      cwd: root,
      config: configWith('everywhere.json', ['error', 'everywhere']),
      paths: ['src-main', 'src-shared', 'src-renderer'],
    })
    for (const { rule, file, word } of found) {
      const words = ((used[rule] ??= {})[file] ??= [])
      if (!words.includes(word)) words.push(word)
    }
    const sorted = (lists: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>) =>
      Object.entries(lists)
        .flatMap(([rule, files]) =>
          Object.entries(files).map(
            ([file, words]) => `${rule} ${file} ${words.toSorted().join(' ')}`,
          ),
        )
        .toSorted()
    expect(sorted(allowed)).toEqual(sorted(used))
  })
})

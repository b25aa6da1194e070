import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readArguments } from '../../src-main/shell/arguments.ts'
import { runCheck } from '../../src-main/shell/check.ts'

const folder = mkdtempSync(join(tmpdir(), 'nocturne-check-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const setUp = () => {
  const lines: string[] = []
  const complaints: string[] = []
  const check = runCheck({
    host: 'chromium',
    screenshot: join(folder, 'a', 'dashboard.png'),
    timeoutMs: 60_000,
    print: (line) => lines.push(line),
    complain: (line) => complaints.push(line),
    wait: () => Promise.resolve(),
  })
  return { check, lines, complaints }
}
const poll = { olts: 4, onus: 1488, online: 1390, firstPollMs: 812 }

describe('--check', () => {
  it('fails and says why when the engine fails', async () => {
    const { check, lines, complaints } = setUp()
    check.failed('the plant could not start')
    expect(await check.finish(async () => {})).toBe(1)
    expect(lines).toEqual([])
    expect(complaints.join()).toContain('the plant could not start')
  })

  it('fails when the poll found nothing, or no picture could be taken', async () => {
    const empty = setUp()
    empty.check.firstFullPoll({ ...poll, onus: 0 })
    expect(await empty.check.finish(async () => {})).toBe(1)
    const blind = setUp()
    blind.check.firstFullPoll(poll)
    expect(
      await blind.check.finish(async () => {
        throw new Error('no window')
      }),
    ).toBe(1)
    expect(blind.complaints.join()).toContain('no window')
  })

  it('prints one JSON line and keeps a picture', async () => {
    const { check, lines } = setUp()
    const pictures: string[] = []
    check.firstFullPoll(poll)
    expect(await check.finish(async (path) => void pictures.push(path))).toBe(0)
    expect(lines.length).toBe(1)
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      host: 'chromium',
      ...poll,
      screenshot: join(folder, 'a', 'dashboard.png'),
    })
    expect(pictures).toEqual([join(folder, 'a', 'dashboard.png')])
  })
})

describe('the command line', () => {
  it('leaves the words of the host alone and falls back on wrong sizes and times', () => {
    const args = readArguments(['main.js', '--no-sandbox', '--size=9x9', '--timeout-s=abc', 'x'])
    expect(args).toMatchObject({
      demo: false,
      check: false,
      windowSize: { width: 1440, height: 900 },
      timeoutMs: 180_000,
    })
  })

  it('is read', () => {
    const args = readArguments([
      'main.js',
      '--demo',
      '--check',
      '--size',
      '1920x1080',
      '--workspace=/w',
    ])
    expect(args).toMatchObject({
      demo: true,
      check: true,
      windowSize: { width: 1920, height: 1080 },
      workspace: '/w',
    })
  })
})

import type { Output } from '../../../src-shared/contract/index.ts'

/** Configurations that differ a little from version to version, and their difference. */

export const fakeConfig = (olt: number, version: number, lines: number): readonly string[] => {
  const text = [
    '[OLTOS R019C10: 2001]',
    '#',
    `sysname olt-${olt + 1}`,
    'snmp-agent community read ••••',
    `super password level 3 cipher ••••${version >= 6 ? '' : ' '}`,
    '#',
  ]
  for (let at = 0; text.length < lines; at += 1) {
    if (at % 24 === 0)
      text.push('#', `interface gpon 0/${Math.floor(at / 2400) + 1}/${Math.floor(at / 24) % 16}`)
    text.push(
      ` ont add ${at % 16} ${at % 24} sn-auth "48575443${((at * 2_654_435_761) >>> 0).toString(16).padStart(8, '0').toUpperCase()}" omci ont-lineprofile-id 10 ont-srvprofile-id ${at % 4} desc "Jl. Melati ${at}"`,
    )
  }
  for (let each = 1; each <= version; each += 1) {
    const at = 40 + each * 211
    text[at] = (text[at] ?? '').replace('lineprofile-id 10', `lineprofile-id ${20 + each}`)
    text.splice(at + 30, 0, ` port vlan 0/${each} native ${100 + each}`, ` # by change ${each}`)
    if (each % 2 === 1) text.splice(at + 60, 2)
  }
  text.push('return')
  return text
}

type Diff = Pick<Output<'olt-backups.diff'>, 'lines' | 'added' | 'removed' | 'cut'>

/** Line by line with a short look ahead: enough for texts that differ in a few places. */
export const fakeDiff = (
  before: readonly string[],
  after: readonly string[],
  context: number,
): Diff => {
  const all: Diff['lines'] = []
  let a = 0
  let b = 0
  while (a < before.length || b < after.length) {
    if (a < before.length && before[a] === after[b]) {
      all.push({ kind: 'same', text: before[a]!, before: (a += 1), after: (b += 1) })
      continue
    }
    const [skipA, skipB] = nextSame(before, after, a, b)
    for (let each = 0; each < skipA; each += 1) {
      all.push({ kind: 'removed', text: before[a]!, before: (a += 1), after: null })
    }
    for (let each = 0; each < skipB; each += 1) {
      all.push({ kind: 'added', text: after[b]!, before: null, after: (b += 1) })
    }
  }
  const near = new Uint8Array(all.length)
  all.forEach(({ kind }, at) => {
    if (kind !== 'same') near.fill(1, Math.max(0, at - context), at + context + 1)
  })
  const lines: Diff['lines'] = []
  all.forEach((line, at) => {
    if (near[at] === 1) return void lines.push(line)
    const last = lines.at(-1)
    if (last?.kind === 'gap') last.count = (last.count ?? 0) + 1
    else lines.push({ kind: 'gap', text: '', before: line.before, after: line.after, count: 1 })
    return undefined
  })
  return {
    lines,
    added: all.filter(({ kind }) => kind === 'added').length,
    removed: all.filter(({ kind }) => kind === 'removed').length,
    cut: false,
  }
}

const nextSame = (
  before: readonly string[],
  after: readonly string[],
  a: number,
  b: number,
): readonly [number, number] => {
  for (let sum = 1; sum < 400; sum += 1) {
    for (let skip = 0; skip <= sum; skip += 1) {
      const [x, y] = [a + skip, b + sum - skip]
      if (x < before.length && y < after.length && before[x] === after[y]) {
        if (before[x + 1] === after[y + 1]) return [skip, sum - skip]
      }
    }
  }
  return [before.length - a, after.length - b]
}

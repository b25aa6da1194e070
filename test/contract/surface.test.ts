import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { commands, events, queries } from '../../src-shared/contract/index.ts'

/** The whole surface in text, so that a change of it is seen in review. */
const shapeOf = (schema: z.ZodType, io: 'input' | 'output'): unknown => {
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>
  return describeJson(json)
}

const describeJson = (json: unknown): unknown => {
  if (typeof json !== 'object' || json === null) return json
  const node = json as Record<string, unknown>
  if (Array.isArray(node['anyOf'])) return node['anyOf'].map(describeJson)
  if (Array.isArray(node['oneOf'])) return node['oneOf'].map(describeJson)
  if (node['type'] === 'object' && node['properties'] !== undefined) {
    return Object.fromEntries(
      Object.entries(node['properties'] as object).map(([k, v]) => [k, describeJson(v)]),
    )
  }
  if (node['type'] === 'array') return [describeJson(node['items'])]
  // Error codes: the list has its own place, src-shared/errors.ts.
  if (Array.isArray(node['enum']))
    return node['enum'].length > 30 ? 'one of many' : node['enum'].join('|')
  if (node['const'] !== undefined) return `=${String(node['const'])}`
  return [node['type'] ?? 'any', node['format']].filter((x) => x !== undefined).join(' ')
}

describe('the contract', () => {
  it('has exactly this surface', () => {
    const surface = {
      queries: Object.fromEntries(
        Object.entries(queries).map(([name, q]) => [
          name,
          {
            access: q.access,
            whileLocked: q.whileLocked === true,
            input: shapeOf(q.input, 'input'),
            output: shapeOf(q.output, 'output'),
          },
        ]),
      ),
      commands: Object.fromEntries(
        Object.entries(commands).map(([name, c]) => [
          name,
          {
            access: c.access,
            whileLocked: c.whileLocked === true,
            secrets: c.secrets,
            input: shapeOf(c.input, 'input'),
            output: shapeOf(c.output, 'output'),
          },
        ]),
      ),
      events: Object.fromEntries(
        Object.entries(events).map(([name, e]) => [
          name,
          { access: e.access, delivery: e.delivery, payload: shapeOf(e.payload, 'output') },
        ]),
      ),
    }
    expect(surface).toMatchSnapshot()
  })

  it('refuses an unknown key in every input', () => {
    for (const [name, { input }] of Object.entries({ ...queries, ...commands })) {
      const result = input.safeParse({ surplus: 1 })
      expect(result.success, name).toBe(false)
      expect(JSON.stringify(result.error?.issues), name).toContain('unrecognized_keys')
    }
  })

  it('marks every input that carries a password, passphrase or community as secret', () => {
    for (const [name, command] of Object.entries(commands)) {
      const keys = Object.keys((command.input as z.ZodObject).shape ?? {})
      for (const key of keys.filter((k) => /password|passphrase|community|secret|token/i.test(k))) {
        expect(command.secrets, `${name}.${key}`).toContain(key)
      }
    }
  })

  it('names no procedure twice, and names each after its capability', () => {
    const names = [...Object.keys(queries), ...Object.keys(commands), ...Object.keys(events)]
    expect(new Set(names).size).toBe(names.length)
    for (const name of names)
      expect(name).toMatch(
        /^(workspace|access|preferences|network|audit|history|traps|families|alarms|outages|plant|search|handover|olt-cli|provisioning|olt-backups|backups|restore|transfer|approvals|subscribers|tickets|fieldwork|billing)\.[a-z][A-Za-z]+$/,
      )
  })
})

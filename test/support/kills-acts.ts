import type { Given, Thing, World } from './kills-messages.ts'

/** What the people of a shift do, by its seed: each has things of his own, and changes them. */
export interface Act extends Omit<Given, 'commandId'> {
  readonly input: object
  /** Returns the key of what was made. */
  readonly done: (value: Record<string, unknown>) => string | null
  readonly refused: (code: string) => void
}

type Kind = 'olt' | 'node' | 'preset' | 'role' | 'employee'

const mostOfAKind = 8

export const createActs = (options: {
  readonly kill: number
  readonly world: World
  readonly random: () => number
  readonly now: () => number
}) => {
  const { kill, world, random } = options
  const things: Record<Kind, Thing[]> = {
    olt: [...world.olts],
    node: [...world.nodes],
    preset: [...world.presets],
    role: [...world.roles],
    employee: [...world.employees],
  }
  let number = 0
  const newName = (kind: string): string => `${kind} ${kill}-${(number += 1)}`
  const pick = <Value>(values: readonly Value[]): Value | undefined =>
    values[Math.floor(random() * values.length)]

  const put = (kind: Kind, next: Thing): void => {
    things[kind] = [...things[kind].filter(({ id }) => id !== next.id), next]
  }
  const drop = (kind: Kind, gone: string): void => {
    things[kind] = things[kind].filter(({ id }) => id !== gone)
  }

  const add = (kind: Kind, name: string, input: object, idIn: string, label: string): Act => ({
    name,
    input,
    entity: kind,
    key: null,
    is: label,
    done: (value) => {
      const id = String(value[idIn])
      put(kind, { id, version: 1, name: label })
      return id
    },
    refused: () => undefined,
  })
  const change = (kind: Kind, name: string, input: object, before: Thing, label: string): Act => ({
    name,
    input,
    entity: kind,
    key: before.id,
    is: label,
    done: () => {
      put(kind, { ...before, version: before.version + 1, name: label })
      return before.id
    },
    // Somebody else (the console itself) has changed it: left alone for this shift.
    refused: () => drop(kind, before.id),
  })
  const remove = (kind: Kind, name: string, input: object, before: Thing): Act => ({
    name,
    input,
    entity: kind,
    key: before.id,
    is: null,
    done: () => {
      drop(kind, before.id)
      return before.id
    },
    refused: () => drop(kind, before.id),
  })

  /** Adds where there are few, otherwise changes one, and now and then removes it. */
  const tend = (
    kind: Kind,
    acts: {
      readonly add: () => Act
      readonly change: (before: Thing) => Act
      readonly remove: (before: Thing) => Act
    },
  ): Act => {
    const one = pick(things[kind])
    const share = things[kind].length / mostOfAKind
    if (one === undefined || random() > share) return acts.add()
    return random() < 0.3 ? acts.remove(one) : acts.change(one)
  }

  const olt = (): Act =>
    tend('olt', {
      add: () => {
        const name = newName('olt')
        // Nobody listens there.
        const host = `127.${1 + (kill % 250)}.${1 + Math.floor(number / 250)}.${1 + (number % 250)}`
        return add(
          'olt',
          'network.addOlt',
          { name, host, port: 1, community: 'kills' },
          'oltId',
          name,
        )
      },
      change: (before) => {
        const name = newName('olt')
        const input = { oltId: before.id, baseVersion: before.version, name, note: name }
        return change('olt', 'network.updateOlt', input, before, name)
      },
      remove: (before) =>
        remove(
          'olt',
          'network.removeOlt',
          { oltId: before.id, baseVersion: before.version },
          before,
        ),
    })

  const preset = (): Act => {
    const name = newName('preset')
    const input = { name, when: {}, settings: { description: name } }
    return tend('preset', {
      add: () =>
        add(
          'preset',
          'provisioning.savePreset',
          { presetId: null, baseVersion: 0, preset: input },
          'presetId',
          name,
        ),
      change: (before) =>
        change(
          'preset',
          'provisioning.savePreset',
          { presetId: before.id, baseVersion: before.version, preset: input },
          before,
          name,
        ),
      remove: (before) =>
        remove('preset', 'provisioning.removePreset', { presetId: before.id }, before),
    })
  }

  const role = (): Act => {
    const name = newName('role')
    const rest = {
      name,
      copyOf: 'auditor',
      permissions: [],
      secondFactorRequired: false,
      lockAfterMinutes: 5,
      sessionHours: 8,
    }
    return tend('role', {
      add: () =>
        add('role', 'access.saveRole', { roleId: null, baseVersion: 0, ...rest }, 'roleId', name),
      change: (before) =>
        change(
          'role',
          'access.saveRole',
          { roleId: before.id, baseVersion: before.version, ...rest },
          before,
          name,
        ),
      remove: (before) =>
        remove(
          'role',
          'access.removeRole',
          { roleId: before.id, baseVersion: before.version },
          before,
        ),
    })
  }

  const employee = (): Act => {
    const name = newName('employee')
    return tend('employee', {
      add: () =>
        add(
          'employee',
          'access.saveEmployee',
          { employeeId: null, baseVersion: 0, employee: { name } },
          'employeeId',
          name,
        ),
      change: (before) =>
        change(
          'employee',
          'access.saveEmployee',
          { employeeId: before.id, baseVersion: before.version, employee: { name } },
          before,
          name,
        ),
      remove: (before) =>
        remove(
          'employee',
          'access.removeEmployee',
          { employeeId: before.id, baseVersion: before.version },
          before,
        ),
    })
  }

  const node = (): Act => {
    const name = newName('node')
    const input = {
      kind: 'zone',
      name,
      parentId: null,
      note: 'x'.repeat(random() < 0.1 ? 1900 : 5),
    }
    return tend('node', {
      add: () => add('node', 'plant.addNode', input, 'id', name),
      change: (before) =>
        change(
          'node',
          'plant.changeNode',
          { id: before.id, baseVersion: before.version, ...input },
          before,
          name,
        ),
      remove: (before) =>
        remove('node', 'plant.removeNode', { id: before.id, baseVersion: before.version }, before),
    })
  }

  const handover = (): Act => {
    // Large ones too, so that some kills fall into a checkpoint of the journal.
    const text = `${newName('handover')} ${'v'.repeat(Math.floor(random() * 7900))}`.trim()
    const to = options.now()
    return {
      name: 'handover.write',
      input: { from: to - 60_000, to, text },
      entity: 'handover',
      key: null,
      is: text,
      done: (value) => String(value['id']),
      refused: () => undefined,
    }
  }

  const remark = (): Act => {
    const alarm = pick(world.alarms)
    if (alarm === undefined) return handover()
    const text = newName('remark')
    return {
      name: 'alarms.note',
      input: { which: { ids: [alarm] }, note: text },
      entity: 'remark',
      key: `${alarm}\n${text}`,
      is: text,
      done: () => null,
      refused: () => undefined,
    }
  }

  return {
    owner: () => (random() < 0.6 ? olt() : preset()),
    administrator: () => (random() < 0.5 ? role() : employee()),
    engineer: () => (random() < 0.6 ? remark() : handover()),
    planner: node,
    keep: (name: 'workspace.backUp' | 'workspace.rotateKeys'): Act => ({
      name,
      input: {},
      entity: name === 'workspace.backUp' ? 'backup' : 'keys',
      key: null,
      is: null,
      done: (value) => (typeof value['name'] === 'string' ? value['name'] : null),
      refused: () => undefined,
    }),
  }
}

import type {
  CommandName,
  Input,
  Output,
  Payload,
  QueryName,
} from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakeOptions } from './fake-options.ts'
import { builtInFamilies, fakeColumns, fakeReadme, ownFamilies } from './fake-family-data.ts'

/** Families as the screens show them: those of the console, and three of one's own. */
type FamiliesQuery = Extract<QueryName, `families.${string}`>
type FamiliesCommand = Extract<CommandName, `families.${string}`>
export type FakeFamilies = {
  readonly [Name in FamiliesQuery | FamiliesCommand]: (
    input: Input<Name>,
  ) => Output<Name> | Promise<Output<Name>>
}
type Summary = Output<'families.list'>['families'][number]

const folder = '/home/sari/.local/share/nocturne/workspace/olt-families'

/** An empty workspace (`fake=0`) and a very small one (`fake=3`) have no families of their own. */
export const createFakeFamilies = (
  now: () => number,
  { onus }: Pick<FakeOptions, 'onus'>,
  changed: (payload: Payload<'families.changed'>) => void,
): FakeFamilies => {
  const isEmpty = onus <= 3
  const own = new Map<string, Summary>(
    (isEmpty ? [] : ownFamilies(now())).map((family) => [family.id, family]),
  )
  const all = (): Summary[] => [...own.values(), ...builtInFamilies(onus)]
  const one = (id: string): Summary => {
    const found = all().find((family) => family.id === id)
    if (found === undefined) throw new NocturneError('not-found', { what: 'family' })
    return found
  }
  const setTrust = (id: string, trust: Partial<Summary>): void => {
    own.set(id, { ...one(id), ...trust })
    changed({ at: now() })
  }

  return {
    'families.list': () => ({
      folder,
      families: all(),
      refused: isEmpty
        ? []
        : [
            {
              name: 'rumah-olt',
              file: `${folder}/rumah-olt/profile.yaml`,
              issues: [
                { line: 31, column: 5, path: 'onus.fields.serail', message: 'unknown key' },
                {
                  line: 12,
                  column: 16,
                  path: 'recognise.0.sysDescr',
                  message: 'a repeated group must not hold a repetition or alternatives',
                },
              ],
            },
            {
              name: 'from-a-friend',
              file: `${folder}/from-a-friend/profile.yaml`,
              issues: [
                { line: 1, column: 1, path: '', message: 'is a link that leads out of the folder' },
              ],
            },
          ],
      readAt: now(),
    }),
    'families.family': ({ id }) => {
      const family = one(id)
      const columns = fakeColumns(family.technology)
      return {
        family,
        folder:
          family.source === 'own'
            ? `${folder}/${id}`
            : `/opt/Nocturne/resources/assets/olt-families/${id}`,
        readme: id === 'kota-gpon' ? null : fakeReadme(family.title),
        recognisedBy: [
          {
            model: family.models[0] ?? family.title,
            certainty: 'proven',
            sysObjectId: '1.3.6.1.4.1.37950.1.1.5',
            sysObjectIdTail: null,
            except: [],
            sysDescr: '^V1600D',
            probe: null,
            absent: [],
          },
          {
            model: family.models.at(-1) ?? family.title,
            certainty: 'unproven',
            sysObjectId: '1.3.6.1.4.1.37950',
            sysObjectIdTail: null,
            except: ['1.3.6.1.4.1.37950.2'],
            sysDescr: null,
            probe: { oid: '1.3.6.1.4.1.37950.1.1.5.12.1.25.1', text: null },
            absent: ['1.3.6.1.4.1.37950.1.1.6.1.1.1.1.5'],
          },
        ],
        columns,
      }
    },
    'families.check': ({ id }) => ({
      problem: null,
      captures:
        id === 'kota-gpon'
          ? []
          : [
              {
                capture: 'rack-2-olt.snmprec',
                result: 'passed',
                reason: null,
                differences: [],
                onus: 16,
              },
              {
                capture: 'after-upgrade.snmprec',
                result: 'failed',
                reason: null,
                differences: [
                  'states: {"online":14,"unknown":2}, expected {"offline":2,"online":14}',
                  'state of 0/0/1:2: "unknown", expected "offline"',
                ],
                onus: 16,
              },
              {
                capture: 'vendor-lab.snmprec',
                result: 'skipped',
                reason: `no recording vendor-lab.snmprec in ${folder}/${id}/captures`,
                differences: [],
                onus: null,
              },
            ],
    }),
    'families.reload': () => ({}),
    'families.trust': ({ id, contentHash, typedName }) => {
      const family = one(id)
      if (typedName !== id) throw new NocturneError('conflict', { what: 'family-name' })
      if (contentHash !== family.contentHash) {
        throw new NocturneError('conflict', { what: 'family' })
      }
      setTrust(id, { trust: 'trusted', trustedAt: now(), trustedBy: 'Sari Wijaya' })
      return {}
    },
    'families.withdrawTrust': ({ id }) => {
      setTrust(id, { trust: 'untrusted', trustedAt: null, trustedBy: null })
      return {}
    },
  }
}

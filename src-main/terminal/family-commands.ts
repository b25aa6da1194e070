import { checkFamily, type FamilyCheck } from '../olt/family-check.ts'
import type { OltFamily } from '../olt/family/load-families.ts'
import { readRecording } from '../replay/read-recording.ts'
import { openRecordingSession } from '../replay/recording-session.ts'
import { withoutAbsent } from './device-json.ts'

/** `family check`: validates a family and runs it against its recordings. */
export const checkFolder = (options: {
  readonly folder: string
  readonly families: readonly OltFamily[]
  readonly captureFolders: readonly string[]
}): Promise<FamilyCheck> =>
  checkFamily({
    folder: options.folder,
    others: options.families,
    captureFolders: options.captureFolders,
    openCapture: async (file) => openRecordingSession(await readRecording(file)),
  })

export const checkJson = ({ family, captures, ...check }: FamilyCheck): unknown =>
  withoutAbsent({
    ...check,
    title: family?.title,
    captures: captures.map(({ survey, ...capture }) => ({
      ...capture,
      ponPorts: survey?.ponPorts.length,
      onus: survey?.onus.length,
      problems: survey?.problems,
    })),
  })

export const checkLines = (check: FamilyCheck): readonly string[] => {
  const { name, ok, issues, captures } = check
  if (issues.length > 0) return refusalLines(check)
  const ran = captures.filter(({ result }) => result !== 'skipped').length
  return [
    ...captures.flatMap(({ capture, result, reason, differences, survey }) => [
      [
        `${result}  ${capture}`,
        ...(survey === null
          ? []
          : [`${survey.ponPorts.length} PON ports, ${survey.onus.length} ONUs`]),
        ...(reason === null ? [] : [reason]),
      ].join(': '),
      ...differences.map((difference) => `  ${difference}`),
    ]),
    `${name} is ${ok ? 'in order' : 'not in order'}; ${ran} of ${captures.length} recordings run`,
  ]
}

/** `profile.yaml:12:3 onus.fields.serial: …`, the place as editors and compilers spell it. */
export const refusalLines = ({
  name,
  folder,
  issues,
}: Pick<FamilyCheck, 'name' | 'folder' | 'issues'>): readonly string[] => [
  `${name} is refused`,
  ...issues.map(({ line, column, path, message }) => {
    const where = path === '' ? '' : ` ${path}:`
    return `${folder}/profile.yaml:${line}:${column}${where} ${message}`
  }),
]

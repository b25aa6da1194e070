import { randomBytes } from 'node:crypto'
import type { OltFamily } from '../olt/family/load-families.ts'
import { compareArcs } from '../replay/recording.ts'
import { captureDevice, type CapturedRoot, type CaptureOptions } from './capture-device.ts'
import { writeCapture } from './capture-file.ts'
import { redact } from './redact.ts'

export interface CaptureResult {
  readonly file: string
  readonly objects: number
  readonly redacted: boolean
  readonly roots: readonly CapturedRoot[]
}

export interface CaptureCommandOptions extends CaptureOptions {
  readonly file: string
  readonly force: boolean
  /** Serial numbers, names and addresses as they are. */
  readonly plain: boolean
  /** Subtrees whose texts stay though the rest is redacted. */
  readonly keep: readonly string[]
  readonly families: readonly OltFamily[]
  readonly now: () => Date
}

/** Records a device into a file. Nothing is written before all is read. Errors: those of its parts. */
export const capture = async (options: CaptureCommandOptions): Promise<CaptureResult> => {
  const { file, force, plain, keep, families } = options
  const found = await captureDevice(options)
  // SECURITY: what was read stands on no disk before it is redacted, and the key on none at all.
  const objects = plain
    ? found.objects
    : redact(found.objects, { families, keep, key: randomBytes(32) }).toSorted((left, right) =>
        compareArcs(left.oid, right.oid),
      )
  await writeCapture({
    file,
    force,
    objects,
    header: [
      `recorded ${options.now().toISOString()}`,
      plain
        ? 'PLAIN: holds serial numbers, names and addresses of real people and devices'
        : 'redacted: serial numbers, names, addresses and unknown texts are pseudonyms',
      ...found.roots.map(
        ({ root, objects: count, broken }) =>
          `${root}: ${count} objects${broken === null ? '' : `, broken off: ${broken}`}`,
      ),
    ],
  })
  return { file, objects: objects.length, redacted: !plain, roots: found.roots }
}

export const captureLines = ({
  file,
  objects,
  redacted,
  roots,
}: CaptureResult): readonly string[] => [
  `${objects} objects in ${file}`,
  ...roots
    .filter(({ broken }) => broken !== null)
    .map(({ root, broken }) => `not whole: ${root} broke off after an error: ${broken}`),
  redacted
    ? 'serial numbers, names, addresses and unknown texts are pseudonyms; look through it before you hand it on'
    : plainWarning,
]

export const plainWarning =
  'PLAIN: this file holds serial numbers, names and addresses as they are. Hand it to nobody.'

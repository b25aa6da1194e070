import i18next from 'i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { formatInstant } from '../../components/format.ts'
import { showFailure, showToast } from '../../components/toast.tsx'
import { quietBefore, type QuietMinutes } from './quiet-model.ts'

/** Leaving an OLT alone, and reading it again; both at once, both can be taken back. */

const say = () => i18next.getFixedT(i18next.language, 'care')

const timeOf = (at: number): string =>
  formatInstant(at, i18next.language === 'id' ? 'id' : 'en', 'minute')

const set = async (
  olt: OltRow,
  wish: { readonly quiet: boolean; readonly minutes: number | null },
  title: string,
  onChange: () => void,
  undoable: boolean,
): Promise<void> => {
  try {
    await runCommand('network.setQuiet', { oltId: olt.id, ...wish })
    onChange()
    showToast({
      kind: 'done',
      title,
      ...(undoable
        ? {
            undo: () =>
              void set(
                olt,
                quietBefore(olt.quiet, Date.now()),
                say()('quiet.taken', { name: olt.name }),
                onChange,
                false,
              ),
          }
        : {}),
    })
  } catch (error) {
    showFailure(failureOf(error))
  }
}

export const leaveAlone = (
  olt: OltRow,
  minutes: QuietMinutes,
  onChange: () => void,
): Promise<void> =>
  set(
    olt,
    { quiet: true, minutes },
    minutes === null
      ? say()('quiet.begunOpen', { name: olt.name })
      : say()('quiet.begun', { name: olt.name, time: timeOf(Date.now() + minutes * 60_000) }),
    onChange,
    true,
  )

export const readAgain = (olt: OltRow, onChange: () => void): Promise<void> =>
  set(
    olt,
    { quiet: false, minutes: null },
    say()('quiet.ended', { name: olt.name }),
    onChange,
    true,
  )

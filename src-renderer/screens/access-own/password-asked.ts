import { create } from 'zustand'

const useAsked = create<{ readonly open: boolean }>(() => ({ open: false }))

/** Opens the form of the own page from elsewhere: after "it was not me". */
export const askForNewPassword = (): void => useAsked.setState({ open: true })

export const useAskedForPassword = (): readonly [boolean, (open: boolean) => void] => [
  useAsked(({ open }) => open),
  (open) => useAsked.setState({ open }),
]

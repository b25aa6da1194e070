import type { Employee } from '../../../src-shared/contract/access-accounts.ts'

/** A hint while typing; the contract has the last word. */
export const isEmail = (text: string): boolean =>
  text === '' || /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text)

export const fitsEmployee = (employee: Employee, text: string): boolean => {
  const wanted = text.trim().toLowerCase()
  const { name, position, group, phone, email } = employee
  return [name, position, group, phone, email].some((each) => each.toLowerCase().includes(wanted))
}

export const byName = (one: Employee, other: Employee): number => one.name.localeCompare(other.name)

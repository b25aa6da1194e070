import { fileURLToPath } from 'node:url'
import { loadFamilies, type OltFamily } from '../../../src-main/olt/family/load-families.ts'

export const shippedFamilies: readonly OltFamily[] = loadFamilies(
  fileURLToPath(new URL('../../../assets/olt-families', import.meta.url)),
)

export const shippedFamily = (name: string): OltFamily => {
  const family = shippedFamilies.find((entry) => entry.family === name)
  if (family === undefined) throw new Error(`no family ${name}`)
  return family
}

import { defineConfig } from '@playwright/test'

/**
 * The whole console in a real browser window: on the stand-in for Electron (Debian's Chromium),
 * and again on Electron itself where its binary is installed; skipped, and counted so, otherwise.
 */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  // Two: much of a console's time in a test is waiting for a round of polling.
  workers: 2,
  // A shared, loaded machine: one more attempt, and scripts/test.mjs names what needed it.
  retries: 1,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  projects: [{ name: 'chromium' }, { name: 'electron' }],
})

/**
 * Takes a picture of a page: shoot.ts <url> <out.png> [width height] [dark|light] [key presses…]
 * A key press is Playwright's name ("Control+K", "g", "Escape") or `text:` and what to type.
 */
import { chromium } from 'playwright-core'

const [url, out, width = '1440', height = '900', scheme = 'light', ...keys] = process.argv.slice(2)
if (url === undefined || out === undefined) {
  console.error('usage: shoot.ts <url> <out.png> [width height] [dark|light] [keys…]')
  process.exit(2)
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
try {
  const page = await browser.newPage({
    viewport: { width: Number(width), height: Number(height) },
    colorScheme: scheme === 'dark' ? 'dark' : 'light',
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') console.error(message.text())
  })
  page.on('pageerror', (error) => console.error('page error:', error.message))
  await page.goto(url)
  await page.waitForSelector('main', { timeout: 60_000 })
  await page.waitForTimeout(Number(process.env['SHOOT_WAIT'] ?? 1500))
  for (const key of keys) {
    if (key.startsWith('text:')) await page.keyboard.type(key.slice(5), { delay: 20 })
    else if (key.startsWith('click:')) await page.click(key.slice(6))
    else await page.keyboard.press(key)
    await page.waitForTimeout(400)
  }
  await page.screenshot({ path: out })
} finally {
  await browser.close()
}

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import { expect, it } from 'vitest'

const lazyImports = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/\bimport\('(\.[^']+)'\)/g)].map(([, path = '']) =>
    posix.join(dirname(file), path),
  )

it('loads every lazy part of the view ahead', () => {
  const files = readdirSync('src/ui', { recursive: true, encoding: 'utf8' })
    .map((file) => posix.join('src/ui', file.replaceAll('\\', '/')))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && file !== 'src/ui/later.ts')
  const wanted = [...new Set(files.flatMap(lazyImports))].sort()
  expect(wanted.length).toBeGreaterThan(0)
  expect(lazyImports('src/ui/later.ts').sort()).toEqual(wanted)
})

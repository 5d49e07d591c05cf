import { expect, it } from 'vitest'
import { openPage } from '../../store/fixtures/page.ts'
import { namesIn } from './names.ts'

const { store, script } = await openPage('?scenario=rolling-update')
script.untilQuiet()

const found = (line: string) =>
  namesIn(line, store.getState().world).map(({ key, from, to }) => [key, line.slice(from, to)])

it('finds the objects that a line names', () => {
  expect(found('web-0   1/1     Running   0   19s   10.244.2.2   node-1')).toEqual([
    ['Pod/default/web-0', 'web-0'],
    ['Node//node-1', 'node-1'],
  ])
  expect(found('statefulset.apps/web scaled')).toEqual([['StatefulSet/default/web', 'web']])
  expect(found('pod "web-2" deleted from default namespace')).toEqual([['Pod/default/web-2', 'web-2']])
  expect(found('www-web-0   Bound')).toEqual([['PersistentVolumeClaim/default/www-web-0', 'www-web-0']])
})

it('finds none where no object has the name, or none of that type', () => {
  expect(found('web-9 website web-0x')).toEqual([])
  expect(found('service/web-0')).toEqual([])
})

import { describe, expect, it } from 'vitest'
import type { ControllerRevision, PodTemplateSpec } from '../api/types.ts'
import { dataOfTemplate, hashOfData, revisionNameOf, templateOfData, textOfData } from './revisionData.ts'

const template = (image: string, more: object = {}): PodTemplateSpec => ({
  spec: { containers: [{ name: 'app', image }] },
  metadata: { labels: { app: 'web' }, ...more },
})

describe('the data of a revision', () => {
  it('is the whole template as a replacing patch, in compact JSON with sorted keys', () => {
    expect(textOfData(dataOfTemplate(template('nginx:1.20')))).toBe(
      '{"spec":{"template":{"$patch":"replace","metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"image":"nginx:1.20","name":"app"}]}}}}',
    )
  })

  it('escapes what the encoder of the real controller escapes', () => {
    const annotations = { note: 'a<b>&\u2028"\u00e9"' }
    expect(textOfData(dataOfTemplate(template('x', { annotations })))).toContain(
      '{"note":"a\\u003cb\\u003e\\u0026\\u2028\\"é\\""}',
    )
  })

  it('is the same object for the same template, and gives the template back', () => {
    const given = template('x')
    const data = dataOfTemplate(given)
    expect(dataOfTemplate(given)).toBe(data)
    expect(templateOfData(data)).toEqual(given)
    expect(templateOfData(data)).toBe(templateOfData(data))
  })

  it('reads a null as a field that is not there', () => {
    const stored = { spec: { template: { ...template('x', { creationTimestamp: null }), $patch: 'replace' } } }
    expect(templateOfData(stored as unknown as ControllerRevision['data'])).toEqual(template('x'))
  })
})

describe('the name of a revision', () => {
  /** The template of many recordings, and the name that the real controller gave it. */
  const recorded = {
    metadata: { labels: { app: 'web' } },
    spec: {
      containers: [
        {
          image: 'nginx:1.20',
          imagePullPolicy: 'IfNotPresent',
          name: 'app',
          resources: {},
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
        },
      ],
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
    },
  } as unknown as PodTemplateSpec

  it('is that of the real controller', () => {
    expect(revisionNameOf('web', hashOfData(dataOfTemplate(recorded), 0))).toBe('web-759448597c')
  })

  it('is another one after a collision, and uses ten letters only', () => {
    const hashes = Array.from({ length: 50 }, (_, count) => hashOfData(dataOfTemplate(recorded), count))
    expect(new Set(hashes).size).toBe(50)
    for (const hash of hashes) expect(hash).toMatch(/^[456789bcdf]{1,10}$/)
  })

  it('counts bytes, not characters', () => {
    // FNV-1 over the UTF-8 bytes of the patch followed by "0", worked out beside this program.
    const hash = (note: string) => hashOfData(dataOfTemplate(template('x', { annotations: { note } })), 0)
    const bytes = (text: string) => {
      let value = 0x811c9dc5
      for (const byte of new TextEncoder().encode(text)) value = Math.imul(value, 0x01000193) ^ byte
      return String(value >>> 0).replace(/\d/g, (digit) => '456789bcdf'[Number(digit)] as string)
    }
    for (const note of ['é', '序', '🙂', 'é序🙂'])
      expect(hash(note)).toBe(bytes(`${textOfData(dataOfTemplate(template('x', { annotations: { note } })))}0`))
  })

  it('cuts a very long set name', () => {
    expect(revisionNameOf('x'.repeat(250), '45')).toHaveLength(223 + 3)
  })
})

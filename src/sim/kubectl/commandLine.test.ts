/** Lines are read back by a real POSIX shell, in which `kubectl` is a function that prints its arguments. */
import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command } from '../kernel/command.ts'
import { kubectlLine, shellQuote } from './commandLine.ts'

function words(text: string): string[] {
  const script = `kubectl() { for word; do printf '%s\\0' "$word"; done; }\n${text}\n`
  return execFileSync('/bin/sh', ['-c', script]).toString().split('\0').slice(0, -1)
}

const web = { namespace: 'default', name: 'web' }
const pod = { namespace: 'default', name: 'web-1' }
const onNode = { namespace: 'default', name: 'node-1' }

describe('the kubectl line of a command', { timeout: 60_000 }, () => {
  it.each<[Command, string]>([
    [{ type: 'scaleStatefulSet', ...web, replicas: 5 }, 'kubectl scale sts web --replicas=5'],
    [
      { type: 'scaleStatefulSet', namespace: 'foo', name: 'web', replicas: 0 },
      'kubectl -n foo scale sts web --replicas=0',
    ],
    [{ type: 'setImage', ...web, image: 'nginx:2', container: 'nginx' }, 'kubectl set image sts/web nginx=nginx:2'],
    [{ type: 'setImage', ...web, image: 'nginx:2' }, "kubectl set image sts/web '*=nginx:2'"],
    [
      { type: 'setPartition', ...web, partition: 2 },
      `kubectl patch sts web -p '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":2}}}}'`,
    ],
    [
      { type: 'setUpdateStrategy', ...web, strategy: { type: 'OnDelete' } },
      `kubectl patch sts web -p '{"spec":{"updateStrategy":{"type":"OnDelete","rollingUpdate":null}}}'`,
    ],
    [
      {
        type: 'patchObject',
        namespace: 'default',
        name: 'data-web-0',
        kind: 'persistentvolumeclaims',
        patch: { metadata: { labels: { a: "it's" } } },
      },
      `kubectl patch pvc data-web-0 -p '{"metadata":{"labels":{"a":"it'\\''s"}}}'`,
    ],
    [{ type: 'deleteStatefulSet', ...web, cascade: 'orphan' }, 'kubectl delete sts web --cascade=orphan'],
    [{ type: 'deletePod', ...pod }, 'kubectl delete pod web-1'],
    [{ type: 'deletePod', ...pod, graceSeconds: 5 }, 'kubectl delete pod web-1 --grace-period=5'],
    [{ type: 'deletePod', ...pod, graceSeconds: 0, force: true }, 'kubectl delete pod web-1 --grace-period=0 --force'],
    [{ type: 'deleteClaim', namespace: 'default', name: 'data-web-0' }, 'kubectl delete pvc data-web-0'],
    [{ type: 'deleteObject', namespace: 'default', name: 'nginx', kind: 'services' }, 'kubectl delete svc nginx'],
    [{ type: 'deleteObject', namespace: 'default', name: 'x', kind: 'secrets' }, 'kubectl delete secrets x'],
    [{ type: 'cordonNode', namespace: 'default', name: 'node-1' }, 'kubectl cordon node-1'],
    [{ type: 'uncordonNode', namespace: 'default', name: 'node-1' }, 'kubectl uncordon node-1'],
    [
      { ...onNode, type: 'taintNode', key: 'a', value: 'b', effect: 'NoExecute' },
      'kubectl taint nodes node-1 a=b:NoExecute',
    ],
    [{ ...onNode, type: 'taintNode', key: 'a', effect: 'NoSchedule' }, 'kubectl taint nodes node-1 a:NoSchedule'],
    [{ ...onNode, type: 'untaintNode', key: 'a' }, 'kubectl taint nodes node-1 a-'],
    [{ ...onNode, type: 'untaintNode', key: 'a', effect: 'NoExecute' }, 'kubectl taint nodes node-1 a:NoExecute-'],
    [{ ...onNode, type: 'labelNode', label: 'disk', value: 'ssd' }, 'kubectl label node node-1 disk=ssd --overwrite'],
    [{ ...onNode, type: 'labelNode', label: 'disk' }, 'kubectl label node node-1 disk-'],
    [{ ...onNode, type: 'deleteObject', kind: 'nodes', namespace: 'other' }, 'kubectl delete node node-1'],
    [{ ...onNode, type: 'addNode' }, '# kubectl has no command for this: machine node-1 joins the cluster'],
    [{ ...onNode, type: 'powerOffNode' }, '# kubectl has no command for this: machine node-1 loses power'],
    [{ ...onNode, type: 'powerOnNode' }, '# kubectl has no command for this: machine node-1 is switched on'],
    [{ ...onNode, type: 'rebootNode' }, '# kubectl has no command for this: machine node-1 boots again'],
    [
      { ...onNode, type: 'shutDownNode' },
      '# kubectl has no command for this: machine node-1 is shut down in good order',
    ],
    [
      { ...onNode, type: 'cutOffNode' },
      '# kubectl has no command for this: machine node-1 is cut off from the network',
    ],
    [
      { ...onNode, type: 'reconnectNode' },
      '# kubectl has no command for this: machine node-1 reaches the network again',
    ],
    [
      { type: 'drainNode', namespace: 'default', name: 'node-1', force: true, graceSeconds: 5, timeoutSeconds: 40 },
      'kubectl drain node-1 --ignore-daemonsets --force --grace-period=5 --timeout=40s',
    ],
    [{ type: 'crashContainer', ...pod }, "kubectl exec web-1 -- sh -c 'kill 1'"],
    [{ type: 'crashContainer', ...pod, container: 'nginx' }, "kubectl exec web-1 -c nginx -- sh -c 'kill 1'"],
    [{ type: 'exhaustMemory', ...pod }, '# kubectl has no command for this: the container of web-1 runs out of memory'],
    [
      { type: 'hangContainer', ...pod },
      '# kubectl has no command for this: the process of web-1 hangs: it answers no probe',
    ],
    [
      { type: 'setReadiness', ...pod, ready: false },
      '# kubectl has no command for this: web-1 fails its readiness probe',
    ],
    [
      { type: 'setReadiness', ...pod, ready: true },
      '# kubectl has no command for this: web-1 answers its readiness probe again',
    ],
    [{ type: 'failPod', ...pod }, '# kubectl has no command for this: the node gives up pod web-1 (Evicted)'],
    [{ type: 'applyObjects', objects: [], source: 'web.yaml' }, 'kubectl apply -f web.yaml'],
    [{ type: 'applyObjects', objects: [] }, 'kubectl apply -f -'],
  ])('%j', (command, text) => {
    expect(kubectlLine(command)).toBe(text)
  })

  it('names the container that the context knows', () => {
    expect(kubectlLine({ type: 'setImage', ...web, image: 'x:1' }, { container: 'nginx' })).toBe(
      'kubectl set image sts/web nginx=x:1',
    )
  })

  it('removes a file as a shell in the pod would', () => {
    expect(kubectlLine({ type: 'removeFile', ...pod, path: '/data/a b' })).toBe(
      "kubectl exec web-1 -- sh -c 'rm '\\''/data/a b'\\'''",
    )
  })

  it('writes files so that a shell in the pod writes the same text', () => {
    const write = (text: string) =>
      kubectlLine({ type: 'writeFile', ...pod, path: '/usr/share/nginx/html/index.html', text })
    expect(write('hello\n')).toBe("kubectl exec web-1 -- sh -c 'echo hello > /usr/share/nginx/html/index.html'")
    for (const text of ['hello\n', 'no newline', "it's $HOME `x` \\n\n", 'two\nlines\n', '-n\n', '%s%d', '']) {
      const args = words(write(text))
      expect(args.slice(0, 5)).toEqual(['exec', 'web-1', '--', 'sh', '-c'])
      const script = (args[5] as string).replace(' > /usr/share/nginx/html/index.html', '')
      expect(execFileSync('/bin/sh', ['-c', script]).toString()).toBe(text)
    }
  })

  it('is one comment line where kubectl has no word for it', () => {
    expect(words(kubectlLine({ type: 'failPod', ...pod, reason: 'x)\nkubectl delete pod web-1' }))).toEqual([])
  })

  it('is quoted so that the shell reads every word as it was meant', () => {
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 20 })
    fc.assert(
      fc.property(text, text, (name, value) => {
        const patch = { metadata: { annotations: { a: value } } }
        expect(
          words(kubectlLine({ type: 'patchObject', namespace: 'n s', name, kind: 'statefulsets', patch })),
        ).toEqual(['-n', 'n s', 'patch', 'sts', name, '-p', JSON.stringify(patch)])
        expect(words(`kubectl ${shellQuote(value)}`)).toEqual([value])
      }),
      { numRuns: 50 },
    )
  })
})

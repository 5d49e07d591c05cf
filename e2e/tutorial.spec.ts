/**
 * The Kubernetes tutorial on the basics of StatefulSets, from its first command to its last. Its first terminal, which
 * watches, is the page's; its second one, where it asks for two, is `ordinal.kubectl`.
 */
import { expect, test } from './stage.ts'
import { Typist } from './typist.ts'

const WATCH = 'kubectl get pods --watch -l app=nginx'
const APPLY = 'kubectl apply -f https://k8s.io/examples/application/web/web.yaml'
const PARALLEL = 'kubectl apply -f https://k8s.io/examples/application/web/web-parallel.yaml'
const CURL = 'for i in 0 1; do kubectl exec -i -t "web-$i" -- curl http://localhost/; done'
const HOSTNAMES = `for i in 0 1; do kubectl exec "web-$i" -- sh -c 'hostname'; done`
const IMAGE = `--template '{{range $i, $c := .spec.containers}}{{$c.image}}{{end}}'`
const IMAGES = `for p in 0 1 2; do kubectl get pod "web-$p" ${IMAGE}; echo; done`
const setImage = (tag: string) =>
  `kubectl patch statefulset web --type='json' -p='[{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value":"registry.k8s.io/nginx-slim:${tag}"}]'`
const partition = (at: number) =>
  `kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":${at}}}}}'`
const images = (...tags: string[]) => new RegExp(tags.map((tag) => `registry\\.k8s\\.io/nginx-slim:${tag}\\n`).join(''))

test('the tutorial on StatefulSets, from the first command to the last', async ({ stage, page }) => {
  test.setTimeout(120_000)
  await stage.open({ query: { seed: '1' } })
  await page.evaluate(
    (manifests) => window.ordinal.load({ manifests }),
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ground\n',
  )
  // Room for what a watch tells.
  await page.getByRole('separator', { name: 'Height of the lower panel' }).press('End')
  const first = new Typist(stage)
  await first.open()
  const ask = async (line: string, answer: string | RegExp) => {
    await first.ask(line, answer)
    await stage.untilQuiet()
    await first.is('ready')
  }
  /** Watches in the first terminal what a line in the second one leads to, until Ctrl-C. */
  const watching = async (line: string, said: string | RegExp, seen: RegExp) => {
    await page.keyboard.press('Control+l')
    await first.type(WATCH)
    await first.is('waiting')
    const { stdout, stderr, exit } = await page.evaluate((given) => window.ordinal.kubectl(given), line)
    expect({ stderr, exit }).toEqual({ stderr: '', exit: 0 })
    expect(stdout).toMatch(said)
    await stage.untilQuiet()
    await first.shows(seen)
    await page.keyboard.press('Control+c')
    await first.is('ready')
  }
  const lookedUp = async () => {
    await page.keyboard.press('Control+l')
    await first.type('kubectl run -i --tty --image busybox:1.28 dns-test --restart=Never --rm')
    await stage.untilQuiet()
    await first.is('reading')
    for (const name of ['web-0.nginx', 'web-1.nginx'])
      await first.ask(`nslookup ${name}`, new RegExp(`Name:\\s+${name}\\nAddress 1: 10\\.244\\.`))
    await first.type('exit')
    await stage.untilQuiet()
    await first.is('ready')
  }

  await test.step('creating', async () => {
    await watching(
      APPLY,
      'service/nginx created\nstatefulset.apps/web created\n',
      /web-0 +1\/1 +Running[\s\S]*web-1 +0\/1 +Pending[\s\S]*web-1 +1\/1 +Running/,
    )
    await ask('kubectl get service nginx', /nginx +ClusterIP +None +<none> +80\/TCP/)
    await ask('kubectl get statefulset web', /web +2\/2/)
  })
  await test.step('identity', async () => {
    await ask('kubectl get pods -l app=nginx', /web-0 +1\/1 +Running[\s\S]*web-1 +1\/1 +Running/)
    await ask(HOSTNAMES, /\nweb-0\nweb-1\n/)
    await lookedUp()
    await watching(
      'kubectl delete pod -l app=nginx',
      /pod "web-0" deleted.*\npod "web-1" deleted/,
      /web-1 +0\/1 +ContainerCreating[\s\S]*web-1 +1\/1 +Running/,
    )
    await ask(HOSTNAMES, /\nweb-0\nweb-1\n/)
    await lookedUp()
  })
  await test.step('stable storage', async () => {
    await ask('kubectl get pvc -l app=nginx', /www-web-0 +Bound[\s\S]*www-web-1 +Bound/)
    await first.type(
      `for i in 0 1; do kubectl exec "web-$i" -- sh -c 'echo "$(hostname)" > /usr/share/nginx/html/index.html'; done`,
    )
    await ask(CURL, /\nweb-0\nweb-1\n/)
    await ask('for i in 0 1; do kubectl exec web-$i -- chmod 755 /usr/share/nginx/html; done', /chmod 755/)
    await watching('kubectl delete pod -l app=nginx', 'deleted', /web-1 +1\/1 +Running +0 +\ds?/)
    await ask(CURL, /\nweb-0\nweb-1\n/)
  })
  await test.step('scaling', async () => {
    await watching('kubectl scale sts web --replicas=5', 'statefulset.apps/web scaled\n', /web-4 +1\/1 +Running/)
    await watching(
      `kubectl patch sts web -p '{"spec":{"replicas":3}}'`,
      'statefulset.apps/web patched\n',
      /web-4 +1\/1 +Terminating[\s\S]*web-3 +1\/1 +Terminating/,
    )
    await ask('kubectl get pvc -l app=nginx', /www-web-4 +Bound/)
  })
  await test.step('updating', async () => {
    await watching(
      setImage('0.24'),
      'statefulset.apps/web patched\n',
      /web-2 +1\/1 +Terminating[\s\S]*web-0 +1\/1 +Running +0 +\ds?/,
    )
    await ask(IMAGES, images('0.24', '0.24', '0.24'))
    await ask('kubectl rollout status sts/web', /complete/)
  })
  await test.step('staging, a canary, and phases', async () => {
    await ask(partition(3), 'statefulset.apps/web patched')
    await ask(setImage('0.21'), 'statefulset.apps/web patched')
    await watching('kubectl delete pod web-2', 'pod "web-2" deleted', /web-2 +1\/1 +Running +0 +\ds?/)
    await ask(`kubectl get pod web-2 ${IMAGE}`, 'registry.k8s.io/nginx-slim:0.24')
    await watching(partition(2), 'patched', /web-2 +1\/1 +Terminating[\s\S]*web-2 +1\/1 +Running +0 +\ds?/)
    await ask(`kubectl get pod web-2 ${IMAGE}`, 'registry.k8s.io/nginx-slim:0.21')
    await watching('kubectl delete pod web-1', 'pod "web-1" deleted', /web-1 +1\/1 +Running +0 +\ds?/)
    await ask(`kubectl get pod web-1 ${IMAGE}`, 'registry.k8s.io/nginx-slim:0.24')
    await watching(partition(0), 'patched', /web-0 +1\/1 +Terminating[\s\S]*web-0 +1\/1 +Running +0 +\ds?/)
    await ask(IMAGES, images('0.21', '0.21', '0.21'))
    await ask(
      `kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"OnDelete", "rollingUpdate": null}}}'`,
      'statefulset.apps/web patched',
    )
  })
  await test.step('deleting without and with the pods', async () => {
    await ask('kubectl delete statefulset web --cascade=orphan', 'statefulset.apps "web" deleted')
    await ask('kubectl get pods -l app=nginx', /web-0 +1\/1 +Running[\s\S]*web-2 +1\/1 +Running/)
    await first.type('kubectl delete pod web-0')
    await stage.untilQuiet()
    await ask('kubectl get pods -l app=nginx', /NAME[^\n]*\nweb-1 +1\/1 +Running[\s\S]*web-2 +1\/1 +Running/)
    await watching(APPLY, /statefulset.apps\/web created\n/, /web-0 +1\/1 +Running[\s\S]*web-2 +1\/1 +Terminating/)
    await ask(CURL, /\nweb-0\nweb-1\n/)
    await watching('kubectl delete statefulset web', 'statefulset.apps "web" deleted', /web-0 +1\/1 +Terminating/)
    await ask('kubectl delete service nginx', 'service "nginx" deleted')
    await ask(APPLY, 'service/nginx created\nstatefulset.apps/web created')
    await ask(CURL, /\nweb-0\nweb-1\n/)
    await ask('kubectl delete service nginx', 'service "nginx" deleted')
    await first.type('kubectl delete statefulset web')
    await stage.untilQuiet()
    await first.is('ready')
  })
  await test.step('all pods at once', async () => {
    await watching(
      PARALLEL,
      'statefulset.apps/web created\n',
      /web-0 +0\/1 +Pending[\s\S]*web-1 +0\/1 +Pending[\s\S]*web-1 +1\/1 +Running/,
    )
    await watching(
      'kubectl scale statefulset/web --replicas=5',
      'statefulset.apps/web scaled\n',
      /web-4 +1\/1 +Running/,
    )
    await watching('kubectl delete sts web', 'statefulset.apps "web" deleted', /web-4 +1\/1 +Terminating/)
    await ask('kubectl delete svc nginx', 'service "nginx" deleted')
  })
  await test.step('cleaning up', async () => {
    await ask('kubectl get pvc', /www-web-0 +Bound[\s\S]*www-web-4 +Bound/)
    await ask('kubectl get pv', /Bound +default\/www-web-0/)
    await ask(
      'kubectl delete pvc www-web-0 www-web-1 www-web-2 www-web-3 www-web-4',
      /persistentvolumeclaim "www-web-4" deleted/,
    )
    await ask('kubectl get pvc', 'No resources found in default namespace.')
  })
})

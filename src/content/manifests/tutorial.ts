/** The two manifests that the Kubernetes tutorial on the basics of StatefulSets applies from its site, by their addresses. */

const SITE = 'https://k8s.io/examples/application/web'

const webSet = (image: string, policy: string): string => `apiVersion: v1
kind: Service
metadata:
  name: nginx
  labels:
    app: nginx
spec:
  clusterIP: None
  selector:
    app: nginx
  ports:
  - name: web
    port: 80
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: nginx
  podManagementPolicy: ${policy}
  replicas: 2
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      containers:
      - name: nginx
        image: ${image}
        ports:
        - name: web
          containerPort: 80
        volumeMounts:
        - name: www
          mountPath: /usr/share/nginx/html
  volumeClaimTemplates:
  - metadata:
      name: www
    spec:
      accessModes: [ReadWriteOnce]
      resources:
        requests:
          storage: 1Gi
`

export const tutorialPages: Readonly<Record<string, string>> = {
  [`${SITE}/web.yaml`]: webSet('registry.k8s.io/nginx-slim:0.21', 'OrderedReady'),
  [`${SITE}/web-parallel.yaml`]: webSet('registry.k8s.io/nginx-slim:0.24', 'Parallel'),
}

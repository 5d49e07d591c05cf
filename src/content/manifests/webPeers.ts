/** An nginx set whose pods all start at once and look for each other by name before they answer their readiness probe. */
export const webPeers = `apiVersion: v1
kind: Service
metadata:
  name: nginx
  labels:
    app: nginx
spec:
  ports:
  - port: 80
    name: web
  clusterIP: None
  selector:
    app: nginx
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: nginx
  replicas: 3
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
      annotations:
        ordinal.dev/needs-names: web-0.nginx, web-1.nginx, web-2.nginx
    spec:
      containers:
      - name: nginx
        image: registry.k8s.io/nginx-slim:v1
        ports:
        - containerPort: 80
          name: web
        readinessProbe:
          httpGet:
            path: /
            port: 80
          periodSeconds: 5
`

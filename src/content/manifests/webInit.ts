/** The nginx set whose pods are prepared by two init containers before nginx starts. */
export const webInit = `apiVersion: v1
kind: Service
metadata:
  name: nginx
spec:
  clusterIP: None
  selector:
    app: nginx
  ports:
  - port: 80
    name: web
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: nginx
  replicas: 3
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      terminationGracePeriodSeconds: 10
      initContainers:
      - name: permissions
        image: busybox:v1
        command: ["sh", "-c", "chmod -R a+rX /www"]
        volumeMounts:
        - name: www
          mountPath: /www
      - name: content
        image: busybox:v1
        command: ["sh", "-c", "sleep 5 && echo ready > /www/index.html"]
        volumeMounts:
        - name: www
          mountPath: /www
      containers:
      - name: nginx
        image: registry.k8s.io/nginx-slim:v1
        ports:
        - containerPort: 80
          name: web
        readinessProbe:
          httpGet:
            path: /
            port: web
          periodSeconds: 5
        volumeMounts:
        - name: www
          mountPath: /usr/share/nginx/html
  volumeClaimTemplates:
  - metadata:
      name: www
    spec:
      accessModes: ["ReadWriteOnce"]
      resources:
        requests:
          storage: 1Gi
`

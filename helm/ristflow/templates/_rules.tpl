{{/*
What the operator may do in a namespace that it looks after: each verb is one that it really uses, RbacTest has the list with the reasons.
No deletecollection, nothing on Secrets but reading, no exec, no roles.
*/}}
{{- define "ristflow.namespaceRules" -}}
- apiGroups: [ristflow.io]
  resources: [ristflows]
  verbs: [get, list, watch]
- apiGroups: [ristflow.io]
  resources: [ristflows/status]
  verbs: [patch]
# The children of a RistFlow; server-side apply is patch, and create for what is not there yet.
- apiGroups: [""]
  resources: [configmaps, services, serviceaccounts]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [monitoring.coreos.com]
  resources: [servicemonitors]
  verbs: [get, list, watch, create, patch, delete]
# Their status, and the annotation that makes a kubelet look at a changed document at once.
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch, patch]
# Whether a Secret and its key are there, and when it changes.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch]
- apiGroups: [""]
  resources: [events]
  verbs: [create, patch]
{{- end }}

{{/* The lease, in the operator's own namespace. */}}
{{- define "ristflow.ownRules" -}}
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [create]
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  resourceNames: [{{ include "ristflow.operator" . }}]
  verbs: [get, update, patch]
{{- end }}

{{- define "ristflow.nodeRules" -}}
- apiGroups: [""]
  resources: [nodes]
  verbs: [get]
{{- end }}

{{- define "ristflow.subject" -}}
- kind: ServiceAccount
  name: {{ include "ristflow.serviceAccount" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}

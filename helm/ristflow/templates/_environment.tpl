{{/* first-last as a range of ports, or a refusal. Argument: list of the value's name and the value. */}}
{{- define "ristflow.ports" -}}
{{- $ends := splitList "-" (index . 1) }}
{{- $first := first $ends | atoi }}
{{- $last := last $ends | atoi }}
{{- if or (lt $first 1) (gt $last 65535) (gt $first $last) }}
{{- fail (printf "%s: %s is no range of ports; first-last is wanted, both in 1..65535, such as 31000-31999" (index . 0) (index . 1)) }}
{{- end }}
{{- printf "%d-%d" $first $last }}
{{- end }}

{{/* The settings, as OperatorSettings of rist-operator reads them. */}}
{{- define "ristflow.environment" -}}
- name: RISTFLOW_OPERATOR_OWN_NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
{{- with .Values.watchNamespaces }}
- name: RISTFLOW_OPERATOR_NAMESPACES
  value: {{ join "," . | quote }}
{{- end }}
- name: RISTFLOW_OPERATOR_MEDIA_IMAGE
  value: {{ include "ristflow.image" (list . .Values.image.service) | quote }}
- name: RISTFLOW_OPERATOR_MEDIA_IMAGE_PULL_POLICY
  value: {{ .Values.image.service.pullPolicy }}
{{- with .Values.image.service.pullSecrets }}
- name: RISTFLOW_OPERATOR_MEDIA_IMAGE_PULL_SECRETS
  value: {{ join "," . | quote }}
{{- end }}
{{- with .Values.media.javaOptions }}
- name: RISTFLOW_OPERATOR_MEDIA_JAVA_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- /* By its own name: a variable in capitals cannot tell private-net from private.net. */}}
{{- range $name, $range := .Values.portPools }}
- name: ristflow.operator.port-pools.{{ $name }}
  value: {{ include "ristflow.ports" (list (print "portPools." $name) $range) | quote }}
{{- end }}
- name: RISTFLOW_OPERATOR_NODE_PORT_RANGE
  value: {{ include "ristflow.ports" (list "nodePortRange" .Values.nodePortRange) | quote }}
- name: RISTFLOW_OPERATOR_LOAD_BALANCER_WAIT
  value: {{ printf "%vS" .Values.loadBalancerWaitSeconds }}
- name: RISTFLOW_OPERATOR_POLL_INTERVAL
  value: {{ printf "%vS" .Values.pollIntervalSeconds }}
- name: RISTFLOW_OPERATOR_STATISTICS_INTERVAL
  value: {{ printf "%vS" .Values.statisticsIntervalSeconds }}
- name: RISTFLOW_OPERATOR_LEADER_ELECTION_ENABLED
  value: {{ .Values.operator.leaderElection | quote }}
- name: RISTFLOW_OPERATOR_LEADER_ELECTION_LEASE_NAME
  value: {{ include "ristflow.operator" . }}
- name: QUARKUS_LOG_CONSOLE_JSON_ENABLED
  value: {{ eq .Values.operator.logFormat "json" | quote }}
- name: QUARKUS_LOG_LEVEL
  value: {{ .Values.operator.logLevel }}
{{- with .Values.operator.javaOptions }}
- name: JDK_JAVA_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- with .Values.operator.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

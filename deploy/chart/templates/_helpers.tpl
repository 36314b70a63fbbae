{{- define "sallyport.labels" -}}
app.kubernetes.io/name: sallyport
{{- end }}

{{- define "sallyport.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}@{{ .Values.image.digest }}
{{- end }}

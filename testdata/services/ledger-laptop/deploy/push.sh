#!/bin/sh
set -e
image=registry.example.com/payments/ledger:latest
docker build --tag "$image" .
docker push "$image"
kubectl --context "$1" --token "$DEPLOY_TOKEN" rollout restart deployment/ledger

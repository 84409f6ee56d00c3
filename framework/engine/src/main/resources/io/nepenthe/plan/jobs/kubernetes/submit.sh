#!/usr/bin/env bash
# Hands the plan to Kubernetes: the original models, then what stands on them, then one run of all.
# Arguments go to kubectl: bash submit.sh --namespace N
# First copy the plan's folder to the claim "nepenthe", as plan, and set your image in the files beside this one.
# The same again does what is left, so it is also what to do after jobs were lost.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# Runs a job to its end, however it ends: a unit whose model is missing ends at once, and collect names it.
job() {
  local name=$1
  shift
  kubectl "$@" delete job "nepenthe-$name" --ignore-not-found
  kubectl "$@" apply -f "$here/$name.yaml"
  kubectl "$@" wait "job/nepenthe-$name" --for=condition=complete --timeout=-1s &
  local complete=$!
  kubectl "$@" wait "job/nepenthe-$name" --for=condition=failed --timeout=-1s &
  local failed=$!
  wait -n || true
  kill "$complete" "$failed" 2>/dev/null || true
}

job originals "$@"
((@UNITS_2@ == 0)) || job trials "$@"
job collect "$@"
kubectl "$@" logs job/nepenthe-collect

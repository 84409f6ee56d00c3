#!/usr/bin/env bash
# Does the units of one job of an array.
#   PLAN                    the plan's folder
#   NEPENTHE                the program
#   FIRST, LAST, PER_JOB    the units of the array, and how many of them a job does
set -euo pipefail
number=${SLURM_ARRAY_TASK_ID:-${PBS_ARRAY_INDEX:-${JOB_COMPLETION_INDEX:-0}}}
from=$((FIRST + number * PER_JOB))
to=$((from + PER_JOB - 1))
((to <= LAST)) || to=$LAST
export NEPENTHE_SKIP_BUILD=1
exec "$NEPENTHE" trial --plan "$PLAN" --index "$from-$to"

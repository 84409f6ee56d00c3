#!/usr/bin/env bash
# Hands the plan to Slurm: the original models, then what stands on them, then one run of all.
# Arguments go to sbatch: bash submit.sh --partition=P --time=4:00:00 --mem=8G
# The same again does what is left, so it is also what to do after jobs were lost.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PLAN=$(cd "$here/../.." && pwd)
NEPENTHE=${NEPENTHE:-@PROGRAM@}
export PLAN NEPENTHE
mkdir -p "$PLAN/jobs/logs"
arguments=("$@")

# Prints the job of an array of NAME over the units from FIRST to LAST; further arguments go to sbatch.
array() {
  local name=$1 first=$2 last=$3 per_job=$4
  shift 4
  FIRST=$first LAST=$last PER_JOB=$per_job sbatch --parsable --export=ALL --job-name="nepenthe-$name" \
    --array="0-$(((last - first) / per_job))" --output="$PLAN/jobs/logs/$name-%A_%a.log" "$@" "${arguments[@]}" \
    "$here/units.sbatch" | cut -d ';' -f 1
}

# What stands on an original begins when that has ended, however it did: a unit whose model is missing ends at once,
# and collect names it.
originals=$(array originals @FIRST_1@ @LAST_1@ @PER_JOB_1@)
echo "originals: job $originals"
all=$originals
while read -r job first last; do
  id=$(array trials "$first" "$last" @PER_JOB_2@ --dependency="afterany:${originals}_$job")
  echo "units $first to $last: job $id"
  all+=:$id
done <"$here/../dependents.txt"
id=$(sbatch --parsable --export=ALL --output="$PLAN/jobs/logs/collect-%j.log" --dependency="afterany:$all" \
  "${arguments[@]}" "$here/collect.sbatch")
echo "collect: job ${id%%;*}"

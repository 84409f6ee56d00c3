#!/usr/bin/env bash
# Hands the plan to PBS: the original models, then what stands on them, then one run of all.
# Arguments go to qsub: bash submit.sh -q QUEUE -l walltime=4:00:00
# The same again does what is left, so it is also what to do after jobs were lost.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PLAN=$(cd "$here/../.." && pwd)
NEPENTHE=${NEPENTHE:-@PROGRAM@}
home=${NEPENTHE_HOME:-${HOME}/.cache/nepenthe}
mkdir -p "$PLAN/jobs/logs"
cd "$PLAN/jobs/logs" # where qsub leaves what jobs print
arguments=("$@")

# Prints the job of an array of NAME over the units from FIRST to LAST; further arguments go to qsub.
array() {
  local name=$1 first=$2 last=$3 per_job=$4
  shift 4
  local jobs=$(((last - first) / per_job))
  local range=()
  ((jobs == 0)) || range=(-J "0-$jobs") # PBS takes no array of one
  qsub -N "nepenthe-$name" "${range[@]}" "$@" "${arguments[@]}" \
    -v "PLAN=$PLAN,NEPENTHE=$NEPENTHE,NEPENTHE_HOME=$home,FIRST=$first,LAST=$last,PER_JOB=$per_job" "$here/units.pbs"
}

# Originals are jobs of their own, as PBS lets nothing wait for a part of an array. What stands on one begins when that has
# ended, however it did: a unit whose model is missing ends at once, and collect names it.
originals=()
for ((first = @FIRST_1@; first <= @LAST_1@; first += @PER_JOB_1@)); do
  last=$((first + @PER_JOB_1@ - 1))
  ((last <= @LAST_1@)) || last=@LAST_1@
  originals+=("$(array originals "$first" "$last" @PER_JOB_1@)")
  echo "units $first to $last: job ${originals[-1]}"
done
all=$(IFS=: && echo "${originals[*]}")
while read -r job first last; do
  id=$(array trials "$first" "$last" @PER_JOB_2@ -W "depend=afterany:${originals[job]}")
  echo "units $first to $last: job $id"
  all+=:$id
done <"$here/../dependents.txt"
id=$(qsub -W "depend=afterany:$all" "${arguments[@]}" -v "PLAN=$PLAN,NEPENTHE=$NEPENTHE,NEPENTHE_HOME=$home" \
  "$here/collect.pbs")
echo "collect: job $id"

#!/usr/bin/env nextflow
// The units of a plan: the original models, then what stands on them, then one run of all.
//   nextflow run main.nf -profile slurm
// The same again does what is left, so it is also what to do after jobs were lost.
nextflow.enable.dsl = 2

params.plan = "${projectDir}/../.."
params.nepenthe = '@PROGRAM@'

// A unit whose model is missing (15), or whose plan is wrong (2 to 7), is not tried again: collect names it.
process ORIGINALS {
  tag "${from}-${to}"
  cpus @THREADS@@GPU_NEXTFLOW@
  maxRetries 3
  errorStrategy { task.exitStatus in [2, 3, 4, 5, 6, 7, 15] || task.attempt > 3 ? 'ignore' : 'retry' }

  input:
  tuple val(job), val(from), val(to)

  output:
  val job

  script:
  """
  NEPENTHE_SKIP_BUILD=1 '${params.nepenthe}' trial --plan '${params.plan}' --index ${from}-${to}
  """
}

process TRIALS {
  tag "${from}-${to}"
  cpus @THREADS@@GPU_NEXTFLOW@
  maxRetries 3
  errorStrategy { task.exitStatus in [2, 3, 4, 5, 6, 7, 15] || task.attempt > 3 ? 'ignore' : 'retry' }

  input:
  tuple val(job), val(from), val(to)

  output:
  val from

  script:
  """
  NEPENTHE_SKIP_BUILD=1 '${params.nepenthe}' trial --plan '${params.plan}' --index ${from}-${to}
  """
}

process COLLECT {
  input:
  val trials

  script:
  """
  NEPENTHE_SKIP_BUILD=1 '${params.nepenthe}' collect '${params.plan}'
  """
}

// Jobs of some units each, as [what they stand on, from, to].
def jobs(int first, int last, int perJob, Closure standsOn) {
  def ranges = []
  for (int from = first, number = 0; from <= last; from += perJob, number++) {
    ranges << [standsOn(number), from, Math.min(from + perJob - 1, last)]
  }
  return ranges
}

// What stands on each job of originals.
def dependents() {
  return file("${projectDir}/../dependents.txt").readLines().collectMany { line ->
    def (job, first, last) = line.split(' ').collect { it as int }
    jobs(first, last, @PER_JOB_2@) { job }
  }
}

workflow {
  ORIGINALS(Channel.fromList(jobs(@FIRST_1@, @LAST_1@, @PER_JOB_1@) { it }))
  TRIALS(
    ORIGINALS.out
      .map { job -> tuple(job, 'ended') }
      .combine(Channel.fromList(dependents()), by: 0)
      .map { job, ended, from, to -> tuple(job, from, to) }
  )
  COLLECT(TRIALS.out.mix(ORIGINALS.out).collect())
}

package io.nepenthe.metric;

/**
 * Teacher-forced next-token scores of a set of rows.
 *
 * @param accuracy share of all targets predicted, padding included, 0 to 1: the paper's accuracy
 * @param batchMeanAccuracy the same, averaged over batches of equal weight as the reference does
 * @param predictableAccuracy share of the predictable targets predicted; NaN if there are none
 * @param perplexity exp(total loss / total targets)
 * @param batchMeanPerplexity mean over batches of exp(mean loss), the reference's definition
 * @param totalLoss sum of losses, in nats
 * @param targets number of targets
 */
public record NextTokenScore(
    double accuracy,
    double batchMeanAccuracy,
    double predictableAccuracy,
    double perplexity,
    double batchMeanPerplexity,
    double totalLoss,
    long targets) {}

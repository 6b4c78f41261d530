#include "models/learning/training_options.h"

namespace twofold::models {

Descriptor trainingDescriptor() {
  return {"training",
          "Training",
          "AdamW on binary cross entropy, stopped early on the validation part's AUPRC.",
          {integerOption("epochs", "Epochs", 12, 1, 10000, "Passes over the training pairs."),
           integerOption(
               "batch_size", "Batch size", 1024, 1, 65536,
               "Pairs in one step; fewer where the training part has less than 16 such steps."),
           realOption("learning_rate", "Learning rate", 2e-3, 1e-7, 1,
                      "Step size of AdamW at the start; it falls to zero over the epochs."),
           realOption("weight_decay", "Weight decay", 0.1, 0, 10,
                      "Pulls the weights towards zero; more for few training pairs."),
           realOption("dropout", "Dropout", 0.3, 0, 0.9,
                      "Share of hidden units switched off at random in training."),
           realOption("channel_dropout", "Channel dropout", 0.3, 0, 0.9,
                      "Chance that a channel is hidden from a pair in training, so that one model "
                      "serves any subset; without effect for one channel."),
           integerOption("patience", "Patience", 5, 1, 1000,
                         "Epochs without a better validation AUPRC before training stops."),
           integerOption("width", "Token width", 32, 4, 4096, "Numbers in a channel's token."),
           choiceOption("precision", "Precision", {"fp32", "bf16"},
                        "bf16 computes matrix products in 16 bits; faster where the processor has "
                        "them.")}};
}

TrainingOptions trainingOptions(const OptionValues& values) {
  const Descriptor descriptor = trainingDescriptor();
  const Options options("training", descriptor.options, values);
  TrainingOptions training;
  training.epochs = options.integer("epochs");
  training.batchSize = options.integer("batch_size");
  training.learningRate = options.real("learning_rate");
  training.weightDecay = options.real("weight_decay");
  training.dropout = options.real("dropout");
  training.channelDropout = options.real("channel_dropout");
  training.patience = options.integer("patience");
  training.width = options.integer("width");
  training.precision = options.text("precision") == "bf16" ? Precision::Bf16 : Precision::Fp32;
  options.requireAllRead();
  return training;
}

}  // namespace twofold::models

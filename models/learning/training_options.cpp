#include "models/learning/training_options.h"

#include <utility>
#include <vector>

namespace twofold::models {

namespace {

std::vector<OptionSpec> rarerOptions() {
  std::vector<OptionSpec> options = {
      choiceOption(
          "class_weight", "Class weights", {"none", "balanced"},
          "balanced: both classes weigh the same, whatever their share of the "
          "training pairs; without calibration, probabilities then speak for even classes."),
      realOption("label_smoothing", "Label smoothing", 0, 0, 0.4,
                 "Share of each label's certainty that is given away; against labels that "
                 "are wrong now and then."),
      choiceOption("loss", "Loss", {"cross_entropy", "focal"},
                   "focal counts pairs that are already right less, so that few hard ones "
                   "are not drowned by many easy ones."),
      realOption("focal_gamma", "Focal gamma", 2, 0, 10,
                 "How much less the focal loss counts what is right; without effect for "
                 "cross entropy."),
      choiceOption("calibration", "Calibration", {"platt", "temperature", "none"},
                   "platt: a slope and an offset, fitted on validation after each epoch, make "
                   "probabilities that can be taken at their word; temperature: a slope alone, so "
                   "that 0.5 stays where it is. The order of pairs stays."),
      choiceOption("control", "Control",
                   {"none", "permuted_labels", "shuffled_sequences", "swapped_order"},
                   "Spoils one thing on purpose: deals the training labels out anew, or shuffles "
                   "every sequence and leaves other evidence. A model that stays good has not "
                   "learned from what was spoiled. swapped_order asks for every pair the other way "
                   "round, which must change nothing.")};
  for (OptionSpec& option : options) {
    option.advanced = true;
  }
  return options;
}

}  // namespace

Descriptor trainingDescriptor() {
  Descriptor descriptor = {
      "training",
      "Training",
      "AdamW, stopped early on the validation part's AUPRC.",
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
  for (OptionSpec& option : rarerOptions()) {
    descriptor.options.push_back(std::move(option));
  }
  return descriptor;
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
  training.isBalanced = options.text("class_weight") == "balanced";
  training.labelSmoothing = options.real("label_smoothing");
  training.loss = options.text("loss") == "focal" ? Loss::Focal : Loss::CrossEntropy;
  training.focalGamma = options.real("focal_gamma");
  const std::string& calibration = options.text("calibration");
  training.calibration = calibration == "platt"         ? Calibration::Platt
                         : calibration == "temperature" ? Calibration::Temperature
                                                        : Calibration::None;
  const std::string& control = options.text("control");
  training.control = control == "permuted_labels"      ? Control::PermutedLabels
                     : control == "shuffled_sequences" ? Control::ShuffledSequences
                     : control == "swapped_order"      ? Control::SwappedOrder
                                                       : Control::None;
  options.requireAllRead();
  return training;
}

}  // namespace twofold::models

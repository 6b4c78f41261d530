#include "models/backbones/backbone_options.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/error.h"
#include "models/layers/cpu_features.h"
#include "models/learning/device.h"

namespace twofold::models {

OptionSpec weightsOption(std::string_view whenEmpty) {
  return folderOption(
      "weights", "Weights folder",
      fmt::format("Hugging Face folder with config.json and model.safetensors; {}.", whenEmpty));
}

OptionSpec precisionOption(std::string_view drift) {
  return choiceOption(
      "precision", "Precision", {"fp32", "bf16", "fp16", "int8"},
      fmt::format("bf16 is about twice as fast and keeps the cosine to fp32 above 0.999; fp16 runs "
                  "on a GPU only; int8 runs on a CPU only, is faster still where it has AVX-512 "
                  "VNNI, and {}.",
                  drift));
}

OptionSpec longOption() {
  return choiceOption("long", "Long proteins", {"crop", "windows", "refuse"},
                      "Keep the first residues up to the limit, average overlapping windows, or "
                      "stop with an error.");
}

OptionSpec limitOption(std::int64_t limit) {
  auto option = integerOption(
      "limit", "Length limit", limit, 16, 100'000,
      fmt::format("Longest stretch that the network sees at once; {} as trained.", limit));
  option.unit = "residues";
  option.advanced = true;
  return option;
}

OptionSpec poolingOption(std::vector<std::string> choices) {
  auto option = choiceOption("pooling", "Pooling", std::move(choices),
                             "One vector a protein: the mean over its residues, the mean over all "
                             "tokens (whole), the first token, or the last.");
  option.advanced = true;
  return option;
}

std::filesystem::path requiredWeights(const Options& options, std::string_view network) {
  const std::string& folder = options.text("weights");
  if (folder.empty()) {
    throw Error(ErrorKind::Usage,
                fmt::format("{} needs a weights folder: a Hugging Face folder with config.json and "
                            "model.safetensors",
                            network));
  }
  return folder;
}

void checkPositions(const LongRule& rule, std::int64_t around, std::int64_t positions) {
  if (rule.limit + around > positions) {
    throw Error(ErrorKind::Usage,
                fmt::format("a limit of {} residues is more than this network's {} positions hold; "
                            "use a limit of {} or less",
                            rule.limit, positions, positions - around));
  }
}

Arithmetic arithmeticFrom(const BackboneRequest& request) {
  const std::string& precision = request.options.text("precision");
  const c10::Device device = checkedDevice(request.device);
  if (precision == "fp16" && device.is_cpu()) {
    throw Error(ErrorKind::Usage, "precision fp16 needs a GPU; use bf16 on the CPU");
  }
  const bool isInt8 = precision == "int8";
  if (isInt8 && !device.is_cpu()) {
    throw Error(ErrorKind::Usage,
                "precision int8 runs on the CPU only; use fp16 or bf16 on a GPU, or device cpu");
  }
  // What int8 leaves to other layers is in bfloat16 where the processor converts to and from it.
  const bool isBfloat16 = precision == "bf16" || (isInt8 && cpuHasBfloat16());
  const auto type = isBfloat16 ? at::kBFloat16 : precision == "fp16" ? at::kHalf : at::kFloat;
  return {at::TensorOptions().device(device).dtype(type), isInt8};
}

LongRule longRuleFrom(const Options& options) {
  LongRule rule;
  const std::string& kind = options.text("long");
  rule.kind = kind == "windows"  ? LongProteins::Windows
              : kind == "refuse" ? LongProteins::Refuse
                                 : LongProteins::Crop;
  rule.limit = options.integer("limit");
  return rule;
}

Pooling poolingFrom(const Options& options, const LongRule& rule) {
  const std::string& pooling = options.text("pooling");
  if (pooling == "mean") {
    return Pooling::Mean;
  }
  if (rule.kind == LongProteins::Windows) {
    throw Error(ErrorKind::Usage,
                fmt::format("windows over long proteins are averaged residue by residue and have "
                            "no pooling \"{}\"; choose pooling mean, or crop",
                            pooling));
  }
  return pooling == "whole" ? Pooling::Whole : pooling == "first" ? Pooling::First : Pooling::Last;
}

std::vector<OptionSpec> withAdapters(std::vector<OptionSpec> options) {
  std::vector<OptionSpec> more = {
      folderOption("adapters", "Adapters",
                   "Folder with adapters.safetensors of an earlier fine-tuning, to go with the "
                   "weights; empty for none."),
      integerOption("lora_rank", "Fine-tuning rank", 0, 0, 256,
                    "Trains low-rank adapters of the attention on the training pairs before the "
                    "pair model; 0 leaves the weights as they are. Slow without a GPU."),
      realOption("lora_alpha", "Fine-tuning alpha", 16, 0.001, 1000,
                 "Scale of the adapters: they count alpha / rank times."),
      integerOption("lora_epochs", "Fine-tuning epochs", 3, 1, 1000,
                    "Turns over the training pairs, unless validation stops getting better."),
      realOption("lora_rate", "Fine-tuning rate", 5e-4, 1e-7, 1, "Largest step of the adapters.")};
  for (auto& option : more) {
    option.advanced = true;
  }
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

FinetuneOptions finetuneOptions(const Options& options) {
  return {options.integer("lora_rank"), options.real("lora_alpha"), options.integer("lora_epochs"),
          options.real("lora_rate")};
}

}  // namespace twofold::models

// `pretrain`: trains a small protein language model on FASTA files, or takes one up again.
#include <fmt/format.h>
#include <malloc.h>

#include <cmath>
#include <memory>
#include <set>

#include "app/worker/commands/commands.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/numbers.h"
#include "core/formats/fasta.h"
#include "models/pretraining/pretrain.h"

namespace twofold::app {

namespace {

struct PretrainOptions {
  std::vector<std::filesystem::path> fasta;
  std::string shape = "4x256x4";
  models::PretrainRequest request;
};

/// "4x256" or "4x256x4": layers, width, and heads (64 wide where not given).
void takeShape(const std::string& text, models::PretrainSettings& settings) {
  std::vector<std::int64_t> numbers;
  for (std::size_t start = 0; start <= text.size();) {
    const auto end = std::min(text.find('x', start), text.size());
    numbers.push_back(parseInteger(text.substr(start, end - start)).value_or(0));
    start = end + 1;
  }
  const auto isSane = [](std::int64_t value) { return value >= 1 && value <= 8192; };
  if (numbers.size() < 2 || numbers.size() > 3 ||
      !std::all_of(numbers.begin(), numbers.end(), isSane)) {
    throw Error(ErrorKind::Usage,
                fmt::format("--shape \"{}\": write LAYERSxWIDTH or LAYERSxWIDTHxHEADS, as in "
                            "4x256x4",
                            text));
  }
  settings.layers = numbers[0];
  settings.width = numbers[1];
  settings.heads = numbers.size() == 3 ? numbers[2] : std::max<std::int64_t>(1, numbers[1] / 64);
}

/// Each sequence once, in the order of the files.
void readCorpus(Job& job, const std::vector<std::filesystem::path>& files,
                models::PretrainRequest& request) {
  std::set<std::string, std::less<>> known;
  const auto progress = job.output.progressSink();
  std::int64_t all = 0;
  for (const auto& file : files) {
    std::int64_t read = 0;
    std::int64_t added = 0;
    formats::readFasta(file, [&](formats::FastaRecord&& record) {
      throwIfStopped(job.stop);
      progress({"Reading", ++all, 0, "sequences"});
      ++read;
      if (known.insert(record.sequence).second) {
        request.sequences.push_back(std::move(record.sequence));
        ++added;
      }
    });
    request.sources.push_back(fmt::format("{}: {} sequences, {} of them new",
                                          file.filename().string(), countText(read),
                                          countText(added)));
  }
}

/// A step allocates and frees hundreds of megabytes: given back to the system each time, their
/// pages are zeroed and faulted in anew.
void keepMemory() {
#ifdef __GLIBC__
  constexpr int kLargest = 32 << 20;  // glibc ignores a higher threshold for mmap
  constexpr int kKept = 1 << 30;
  ::mallopt(M_MMAP_THRESHOLD, kLargest);
  ::mallopt(M_TRIM_THRESHOLD, kKept);
#endif
}

std::string heldOutText(const models::HeldOutFigures& held) {
  return held.residues == 0
             ? "Nothing was held out to measure on."
             : fmt::format("Held-out perplexity {:.2f} (unigram {:.2f}, own composition {:.2f}).",
                           std::exp(held.nats), std::exp(held.unigram), std::exp(held.composition));
}

void sayResult(Job& job, const models::PretrainRequest& request,
               const models::PretrainResult& result) {
  const auto& held = result.heldOut;
  job.output.result(
      {{{"command", "pretrain"},
        {"out", request.folder.string()},
        {"steps", result.steps},
        {"residues", result.residues},
        {"proteins", result.trainingProteins},
        {"seconds", result.seconds},
        {"held_out",
         {{"proteins", result.heldOutProteins},
          {"residues", held.residues},
          {"nats", held.nats},
          {"unigram", held.unigram},
          {"bigram", held.bigram},
          {"composition", held.composition}}}}},
      fmt::format("{} residues in {} steps, {}. {} Model in {}", countText(result.residues),
                  countText(result.steps), durationText(result.seconds), heldOutText(held),
                  request.folder.string()));
}

void runPretrain(Job& job, PretrainOptions& options) {
  auto& request = options.request;
  takeShape(options.shape, request.settings);
  if (!job.common.device.empty() && job.common.device != "cpu" && job.common.device != "auto") {
    throw Error(ErrorKind::Usage, "pretrain works on the cpu only; leave --device out");
  }
  keepMemory();
  request.threads = job.threads();
  job.output.countMetricsIn("step");
  readCorpus(job, options.fasta, request);
  makeFolders(request.folder);
  job.output.alsoTo(request.folder / "curve.jsonl");
  const models::PretrainObserver observer = {
      job.output.progressSink(), [&](const runs::MetricEvent& metric) { job.output.event(metric); },
      [&](const std::string& sentence) { job.output.say(sentence); }};
  const auto result = models::pretrain(request, observer, job.stop);
  sayResult(job, request, result);
}

}  // namespace

void addPretrain(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<PretrainOptions>();
  auto& request = options->request;
  auto& settings = request.settings;
  auto* command = app.add_subcommand("pretrain", "Trains a small protein language model");
  command->add_option("--fasta", options->fasta, "Sequences, plain or gzip")->required();
  command->add_option("--shape", options->shape, "LAYERSxWIDTH[xHEADS]")->capture_default_str();
  command->add_option("--out", request.folder, "Folder of the model")->required();
  command->add_option("--residues", settings.residues, "Residues to train on, repeats counted")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 50))
      ->capture_default_str();
  command->add_option("--batch-tokens", settings.batchTokens, "Tokens in a step")
      ->check(CLI::Range(64, 1 << 24))
      ->capture_default_str();
  command->add_option("--lr", settings.learningRate, "Learning rate at its peak")
      ->check(CLI::Range(1e-8, 1.0))
      ->capture_default_str();
  command->add_option("--partner-weight", settings.partnerWeight, "Of the contrastive loss")
      ->check(CLI::Range(0.0, 100.0))
      ->capture_default_str();
  command->add_option("--held-out", settings.heldOutShare, "Share of proteins to measure on")
      ->check(CLI::Range(0.0, 0.5))
      ->capture_default_str();
  command->add_option("--seed", settings.seed, "Same seed, same model")->capture_default_str();
  command->add_flag("--fp32", settings.isFloat32, "Arithmetic in float32 instead of bfloat16");
  command->add_flag("--resume", request.resume, "Go on with the training in --out");
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runPretrain(job, *options); }; });
}

}  // namespace twofold::app

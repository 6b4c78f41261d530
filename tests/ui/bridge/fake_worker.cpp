// A worker that learns nothing: the same words and store entries as twofold-worker, at once, and,
// by FAKE_WORKER, the ways in which a worker goes wrong.
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <thread>

#include "core/base/process_identity.h"
#include "core/runs/component_catalog.h"
#include "core/runs/run_event.h"
#include "core/store/project.h"
#include "core/store/run_repository.h"
#include "tests/ui/bridge/split_sample.h"
#include "tests/ui/bridge/table_samples.h"

namespace {

using namespace twofold;

volatile std::sig_atomic_t stopWanted = 0;

std::string mode() {
  const char* text = std::getenv("FAKE_WORKER");
  return text == nullptr ? "good" : text;
}

void say(const std::string& line) {
  std::cout << line << std::endl;
}

void waitForStop() {
  while (stopWanted == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

[[noreturn]] void hang() {
  std::signal(SIGTERM, SIG_IGN);
  for (;;) {
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
}

runs::ComponentCatalog catalog() {
  const auto part = [](std::string id, std::string name, std::vector<OptionSpec> options = {}) {
    return Descriptor{std::move(id), std::move(name), "Said in one sentence.", std::move(options)};
  };
  runs::ComponentCatalog all;
  all.backbones = {
      part("composition", "Composition", {integerOption("width", "Width", 64, 8, 512, "Units.")}),
      part("esm2", "ESM-2", {folderOption("folder", "Weights", "Folder with the weights.")})};
  all.channels = {
      part("sequence", "Sequence"),
      part("calpha", "C-alpha", {realOption("cutoff", "Contact cut-off", 8, 4, 16, "Distance.")})};
  all.fusions = {part("attention", "Attention"), part("concat", "Concatenation")};
  all.heads = {part("mlp", "MLP")};
  all.training = part("training", "Training",
                      {integerOption("epochs", "Epochs", 10, 1, 1000, "Passes."),
                       realOption("rate", "Learning rate", 3e-4, 1e-7, 1, "Step size.")});
  all.training.options[1].advanced = true;
  return all;
}

metrics::PartMetrics partMetrics(double auprc) {
  metrics::PartMetrics part;
  part.n = 100;
  part.positives = 50;
  part.threshold = 0.4;
  for (const auto& metric : metrics::metricCatalog()) {
    part.values[metric.id] = auprc;
    part.intervals[metric.id] = {auprc - 0.02, auprc + 0.02};
  }
  return part;
}

int runRun(const std::string& folder, const std::string& id) {
  if (mode() == "early") {
    say(runs::toLine(runs::ErrorEvent{"device", "there is no such device; choose cpu"}));
    return 69;
  }
  auto project = store::Project::open(folder);
  store::RunRepository repository(project.database());
  repository.claim(id, currentProcess());
  std::ofstream events(project.runFolder(id) / "events.jsonl", std::ios::app);
  const auto tell = [&](const runs::RunEvent& event) {
    events << runs::toLine(event) << std::endl;
    say(runs::toLine(event));
  };
  events << "this line is no event\n{\"type\":\n" << std::endl;
  tell(runs::ProgressEvent{"Training", 34, 120, "steps", 41, 2});
  tell(runs::MessageEvent{"epoch 1: validation AUPRC 0.5"});
  repository.appendMetric(id, "validation", "auprc", 1, 0.5);
  repository.setEpochs(id, 1);
  if (mode() == "die") {
    std::_Exit(1);
  }
  if (mode() == "hang") {
    hang();
  }
  if (mode() == "slow") {
    waitForStop();
    repository.setStatus(id, store::RunStatus::Stopped, "stopped on request");
    return 85;
  }
  repository.setPartMetrics(id, "validation", partMetrics(0.7));
  repository.setPartMetrics(id, "test", partMetrics(0.6));
  repository.setStatus(id, store::RunStatus::Done);
  return 0;
}

formats::Json scored(const formats::Json& request) {
  formats::Json answer = request;
  const auto& on = request["channels"];
  const auto has = [&](const char* id) { return std::find(on.begin(), on.end(), id) != on.end(); };
  const double none = request["a"] == request["b"] ? 0.25 : 0.5;  // a protein with itself differs
  const auto value = [none](bool sequence, bool calpha) {
    return none + (sequence ? 0.25 : 0) + (calpha ? 0.125 : 0);
  };
  answer["probability"] = value(has("sequence"), has("calpha"));
  answer["threshold"] = 0.5;
  answer["present"] = {{"sequence", true}, {"calpha", false}};
  answer["base"] = -0.5;
  answer["shapley"] = {{"sequence", has("sequence") ? 0.75 : 0}, {"calpha", 0}};
  answer["shapley_error"] = {{"sequence", has("sequence") ? 0.02 : 0}, {"calpha", 0}};
  answer["notes"] = formats::Json::array();
  answer["toggled"] = {{"sequence", value(!has("sequence"), has("calpha"))},
                       {"calpha", value(has("sequence"), !has("calpha"))}};
  return answer;
}

/// True the first time only, as told by a file that outlives this process.
bool firstTime() {
  const std::filesystem::path mark = std::getenv("FAKE_WORKER_MARK");
  if (std::filesystem::exists(mark)) {
    return false;
  }
  std::ofstream(mark) << "here";
  return true;
}

/// Into the file FAKE_WORKER_LOG, where a test has named one: what was asked.
void logRequest(const formats::Json& request) {
  if (const char* path = std::getenv("FAKE_WORKER_LOG")) {
    std::ofstream(path, std::ios::app)
        << request["type"].get<std::string>() << ' '
        << request[request["type"] == "load" ? "run" : "a"].get<std::string>() << std::endl;
  }
}

int serve() {
  for (std::string line; std::getline(std::cin, line);) {
    const auto request = formats::Json::parse(line);
    logRequest(request);
    if (mode() == "die" || (mode() == "die-once" && request["type"] == "score" && firstTime())) {
      std::cerr << "killed by its own hand" << std::endl;
      std::_Exit(9);
    }
    if (mode() == "garbage") {
      say("\x01\x02 not JSON");
    }
    if (mode() == "slow") {
      std::this_thread::sleep_for(std::chrono::milliseconds(150));
    }
    if (request["type"] == "load" && request["run"] == "none") {
      say(formats::Json{{"id", request["id"]},
                        {"type", "error"},
                        {"kind", "not-found"},
                        {"message", "run none has no checkpoint"}}
              .dump());
    } else if (request["type"] == "load") {
      say(formats::Json{{"id", request["id"]},
                        {"type", "loaded"},
                        {"run", request["run"]},
                        {"channels", {"sequence", "calpha"}},
                        {"names", {{"calpha", "C-alpha shape"}}},
                        {"threshold", 0.5}}
              .dump());
    } else {
      say(scored(request).dump());
    }
  }
  return 0;
}

/// P1 is near P3 and P4, any other protein near P4 and P1; P3 interacts with P2, P4 with P1.
formats::Json neighbours(const std::string& protein) {
  const auto near = [](const char* id, double distance, std::vector<std::string> partners) {
    return formats::Json{
        {"id", id},        {"name", "A name"},          {"distance", distance}, {"identity", 0.5},
        {"coverage", 0.9}, {"neighbour_coverage", 0.8}, {"partners", partners}};
  };
  auto rows = formats::Json::array();
  if (protein == "P1") {
    rows = {near("P3", 0.25, {"P2", "P9"}), near("P4", 1.5, {})};
  } else {
    rows = {near("P4", 0.125, {"P1"}), near("P1", 2, {"P2"})};
  }
  return {{"command", "neighbours"},
          {"protein", protein},
          {"backbone", "composition"},
          {"searched", 4},
          {"neighbours", rows}};
}

/// As `ablate` writes it: two channels in three seeds, then two controls.
formats::Json studyRows() {
  const auto gain = ui::sampleGain;
  const auto row = [&](const char* name, bool isControl, std::vector<std::string> ids,
                       double auprc) {
    return formats::Json{{"name", name},
                         {"control", isControl},
                         {"runs", std::move(ids)},
                         {"accuracy", 0.75},
                         {"auprc", auprc},
                         {"auroc", auprc + 0.0625},
                         {"ece", 0.03125},
                         {"auprc_gain", gain(auprc - 0.625)},
                         {"accuracy_gain", gain(0.0)}};
  };
  auto rows = formats::Json::array({row("sequence", false, {"r1", "r2", "r3"}, 0.625),
                                    row("calpha", false, {"r4", "r5", "r6"}, 0.59375),
                                    row("sequence + calpha", false, {"r7", "r8", "r9"}, 0.75),
                                    row("control: composition alone", true, {"r1"}, 0.625),
                                    row("control: degree alone", true, {"r10"}, 0.5),
                                    row("control: labels permuted", true, {"r11"}, 0.46875)});
  for (const char* metric : {"auprc_gain", "accuracy_gain"}) {
    for (const std::size_t same : {0, 3}) {
      rows[same][metric] = ui::noGain();
    }
  }
  return rows;
}

/// As `audit` writes it: a shared pair while the split is the first one, none in what --fix made.
formats::Json auditFindings(bool isLeaky) {
  const auto finding = [](const char* kind, const char* title, int count, const char* severity,
                          int leaving) {
    return formats::Json{{"kind", kind},
                         {"title", title},
                         {"count", count},
                         {"severity", severity},
                         {"what", "Said in <one> sentence."},
                         {"cure", count == 0 ? "" : "Done so."},
                         {"numbers", formats::Json::object()},
                         {"leaving", leaving},
                         {"rows", formats::Json::array()},
                         {"rows_total", 0}};
  };
  auto findings = formats::Json::array(
      {finding("swapped_pair", "shared pairs, swapped", 0, "ok", 0),
       finding("shared_pair", "shared pairs", isLeaky ? 1 : 0, isLeaky ? "bad" : "ok",
               isLeaky ? 1 : 0),
       finding("shared_protein", "shared proteins", 2000, "warn", isLeaky ? 3 : 0),
       finding("near_relative", "near relatives", 0, "skipped", 0)});
  if (isLeaky) {
    findings[1]["rows"] =
        formats::Json::array({formats::Json{{"part", "test"},
                                            {"pair", 2},
                                            {"a", "P1"},
                                            {"b", "P2"},
                                            {"label", "1"},
                                            {"other_pair", 0},
                                            {"reason", "in training with the same label"}}});
    findings[1]["rows_total"] = 1;
  }
  findings[2]["rows"] = formats::Json::array(
      {formats::Json{{"protein", "P1"}, {"reason", "1 training pair and 1 evaluated pair"}}});
  findings[2]["rows_total"] = 2000;
  return findings;
}

using Options = std::function<std::string(const std::string&)>;  // the value of an option, or none

formats::Json auditBody(const Options& valueOf) {
  const auto split = valueOf("--split");
  formats::Json body = {{"command", "audit"},
                        {"pairs", valueOf("--pairs")},
                        {"split", split.empty() ? formats::Json() : formats::Json(split)},
                        {"light", "bad"},
                        {"findings", auditFindings(true)}};
  if (const auto fix = valueOf("--fix"); !fix.empty()) {
    body["fixed"] = {{"split", fix},
                     {"pairs_left_out", 1},
                     {"train", 1234},
                     {"validation", 1},
                     {"test", 0},
                     {"light", "warn"},
                     {"findings", auditFindings(false)}};
    logRequest({{"type", "audit"}, {"a", fix + " " + valueOf("--without")}});
  }
  return body;
}

int command(const std::string& name, const Options& valueOf, bool isPreview) {
  if (mode() == "hang") {
    say(runs::toLine(runs::ProgressEvent{"Reading", 1, 0, "pairs", 1, -1}));
    hang();
  }
  if (mode() == "die") {
    std::raise(SIGKILL);
  }
  if (mode() == "garbage") {
    say("\x01\x02 not JSON");
    say("{\"type\":\"progress\"}");
    return 0;
  }
  if (mode() == "early") {
    say(runs::toLine(runs::ErrorEvent{"bad-input", "pairs.tsv:3: two columns are needed"}));
    return 65;
  }
  if (mode() == "slow") {
    if (name == "ablate") {
      say(runs::toLine(
          runs::MessageEvent{"Row 1 of 7: sequence, seed 1, run r1; 13 runs to train"}));
    }
    if (name == "sweep") {
      say(runs::toLine(runs::MessageEvent{"Rung 1 of 2, 4 arms: run 1 of 4. x, seed 1, run r1"}));
    }
    say(runs::toLine(runs::ProgressEvent{"Reading", 1, 0, "pairs", 1, -1}));
    waitForStop();
    return 85;
  }
  constexpr int kSteps = 500;
  for (int i = 1; i <= kSteps; ++i) {
    say(runs::toLine(runs::ProgressEvent{"Reading", i, kSteps, "pairs", 100, 0}));
  }
  formats::Json body{{"command", name}};
  if (name == "neighbours") {
    body = neighbours(valueOf("--protein"));
    logRequest({{"type", name}, {"a", valueOf("--protein")}});
  }
  if (name == "catalog") {
    body["catalog"] = toJson(catalog());
  }
  if (isPreview) {
    body = ui::previewResult();
  }
  if (name == "ablate") {
    body.update({{"experiment", "study"}, {"part", "validation"}, {"note", "On validation."}});
    body["rows"] = studyRows();
  }
  if (name == "sweep") {
    body = ui::sweepSample();
  }
  if (name == "bench") {
    const auto what = valueOf(name);
    body = what == "import" ? ui::benchImportSample() : ui::benchTableSample(name + " " + what);
    logRequest({{"type", name}, {"a", what}});
  }
  if (name == "audit") {
    body = auditBody(valueOf);
  }
  if (name == "explain") {
    const auto of = [](const char* id, std::vector<float> values) {
      return formats::Json{{"protein", id}, {"window", 8}, {"step", 4}, {"values", values}};
    };
    body.update({{"run", "r1"}, {"a", "P1"}, {"b", "P2"}});
    body["residues"] = {of("P1", {0.5F, -0.25F}), of("P2", {0.125F})};
  }
  say(runs::toLine(runs::ResultEvent{body}));
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  ::alarm(60);  // it outlives its test by no more than that, whatever its mode
  std::signal(SIGTERM, [](int) { stopWanted = 1; });
  const std::vector<std::string> words(arguments + 1, arguments + count);
  const auto valueOf = [&](const std::string& name) {
    const auto found = std::find(words.begin(), words.end(), name);
    return found == words.end() || found + 1 == words.end() ? std::string() : *(found + 1);
  };
  if (words.empty()) {
    return 2;
  }
  if (words[0] == "run") {
    return runRun(valueOf("--project"), valueOf("--run"));
  }
  return words[0] == "serve"
             ? serve()
             : command(words[0], valueOf,
                       std::find(words.begin(), words.end(), "--preview") != words.end());
}

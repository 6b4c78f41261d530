// What `sweep` and `bench` end with, as the worker writes it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/formats/bounded_json.h"

namespace twofold::ui {

/// A gain with its interval; p is small where that leaves out 0.
inline formats::Json sampleGain(double delta) {
  const bool isClear = delta > 0.0625 || delta < -0.0625;
  return {{"delta", delta},
          {"low", delta - 0.0625},
          {"high", delta + 0.0625},
          {"p", isClear ? 0.004 : 0.5},
          {"p_holm", isClear ? 0.008 : 1.0}};
}

/// Of the first row, which is beside itself.
inline formats::Json noGain() {
  return {{"delta", 0.0}, {"low", 0.0}, {"high", 0.0}, {"p", nullptr}, {"p_holm", nullptr}};
}

/// Three arms to their end, one that fell behind, one that failed.
inline formats::Json sweepSample() {
  using formats::Json;
  const auto row = [](const char* name, const char* run, double auprc) {
    return Json{{"name", name},
                {"control", false},
                {"runs", {run}},
                {"accuracy", 0.75},
                {"auprc", auprc},
                {"auroc", auprc + 0.0625},
                {"ece", 0.03125},
                {"auprc_gain", auprc == 0.625 ? noGain() : sampleGain(auprc - 0.625)},
                {"accuracy_gain", noGain()}};
  };
  const auto aside = [](const char* name, const char* run, const char* failure,
                        const char* reason) {
    return Json{{"name", name},     {"runs", {run}},
                {"epochs", 2},      {"failure", failure},
                {"reason", reason}, {"auprc", *failure == '\0' ? Json(0.5) : Json()}};
  };
  return {
      {"command", "sweep"},
      {"experiment", "sweep"},
      {"sweep", "s1"},
      {"part", "validation"},
      {"note", "The best of 5 arms looks better than it is."},
      {"rows",
       {row("as given: backbone = composition", "r1", 0.625), row("backbone = esm2", "r2", 0.75),
        row("training.rate = 0.01", "r3", 0.6328125)}},
      {"aside",
       {aside("training.rate = 0.5", "r4", "", "fell behind: place 2 of 2, where 1 goes on"),
        aside("channels = calpha", "r5", "there are no structures", "there are no structures")}}};
}

/// A published row and two seeds of the project's on one set, and a range.
inline formats::Json benchTableSample(const std::string& command) {
  using formats::Json;
  const auto row = [](const char* set, const char* model, Json values, Json ends, Json ranges,
                      std::vector<std::string> runs, const char* source) {
    const bool isPublished = *source != '\0';
    return Json{{"set", set},
                {"model", model},
                {"published", isPublished},
                {"part", "test"},
                {"values", std::move(values)},
                {"ci", std::move(ends)},
                {"ranges", std::move(ranges)},
                {"runs", std::move(runs)},
                {"source", source}};
  };
  const Json none = Json::object();
  return {{"command", command},
          {"benchmark", "guo"},
          {"caution", "What falls was never knowledge."},
          {"rows",
           {row("guo-random", "PIPR", none, none, {{"accuracy", {0.94, 0.96}}}, {}, "a repository"),
            row("guo-random", "composition · sequence", {{"accuracy", 0.75}, {"auprc", 0.8125}},
                {{"auprc", {0.75, 0.875}}}, none, {"r1", "r2"}, ""),
            row("guo-rewired", "PIPR", {{"accuracy", 0.84}}, none, none, {}, "a repository"),
            row("guo-rewired", "TUnA", {{"accuracy", 0.85}}, none, none, {}, "a paper")}}};
}

inline formats::Json benchImportSample() {
  return {{"command", "bench import"},
          {"sets", {{{"set", "guo-random"}, {"kept", 8}}, {{"set", "guo-rewired"}, {"kept", 8}}}}};
}

}  // namespace twofold::ui

// What the worker's `split --preview` answers, as the fake worker and tests of the preview have it.
#pragma once

#include <string>

#include "core/formats/bounded_json.h"

namespace twofold::ui {

inline formats::Json previewPart(int pairs, int proteins) {
  const auto quantile = [](double share, int degree) {
    return formats::Json{{"share", share}, {"degree", degree}};
  };
  return {{"pairs", pairs},
          {"positives", pairs / 2},
          {"negatives", pairs - pairs / 2},
          {"proteins", proteins},
          {"only_positive_proteins", 3},
          {"only_negative_proteins", 2},
          {"degrees",
           {{"quantiles", {quantile(0, 1), quantile(0.5, 4), quantile(1, 5)}},
            {"histogram",
             {{{"from", 1}, {"to", 1}, {"proteins", proteins / 4}},
              {{"from", 2}, {"to", 3}, {"proteins", 0}},
              {{"from", 4}, {"to", 7}, {"proteins", proteins - proteins / 4}}}}}}};
}

inline formats::Json previewSplit(const std::string& name) {
  return {{"split", name},
          {"hash", "0123456789abcdef"},
          {"parts",
           {{"train", previewPart(1200, 400)},
            {"validation", previewPart(150, 80)},
            {"test", previewPart(150, 80)}}},
          {"shared_proteins", {{"train_validation", 7}, {"train_test", 0}, {"validation_test", 0}}},
          {"dropped", {{"its proteins are of two parts", 2500}}},
          {"notes", {"A <note>."}}};
}

inline formats::Json previewResult() {
  return {{"command", "split"},   {"preview", true},
          {"pairs", "demo"},      {"split", "cv-1"},
          {"hash", "0123456789"}, {"splits", {previewSplit("cv-1"), previewSplit("cv-2")}}};
}

}  // namespace twofold::ui

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "app/worker/contact_study.h"
#include "app/worker/text.h"

namespace twofold::app {

namespace {

using formats::Json;
using metrics::MeanOfUnits;
using models::MapMeasure;

const metrics::BootstrapOptions kBootstrap = {1000, 1};
constexpr std::size_t kShown = 60;  // complexes in the text; the file has all

struct Method {
  const char* name;
  MapMeasure ComplexRow::*measure;
};

constexpr std::array<Method, 3> kMethods = {{{"model", &ComplexRow::model},
                                             {"propensity", &ComplexRow::propensity},
                                             {"chance", &ComplexRow::chance}}};

MeanOfUnits meanOf(const ContactStudyResult& result, double MapMeasure::*number,
                   MapMeasure ComplexRow::*method, MapMeasure ComplexRow::*minus = nullptr) {
  std::vector<double> values;
  std::vector<std::uint32_t> families;
  for (const auto& row : result.rows) {
    families.push_back(row.family);
    values.push_back(row.*method.*number - (minus == nullptr ? 0 : row.*minus.*number));
  }
  return metrics::meanOfUnits(values, kBootstrap, families);
}

Json toJson(const MeanOfUnits& mean) {
  Json json = {{"mean", mean.value}, {"low", nullptr}, {"high", nullptr}};
  if (mean.interval) {
    json["low"] = mean.interval->low;
    json["high"] = mean.interval->high;
  }
  return json;
}

std::string cell(const MeanOfUnits& mean, bool isDifference) {
  auto text = isDifference ? fmt::format("{:+.4f}", mean.value) : fmt::format("{:.4f}", mean.value);
  if (mean.interval) {
    text += fmt::format(" [{:.4f}, {:.4f}]", mean.interval->low, mean.interval->high);
  }
  return text;
}

/// Above both baselines by that number, surely: both intervals leave out 0 and what is below.
bool isAbove(const ContactStudyResult& result, double MapMeasure::*number) {
  return std::all_of(kMethods.begin() + 1, kMethods.end(), [&](const Method& baseline) {
    const auto difference = meanOf(result, number, &ComplexRow::model, baseline.measure);
    return difference.interval && difference.interval->low > 0;
  });
}

std::string verdict(const ContactStudyResult& result) {
  const bool byTop = isAbove(result, &MapMeasure::topFifth);
  const bool byArea = isAbove(result, &MapMeasure::auprc);
  if (byTop && byArea) {
    return "The model is above both baselines, by the top L/5 and by AUPRC: the intervals of the "
           "differences leave out 0.";
  }
  if (!byTop && !byArea) {
    return "The model is NOT above the baselines: neither by the top L/5 nor by AUPRC do the "
           "intervals of the differences from both leave out 0.";
  }
  return fmt::format("The model is above both baselines by {} alone; by {} it is NOT.",
                     byTop ? "the top L/5" : "AUPRC", byTop ? "AUPRC" : "the top L/5");
}

std::string meansTable(const ContactStudyResult& result) {
  std::vector<std::vector<std::string>> cells = {
      {"mean over complexes", "top L/5", "top L/10", "top 10", "AUPRC"}};
  const auto line = [&](std::string name, MapMeasure ComplexRow::*method,
                        MapMeasure ComplexRow::*minus) {
    cells.push_back({std::move(name)});
    for (const auto& [id, number] : models::kMapMeasures) {
      cells.back().push_back(cell(meanOf(result, number, method, minus), minus != nullptr));
    }
  };
  for (const auto& method : kMethods) {
    line(method.name, method.measure, nullptr);
  }
  for (std::size_t i = 1; i < kMethods.size(); ++i) {
    line(fmt::format("model - {}", kMethods[i].name), &ComplexRow::model, kMethods[i].measure);
  }
  return tableText(cells);
}

std::string complexesTable(const ContactStudyResult& result) {
  std::vector<std::size_t> order(result.rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
    return result.rows[i].model.topFifth > result.rows[j].model.topFifth;
  });
  std::vector<std::vector<std::string>> cells = {{"complex", "family", "residues", "contacts",
                                                  "top L/5", "propensity", "chance", "AUPRC",
                                                  "propensity", "chance"}};
  for (const auto i : order) {
    if (cells.size() > kShown) {
      break;
    }
    const auto& row = result.rows[i];
    const auto number = [](double value) { return fmt::format("{:.4f}", value); };
    cells.push_back(
        {row.name + (row.isHomomer ? " (homomer)" : ""), std::to_string(row.family + 1),
         fmt::format("{}, {}", row.residuesA, row.residuesB), std::to_string(row.contacts),
         number(row.model.topFifth), number(row.propensity.topFifth), number(row.chance.topFifth),
         number(row.model.auprc), number(row.propensity.auprc), number(row.chance.auprc)});
  }
  return tableText(cells);
}

std::string oracleMark(const ContactStudyResult& result, bool colours) {
  if (!result.plan.oracle) {
    return "";
  }
  const auto mark = fmt::format(
      "{}: every residue says whether it lies in the true interface. "
      "An upper bound, no result.",
      kOracleMark);
  return colours ? fmt::format("\x1b[1;31m{}\x1b[0m\n\n", mark) : mark + "\n\n";
}

}  // namespace

Json toJson(const ContactStudyResult& result) {
  Json means;
  Json differences;
  for (const auto& [id, number] : models::kMapMeasures) {
    for (const auto& method : kMethods) {
      means[method.name][std::string(id)] = toJson(meanOf(result, number, method.measure));
    }
    for (std::size_t i = 1; i < kMethods.size(); ++i) {
      differences[kMethods[i].name][std::string(id)] =
          toJson(meanOf(result, number, &ComplexRow::model, kMethods[i].measure));
    }
  }
  Json complexes = Json::array();
  for (const auto& row : result.rows) {
    Json entry = {{"name", row.name},
                  {"family", row.family},
                  {"fold", row.fold},
                  {"homomer", row.isHomomer},
                  {"residues", {row.residuesA, row.residuesB}},
                  {"contacts", row.contacts}};
    for (const auto& method : kMethods) {
      for (const auto& [id, number] : models::kMapMeasures) {
        entry[method.name][std::string(id)] = row.*method.measure.*number;
      }
    }
    complexes.push_back(std::move(entry));
  }
  return {{"oracle", result.plan.oracle ? Json(kOracleMark) : Json(nullptr)},
          {"backbone", result.plan.backbone.id},
          {"identity", result.identity},
          {"settings", models::toJson(result.plan.settings)},
          {"seeds", result.plan.seeds},
          {"families", result.families},
          {"folds", result.folds},
          {"trainings", result.trainings},
          {"kept", result.kept},
          {"validation_auprc", result.validationAuprc},
          {"complexes_per_second", result.mapsPerSecond},
          {"means", std::move(means)},
          {"model_minus", std::move(differences)},
          {"above_baselines",
           {{"top_l5", isAbove(result, &MapMeasure::topFifth)},
            {"auprc", isAbove(result, &MapMeasure::auprc)}}},
          {"verdict", verdict(result)},
          {"complexes", std::move(complexes)},
          {"folder", result.folder.string()}};
}

std::string contactStudyText(const ContactStudyResult& result, bool colours) {
  const auto mark = oracleMark(result, colours);
  return fmt::format(
      "{}{}\n{}\n{}{} complexes in {} families, {} folds, {} seeds, backbone {}, contacts within "
      "{} angstrom; brackets: 95 % bootstrap over families.\nL is the shorter chain's observed "
      "length. Validation AUPRC inside the training families {:.4f}; training {:.1f} complexes/s. "
      "{} of {} trainings were kept from before.\nAll complexes: {}",
      mark, complexesTable(result), meansTable(result),
      result.plan.oracle ? "" : verdict(result) + "\n", result.rows.size(), result.families,
      result.folds, result.plan.seeds, result.plan.backbone.id, result.plan.settings.distance,
      result.validationAuprc, result.mapsPerSecond, result.kept, result.trainings,
      (result.folder / "complexes.tsv").string());
}

std::string contactStudyTsv(const ContactStudyResult& result) {
  std::string text = "complex\tfamily\tfold\thomomer\tresidues_a\tresidues_b\tcontacts";
  for (const auto& method : kMethods) {
    for (const auto& [id, number] : models::kMapMeasures) {
      text += fmt::format("\t{}_{}", method.name, id);
    }
  }
  text += result.plan.oracle ? "\toracle\n" : "\n";
  for (const auto& row : result.rows) {
    text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}", row.name, row.family + 1, row.fold + 1,
                        row.isHomomer ? 1 : 0, row.residuesA, row.residuesB, row.contacts);
    for (const auto& method : kMethods) {
      for (const auto& [id, number] : models::kMapMeasures) {
        text += fmt::format("\t{:.6f}", row.*method.measure.*number);
      }
    }
    text += result.plan.oracle ? fmt::format("\t{}\n", kOracleMark) : "\n";
  }
  return text;
}

}  // namespace twofold::app

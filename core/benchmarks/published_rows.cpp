#include "core/benchmarks/published_rows.h"

namespace twofold::benchmarks {

namespace {

constexpr const char* kTuna = "github.com/Wang-lab-UCSD/TUnA, results/bernett (test part)";
constexpr const char* kLeakage =
    "github.com/daisybio/data-leakage-ppi-prediction, all_results_gold.tsv (test part); Bernett et "
    "al. 2024";
constexpr const char* kPlateau =
    "github.com/daisybio/PPI_prediction_study, plots/model_modifications.csv (test part)";
constexpr const char* kDscript = "Sledzieski et al. 2021, table 1 (PMC8586911)";
constexpr const char* kRetrained = "github.com/samsledje/D-SCRIPT, published predictions";
constexpr const char* kTunaSpecies = "github.com/Wang-lab-UCSD/TUnA, results/xspecies, seed 47";
constexpr const char* kSplits =
    "github.com/daisybio/data-leakage-ppi-prediction, all_results.tsv; Bernett et al. 2024";

struct SpeciesRow {
  const char* model;
  const char* source;
  double mouse, fly, worm, yeast, ecoli;  // AUPRC; 0: not reported
};

void add(std::vector<PublishedRow>& rows, const SpeciesRow& row) {
  const std::pair<const char*, double> values[] = {{"dscript-mouse", row.mouse},
                                                   {"dscript-fly", row.fly},
                                                   {"dscript-worm", row.worm},
                                                   {"dscript-yeast", row.yeast},
                                                   {"dscript-ecoli", row.ecoli}};
  for (const auto& [set, auprc] : values) {
    if (auprc > 0) {
      rows.push_back({set, row.model, {{"auprc", auprc}}, row.source});
    }
  }
}

PublishedRow gold(const char* model, double accuracy, double f1, double mcc, double auroc,
                  double auprc) {
  return {"bernett",
          model,
          {{"accuracy", accuracy}, {"f1", f1}, {"mcc", mcc}, {"auroc", auroc}, {"auprc", auprc}},
          kLeakage};
}

PublishedRow tuna(const char* model, double accuracy, double precision, double recall, double f1,
                  double mcc, double auroc, double auprc, double ece) {
  return {"bernett",
          model,
          {{"accuracy", accuracy},
           {"precision", precision},
           {"recall", recall},
           {"f1", f1},
           {"mcc", mcc},
           {"auroc", auroc},
           {"auprc", auprc},
           {"ece", ece}},
          kTuna};
}

}  // namespace

std::vector<PublishedRow> bernettRows() {
  return {
      tuna("TUnA", .648, .648, .646, .647, .295, .703, .692, .012),
      tuna("TUnA on ProSE", .647, .648, .645, .646, .295, .700, .678, .016),
      tuna("ESM-2 150M mean + MLP", .639, .638, .644, .641, .278, .696, .680, .044),
      tuna("T-FC (transformer)", .633, .619, .693, .654, .269, .691, .681, .052),
      tuna("ESM-2 150M mean + GP", .630, .637, .605, .621, .261, .690, .676, .026),
      {"bernett", "TUnA with cross-attention", {{"accuracy", .66}}, kPlateau},
      {"bernett", "D-SCRIPT on ESM-2", {{"accuracy", .63}}, kPlateau},
      gold("Topsy-Turvy", .559, .372, .146, .587, .590),
      gold("Richoux-FC", .524, .460, .050, .524, .514),
      gold("Richoux-LSTM", .515, .556, .030, .515, .509),
      gold("PIPR", .522, .492, .044, .532, .528),
      gold("DeepFE", .518, .492, .037, .521, .513),
      {"bernett", "SPRINT", {{"auroc", .515}, {"auprc", .515}}, kLeakage},
      gold("D-SCRIPT", .503, .280, .009, .499, .510),
  };
}

std::vector<PublishedRow> dscriptRows() {
  std::vector<PublishedRow> rows;
  add(rows, {"PIPR", kDscript, .526, .278, .346, .230, .308});
  add(rows, {"D-SCRIPT", kDscript, .580, .552, .548, .405, .571});
  add(rows, {"D-SCRIPT, trained again", kRetrained, .756, .679, 0, .440, 0});
  add(rows, {"D-SCRIPT with Foldseek 3Di", kRetrained, .795, .658, 0, .513, 0});
  add(rows, {"TUnA", kTunaSpecies, .883, .855, .837, .644, .673});
  return rows;
}

std::vector<PublishedRow> guoRows() {
  return {
      {"guo-random", "PIPR", {{"accuracy", .94}}, kSplits},
      {"guo-rewired", "PIPR", {{"accuracy", .84}}, kSplits},
      {"guo-partition", "PIPR", {{"accuracy", .58}}, kSplits},
  };
}

}  // namespace twofold::benchmarks

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
constexpr const char* kTunaSpecies =
    "github.com/Wang-lab-UCSD/TUnA, results/xspecies/TUnA_seed47/evaluation_metrics.txt";
constexpr const char* kSimilarity =
    "github.com/daisybio/data-leakage-ppi-prediction, "
    "algorithms/Custom/results/gold_standard_*.csv "
    "(test part); Bernett et al. 2024";
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

PublishedRow with(PublishedRow row, double precision, double recall) {
  row.values["precision"] = precision;
  row.values["recall"] = recall;
  return row;
}

/// Forests and vector machines on the similarities of proteins, no model of interaction at all.
PublishedRow similarity(const char* model, double accuracy, double precision, double recall,
                        double f1, double mcc) {
  return {"bernett",
          model,
          {{"accuracy", accuracy},
           {"precision", precision},
           {"recall", recall},
           {"f1", f1},
           {"mcc", mcc}},
          kSimilarity};
}

PublishedRow tunaSpecies(const char* set, double accuracy, double precision, double recall,
                         double f1, double mcc, double auroc, double auprc) {
  return {set,
          "TUnA",
          {{"accuracy", accuracy},
           {"precision", precision},
           {"recall", recall},
           {"f1", f1},
           {"mcc", mcc},
           {"auroc", auroc},
           {"auprc", auprc}},
          kTunaSpecies};
}

PublishedRow plateau(const char* model, double accuracy) {
  return {"bernett", model, {{"accuracy", accuracy}}, kPlateau};
}

PublishedRow plateau(const char* model, double lowest, double highest) {
  return {"bernett", model, {}, kPlateau, {{"accuracy", {lowest, highest}}}};
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
      plateau("TUnA with cross-attention", .66),
      plateau("TUnA, ESM-2 of 650M", .64),
      plateau("TUnA, ESM-2 of 3B", .62),
      plateau("TUnA, ESM-2 of 15B", .61),
      plateau("Richoux on ESM-2", .63, .64),
      plateau("D-SCRIPT on ESM-2", .63),
      plateau("2-D cross-attention", .62),
      plateau("random forests", .52, .58),
      gold("Topsy-Turvy, last epoch", .559, .372, .146, .587, .590),
      {"bernett", "Topsy-Turvy, best epoch", {{"auprc", .634}}, kLeakage},
      with(gold("Richoux-FC", .524, .460, .050, .524, .514), .533, .405),
      with(gold("Richoux-LSTM", .515, .556, .030, .515, .509), .514, .607),
      with(gold("PIPR", .522, .492, .044, .532, .528), .525, .464),
      with(gold("DeepFE", .518, .492, .037, .521, .513), .520, .466),
      {"bernett", "SPRINT", {{"auroc", .515}, {"auprc", .515}}, kLeakage},
      gold("D-SCRIPT", .503, .280, .009, .499, .510),
      similarity("similarity, PCA + random forest", .519, .540, .253, .345, .045),
      similarity("similarity, PCA + SVM", .513, .512, .522, .517, .025),
      similarity("similarity, MDS + random forest", .506, .519, .163, .248, .016),
      similarity("similarity, MDS + SVM", .498, .498, .646, .563, -.005),
      similarity("similarity, node2vec + random forest", .509, .523, .216, .306, .023),
      similarity("similarity, node2vec + SVM", .517, .514, .633, .567, .035),
  };
}

std::vector<PublishedRow> dscriptRows() {
  std::vector<PublishedRow> rows;
  add(rows, {"PIPR", kDscript, .526, .278, .346, .230, .308});
  add(rows, {"D-SCRIPT", kDscript, .580, .552, .548, .405, .571});
  add(rows, {"D-SCRIPT, trained again", kRetrained, .756, .679, 0, .440, 0});
  add(rows, {"D-SCRIPT with Foldseek 3Di", kRetrained, .795, .658, 0, .513, 0});
  rows.push_back(tunaSpecies("dscript-mouse", .966, .799, .830, .814, .796, .977, .883));
  rows.push_back(tunaSpecies("dscript-fly", .953, .705, .836, .765, .743, .971, .855));
  rows.push_back(tunaSpecies("dscript-worm", .958, .768, .767, .767, .744, .960, .837));
  rows.push_back(tunaSpecies("dscript-yeast", .916, .530, .674, .593, .552, .899, .644));
  rows.push_back(tunaSpecies("dscript-ecoli", .924, .572, .646, .607, .566, .877, .673));
  return rows;
}

std::vector<PublishedRow> guoRows() {
  return {
      {"guo-random", "PIPR", {}, kSplits, {{"accuracy", {.94, .96}}}},
      {"guo-rewired", "PIPR", {{"accuracy", .84}}, kSplits},
      {"guo-partition", "PIPR", {{"accuracy", .58}}, kSplits},
  };
}

}  // namespace twofold::benchmarks

#include "core/benchmarks/benchmark.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/benchmarks/published_rows.h"

namespace twofold::benchmarks {

namespace {

using data::Part;

Benchmark bernett() {
  return {"bernett",
          "Leakage-reduced human gold standard",
          "Bernett, Blumenthal, List 2024, Briefings in Bioinformatics 25(2), bbae076; files: "
          "figshare 21591618",
          "https://figshare.com/articles/dataset/"
          "PPI_prediction_from_sequence_gold_standard_dataset/21591618/3",
          "The authors' repository (daisybio/data-leakage-ppi-prediction) is under GPL-3; the page "
          "of the files names their licence. TUnA passes the pairs on under MIT.",
          "Published rows are of the test part. A row of yours on validation chose its threshold "
          "there and is a little too good beside them.",
          {{"bernett",
            "no protein of one part is in another, and few have a near relative there",
            {{"as published",
              {"human_swissprot_oneliner.fasta"},
              {{Part::Train, "Intra1_pos_rr.txt", true},
               {Part::Train, "Intra1_neg_rr.txt", false},
               {Part::Validation, "Intra0_pos_rr.txt", true},
               {Part::Validation, "Intra0_neg_rr.txt", false},
               {Part::Test, "Intra2_pos_rr.txt", true},
               {Part::Test, "Intra2_neg_rr.txt", false}}},
             {"as tables",
              {"proteins.fasta"},
              {{Part::Train, "train.tsv"},
               {Part::Validation, "val.tsv"},
               {Part::Test, "test.tsv", {}, true}}}}}},
          bernettRows()};
}

Set species(const std::string& name, const std::string& words) {
  return {"dscript-" + name,
          "trained on human pairs, tested on " + words + ", one positive in eleven",
          {{"as published",
            {"seqs/human.fasta", "seqs/" + name + ".fasta"},
            {{Part::Train, "pairs/human_train.tsv"},
             {Part::Validation, "pairs/human_test.tsv"},
             {Part::Test, "pairs/" + name + "_test.tsv"}}},
           {"the tested species alone",
            {name + "/proteins.fasta"},
            {{Part::Test, name + "/test.tsv"}}}}};
}

Benchmark dscript() {
  return {"dscript",
          "D-SCRIPT's five species",
          "Sledzieski, Singh, Cowen, Berger 2021, Cell Systems 12, 969-982; files: "
          "github.com/samsledje/D-SCRIPT, data",
          "https://d-script.readthedocs.io/en/stable/data.html",
          "D-SCRIPT's repository is under MIT; the pairs are of STRING (CC BY 4.0).",
          "AUPRC's chance level is 0.091. Precision at other shares of positives follows from "
          "evaluate --prevalence.",
          {species("mouse", "mouse"), species("fly", "fly"), species("worm", "worm"),
           species("yeast", "yeast"), species("ecoli", "E. coli")},
          dscriptRows()};
}

Set guoSplit(const std::string& name, const std::string& about, const std::string& train,
             const std::string& test) {
  return {"guo-" + name,
          about,
          {{"as Bernett et al. split it",
            {"proteins.fasta"},
            {{Part::Train, name + "/" + train}, {Part::Test, name + "/" + test}}}}};
}

Benchmark guo() {
  return {
      "guo",
      "Guo's yeast pairs under three splits",
      "Guo, Yu, Wen, Li 2008, Nucleic Acids Research 36, 3025-3030; splits: Bernett, "
      "Blumenthal, List 2024",
      "https://github.com/daisybio/data-leakage-ppi-prediction",
      "Bernett et al.'s repository is under GPL-3; it took Guo's pairs from DeepFE's and PIPR's.",
      "What falls from random to partition was never knowledge of interaction: a model that "
      "knows only how often a protein stands in training pairs falls the same way.",
      {guoSplit("random", "pairs dealt out at random", "guo_train.tsv", "guo_test.tsv"),
       guoSplit("rewired",
                "positives rewired at random, each protein keeping its number of partners: what is "
                "left to learn is who has many",
                "guo_train.tsv", "guo_test.tsv"),
       guoSplit("partition", "no near relative of a tested protein is in training",
                "guo_block_0.tsv", "guo_block_1.tsv")},
      guoRows()};
}

}  // namespace

const std::vector<Benchmark>& benchmarks() {
  static const std::vector<Benchmark> list = {bernett(), dscript(), guo()};
  return list;
}

const Benchmark& benchmark(const std::string& id) {
  std::vector<std::string> ids;
  for (const auto& known : benchmarks()) {
    if (known.id == id) {
      return known;
    }
    ids.push_back(known.id);
  }
  throw Error(ErrorKind::Usage,
              fmt::format("there is no benchmark \"{}\"{}", id, didYouMean(id, ids)));
}

}  // namespace twofold::benchmarks

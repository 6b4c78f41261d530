#include "models/channels/function_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/data/evidence_rule.h"
#include "models/backbones/backbone_options.h"
#include "models/backbones/bert.h"
#include "models/backbones/cached.h"
#include "models/backbones/llama3.h"
#include "models/learning/backbone_notes.h"

namespace twofold::models {

namespace {

constexpr std::int64_t kUsualLength = 510;  // BERT's 512 positions without [CLS] and [SEP]
constexpr const char* kIdentity = "backbone";

/// The FUNCTION text that a model may read. SUBUNIT names partners: it is never looked at.
std::string readable(const data::ProteinAnnotations& protein, data::EvidenceRule rule) {
  const data::TermGraph none;  // no terms are asked for
  return data::EvidenceFilter(rule, none).apply({{}, protein.functionText, {}, 0}).functionText;
}

/// The texts of the proteins that have one.
struct Texts {
  Texts(const ProteinInputs& proteins, data::EvidenceRule rule) {
    for (std::size_t i = 0; i < proteins.ids.size(); ++i) {
      if (auto text = readable(proteins.annotations.at(i), rule); !text.empty()) {
        texts.push_back(std::move(text));
        owners.push_back(i);
      }
    }
  }

  std::vector<std::string> texts;
  std::vector<std::size_t> owners;  // of each text
};

class FunctionText : public Channel {
 public:
  FunctionText(std::unique_ptr<Backbone> backbone, data::EvidenceRule rule)
      : m_backbone(std::move(backbone)), m_rule(rule) {}

  [[nodiscard]] ChannelState state() const override {
    ChannelState state;
    state.put(kIdentity, std::vector<std::string>{m_backbone->identity()});
    return state;
  }

  void restore(const ChannelState& state) override {
    const auto trainedOn = state.texts(kIdentity);
    if (trainedOn != std::vector<std::string>{m_backbone->identity()}) {
      throw Error(ErrorKind::BadInput,
                  fmt::format("channel text was trained on {}, but its weights folder now gives "
                              "{}; put the same weights back, or train anew",
                              fmt::join(trainedOn, " "), m_backbone->identity()));
    }
  }

  [[nodiscard]] std::vector<std::string> notes(const ProteinInputs& proteins) const override {
    auto notes = notesOn(*m_backbone, Texts(proteins, m_rule).texts);
    for (auto& note : notes) {
      note.insert(0, "Channel text: ");
    }
    return notes;
  }

  [[nodiscard]] ChannelInputs inputs(const ChannelWork& work) override {
    const Texts known(work.proteins, m_rule);
    const std::size_t proteins = work.proteins.ids.size();
    ChannelInputs inputs{1, m_backbone->width(), {}, {}};
    inputs.values.assign(proteins * static_cast<std::size_t>(inputs.features), 0);
    inputs.present.assign(proteins, 0);
    const auto take = [&](std::size_t index, const Embedding& embedding) {
      const std::size_t owner = known.owners[index];
      std::copy(embedding.values.begin(), embedding.values.end(),
                inputs.values.begin() + static_cast<std::int64_t>(owner) * inputs.features);
      inputs.present[owner] = 1;
    };
    const auto report = [&](const Progress& progress) {
      if (work.progress) {
        work.progress({"Reading texts", progress.done, progress.total, "letters"});
      }
    };
    m_backbone->embed({known.texts, false, take, report, work.stop});
    return inputs;
  }

 private:
  std::unique_ptr<Backbone> m_backbone;
  data::EvidenceRule m_rule;
};

/// Reads texts as they are, with the channel's options for its own.
std::unique_ptr<Backbone> makeReader(const ChannelRequest& request) {
  const Options& options = request.options;
  const std::string& model = options.text("model");
  const std::string& weights = options.text("weights");
  if (weights.empty()) {
    throw Error(ErrorKind::Usage,
                fmt::format("channel text needs the weights of a language model; set text.weights "
                            "to a Hugging Face folder of {} with config.json and "
                            "model.safetensors, or switch the channel off",
                            model == "bert" ? "BERT" : "Llama 3"));
  }
  const bool isBert = model == "bert";
  const Descriptor descriptor = isBert ? bertDescriptor() : llama3Descriptor();
  const Options own("channel \"text\"", descriptor.options,
                    {{"weights", weights},
                     {"input", std::string("text")},
                     {"limit", options.integer("limit")},
                     {"pooling", options.text("pooling")},
                     {"precision", options.text("precision")}});
  const BackboneRequest reader{own, request.device, request.watch};
  return isBert ? makeBert(reader) : makeLlama3(reader);
}

OptionSpec evidenceOption() {
  std::vector<std::string> rules;
  for (const auto& rule : data::evidenceRules()) {
    if (rule.rule != data::EvidenceRule::Electronic) {  // people wrote the texts
      rules.emplace_back(rule.id);
    }
  }
  return choiceOption("evidence", "Evidence", std::move(rules),
                      "default: without the sentences that speak of binding, interaction, "
                      "complexes or subunits, and without the numbers of publications. all: the "
                      "whole text, which often names partners, so results leak.");
}

OptionSpec lengthOption() {
  auto option = integerOption("limit", "Length limit", kUsualLength, 16, 100'000,
                              "The first tokens of a text that count; a token is a word or a part "
                              "of one.");
  option.unit = "tokens";
  option.advanced = true;
  return option;
}

OptionSpec textPoolingOption() {
  auto option = choiceOption("pooling", "Pooling", {"mean", "whole", "first", "last"},
                             "One vector a text: the mean over its tokens, the mean that counts "
                             "the marks around them too (whole), the first token (BERT alone), or "
                             "the last.");
  option.advanced = true;
  return option;
}

}  // namespace

Descriptor functionTextDescriptor() {
  return {"text",
          "Function text",
          "What UniProt says in words of each protein's function, as a language model of texts "
          "embeds it, without the sentences that encode the answer.",
          {choiceOption("model", "Language model", {"bert", "llama3"},
                        "What the weights folder holds: BERT or Llama 3."),
           weightsOption("of BERT with vocab.txt or tokenizer.json, of Llama 3 with tokenizer.json "
                         "or tokenizer.model"),
           evidenceOption(), precisionOption(kInt8Drift), lengthOption(), textPoolingOption()}};
}

std::unique_ptr<Channel> makeFunctionText(const ChannelRequest& request) {
  const auto rule = data::evidenceRuleOf(request.options.text("evidence"));
  return std::make_unique<FunctionText>(cached(makeReader(request), request.cacheFolder), rule);
}

}  // namespace twofold::models

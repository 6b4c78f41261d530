// UniProt's words of function as a channel: what the language model makes of them, masked where
// there are none, remembered on disk, and never by other weights than those of the training.
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "models/backbones/bert.h"
#include "models/backbones/llama3.h"
#include "models/channels/function_text.h"
#include "models/learning/session.h"
#include "tests/core/base/expect_error.h"
#include "tests/models/backbones/backbone_support.h"
#include "tests/models/backbones/weights_folders.h"
#include "tests/models/support/fake_backbone.h"
#include "tests/models/support/toy_pairs.h"

using namespace twofold;
using namespace twofold::models;
namespace fs = std::filesystem;

namespace {

ProteinInputs proteinsWith(const std::vector<std::string>& texts) {
  ProteinInputs proteins;
  for (const auto& text : texts) {
    proteins.ids.push_back("P" + std::to_string(proteins.ids.size()));
    proteins.sequences.emplace_back("MKV");
    proteins.annotations.push_back({{}, text, "Interacts with the protein P0.", 5});
  }
  return proteins;
}

std::vector<float> row(const ChannelInputs& inputs, std::size_t protein) {
  const auto begin = inputs.values.begin() + static_cast<std::ptrdiff_t>(protein) * inputs.features;
  return {begin, begin + inputs.features};
}

}  // namespace

class TestFunctionText : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    writeTextFolders(root());
    fs::create_directory(root() / "other");
    writeBertFolder(root() / "other", 746);
    fs::copy_file(root() / "bert/vocab.txt", root() / "other/vocab.txt");
  }

  void rowsAreTheModelsOwn_data() {
    QTest::addColumn<QString>("model");
    QTest::newRow("BERT") << "bert";
    QTest::newRow("Llama 3") << "llama3";
  }
  void rowsAreTheModelsOwn() {
    QFETCH(QString, model);
    const bool isBert = model == "bert";
    const auto reader =
        isBert ? models::made(bertDescriptor, makeBert, root() / "bert", {{"input", "text"}})
               : models::made(llama3Descriptor, makeLlama3, root() / "llama3", {{"input", "text"}});
    const auto expected = embeddingsOf(*reader, {"Cuts sugar.", "Moves ions.\nHeals"});
    const auto inputs = inputsOf(*channel({{"model", model.toStdString()}}),
                                 proteinsWith({"Cuts sugar.", "", "Moves ions.\nHeals"}));
    QCOMPARE(inputs.features, kFolderWidth);
    QCOMPARE(inputs.present, (std::vector<std::uint8_t>{1, 0, 1}));
    QVERIFY(worstDifference(row(inputs, 0), expected[0].values) < 1e-6);
    QVERIFY(worstDifference(row(inputs, 2), expected[1].values) < 1e-6);
    QVERIFY(worstDifference(expected[0].values, expected[1].values) > 1e-3);
  }

  void whatEncodesTheAnswerIsNotRead() {
    const std::vector<std::string> texts = {"Cuts sugar. Interacts with P1 (PubMed:7).",
                                            "Cuts sugar (PubMed:7).", "Cuts sugar.", "Binds P1."};
    const auto inputs = inputsOf(*channel(), proteinsWith(texts));
    QCOMPARE(inputs.present, (std::vector<std::uint8_t>{1, 1, 1, 0}));
    QVERIFY(worstDifference(row(inputs, 0), row(inputs, 2)) < 1e-6);
    QVERIFY(worstDifference(row(inputs, 1), row(inputs, 2)) < 1e-6);
    const auto all = inputsOf(*channel({{"evidence", "all"}}), proteinsWith(texts));
    QCOMPARE(all.present, (std::vector<std::uint8_t>{1, 1, 1, 1}));
    QVERIFY(worstDifference(row(all, 0), row(all, 2)) > 1e-3);
  }

  void aTextIsEmbeddedOnce() {
    const auto proteins = proteinsWith({"Cuts sugar.", "", "Moves ions."});
    const fs::path cache = root() / "cache";
    std::vector<std::int64_t> first;
    const auto embedded = [&](const std::string& folder) {
      first.clear();
      FakeBackbone unused;
      const auto report = [&](const Progress& progress) {
        QCOMPARE(progress.stage, std::string_view("Reading texts"));
        first.push_back(progress.done);
      };
      return channel({{"weights", (root() / folder).string()}}, cache)
          ->inputs({proteins, unused, report, {}})
          .values;
    };
    const auto values = embedded("bert");
    QCOMPARE(first.at(0), 0);
    QCOMPARE(embedded("bert"), values);
    QCOMPARE(first, (std::vector<std::int64_t>{22}));  // all letters at once: of the cache
    static_cast<void>(embedded("other"));              // of other weights: not of the cache
    QCOMPARE(first.at(0), 0);
  }

  void aLongTextIsTold() {
    const auto notes = channel()->notes(proteinsWith({"Cuts.", std::string(101, 'a'), ""}));
    QCOMPARE(notes, std::vector<std::string>{"Channel text: Of texts, the first 100 tokens count: "
                                             "1 of 2 may be longer."});
  }

  void otherWeightsAreRefused() {
    const auto state = channel()->state();
    channel()->restore(state);
    const auto other = channel({{"weights", (root() / "other").string()}});
    EXPECT_ERROR(other->restore(state), ErrorKind::BadInput, "put the same weights back");
    EXPECT_ERROR(channel({{"pooling", "last"}})->restore(state), ErrorKind::BadInput, "train anew");
    EXPECT_ERROR(channel()->restore({}), ErrorKind::BadInput, "backbone");
  }

  void whatCannotBeIsRefusedWithTheCure() {
    EXPECT_ERROR(channel({{"weights", std::string()}}), ErrorKind::Usage, "set text.weights");
    EXPECT_ERROR(channel({{"weights", (root() / "nowhere").string()}}), ErrorKind::NotFound,
                 "nowhere");
    EXPECT_ERROR(channel({{"model", "llama3"}}, {}, "bert"), ErrorKind::BadInput, "network");
    EXPECT_ERROR(channel({{"model", "llama3"}, {"pooling", "first"}}), ErrorKind::Usage, "pooling");
    EXPECT_ERROR(channel({{"evidence", "electronic"}}), ErrorKind::Usage, "evidence");
    EXPECT_ERROR(channel({{"limit", std::int64_t{127}}}), ErrorKind::Usage, "126 or less");
  }

  /// Texts tell the kinds apart; the checkpoint answers as the training did, in both orders.
  void aRunLearnsFromTextsAndKeepsToItsWeights() {
    const QTemporaryDir temporary;
    const fs::path folder = temporary.path().toStdString();
    fs::copy(root() / "bert", folder / "bert");
    auto request = toyRequest(folder);
    request.spec.channels = {
        {"text", {{"weights", (folder / "bert").string()}, {"limit", std::int64_t{100}}}}};
    request.spec.training["epochs"] = std::int64_t{2};
    for (std::size_t i = 0; i < request.proteins.ids.size(); ++i) {
      const std::string text = i % 2 == 0 ? "Cuts sugar." : "Moves ions across membranes.";
      request.proteins.annotations.push_back({{}, i % 7 == 3 ? "" : text, {}, 0});
    }
    const auto trained = train(request, {}, {}).parts.at("validation");
    const std::vector<std::string> channels = {"text"};
    const auto& pairs = request.parts[1];
    auto swapped = pairs;
    for (auto& pair : swapped) {
      std::swap(pair.a, pair.b);
    }
    {
      Scorer scorer({request.checkpointFolder, request.cacheFolder, "cpu", 1});
      scorer.addProteins(request.proteins);
      QCOMPARE(scorer.score(pairs, channels), trained.probabilities);
      QCOMPARE(scorer.score(swapped, channels), trained.probabilities);
      QVERIFY(!scorer.isPresent("text", {3, 4}) && scorer.isPresent("text", {4, 5}));
    }
    for (const char* file : {"config.json", "model.safetensors"}) {
      fs::copy_file(root() / "other" / file, folder / "bert" / file,
                    fs::copy_options::overwrite_existing);
    }
    EXPECT_ERROR((Scorer({request.checkpointFolder, request.cacheFolder, "cpu", 1})),
                 ErrorKind::BadInput, "channel text was trained on");
    request.resume = true;
    EXPECT_ERROR(train(request, {}, {}), ErrorKind::BadInput, "channel text was trained on");
  }

 private:
  [[nodiscard]] fs::path root() const { return m_temporary.path().toStdString(); }

  /// On the folder of the model that the options name, unless another is given.
  [[nodiscard]] std::unique_ptr<Channel> channel(OptionValues values = {},
                                                 const fs::path& cache = {},
                                                 const std::string& folder = {}) const {
    const auto model = values.find("model");
    const auto own = model == values.end() ? std::string("bert") : toText(model->second);
    values.emplace("weights", (root() / (folder.empty() ? own : folder)).string());
    values.emplace("limit", std::int64_t{100});
    const Descriptor descriptor = functionTextDescriptor();
    const Options options("channel \"text\"", descriptor.options, values);
    auto made = makeFunctionText({options, "cpu", cache});
    options.requireAllRead();
    return made;
  }

  static ChannelInputs inputsOf(Channel& channel, const ProteinInputs& proteins) {
    FakeBackbone unused;
    auto inputs = channel.inputs({proteins, unused, {}, {}});
    [&] { QCOMPARE(unused.embedded, 0); }();
    return inputs;
  }

  QTemporaryDir m_temporary;
};

QTEST_GUILESS_MAIN(TestFunctionText)
#include "tst_function_text.moc"

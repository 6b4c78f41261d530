// Training, prediction and the folder of a contact model.
#include <QTest>
#include <cmath>
#include <fstream>
#include <numeric>

#include "core/base/files.h"
#include "made_up_complexes.h"
#include "models/contacts/contact_measure.h"
#include "models/contacts/contact_model.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::models;

namespace {

ContactSettings small(std::int64_t epochs) {
  ContactSettings settings;
  settings.projection = 16;
  settings.hidden = 12;
  settings.filter = 3;
  settings.dropout = 0;
  settings.epochs = epochs;
  settings.patience = epochs;
  settings.learningRate = 1e-2;
  return settings;
}

ContactWork workOn(const MadeUpComplexes& made, std::int64_t epochs) {
  ContactWork work{made.set, made.embeddings, {}, {}, {}, small(epochs), 1, 1};
  for (std::uint32_t c = 0; c < made.set.complexes.size(); ++c) {
    (c % 4 == 3 ? work.validation : work.training).push_back(c);
  }
  return work;
}

double auprcOf(const ContactModel& model, const MadeUpComplexes& made, std::uint32_t c) {
  const auto& complex = made.set.complexes[c];
  const auto map = model.predict(made.embeddings, complex.a, complex.b);
  return measureMap(complex, map.probabilities).auprc;
}

}  // namespace

class TestContactModel : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;

 private Q_SLOTS:
  void aRuleOfContactsIsLearnedAndHoldsForOtherProteins() {
    const auto made = madeUpComplexes(16);
    const auto model = ContactModel::train(workOn(made, 30), {}, {});
    QVERIFY(auprcOf(model, made, 0) > 0.95);
    QVERIFY(auprcOf(model, made, 3) > 0.9);
    QVERIFY(model.training().validationAuprc > 0.9);
    QVERIFY(!model.training().hasInteraction);
    // The map's mean is near the contacts' share, though training saw one in twenty-one.
    const auto& complex = made.set.complexes[3];
    const auto map = model.predict(made.embeddings, complex.a, complex.b).probabilities;
    const double mean =
        std::accumulate(map.begin(), map.end(), 0.0) / static_cast<double>(map.size());
    const double density =
        static_cast<double>(complex.contacts.size()) / static_cast<double>(complex.cells());
    QVERIFY2(mean < 4 * density, qPrintable(QString("%1 %2").arg(mean).arg(density)));
  }

  void theOtherOrderGivesTheTransposedMap() {
    const auto made = madeUpComplexes(4);
    const auto model = ContactModel::train(workOn(made, 1), {}, {});
    const auto forth = model.predict(made.embeddings, 0, 1);
    const auto back = model.predict(made.embeddings, 1, 0);
    const auto a = static_cast<std::size_t>(forth.residuesA);
    const auto b = static_cast<std::size_t>(forth.residuesB);
    for (std::size_t i = 0; i < a; ++i) {
      for (std::size_t j = 0; j < b; ++j) {
        QVERIFY(forth.probabilities[i * b + j] == back.probabilities[j * a + i]);
      }
    }
  }

  void equalSeedsGiveEqualNumbersAndOthersOthers() {
    const auto made = madeUpComplexes(8);
    auto work = workOn(made, 2);
    work.settings.dropout = 0.5;
    work.settings.crop = 16;
    const auto first = ContactModel::train(work, {}, {}).predict(made.embeddings, 0, 1);
    const auto again = ContactModel::train(work, {}, {}).predict(made.embeddings, 0, 1);
    QVERIFY(first.probabilities == again.probabilities);
    work.seed = 2;
    const auto other = ContactModel::train(work, {}, {}).predict(made.embeddings, 0, 1);
    QVERIFY(first.probabilities != other.probabilities);
  }

  void negativePairsTeachTheInteraction() {
    auto made = madeUpComplexes(12);
    // First chains of two complexes: no cysteine, so nothing to touch.
    for (std::uint32_t c = 0; c + 2 < 12; c += 2) {
      made.set.negatives.push_back({made.set.complexes[c].a, made.set.complexes[c + 2].a});
    }
    auto work = workOn(made, 40);
    for (std::uint32_t n = 0; n < made.set.negatives.size(); ++n) {
      work.negatives.push_back(n);
    }
    const auto model = ContactModel::train(work, {}, {});
    QVERIFY(model.training().hasInteraction);
    const auto of = [&](std::uint32_t a, std::uint32_t b) {
      const auto forth = model.predict(made.embeddings, a, b).interaction;
      // NaN where the two orders differ, which no comparison below survives.
      return forth == model.predict(made.embeddings, b, a).interaction ? *forth : std::nan("");
    };
    const auto& held = made.set.complexes[3];
    const auto& other = made.set.complexes[7];
    QVERIFY2(of(held.a, held.b) > of(held.a, other.a) + 0.2,
             qPrintable(QString("%1 %2").arg(of(held.a, held.b)).arg(of(held.a, other.a))));
  }

  void chainsOfOneResidueTrain() {
    auto made = madeUpComplexes(4, 1);
    for (auto& complex : made.set.complexes) {
      complex.contacts = {{0, 0}};
    }
    const auto model = ContactModel::train(workOn(made, 2), {}, {});
    const auto found = model.predict(made.embeddings, 0, 1);
    QVERIFY(std::isfinite(found.probabilities.front()));
  }

  void theEpochOfTheBestValidationIsKept() {
    const auto made = madeUpComplexes(8);
    std::vector<double> seen;
    ContactObserver observer;
    observer.epochDone = [&](std::int64_t, double, double auprc) { seen.push_back(auprc); };
    const auto model = ContactModel::train(workOn(made, 6), observer, {});
    const auto& training = model.training();
    QCOMPARE(static_cast<std::int64_t>(seen.size()), training.epochs);
    QCOMPARE(training.validationAuprc, *std::max_element(seen.begin(), seen.end()));
    double sum = 0;
    for (const std::uint32_t c : {3U, 7U}) {
      sum += auprcOf(model, made, c);
    }
    QVERIFY(std::fabs(sum / 2 - training.validationAuprc) < 1e-6);
  }

  void whatCannotBeLearnedFromIsRefused() {
    auto made = madeUpComplexes(4);
    auto work = workOn(made, 1);
    work.settings.filter = 4;
    EXPECT_ERROR(ContactModel::train(work, {}, {}), ErrorKind::Usage, "odd");
    work.settings.filter = 3;
    work.training.clear();
    EXPECT_ERROR(ContactModel::train(work, {}, {}), ErrorKind::BadInput, "no complex to train on");
    for (auto& complex : made.set.complexes) {
      complex.contacts.clear();
    }
    EXPECT_ERROR(ContactModel::train(workOn(made, 1), {}, {}), ErrorKind::BadInput,
                 "has a contact");
  }

  void aStepThatIsTooLargeIsRefusedWithTheCure() {
    const auto made = madeUpComplexes(4, 4000);
    auto work = workOn(made, 1);
    work.settings.crop = 8192;
    work.settings.hidden = 1024;
    work.settings.projection = 4096;
    // 16 million residue pairs of 20 thousand numbers each take 1.2 TiB.
    EXPECT_ERROR(ContactModel::train(work, {}, {}), ErrorKind::Memory, "--crop");
  }

  void aStopEndsTraining() {
    const auto made = madeUpComplexes(4);
    std::stop_source stop;
    ContactObserver observer;
    observer.progress = [&](const Progress& progress) {
      QVERIFY(progress.done <= progress.total);
      stop.request_stop();
    };
    QVERIFY_THROWS_EXCEPTION(StopRequested,
                             ContactModel::train(workOn(made, 5), observer, stop.get_token()));
  }

  void aFolderKeepsTheModel() {
    const auto made = madeUpComplexes(4);
    const auto work = workOn(made, 2);
    const auto model = ContactModel::train(work, {}, {});
    const auto folder = m_folder.path("model");
    model.save(folder, {"mine",
                        {"esm2", {{"layers", std::int64_t{2}}}},
                        "esm2-abc",
                        work.settings,
                        7,
                        "data",
                        3,
                        1,
                        model.training()});
    const auto [read, manifest] = ContactModel::load(folder);
    QVERIFY(read.predict(made.embeddings, 0, 1).probabilities ==
            model.predict(made.embeddings, 0, 1).probabilities);
    QCOMPARE(manifest.name, std::string("mine"));
    QCOMPARE(manifest.backbone.id, std::string("esm2"));
    QCOMPARE(manifest.identity, std::string("esm2-abc"));
    QVERIFY(manifest.settings == work.settings);
    QCOMPARE(manifest.training.bestEpoch, model.training().bestEpoch);
  }

  void brokenFoldersAreRefused() {
    EXPECT_ERROR(ContactModel::load(m_folder.path("nowhere")), ErrorKind::NotFound,
                 "contacts train");
    const auto made = madeUpComplexes(4);
    const auto work = workOn(made, 1);
    const auto folder = m_folder.path("broken");
    ContactModel::train(work, {}, {})
        .save(folder, {"mine", {"composition", {}}, "c", work.settings, 1, "d", 3, 1, {}});
    const auto manifest = readFile(folder / "manifest.json", 1 << 20);
    std::filesystem::remove(folder / "model.safetensors");
    EXPECT_ERROR(ContactModel::load(folder), ErrorKind::NotFound, "model.safetensors");
    const auto rewrite = [&](const std::string& from, const std::string& to) {
      auto text = manifest;
      text.replace(text.find(from), from.size(), to);
      writeFileAtomically(folder / "manifest.json", text);
    };
    rewrite("\"version\": 1", "\"version\": 9");
    EXPECT_ERROR(ContactModel::load(folder), ErrorKind::BadInput, "newer program");
    rewrite("\"filter\"", "\"flter\"");
    EXPECT_ERROR(ContactModel::load(folder), ErrorKind::BadInput, "filter");
    rewrite("\"contacts\"", "\"others\"");
    EXPECT_ERROR(ContactModel::load(folder), ErrorKind::BadInput, "no contact model");
  }

  void anotherWidthIsRefused() {
    const auto made = madeUpComplexes(4);
    const auto model = ContactModel::train(workOn(made, 1), {}, {});
    ResidueEmbeddings wide{"wide", 10, {std::vector<float>(20), std::vector<float>(30)}};
    EXPECT_ERROR(model.predict(wide, 0, 1), ErrorKind::BadInput, "use the backbone");
  }
};

QTEST_GUILESS_MAIN(TestContactModel)
#include "tst_contact_model.moc"

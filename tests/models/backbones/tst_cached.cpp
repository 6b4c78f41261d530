#include <QTemporaryDir>
#include <QTest>

#include "backbone_support.h"
#include "models/backbones/cached.h"

using namespace twofold;

namespace {

/// Length and first letter; stops of its own accord after `limit` sequences.
class CountingBackbone final : public models::Backbone {
 public:
  CountingBackbone(std::size_t& embedded, std::size_t limit)
      : m_embedded(embedded), m_limit(limit) {}
  std::int64_t width() const override { return 2; }
  std::string identity() const override { return "counting"; }
  void embed(const models::EmbedWork& work) override {
    for (std::size_t i = work.sequences.size(); i > 0; --i) {
      if (m_embedded == m_limit) {
        throw StopRequested{};
      }
      ++m_embedded;
      const std::string& sequence = work.sequences[i - 1];
      const auto length = static_cast<float>(sequence.size());
      work.take(i - 1, work.perResidue
                           ? models::Embedding{1, {length, 0}}
                           : models::Embedding{0, {length, static_cast<float>(sequence[0])}});
      if (work.progress) {
        work.progress({"", static_cast<std::int64_t>(sequence.size()), 0, ""});
      }
    }
  }

 private:
  std::size_t& m_embedded;
  std::size_t m_limit;
};

const std::vector<std::string> kSequences = {"MK", "GGG", "MK", "ACDE"};

}  // namespace

class TestCached : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_embedded = 0;
  }

  void eachSequenceIsEmbeddedOnce() {
    auto first = open();
    check(models::embeddingsOf(*first, kSequences));
    QCOMPARE(m_embedded, 3U);
    QCOMPARE(first->fromCache(), 1);
    check(models::embeddingsOf(*first, kSequences));
    QCOMPARE(m_embedded, 3U);
  }

  void anotherProcessFindsThem() {
    check(models::embeddingsOf(*open(), kSequences));
    auto second = open();
    check(models::embeddingsOf(*second, kSequences));
    QCOMPARE(m_embedded, 3U);
    QCOMPARE(second->fromCache(), 4);
  }

  void whatWasDoneBeforeAStopIsKept() {
    QVERIFY_EXCEPTION_THROWN(models::embeddingsOf(*open(2), kSequences), StopRequested);
    QCOMPARE(m_embedded, 2U);
    check(models::embeddingsOf(*open(), kSequences));
    QCOMPARE(m_embedded, 3U);
  }

  void residuesAreNotKept() {
    auto backbone = open();
    QCOMPARE(models::embeddingsOf(*backbone, kSequences, true)[1].residues, 1);
    check(models::embeddingsOf(*backbone, kSequences));
    QCOMPARE(m_embedded, 7U);
  }

  void progressCountsWhatTheCacheHad() {
    check(models::embeddingsOf(*open(), {"MK", "GGG", "MK"}));
    std::vector<std::int64_t> done;
    open()->embed({kSequences,
                   false,
                   [](std::size_t, models::Embedding&&) {},
                   [&](const Progress& progress) {
                     QCOMPARE(progress.total, 11);
                     done.push_back(progress.done);
                   },
                   {}});
    QCOMPARE(done, (std::vector<std::int64_t>{7, 11}));
  }

  void withoutAFolderNothingIsWrapped() {
    auto inner = std::make_unique<CountingBackbone>(m_embedded, 100);
    const auto* address = inner.get();
    QCOMPARE(models::cached(std::move(inner), {}).get(), address);
  }

 private:
  std::unique_ptr<models::CachedBackbone> open(std::size_t limit = 1000) {
    return std::make_unique<models::CachedBackbone>(
        std::make_unique<CountingBackbone>(m_embedded, limit), m_folder->path().toStdString());
  }

  static void check(const std::vector<models::Embedding>& embeddings) {
    for (std::size_t i = 0; i < embeddings.size(); ++i) {
      const std::string& sequence = kSequences[i];
      QCOMPARE(embeddings[i].values, (std::vector<float>{static_cast<float>(sequence.size()),
                                                         static_cast<float>(sequence[0])}));
    }
  }

  std::unique_ptr<QTemporaryDir> m_folder;
  std::size_t m_embedded = 0;
};

QTEST_GUILESS_MAIN(TestCached)
#include "tst_cached.moc"

#include "app/worker/contact_study.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "models/contacts/contact_model.h"
#include "models/contacts/propensity_baseline.h"
#include "models/contacts/residue_embeddings.h"

namespace twofold::app {

namespace {

using formats::Json;
using models::MapMeasure;

constexpr int kStudyVersion = 1;

/// What one training of a fold says of the complexes it tests, in their order.
struct Unit {
  double validationAuprc = 0;
  double mapsPerSecond = 0;
  std::int64_t bestEpoch = 0;
  std::vector<MapMeasure> model;
  std::vector<MapMeasure> propensity;
};

Json toJson(const MapMeasure& measure) {
  Json json;
  for (const auto& [name, member] : models::kMapMeasures) {
    json[std::string(name)] = measure.*member;
  }
  return json;
}

MapMeasure measureFromJson(const Json& json) {
  MapMeasure measure;
  for (const auto& [name, member] : models::kMapMeasures) {
    measure.*member = json.at(std::string(name)).get<double>();
  }
  return measure;
}

Json toJson(const std::vector<MapMeasure>& measures) {
  Json json = Json::array();
  for (const auto& measure : measures) {
    json.push_back(toJson(measure));
  }
  return json;
}

std::vector<MapMeasure> measuresFromJson(const Json& json) {
  std::vector<MapMeasure> measures;
  for (const auto& entry : json) {
    measures.push_back(measureFromJson(entry));
  }
  return measures;
}

/// Nothing when the file is damaged.
std::optional<Unit> readUnit(const std::filesystem::path& file) {
  try {
    const auto json = formats::readJsonFile(file);
    return Unit{json.at("validation_auprc").get<double>(), json.at("maps_per_second").get<double>(),
                json.at("best_epoch").get<std::int64_t>(), measuresFromJson(json.at("model")),
                measuresFromJson(json.at("propensity"))};
  } catch (const Error&) {
    return std::nullopt;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

void add(MapMeasure& sum, const MapMeasure& measure, double share) {
  for (const auto& [name, member] : models::kMapMeasures) {
    sum.*member += share * (measure.*member);
  }
}

class Study {
 public:
  Study(Job& job, store::Project& project, const ContactStudyPlan& plan)
      : m_job(job),
        m_plan(plan),
        m_loaded(loadComplexes(project, {plan.settings.distance, plan.negatives}, job.watch())) {
    for (const auto& note : m_loaded.notes) {
      job.output.say(note);
    }
    divide();
    embed(project);
    m_folder = project.folder() / "contacts" / "studies" / identityOfStudy().substr(0, 16);
    makeFolders(m_folder);
  }

  ContactStudyResult run();

 private:
  void divide();
  void embed(store::Project& project);
  [[nodiscard]] std::string identityOfStudy() const;
  [[nodiscard]] std::filesystem::path unitFile(std::size_t fold, std::uint64_t seed) const;
  [[nodiscard]] std::optional<Unit> keptUnit(std::size_t fold, std::uint64_t seed) const;
  [[nodiscard]] Unit trainedUnit(std::size_t fold, std::uint64_t seed);
  void keep(std::size_t fold, std::uint64_t seed, const Unit& unit) const;
  void addUnit(std::size_t fold, const Unit& unit, ContactStudyResult& result) const;
  [[nodiscard]] ContactStudyResult emptyResult() const;

  Job& m_job;
  const ContactStudyPlan& m_plan;
  LoadedComplexes m_loaded;
  models::ComplexFamilies m_families;
  std::vector<std::vector<std::uint32_t>> m_tests;
  models::ResidueEmbeddings m_embeddings;
  std::filesystem::path m_folder;
};

void Study::divide() {
  const auto& set = m_loaded.set;
  const auto labels = m_plan.familyLabels.empty()
                          ? std::vector<std::string>{}
                          : models::readFamilyLabels(m_plan.familyLabels, set);
  m_families = models::familiesOf(set, labels, m_job.output.progressSink(), m_job.stop);
  m_tests = models::testFolds(m_families, m_plan.folds);
  for (const auto& test : m_tests) {  // hours later is too late to find a fold that cannot be
    static_cast<void>(models::partsOf(set, m_families, test, m_plan.seed));
  }
  m_job.output.say(
      fmt::format("{} complexes in {} families, {} folds; no family of a tested "
                  "complex is in training.",
                  set.complexes.size(), m_families.groups, m_tests.size()));
}

void Study::embed(store::Project& project) {
  m_embeddings = models::embedResidues({m_plan.backbone, m_loaded.set.ids, m_loaded.set.sequences,
                                        project.cacheFolder(), m_job.device(), m_job.threads()},
                                       m_job.output.progressSink(), m_job.stop);
  if (m_plan.oracle) {
    std::tie(m_loaded.set, m_embeddings) = models::withOracle(m_loaded.set, m_embeddings);
  }
}

std::string Study::identityOfStudy() const {
  return sha256(Json{{"version", kStudyVersion},
                     {"program", TWOFOLD_VERSION},
                     {"backbone", m_embeddings.identity},
                     {"settings", models::toJson(m_plan.settings)},
                     {"data", m_loaded.hash},
                     {"tests", m_tests},
                     {"groups", m_families.ofComplex}}
                    .dump());
}

std::filesystem::path Study::unitFile(std::size_t fold, std::uint64_t seed) const {
  return m_folder / fmt::format("fold-{}-seed-{}.json", fold + 1, seed);
}

/// A damaged file is said and computed again.
std::optional<Unit> Study::keptUnit(std::size_t fold, std::uint64_t seed) const {
  const auto file = unitFile(fold, seed);
  if (!std::filesystem::exists(file)) {
    return std::nullopt;
  }
  auto unit = readUnit(file);
  if (!unit || unit->model.size() != m_tests[fold].size() ||
      unit->propensity.size() != m_tests[fold].size()) {
    m_job.output.say(fmt::format("{} is damaged and is computed again.", file.string()));
    return std::nullopt;
  }
  return unit;
}

void Study::keep(std::size_t fold, std::uint64_t seed, const Unit& unit) const {
  writeFileAtomically(unitFile(fold, seed), Json{{"version", kStudyVersion},
                                                 {"validation_auprc", unit.validationAuprc},
                                                 {"maps_per_second", unit.mapsPerSecond},
                                                 {"best_epoch", unit.bestEpoch},
                                                 {"model", toJson(unit.model)},
                                                 {"propensity", toJson(unit.propensity)}}
                                                    .dump() +
                                                "\n");
}

Unit Study::trainedUnit(std::size_t fold, std::uint64_t seed) {
  const auto& set = m_loaded.set;
  auto parts = models::partsOf(set, m_families, m_tests[fold], seed);
  auto known = parts.training;  // the baseline has no use for complexes to stop by
  known.insert(known.end(), parts.validation.begin(), parts.validation.end());
  const models::PropensityBaseline propensity(set, known, seed);
  const models::ContactWork work = {set,
                                    m_embeddings,
                                    std::move(parts.training),
                                    std::move(parts.validation),
                                    std::move(parts.negatives),
                                    m_plan.settings,
                                    seed,
                                    m_job.threads()};
  const auto say = [&](const std::string& text) { m_job.output.say(text); };
  const auto model =
      models::ContactModel::train(work, {m_job.output.progressSink(), say, {}}, m_job.stop);
  Unit unit{model.training().validationAuprc,
            model.training().mapsPerSecond,
            model.training().bestEpoch,
            {},
            {}};
  for (const auto c : parts.test) {
    const auto& complex = set.complexes[c];
    const auto map = model.predict(m_embeddings, complex.a, complex.b, m_job.stop);
    unit.model.push_back(models::measureMap(complex, map.probabilities));
    unit.propensity.push_back(models::measureObserved(complex, propensity.scores(set, complex)));
  }
  m_job.output.say(
      fmt::format("Fold {} of {}, seed {}: {} of {} epochs, validation AUPRC {:.4f}, "
                  "{:.1f} complexes/s.",
                  fold + 1, m_tests.size(), seed, model.training().bestEpoch,
                  model.training().epochs, unit.validationAuprc, unit.mapsPerSecond));
  return unit;
}

ContactStudyResult Study::emptyResult() const {
  ContactStudyResult result;
  result.plan = m_plan;
  result.identity = m_embeddings.identity;
  result.families = m_families.groups;
  result.folds = m_tests.size();
  result.folder = m_folder;
  for (std::size_t c = 0; c < m_loaded.set.complexes.size(); ++c) {
    const auto& complex = m_loaded.set.complexes[c];
    result.rows.push_back({complex.name,
                           m_families.ofComplex[c],
                           0,
                           complex.isHomomer,
                           complex.observedA.size(),
                           complex.observedB.size(),
                           complex.contacts.size(),
                           {},
                           {},
                           models::expectedOfChance(complex)});
  }
  return result;
}

void Study::addUnit(std::size_t fold, const Unit& unit, ContactStudyResult& result) const {
  const double share = 1 / static_cast<double>(m_plan.seeds);
  for (std::size_t i = 0; i < m_tests[fold].size(); ++i) {
    auto& row = result.rows[m_tests[fold][i]];
    row.fold = fold;
    add(row.model, unit.model[i], share);
    add(row.propensity, unit.propensity[i], share);
  }
  result.validationAuprc += unit.validationAuprc;
  result.mapsPerSecond += unit.mapsPerSecond;
  ++result.trainings;
}

ContactStudyResult Study::run() {
  auto result = emptyResult();
  const auto total = static_cast<std::int64_t>(m_tests.size()) * m_plan.seeds;
  for (int s = 0; s < m_plan.seeds; ++s) {
    const auto seed = m_plan.seed + static_cast<std::uint64_t>(s);
    for (std::size_t fold = 0; fold < m_tests.size(); ++fold) {
      throwIfStopped(m_job.stop);
      auto unit = keptUnit(fold, seed);
      if (unit) {
        ++result.kept;
      } else {
        unit = trainedUnit(fold, seed);
        keep(fold, seed, *unit);
      }
      addUnit(fold, *unit, result);
      m_job.output.progress({"Contact study", result.trainings, total, "trainings"});
    }
  }
  result.validationAuprc /= static_cast<double>(result.trainings);
  result.mapsPerSecond /= static_cast<double>(result.trainings);
  return result;
}

}  // namespace

ContactStudyResult runContactStudy(Job& job, store::Project& project,
                                   const ContactStudyPlan& plan) {
  models::requireSane(plan.settings);
  if (plan.oracle && !plan.negatives.empty()) {
    throw Error(ErrorKind::Usage,
                "--oracle knows interfaces of complexes alone; leave --pairs out");
  }
  auto result = Study(job, project, plan).run();
  writeFileAtomically(result.folder / "complexes.tsv", contactStudyTsv(result));
  return result;
}

}  // namespace twofold::app

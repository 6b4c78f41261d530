// The open project and what is in focus in it, shared by all panels.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>
#include <vector>

#include "core/data/pair_set.h"
#include "core/store/project.h"

namespace twofold::ui {

/// The pair that strip, structure, detail and lists all show.
struct FocusedPair {
  QString pairSet;
  std::int64_t index = -1;  // in the pair set; -1 for a free pair
  data::ProteinKey keyA = 0;
  data::ProteinKey keyB = 0;
  QString idA;
  QString idB;
  data::Label label = data::Label::Unknown;

  friend bool operator==(const FocusedPair&, const FocusedPair&) = default;
};

/// What each residue of the pair's proteins does to a run's logit, by its sequence.
struct ResidueValues {
  QString run;
  QString idA;
  QString idB;
  std::vector<float> a;
  std::vector<float> b;
  QString method;  // in words, with its window
};

/// GUI thread only; the project's connection here is the GUI thread's own. Work that may take over
/// 50 ms opens the project again in its own thread (see ui/bridge/background.h).
class Session : public QObject {
  Q_OBJECT
 public:
  explicit Session(QObject* parent = nullptr);
  ~Session() override;

  /// Takes the project and drops all focus; emits projectChanged().
  void setProject(std::unique_ptr<store::Project> project);
  /// Null before the first project is open.
  [[nodiscard]] store::Project* project() const { return m_project.get(); }

  [[nodiscard]] const std::optional<FocusedPair>& pair() const { return m_pair; }
  void focusPair(const std::optional<FocusedPair>& pair);
  /// Run id, or empty.
  [[nodiscard]] const QString& run() const { return m_run; }
  void focusRun(const QString& runId);
  /// Ids of the runs that are held against each other, in the order in which they were chosen; one
  /// alone is no comparison.
  [[nodiscard]] const QStringList& comparedRuns() const { return m_comparedRuns; }
  void compareRuns(const QStringList& runIds);
  [[nodiscard]] std::int64_t structure() const { return m_structure; }
  /// Of the pair in focus under the run in focus; none when either changes.
  [[nodiscard]] const std::optional<ResidueValues>& residueValues() const { return m_residues; }
  void showResidueValues(std::optional<ResidueValues> values);
  /// A structure to show for its own sake (Data panel, structure list); 0 for none.
  void focusStructure(std::int64_t structureKey);

 Q_SIGNALS:
  void projectChanged();
  void pairFocused();
  void runFocused();
  void comparedRunsChanged();
  void structureFocused();
  void residueValuesChanged();
  /// Something was imported, split or made: lists of data read the store again.
  void dataChanged();
  /// A run was made, changed status or was deleted.
  void runsChanged();
  /// A sentence for the status area; `bad` marks an error.
  void message(const QString& text, bool bad);
  /// Ask the shell to show a panel by its name ("data", "pairs", "structure", "run-setup", …).
  void panelWanted(const QString& panel);

 private:
  std::unique_ptr<store::Project> m_project;
  std::optional<FocusedPair> m_pair;
  QString m_run;
  QStringList m_comparedRuns;
  std::optional<ResidueValues> m_residues;
  std::int64_t m_structure = 0;
};

}  // namespace twofold::ui

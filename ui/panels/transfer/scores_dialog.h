// Another program's scores of a pair set become a run: which file, of which pairs, made by what.
#pragma once

#include <QComboBox>
#include <QLineEdit>
#include <vector>

#include "core/data/split.h"
#include "ui/panels/transfer/file_field.h"
#include "ui/panels/transfer/worker_dialog.h"

namespace twofold::ui {

/// The worker's `import scores`.
class ScoresDialog : public WorkerDialog {
  Q_OBJECT
 public:
  ScoresDialog(Session& session, const Theme& theme, QWidget* parent = nullptr);

  [[nodiscard]] QStringList arguments() const override;

 private:
  void buildForm();
  void buildFormat();
  void fillPairSets();
  void fillSplits();
  void followFile();
  [[nodiscard]] QComboBox* choice(const char* name);

  std::vector<data::SplitInfo> m_splits;  // of all pair sets
  QString m_offeredName;                  // made from the file's; another one is the user's
  FileField* m_file;
  QLineEdit* m_name;
  QComboBox* m_pairs;
  QComboBox* m_split;
  QComboBox* m_part;
  QComboBox* m_scale;
  QComboBox* m_missing;
  QComboBox* m_repeated;
  FileField* m_ids;
  QLineEdit* m_columns;
  QComboBox* m_header;
  QComboBox* m_delimiter;
};

}  // namespace twofold::ui

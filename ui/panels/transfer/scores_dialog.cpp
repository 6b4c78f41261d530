#include "ui/panels/transfer/scores_dialog.h"

#include <QFileInfo>
#include <QSignalBlocker>

#include "core/base/error.h"
#include "core/store/pair_repository.h"
#include "ui/session/guarded.h"

namespace twofold::ui {

namespace {

constexpr const char* kNoSplit = "none";

QString valueOf(const QComboBox* box) {
  return box->currentData().toString();
}

void add(QComboBox* box, const QString& text, const char* value, const QString& help = {}) {
  box->addItem(text, QString::fromLatin1(value));
  box->setItemData(box->count() - 1, help, Qt::ToolTipRole);
}

WorkerDialog::Words words() {
  return {QStringLiteral("scoresDialog"),
          ScoresDialog::tr("Import scores of another program"),
          ScoresDialog::tr("Scores of TUnA, D-SCRIPT, PLM-interact, SPRINT or any table become a "
                           "run that is measured and compared like the others, and never run."),
          ScoresDialog::tr("Import"),
          ScoresDialog::tr("nothing was changed"),
          true};
}

}  // namespace

ScoresDialog::ScoresDialog(Session& session, const Theme& theme, QWidget* parent)
    : WorkerDialog(session, theme, words(), parent) {
  buildForm();
  buildFormat();
  fillPairSets();
  connect(m_file, &FileField::changed, this, &ScoresDialog::followFile);
  connect(m_pairs, &QComboBox::currentIndexChanged, this, &ScoresDialog::fillSplits);
  for (auto* box :
       {m_pairs, m_split, m_part, m_scale, m_missing, m_repeated, m_header, m_delimiter}) {
    connect(box, &QComboBox::currentIndexChanged, this, &ScoresDialog::check);
  }
  for (auto* line : {m_name, m_columns}) {
    connect(line, &QLineEdit::textChanged, this, &ScoresDialog::check);
  }
  connect(m_ids, &FileField::changed, this, &ScoresDialog::check);
  check();
}

QComboBox* ScoresDialog::choice(const char* name) {
  auto* box = new QComboBox(this);
  box->setObjectName(QLatin1String(name));
  return box;
}

void ScoresDialog::buildForm() {
  m_file = new FileField(FileField::Kind::OpenFile, QStringLiteral("scoresFile"),
                         tr("Tables (*.tsv *.csv *.txt *.pos *.gz);;All files (*)"), this);
  addRow(tr("&File"), m_file, tr("A score a line, plain or gzip"));
  m_name = new QLineEdit(this);
  m_name->setObjectName(QStringLiteral("scoresName"));
  addRow(tr("&Model"), m_name, tr("What the model is called that made the scores"));
  m_pairs = choice("scoresPairs");
  addRow(tr("&Pair set"), m_pairs, tr("The pairs that were scored"));
  m_split = choice("scoresSplit");
  addRow(tr("&Split"), m_split, tr("Whose validation and test parts are measured"));
  m_part = choice("scoresPart");
  add(m_part, tr("All parts that the file has scores of"), "");
  add(m_part, tr("Validation"), "validation");
  add(m_part, tr("Test"), "test");
  addRow(tr("P&art"), m_part,
         tr("Without a split, what all its pairs are; validation scores give a threshold"));
  m_scale = choice("scoresScale");
  add(m_scale, tr("Told from the numbers"), "auto",
      tr("Probabilities where all lie within 0 and 1, else ranks"));
  add(m_scale, tr("Probabilities"), "probability");
  add(m_scale, tr("Logits"), "logit", tr("They are brought to probabilities"));
  add(m_scale, tr("Ranks"), "rank", tr("Their order alone means something"));
  addRow(tr("&Numbers are"), m_scale);
  m_missing = choice("scoresMissing");
  add(m_missing, tr("Refuse the file"), "refuse");
  add(m_missing, tr("Leave those pairs out"), "leave-out",
      tr("The run is then measured on fewer pairs, and says so"));
  addRow(tr("Pairs without a score"), m_missing);
  m_repeated = choice("scoresRepeated");
  add(m_repeated, tr("Refuse the file"), "refuse");
  add(m_repeated, tr("Take their mean"), "mean");
  add(m_repeated, tr("Leave those pairs out"), "leave-out");
  addRow(tr("Scores of a pair that differ"), m_repeated);
}

void ScoresDialog::buildFormat() {
  m_ids = new FileField(FileField::Kind::OpenFile, QStringLiteral("scoresIds"),
                        tr("Pair tables (*.tsv *.csv *.txt *.gz);;All files (*)"), this);
  m_ids->line()->setPlaceholderText(tr("Only for files without ids"));
  addRow(tr("&Ids from"), m_ids, tr("The pair file that the scores belong to, row by row"));
  m_columns = new QLineEdit(this);
  m_columns->setObjectName(QStringLiteral("scoresColumns"));
  m_columns->setPlaceholderText(tr("Told from the first line, else 1,2,4 or their names"));
  addRow(tr("&Columns"), m_columns, tr("Id A, id B and the score, separated by commas"));
  m_header = choice("scoresHeader");
  add(m_header, tr("Told from the first line"), "auto");
  add(m_header, tr("Names the columns"), "yes");
  add(m_header, tr("Is data"), "no");
  addRow(tr("First &line"), m_header);
  m_delimiter = choice("scoresDelimiter");
  add(m_delimiter, tr("Told from the first line"), "auto");
  add(m_delimiter, tr("Tab"), "tab");
  add(m_delimiter, tr("Comma"), "comma");
  add(m_delimiter, tr("Semicolon"), "semicolon");
  add(m_delimiter, tr("Space"), "space");
  addRow(tr("Between columns"), m_delimiter);
}

void ScoresDialog::fillPairSets() {
  guarded(session(), [this] {
    store::PairRepository repository(session().project()->database());
    m_splits = repository.splits();
    for (const auto& set : repository.sets()) {
      m_pairs->addItem(QString::fromStdString(set.name), QString::fromStdString(set.name));
    }
  });
  fillSplits();
}

void ScoresDialog::fillSplits() {
  const QSignalBlocker quiet(m_split);
  m_split->clear();
  for (const auto& split : m_splits) {
    if (QString::fromStdString(split.pairSet) == valueOf(m_pairs)) {
      m_split->addItem(QString::fromStdString(split.name), QString::fromStdString(split.name));
    }
  }
  add(m_split, tr("None: all pairs are one part"), kNoSplit);
}

void ScoresDialog::followFile() {
  if (m_name->text().isEmpty() || m_name->text() == m_offeredName) {
    m_offeredName = QFileInfo(m_file->path()).baseName();
    m_name->setText(m_offeredName);
  }
  check();
}

QStringList ScoresDialog::arguments() const {
  if (m_file->path().isEmpty()) {
    throw Error(ErrorKind::Usage, tr("Choose the file with the scores.").toStdString());
  }
  if (m_pairs->currentIndex() < 0) {
    throw Error(
        ErrorKind::Usage,
        tr("The project has no pair set; import the pairs that were scored first.").toStdString());
  }
  if (m_name->text().trimmed().isEmpty()) {
    throw Error(ErrorKind::Usage, tr("Say what the model is called.").toStdString());
  }
  QStringList arguments{QStringLiteral("import"), QStringLiteral("scores"),
                        m_file->path(),           QStringLiteral("--pairs"),
                        valueOf(m_pairs),         QStringLiteral("--name"),
                        m_name->text().trimmed(), QStringLiteral("--split"),
                        valueOf(m_split),         QStringLiteral("--scores"),
                        valueOf(m_scale),         QStringLiteral("--missing"),
                        valueOf(m_missing),       QStringLiteral("--repeated"),
                        valueOf(m_repeated)};
  const auto addUnless = [&](const char* option, const QString& value, const char* usual) {
    if (value != QLatin1String(usual)) {
      arguments << QLatin1String(option) << value;
    }
  };
  addUnless("--part", valueOf(m_part), "");
  addUnless("--columns", m_columns->text().trimmed(), "");
  addUnless("--header", valueOf(m_header), "auto");
  addUnless("--delimiter", valueOf(m_delimiter), "auto");
  addUnless("--ids", m_ids->path(), "");
  return arguments;
}

}  // namespace twofold::ui

#include "ui/panels/transfer/file_field.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QRegularExpression>
#include <QSettings>

#include "ui/theme/tokens.h"

namespace twofold::ui {

namespace {

constexpr const char* kLastFolder = "lastImportFolder";

}  // namespace

FileField::FileField(Kind kind, const QString& name, const QString& filter, QWidget* parent)
    : QWidget(parent),
      m_kind(kind),
      m_filter(filter),
      m_line(new QLineEdit(this)),
      m_choose(new QPushButton(tr("Choose…"), this)) {
  m_line->setObjectName(name);
  m_choose->setObjectName(name + QStringLiteral("Choose"));
  m_choose->setAutoDefault(false);
  setFocusProxy(m_line);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_line, 1);
  layout->addWidget(m_choose);
  connect(m_line, &QLineEdit::textChanged, this, &FileField::changed);
  connect(m_choose, &QPushButton::clicked, this, &FileField::ask);
}

void FileField::ask() {
  const QString folder = QSettings().value(kLastFolder).toString();
  auto* dialog = new QFileDialog(this, tr("Choose"), folder, m_filter);
  if (m_kind == Kind::SaveFile) {
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QFileInfo(path()).fileName());
    static const QRegularExpression kSuffix(QStringLiteral("\\*\\.(\\w+)"));  // of "CSV (*.csv)"
    dialog->setDefaultSuffix(kSuffix.match(m_filter).captured(1));
  } else {
    dialog->setFileMode(m_kind == Kind::OpenFile ? QFileDialog::ExistingFile
                                                 : QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly, m_kind == Kind::OpenFolder);
  }
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    QSettings().setValue(kLastFolder, QFileInfo(file).absolutePath());
    setPath(file);
  });
  dialog->open();
}

}  // namespace twofold::ui

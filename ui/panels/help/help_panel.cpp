#include "ui/panels/help/help_panel.h"

#include <QDir>
#include <QFile>
#include <QHBoxLayout>

namespace twofold::ui {

namespace {

constexpr QLatin1String kFirstPage("getting-started.md");
constexpr int kListWidth = 240;
constexpr int kWidestPage = 760;  // longer lines are hard to follow

QString pageText(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The first heading of a page.
QString pageTitle(const QString& text) {
  return text.section('\n', 0, 0).remove('#').trimmed();
}

}  // namespace

HelpPanel::HelpPanel(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_list(new QListWidget(this)), m_page(new QTextBrowser(this)) {
  setObjectName(QStringLiteral("helpPanel"));
  m_list->setObjectName(QStringLiteral("helpPages"));
  m_list->setAccessibleName(tr("Help pages"));
  m_list->setFixedWidth(kListWidth);
  m_list->setWordWrap(true);
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_page->setMaximumWidth(kWidestPage);
  m_page->setObjectName(QStringLiteral("helpText"));
  m_page->setOpenExternalLinks(true);
  m_page->document()->setDocumentMargin(Tokens::kSpace4);
  m_page->setFont(theme.font(Theme::Size::Body));
  QStringList files = QDir(QStringLiteral(":/help")).entryList({"*.md"}, QDir::Files, QDir::Name);
  files.move(files.indexOf(kFirstPage), 0);
  for (const auto& file : std::as_const(files)) {
    const QString path = QStringLiteral(":/help/") + file;
    auto* item = new QListWidgetItem(pageTitle(pageText(path)), m_list);
    item->setData(Qt::UserRole, path);
  }
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2);
  layout->setSpacing(Tokens::kSpace3);
  layout->addWidget(m_list);
  layout->addWidget(m_page, 1);
  layout->addStretch(0);
  connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
    if (item != nullptr) {
      m_page->setMarkdown(pageText(item->data(Qt::UserRole).toString()));
    }
  });
  showPage(QStringLiteral("getting-started"));
}

void HelpPanel::showPage(const QString& name) {
  for (int i = 0; i < m_list->count(); ++i) {
    if (m_list->item(i)->data(Qt::UserRole).toString().endsWith('/' + name + ".md")) {
      m_list->setCurrentRow(i);
    }
  }
}

}  // namespace twofold::ui

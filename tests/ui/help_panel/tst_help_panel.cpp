#include <QDir>
#include <QTest>

#include "ui/panels/help/help_panel.h"

using namespace twofold::ui;

class TestHelpPanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};

 private Q_SLOTS:
  void everyPageHasATitleAndText() {
    HelpPanel panel(m_theme);
    auto* list = panel.findChild<QListWidget*>("helpPages");
    auto* page = panel.findChild<QTextBrowser*>("helpText");
    QVERIFY(list->count() >= 5);
    for (int row = 0; row < list->count(); ++row) {
      list->setCurrentRow(row);
      QVERIFY(!list->item(row)->text().isEmpty());
      QVERIFY(page->toPlainText().startsWith(list->item(row)->text()));
      QVERIFY(page->toPlainText().size() > 200);
    }
  }

  void everyPageOfTheFolderIsBuiltIn() {
    const QDir folder(TWOFOLD_FIXTURES "/../../resources/help");
    QCOMPARE(QDir(QStringLiteral(":/help")).entryList({"*.md"}, QDir::Files, QDir::Name),
             folder.entryList({"*.md"}, QDir::Files, QDir::Name));
  }

  void aPageIsShownByItsName() {
    HelpPanel panel(m_theme);
    panel.showPage("labels");
    QVERIFY(panel.findChild<QTextBrowser*>("helpText")
                ->toPlainText()
                .contains("label", Qt::CaseInsensitive));
    QCOMPARE(
        panel.findChild<QListWidget*>("helpPages")->currentItem()->data(Qt::UserRole).toString(),
        QStringLiteral(":/help/labels.md"));
  }
};

QTEST_MAIN(TestHelpPanel)
#include "tst_help_panel.moc"

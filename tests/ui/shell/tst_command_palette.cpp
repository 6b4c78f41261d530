#include <QMainWindow>
#include <QSignalSpy>
#include <QTest>

#include "ui/shell/command_palette.h"

using namespace twofold::ui;

class TestCommandPalette : public QObject {
  Q_OBJECT

 private:
  QMainWindow m_window;
  QAction m_open{"&Open project"};
  QAction m_new{"&New project"};
  QAction m_quit{"&Quit"};

 private Q_SLOTS:
  void typingFindsAndReturnRuns() {
    CommandPalette palette(&m_window);
    m_open.setShortcut(QKeySequence("Ctrl+O"));
    m_quit.setEnabled(false);
    palette.open({&m_open, &m_new, &m_quit});
    auto* list = palette.findChild<QListWidget*>();
    auto* text = palette.findChild<QLineEdit*>("commandText");
    QCOMPARE(list->count(), 2);
    QVERIFY(list->item(0)->text().contains("Ctrl+O"));
    QTest::keyClicks(text, "new");
    QCOMPARE(list->count(), 1);
    QSignalSpy triggered(&m_new, &QAction::triggered);
    QTest::keyClick(text, Qt::Key_Return);
    QCOMPARE(triggered.size(), 1);
    QVERIFY(palette.isHidden());
  }

  void arrowsChoose() {
    CommandPalette palette(&m_window);
    palette.open({&m_open, &m_new});
    auto* text = palette.findChild<QLineEdit*>("commandText");
    QTest::keyClick(text, Qt::Key_Down);
    QTest::keyClick(text, Qt::Key_Down);
    QSignalSpy triggered(&m_new, &QAction::triggered);
    QTest::keyClick(text, Qt::Key_Return);
    QCOMPARE(triggered.size(), 1);
  }

  void nothingFoundRunsNothing() {
    CommandPalette palette(&m_window);
    palette.open({&m_open});
    auto* text = palette.findChild<QLineEdit*>("commandText");
    QTest::keyClicks(text, "zzz");
    QTest::keyClick(text, Qt::Key_Down);
    QSignalSpy triggered(&m_open, &QAction::triggered);
    QTest::keyClick(text, Qt::Key_Return);
    QCOMPARE(triggered.size(), 0);
  }
};

QTEST_MAIN(TestCommandPalette)
#include "tst_command_palette.moc"

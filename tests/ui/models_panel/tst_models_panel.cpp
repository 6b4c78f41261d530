// The Models panel against a worker that is a script: what it is asked for and what is shown.
#include <sys/stat.h>

#include <QClipboard>
#include <QDesktopServices>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include "tests/ui/bridge/test_project.h"
#include "tests/ui/models_panel/some_weights.h"
#include "ui/panels/models/models_panel.h"

using namespace twofold;
using namespace twofold::ui;

class TestModelsPanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<QTemporaryDir> m_folder;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<CatalogLoader> m_catalog;
  std::unique_ptr<ModelsPanel> m_panel;
  QUrl m_opened;

  template <class Widget>
  Widget* child(const char* name) {
    return m_panel->findChild<Widget*>(name);
  }
  QTableView* table() { return child<QTableView>("weightsTable"); }
  void write(const QString& name, const QByteArray& text) {
    QFile file(m_folder->filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.setPermissions(file.permissions() | QFile::ExeOwner);
  }
  /// What the script prints for list, add and remove from now on.
  void answer(const std::vector<weights::WeightsFolder>& folders) {
    formats::Json list = formats::Json::array();
    for (const auto& folder : folders) {
      list.push_back(toJson(folder));
    }
    const formats::Json line = {{"type", "result"},
                                {"command", "weights list"},
                                {"available", 8'000'000'000},
                                {"folders", list}};
    write("list.json", QByteArray::fromStdString(line.dump() + "\n"));
  }
  QString asked() {
    QFile file(m_folder->filePath("asked"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
  }
  void show() {
    m_panel->show();
    QTRY_VERIFY(!m_panel->isLoading());
  }
  void select(int row) { table()->setCurrentIndex(table()->model()->index(row, 0)); }

 private Q_SLOTS:
  void open(const QUrl& url) { m_opened = url; }

  void init() {
    QStandardPaths::setTestModeEnabled(true);
    m_folder = std::make_unique<QTemporaryDir>();
    const QByteArray here = m_folder->path().toUtf8();
    write("worker",
          "#!/bin/sh\necho \"$*\" >> " + here + "/asked\ncase \"$2\" in\nverify) cat " + here +
              "/verify.json; test -e " + here + "/slow && exec sleep 30;;\n*) cat " + here +
              "/list.json;;\nesac\nexit $(cat " + here + "/status 2>/dev/null || echo 0)\n");
    qputenv("TWOFOLD_WORKER", m_folder->filePath("worker").toUtf8());
    answer(threeFolders());
    m_session = std::make_unique<Session>();
    m_catalog = std::make_unique<CatalogLoader>();
    m_panel = std::make_unique<ModelsPanel>(*m_session, m_theme, *m_catalog);
    m_panel->resize(1200, 700);
  }
  void cleanup() { m_panel.reset(); }

  void theListIsReadWhenThePanelIsFirstShown() {
    QCOMPARE(asked(), QString());
    show();
    QVERIFY2(asked().startsWith("weights list"), qPrintable(asked()));
    QCOMPARE(table()->model()->rowCount(), 3);
    QVERIFY(child<QLabel>("weightsCount")->text().startsWith("3 models"));
    QVERIFY(child<QLabel>("weightsTitle")->text().startsWith("small: ESM-2"));
  }

  void anEmptyListOffersToAddAFolder() {
    answer({});
    show();
    QVERIFY(child<QLabel>("emptyText")->text().contains("model.safetensors"));
    QCOMPARE(child<QPushButton>("emptyAction")->text(), QString("Add folder…"));
  }

  void aWorkerThatFailsIsToldInThePanel() {
    write("list.json", "{\"type\":\"error\",\"kind\":\"bad-input\",\"message\":\"broken list\"}\n");
    write("status", "65");
    show();
    QVERIFY(child<QLabel>("emptyText")->text().contains("broken list"));
  }

  void onlyWhatCanBeDoneIsOffered() {
    show();
    QVERIFY(child<QPushButton>("useWeights")->isEnabled());
    QVERIFY(!child<QPushButton>("removeWeights")->isEnabled());  // it is shipped
    select(1);
    QVERIFY(child<QPushButton>("removeWeights")->isEnabled());
    select(2);
    QVERIFY(!child<QPushButton>("useWeights")->isEnabled());
    QVERIFY(child<QLabel>("weightsProblem")->text().contains("pickled"));
    QVERIFY(!child<QLabel>("weightsCommand")->isVisible());
  }

  void aModelIsUsedByButtonAndByEnter() {
    show();
    select(1);
    QSignalSpy wanted(m_panel.get(), &ModelsPanel::useWanted);
    child<QPushButton>("useWeights")->click();
    QTest::keyClick(table(), Qt::Key_Return);
    QCOMPARE(wanted.size(), 2);
    QCOMPARE(wanted[1][0].toString(), QString("esm2"));
    QCOMPARE(wanted[1][1].toString(), QString("/weights/mine"));
  }

  void addingAndRemovingGoThroughTheWorker() {
    show();
    m_panel->add("/new/place");
    QTRY_VERIFY(!m_panel->isLoading());
    QVERIFY2(asked().contains("weights add /new/place"), qPrintable(asked()));
    select(1);
    child<QPushButton>("removeWeights")->click();
    QTRY_VERIFY(!m_panel->isLoading());
    QVERIFY2(asked().contains("weights remove /weights/mine"), qPrintable(asked()));
  }

  void anAddThatFailsIsAMessageAndTheListStays() {
    show();
    QSignalSpy said(m_session.get(), &Session::message);
    write("list.json", "{\"type\":\"error\",\"kind\":\"bad-input\",\"message\":\"no weights\"}\n");
    write("status", "65");
    m_panel->add("/new/place");
    QTRY_COMPARE(said.size(), 1);
    QVERIFY(said[0][0].toString().contains("no weights"));
    QCOMPARE(table()->model()->rowCount(), 3);
  }

  void aDroppedFolderIsAdded() {
    show();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(m_folder->path())});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_panel.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_panel.get(), &drop);
    QTRY_VERIFY(asked().contains("weights add " + m_folder->path()));
  }

  void aSoundFolderIsToldSo() {
    show();
    write("verify.json", "{\"type\":\"result\",\"command\":\"weights verify\",\"tensors\":113}\n");
    child<QPushButton>("verifyWeights")->click();
    QTRY_VERIFY(child<QLabel>("weightsCheck")->text().contains("113 tensors"));
    select(1);
    QVERIFY(!child<QLabel>("weightsCheck")->isVisible());
    select(0);
    QVERIFY(child<QLabel>("weightsCheck")->text().contains("113 tensors"));
  }

  void aCheckShowsItsProgressAndStops() {
    show();
    write("verify.json",
          "{\"type\":\"progress\",\"stage\":\"Hashing\",\"done\":5,\"total\":10,\"unit\":\"MiB\","
          "\"rate\":2.0,\"eta_s\":3.0}\n");
    write("slow", "");
    child<QPushButton>("verifyWeights")->click();
    QTRY_VERIFY(child<QLabel>("weightsCheck")->text().contains("5 of 10 MiB"));
    QVERIFY(!child<QPushButton>("verifyWeights")->isEnabled());
    QTRY_VERIFY(!m_panel->isLoading());
    child<QPushButton>("weightsStop")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!child<QPushButton>("weightsStop")->isVisible(), 3000);
    QVERIFY(child<QPushButton>("verifyWeights")->isEnabled());
  }

  void theCommandIsCopied() {
    show();
    child<QPushButton>("weightsCopy")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QString("twofold-worker embed --backbone esm2 --weights /weights/small"));
  }

  void theFolderIsShownInTheFileManager() {
    show();
    QDesktopServices::setUrlHandler("file", this, "open");
    child<QPushButton>("revealWeights")->click();
    QDesktopServices::unsetUrlHandler("file");
    QCOMPARE(m_opened, QUrl::fromLocalFile("/weights/small"));
  }

  void theLicenceIsReadFromTheFolder() {
    auto folder = someWeights("licensed", weights::WeightsFolder::Origin::Added);
    folder.path = m_folder->path().toStdString();
    write("LICENSE", "MIT License\n\nPermission is hereby granted");
    // Opened, it would hold the window up for ever.
    QCOMPARE(::mkfifo(m_folder->filePath("pipe").toUtf8().constData(), 0600), 0);
    write("README.md",
          "---\nlicense: mit\n---\n# A model\nWhat it is for. <script>no</script>\n\n![x](" +
              m_folder->filePath("pipe").toUtf8() + ")");
    answer({folder});
    show();
    QTRY_VERIFY(child<QPlainTextEdit>("weightsLicence")->toPlainText().contains("Permission"));
    QCOMPARE(child<QLabel>("weightsLicenceTitle")->text(), QString("Licence: mit"));
    QVERIFY(child<QTextEdit>("weightsCard")->toPlainText().contains("What it is for."));
    QVERIFY(!child<QTextEdit>("weightsCard")->toPlainText().contains("license:"));
  }

  void everythingIsReachedByKeyboardAndHasAName() {
    show();
    for (auto* button : m_panel->findChildren<QPushButton*>()) {
      QVERIFY(!button->text().isEmpty() || !button->isVisible());
      QVERIFY(button->focusPolicy() & Qt::TabFocus);
    }
    QVERIFY(!table()->accessibleName().isEmpty());
    QVERIFY(!child<QPlainTextEdit>("weightsLicence")->accessibleName().isEmpty());
    QVERIFY(!child<QTextEdit>("weightsCard")->accessibleName().isEmpty());
  }
};

QTEST_MAIN(TestModelsPanel)
#include "tst_models_panel.moc"

#include <QFile>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "ui/plots/plot_view.h"

using namespace twofold::ui;

namespace {

PlotSpec sample() {
  PlotSpec spec;
  spec.title = QStringLiteral("Validation loss is lowest at epoch 2: 0.500");
  spec.note = QStringLiteral("n = 3 values");
  spec.x = {QStringLiteral("Epoch"), {}, true};
  spec.y = {QStringLiteral("Loss, nats"), {}, false};
  spec.lines = {{QStringLiteral("Validation"), {1, 2, 3}, {0.7, std::nan(""), 0.6}, 0}};
  spec.marks = {{3, 0.6, QStringLiteral("best"), 0}};
  return spec;
}

int pixelsLike(const QImage& image, const QColor& color) {
  int count = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      count += image.pixelColor(x, y).rgb() == color.rgb() ? 1 : 0;
    }
  }
  return count;
}

}  // namespace

class TestPlotView : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void titleAndNoteAreShownAsText() {
    Theme theme(ThemeMode::Light);
    PlotView view(theme);
    view.setSpec(sample());
    QCOMPARE(view.findChild<QLabel*>("plotTitle")->text(), sample().title);
    QCOMPARE(view.findChild<QLabel*>("plotNote")->text(), sample().note);
    QCOMPARE(view.accessibleName(), sample().title);
  }

  void followsTheTheme() {
    Theme theme(ThemeMode::Light);
    PlotView view(theme);
    view.resize(400, 300);
    view.show();
    view.setSpec(sample());
    const int light = pixelsLike(view.image(), tokens(ThemeMode::Light).raised);
    QVERIFY(light > 20'000);
    theme.setMode(ThemeMode::Dark);
    QVERIFY(pixelsLike(view.image(), tokens(ThemeMode::Dark).raised) > 20'000);
  }

  void emptyAndUndrawableDataDoNotHarm() {
    Theme theme(ThemeMode::Light);
    PlotView view(theme);
    view.setSpec({});
    PlotSpec spec = sample();
    spec.lines[0].y = {std::nan(""), std::nan(""), std::nan("")};
    spec.marks.clear();
    view.setSpec(spec);
    view.resetRange();
    QVERIFY(!view.image().isNull());
  }

  void rowsHaveNames() {
    Theme theme(ThemeMode::Light);
    PlotView view(theme);
    view.resize(400, 300);
    view.show();
    PlotSpec spec = sample();
    spec.lines[0].y = {0, 1, 0};
    spec.lines[0].isListed = false;
    const QImage numbers = [&] {
      view.setSpec(spec);
      return view.image();
    }();
    spec.y.names = QStringList{"r1", "r2"};
    view.setSpec(spec);
    QVERIFY(view.image() != numbers);
  }

  void namedPlacesHaveNamesForNumbers() {
    Theme theme(ThemeMode::Light);
    PlotView view(theme);
    view.resize(400, 300);
    PlotSpec spec = sample();
    spec.x.names = {"none", "few", "some", "many"};
    view.setSpec(spec);
    const QImage named = view.image();
    spec.x.names = {"none", "few", "other", "many"};
    view.setSpec(spec);
    QVERIFY(view.image() != named);
    view.setSpec(sample());
    const QImage numbered = view.image();
    QVERIFY(numbered != named);
    view.setSpec(sample());
    QVERIFY2(view.image() == numbered, "the same chart is the same picture");
  }

  void exportWritesPictureAndTable() {
    Theme theme(ThemeMode::Light);
    PlotView view(theme);
    view.resize(400, 300);
    view.setSpec(sample());
    const QTemporaryDir folder;
    const QString png = folder.filePath("loss.png");
    QCOMPARE(view.exportTo(png), QString());
    QVERIFY(!QImage(png).isNull());
    QFile csv(folder.filePath("loss.csv"));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(csv.readAll());
    QVERIFY(text.contains("series,Epoch,\"Loss, nats\""));
    QVERIFY(text.contains("Validation,1,0.7"));
    QVERIFY2(text.contains("Validation,2,\n"), "a missing value is empty, not zero");
  }

  void exportSaysWhenItCannotWrite() {
    Theme theme(ThemeMode::Light);
    PlotView view(theme);
    view.setSpec(sample());
    QVERIFY(view.exportTo("/nonexistent/folder/x.png").contains("cannot be written"));
  }
};

QTEST_MAIN(TestPlotView)
#include "tst_plot_view.moc"

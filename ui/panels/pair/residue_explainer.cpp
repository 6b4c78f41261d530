#include "ui/panels/pair/residue_explainer.h"

#include <QHBoxLayout>
#include <QStyle>
#include <algorithm>
#include <exception>

#include "core/base/error.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

namespace twofold::ui {

namespace {

QString helpText() {
  return QObject::tr(
      "Replaces a few residues at a time by X, embeds the protein anew and sees how far the logit "
      "falls through the sequence channel. The structure and the sequences then show it.");
}

ResidueValues valuesOf(const formats::Json& body) {
  const auto& both = body.at("residues");
  const auto& first = both.at(0);
  const auto values = [](const formats::Json& of) {
    return of.at("values").get<std::vector<float>>();
  };
  return {
      QString::fromStdString(body.at("run").get<std::string>()),
      QString::fromStdString(body.at("a").get<std::string>()),
      QString::fromStdString(body.at("b").get<std::string>()),
      values(first),
      values(both.at(1)),
      QObject::tr("Occlusion, %1 residues at a time").arg(first.at("window").get<std::int64_t>())};
}

/// Where interaction is most spoken for, also for pairs without structure.
QString wordsOf(const ResidueValues& values) {
  const auto strongest = [](const std::vector<float>& of) {
    return QString::number(std::max_element(of.begin(), of.end()) - of.begin() + 1);
  };
  if (values.a.empty() || values.b.empty()) {
    return values.method;
  }
  return QObject::tr(
             "%1: most for interaction at residue %2 of %3 and %4 of %5. All are shown in "
             "the sequences and the structure, where there is one.")
      .arg(values.method, strongest(values.a), values.idA, strongest(values.b), values.idB);
}

}  // namespace

ResidueExplainer::ResidueExplainer(Session& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_button(new QPushButton(this)),
      m_words(new QLabel(this)) {
  m_button->setObjectName(QStringLiteral("explainResidues"));
  m_button->setToolTip(helpText());
  m_words->setObjectName(QStringLiteral("explainState"));
  m_words->setProperty("role", "muted");
  m_words->setWordWrap(true);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addWidget(m_button);
  layout->addWidget(m_words, 1);
  end({});
  connect(m_button, &QPushButton::clicked, this, [this] {
    if (m_command) {
      m_command->stop();
    } else {
      start();
    }
  });
  connect(&session, &Session::residueValuesChanged, this, [this] {
    if (!isBusy() && !m_session.residueValues()) {
      end({});  // they were taken off elsewhere
    }
  });
  m_button->setEnabled(false);
  for (const auto signal :
       {&Session::pairFocused, &Session::runFocused, &Session::projectChanged}) {
    connect(&session, signal, this, &ResidueExplainer::forget);
  }
}

ResidueExplainer::~ResidueExplainer() = default;

void ResidueExplainer::setChannels(const QStringList& channels) {
  m_button->setEnabled(!channels.isEmpty());
  if (m_channels != channels) {
    m_channels = channels;
    forget();
  }
}

void ResidueExplainer::forget() {
  m_command.reset();
  m_session.showResidueValues(std::nullopt);
  end({});
}

void ResidueExplainer::start() {
  const auto& pair = m_session.pair();
  if (!pair || m_channels.isEmpty() || m_session.run().isEmpty() ||
      m_session.project() == nullptr) {
    return;
  }
  QStringList arguments = {
      QStringLiteral("explain"), pair->idA,       pair->idB,
      QStringLiteral("--run"),   m_session.run(), QStringLiteral("--residues")};
  arguments << QStringLiteral("--channels") << m_channels.join(QLatin1Char(','));
  m_command = std::make_unique<WorkerCommand>(
      QString::fromStdString(m_session.project()->folder().string()), arguments);
  connect(m_command.get(), &WorkerCommand::progressed, this,
          [this](const runs::ProgressEvent& progress) {
            m_words->setText(progress.total > 0
                                 ? tr("%1 of %2 %3")
                                       .arg(countText(progress.done), countText(progress.total),
                                            QString::fromStdString(progress.unit))
                                 : QString::fromStdString(progress.stage));
          });
  connect(m_command.get(), &WorkerCommand::succeeded, this, &ResidueExplainer::succeed);
  connect(m_command.get(), &WorkerCommand::failed, this,
          [this](const QString& message) { end(message, true); });
  connect(m_command.get(), &WorkerCommand::stopped, this, [this] { end(tr("Stopped")); });
  m_button->setText(tr("Stop"));
  m_words->setText(tr("Loading the model"));
  m_command->start();
}

void ResidueExplainer::succeed(const runs::ResultEvent& result) {
  try {
    auto values = valuesOf(result.body);
    const QString words = wordsOf(values);
    m_session.showResidueValues(std::move(values));
    end(words);
  } catch (const std::exception& error) {
    end(tr("The worker's answer cannot be read: %1").arg(error.what()), true);
  }
}

void ResidueExplainer::end(const QString& words, bool isBad) {
  if (m_command) {
    m_command.release()->deleteLater();
  }
  m_button->setText(tr("Which residues?"));
  m_words->setText(words);
  m_words->setProperty("role", isBad ? QVariant() : QVariant("muted"));
  m_words->setProperty("state", isBad ? QVariant("bad") : QVariant());
  m_words->style()->unpolish(m_words);
  m_words->style()->polish(m_words);
}

}  // namespace twofold::ui

#!/usr/bin/env python3
"""200 generated sets of scored pairs with what scikit-learn, scipy and statsmodels say about them.

    python3 -m venv /tmp/metrics && /tmp/metrics/bin/pip install scikit-learn==1.9.1 statsmodels==0.15.0
    /tmp/metrics/bin/python tests/reference/make_metric_cases.py tests/fixtures/metrics/cases.json

Scores are single precision, all arithmetic is double. null stands for undefined (NaN). Where scikit-learn
says 0 for something undefined (average precision without positives), null is written. log_loss takes
probabilities that are kept one single-precision epsilon away from 0 and 1, as scikit-learn does for
single-precision input. DeLong, selective prediction, precision at k and per-protein MCC are not in these
libraries: they are computed here by the plain formulas, in time that grows with the square.
"""

import json
import math
import sys
import warnings

import numpy as np
from scipy import stats
from sklearn import metrics
from sklearn.isotonic import IsotonicRegression
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

BINS = 15
EPSILON = float(np.finfo(np.float32).eps)
KINDS = ["uniform", "good", "grid", "coarse", "constant", "certain", "logits", "rare"]


def scores_of(rng, kind, labels):
    n = len(labels)
    if kind == "uniform":
        scores = rng.random(n)
    elif kind == "good":
        scores = np.clip(0.25 * rng.standard_normal(n) + 0.3 + 0.4 * labels, 0, 1)
    elif kind == "grid":
        scores = np.round(np.clip(rng.random(n) + 0.2 * labels, 0, 1), 1)
    elif kind == "coarse":
        scores = rng.integers(0, 3, n) / 2
    elif kind == "constant":
        scores = np.full(n, rng.random())
    elif kind == "certain":
        scores = rng.integers(0, 2, n).astype(float)
    elif kind == "logits":
        scores = 3 * rng.standard_normal(n) + labels
    else:
        scores = rng.beta(0.3, 3, n)
    return scores.astype(np.float32)


def labels_of(rng, case, n):
    if case % 9 == 3:
        return np.full(n, case // 9 % 2)
    share = [0.5, 0.1, 0.9, 0.3][case % 4]
    labels = (rng.random(n) < share).astype(int)
    if case % 11 == 5:
        labels[:] = 0
        labels[rng.integers(0, n)] = 1
    return labels


def defined(value):
    return None if value is None or not math.isfinite(value) else float(value)


def ece(labels, p, weight):
    bins = np.clip((p * BINS).astype(int), 0, BINS - 1)
    gaps = [abs(float(np.sum(weight[bins == b] * (labels - p)[bins == b]))) for b in range(BINS)]
    return sum(gaps) / float(np.sum(weight))


def values(labels, scores, threshold, weight, is_probability):
    """The metrics of the catalog in its order; pairs of weight 0 are as if they were not there."""
    keep = weight > 0
    labels, scores, weight = labels[keep], scores[keep].astype(float), weight[keep]
    if not len(labels):
        return [None] * 4 + [0.0] + [None] * 5
    calls = (scores >= threshold).astype(int)
    options = {"sample_weight": weight, "zero_division": np.nan}
    both = 0 < labels.sum() < len(labels)
    found = [
        metrics.accuracy_score(labels, calls, sample_weight=weight),
        metrics.precision_score(labels, calls, **options),
        metrics.recall_score(labels, calls, **options),
        metrics.f1_score(labels, calls, **options),
        metrics.matthews_corrcoef(labels, calls, sample_weight=weight),
        metrics.roc_auc_score(labels, scores, sample_weight=weight) if both else None,
        metrics.average_precision_score(labels, scores, sample_weight=weight) if labels.any() else None,
    ]
    if is_probability:
        clipped = np.clip(scores, EPSILON, 1 - EPSILON)
        found += [
            metrics.brier_score_loss(labels, scores, sample_weight=weight, pos_label=1),
            ece(labels, scores, weight),
            metrics.log_loss(labels, clipped, sample_weight=weight, labels=[0, 1]),
        ]
    else:
        found += [None] * 3
    return [defined(v) for v in found]


def at_prevalence(labels, scores, threshold, prevalence):
    if not 0 < labels.sum() < len(labels):
        return [None] * 4
    share = labels.mean()
    weight = np.where(labels == 1, prevalence / share, (1 - prevalence) / (1 - share))
    calls = (scores >= threshold).astype(int)
    options = {"sample_weight": weight, "zero_division": np.nan}
    return [
        defined(metrics.precision_score(labels, calls, **options)),
        defined(metrics.f1_score(labels, calls, **options)),
        # Weights that are no whole numbers leave a variance of -1e-18 where all calls are alike.
        defined(metrics.matthews_corrcoef(labels, calls, sample_weight=weight)) if len(set(calls)) > 1 else 0.0,
        defined(metrics.average_precision_score(labels, scores.astype(float), sample_weight=weight)),
    ]


def thresholds(labels, scores):
    """Best F1 and MCC, lowest threshold with precision 0.6, least cost at 5:1."""
    if not 0 < labels.sum() < len(labels):
        return [None] * 4
    distinct = np.unique(scores)[::-1].astype(float)

    def best(worth):
        found = [worth(labels, (scores >= t).astype(int)) for t in distinct]
        return distinct[int(np.argmax(found))]

    precision, _, cuts = metrics.precision_recall_curve(labels, scores.astype(float))
    enough = [t for p, t in zip(precision, cuts) if p >= 0.6]
    cost = [5 * np.sum((scores >= t) & (labels == 0)) + np.sum((scores < t) & (labels == 1)) for t in distinct]
    cheapest = int(np.argmin(cost))
    return [
        float(best(metrics.f1_score)),
        float(best(metrics.matthews_corrcoef)),
        float(min(enough)) if enough else None,
        float(distinct[cheapest]) if cost[cheapest] < labels.sum() else math.nextafter(distinct[0], math.inf),
    ]


def isotonic(labels, scores):
    asked = np.concatenate([scores.astype(float), (scores[:20].astype(float) + 0.01), [-5.0, 5.0]])
    fit = IsotonicRegression(out_of_bounds="clip").fit(scores.astype(float), labels)
    return [float(x) for x in asked[-22:]], [float(y) for y in fit.predict(asked)][-22:]


def delong(labels, first, second):
    m, n = labels.sum(), len(labels) - labels.sum()
    if m < 2 or n < 2:
        return [None, None, None]

    def components(scores):
        wins = np.sign(scores[labels == 1][:, None] - scores[labels == 0][None, :].astype(float)) / 2 + 0.5
        return wins.mean(axis=1), wins.mean(axis=0)

    (p1, n1), (p2, n2) = components(first.astype(float)), components(second.astype(float))
    covariance = np.cov(p1, p2) / m + np.cov(n1, n2) / n
    variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    delta = p2.mean() - p1.mean()
    p = 2 * stats.norm.sf(abs(delta) / math.sqrt(variance)) if variance > 1e-15 else None
    return [float(delta), float(variance), p]


def protein_mcc(labels, calls, a, b):
    found = []
    for protein in np.unique(np.concatenate([a, b])):
        own = (a == protein) | (b == protein)
        if 0 < labels[own].sum() < own.sum():
            found.append(metrics.matthews_corrcoef(labels[own], calls[own]))
    return [defined(np.mean(found)) if found else None, len(found)]


def precision_at(labels, scores, k):
    order = np.sort(scores)[::-1]
    k = min(k, len(scores))
    above, tied = scores > order[k - 1], scores == order[k - 1]
    return float((labels[above].sum() + (k - above.sum()) * labels[tied].mean()) / k)


def selective_area(confidence, right):
    total = 0.0
    for k in range(1, len(right) + 1):
        cut = np.sort(confidence)[::-1][k - 1]
        above, tied = confidence > cut, confidence == cut
        total += (right[above].sum() + (k - above.sum()) * right[tied].mean()) / k
    return float(total / len(right))


def case_of(case):
    rng = np.random.default_rng(1000 + case)
    kind = KINDS[case % len(KINDS)]
    n = 1 if case % 25 == 7 else [6, 20, 60, 150][case // 8 % 4]
    if case % 50 == 13:
        n = 600
    labels = labels_of(rng, case, n)
    scores = scores_of(rng, kind, labels)
    second = scores_of(rng, kind, labels)
    threshold = float(np.float32(rng.choice(scores))) if case % 3 else 0.5
    proteins = max(2, n // 3)
    a, b = rng.integers(0, proteins, n), rng.integers(0, proteins, n)
    multiplicity = rng.multinomial(proteins, np.full(proteins, 1 / proteins))
    is_probability = kind != "logits"
    calls, other = (scores >= threshold).astype(int), (second >= threshold).astype(int)
    only = [int(np.sum((calls == labels) & (other != labels))), int(np.sum((calls != labels) & (other == labels)))]
    exact = sum(only) < 25
    table = [[0, only[0]], [only[1], 0]]
    p = rng.random(int(rng.integers(1, 12))) ** 3
    p[rng.random(len(p)) < 0.2] = p[0]
    x, y = isotonic(labels, scores)
    confidence = np.where(calls == 1, scores.astype(float), 1 - scores.astype(float))
    if not is_probability:
        confidence = np.abs(scores.astype(float) - threshold)
    one = np.ones(n)
    weight = (multiplicity[a] * multiplicity[b]).astype(float)
    return {
        "name": f"{kind} {case}",
        "scores": [float(f"{s:.9g}") for s in scores],
        "second": [float(f"{s:.9g}") for s in second],
        "labels": "".join(map(str, labels)),
        "a": a.tolist(),
        "b": b.tolist(),
        "multiplicity": multiplicity.tolist(),
        "threshold": threshold,
        "is_probability": is_probability,
        "values": values(labels, scores, threshold, one, is_probability),
        "weighted": values(labels, scores, threshold, weight, is_probability),
        "prevalence": at_prevalence(labels, scores, threshold, 0.01),
        "thresholds": thresholds(labels, scores),
        "isotonic": {"x": x, "y": y},
        "delong": delong(labels, scores, second),
        "mcnemar": {"only": only, "p": float(mcnemar(table, exact=exact, correction=True).pvalue) if sum(only) else 1.0},
        "holm": {"p": p.tolist(), "adjusted": multipletests(p, method="holm")[1].tolist()},
        "protein_mcc": protein_mcc(labels, calls, a, b),
        "precision_at": precision_at(labels, scores, 5),
        "selective": selective_area(confidence, (calls == labels).astype(float)),
    }


def main(out):
    warnings.simplefilter("ignore")
    with open(out, "w", encoding="utf-8") as file:
        json.dump([case_of(i) for i in range(200)], file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

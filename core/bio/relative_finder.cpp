#include "core/bio/relative_finder.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/bio/blosum62.h"
#include "core/bio/words.h"

namespace twofold::bio {

namespace {

constexpr std::array<std::size_t, 4> kWord = {0, 1, 3, 5};  // found most of six shapes tried
constexpr std::uint32_t kWords = 20 * 20 * 20 * 20;
constexpr std::uint32_t kMostPlaces = 1U << 20;
constexpr std::int32_t kDrop = 16;     // half bits that a segment may lose before it ends
constexpr std::int32_t kSegment = 28;  // half bits that a segment counts from
constexpr std::int64_t kNear = 48;     // diagonals that gaps may lie between
constexpr double kBase = 30;           // see leastScore()
constexpr double kPerResidue = 0.6;
constexpr double kLongest = 1200;

using Letters = std::vector<std::uint8_t>;

/// One shared word as a number, in the order sequence, diagonal, place: sorting numbers is what
/// takes the time.
using Hit = std::uint64_t;

constexpr int kPlaceBits = 20;
constexpr int kDiagonalBits = 21;

Hit hitOf(std::uint32_t sequence, std::uint32_t place, std::uint32_t placeInQuery) {
  const std::uint64_t diagonal = std::uint64_t{kMostPlaces} + place - placeInQuery;
  return std::uint64_t{sequence} << (kDiagonalBits + kPlaceBits) | diagonal << kPlaceBits |
         placeInQuery;
}

std::uint32_t placeOf(Hit hit) {
  return static_cast<std::uint32_t>(hit & (kMostPlaces - 1));
}

/// Place in the sequence - place in the query.
std::int64_t diagonalOf(Hit hit) {
  return static_cast<std::int64_t>(hit >> kPlaceBits & ((1U << kDiagonalBits) - 1)) -
         std::int64_t{kMostPlaces};
}

std::uint32_t sequenceOf(Hit hit) {
  return static_cast<std::uint32_t>(hit >> (kDiagonalBits + kPlaceBits));
}

struct Segment {
  std::int64_t diagonal = 0;
  std::int32_t score = 0;
};

Letters lettersOf(std::string_view sequence) {
  Letters letters(sequence.size());
  std::transform(sequence.begin(), sequence.end(), letters.begin(),
                 [](char letter) { return static_cast<std::uint8_t>(blosumIndex(letter)); });
  return letters;
}

/// Runs such as QQQQ and SGSG say nothing about descent and are everywhere.
bool isTelling(std::uint32_t word) {
  const std::array<std::uint32_t, kWord.size()> letters = {word / 8000, word / 400 % 20,
                                                           word / 20 % 20, word % 20};
  std::uint32_t seen = 0;
  for (const auto letter : letters) {
    seen |= 1U << letter;
  }
  return std::popcount(seen) >= 3;
}

std::vector<Word> tellingWords(std::string_view sequence) {
  auto words = wordsIn(sequence.substr(0, kMostPlaces), kWord);
  std::erase_if(words, [](const Word& word) { return !isTelling(word.value); });
  return words;
}

/// What relatives reach at least: more, the longer the stretch that has to be alike. Of 1,429
/// relatives of 40 % identity and more among yeast's proteins one reached less.
double leastScore(std::size_t shorter, double coverage) {
  return kBase + kPerResidue * coverage * std::min(static_cast<double>(shorter), kLongest);
}

/// The best stretch without gaps through a word; `end` becomes the place in the query after it.
std::int32_t extended(const Letters& query, const Letters& other, Hit hit, std::uint32_t& end) {
  const std::uint32_t place = placeOf(hit);
  const std::int64_t placeInOther = place + diagonalOf(hit);
  const std::uint8_t* a = query.data() + place;
  const std::uint8_t* b = other.data() + placeInOther;
  const auto right = std::min(static_cast<std::int64_t>(query.size()) - place,
                              static_cast<std::int64_t>(other.size()) - placeInOther);
  const auto left = std::min<std::int64_t>(place, placeInOther);
  std::int32_t best = 0;
  std::int32_t sum = 0;
  std::int64_t last = 0;
  for (std::int64_t i = 0; i < right && sum > best - kDrop; ++i) {
    sum += kBlosum62[a[i]][b[i]];
    if (sum > best) {
      best = sum;
      last = i + 1;
    }
  }
  end = place + static_cast<std::uint32_t>(last);
  sum = best;
  for (std::int64_t i = 1; i <= left && sum > best - kDrop; ++i) {
    sum += kBlosum62[a[-i]][b[-i]];
    best = std::max(best, sum);
  }
  return best;
}

/// The largest sum of segments within kNear diagonals; `segments` ascend by diagonal.
std::int32_t bestSum(std::span<const Segment> segments) {
  std::int32_t best = 0;
  std::int32_t sum = 0;
  std::size_t first = 0;
  for (const Segment& segment : segments) {
    sum += segment.score;
    while (segments[first].diagonal + kNear < segment.diagonal) {
      sum -= segments[first++].score;
    }
    best = std::max(best, sum);
  }
  return best;
}

}  // namespace

RelativeFinder::RelativeFinder(std::span<const std::string_view> sequences)
    : m_starts(kWords + 1, 0) {
  std::vector<std::vector<Word>> words;
  for (const auto sequence : sequences) {
    m_letters.push_back(lettersOf(sequence));
    words.push_back(tellingWords(sequence));
    for (const Word& word : words.back()) {
      ++m_starts[word.value + 1];
    }
  }
  for (std::size_t word = 0; word < kWords; ++word) {
    m_starts[word + 1] += m_starts[word];
  }
  m_entries.resize(m_starts.back());
  auto next = m_starts;
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    for (const Word& word : words[i]) {
      m_entries[next[word.value]++] = {i, word.place};
    }
  }
}

std::vector<RelativeFinder::Candidate> RelativeFinder::candidates(std::string_view query,
                                                                  double coverage) const {
  std::vector<Hit> hits;
  for (const Word& word : tellingWords(query)) {
    for (std::uint32_t i = m_starts[word.value]; i < m_starts[word.value + 1]; ++i) {
      hits.push_back(hitOf(m_entries[i].sequence, m_entries[i].place, word.place));
    }
  }
  std::sort(hits.begin(), hits.end());
  const Letters letters = lettersOf(query);
  std::vector<Candidate> found;
  std::vector<Segment> segments;
  for (std::size_t i = 0; i < hits.size();) {
    const std::uint32_t sequence = sequenceOf(hits[i]);
    const Letters& other = m_letters[sequence];
    segments.clear();
    std::int64_t diagonal = diagonalOf(hits[i]);
    std::uint32_t end = 0;
    for (; i < hits.size() && sequenceOf(hits[i]) == sequence; ++i) {
      if (diagonalOf(hits[i]) == diagonal && placeOf(hits[i]) < end) {
        continue;  // within a segment that was looked at
      }
      diagonal = diagonalOf(hits[i]);
      const auto score = extended(letters, other, hits[i], end);
      if (score >= kSegment) {
        segments.push_back({diagonal, score});
      }
    }
    const auto score = bestSum(segments);
    if (score >= leastScore(std::min(query.size(), other.size()), coverage)) {
      found.push_back({sequence, score});
    }
  }
  return found;
}

}  // namespace twofold::bio

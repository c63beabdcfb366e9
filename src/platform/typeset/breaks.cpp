#include "platform/typeset/breaks.h"

#include <glib.h>
#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

namespace anlan::typeset {
namespace {

// A line is stretched by at most this part of a cell at every gap; beyond it stays ragged.
constexpr double kMostStretch = 0.09;

using MakeIterator = icu::BreakIterator* (*)(const icu::Locale&, UErrorCode&);

std::vector<bool> starts_of(std::string_view text, MakeIterator make, const char* locale) {
  std::vector<bool> starts(text.size() + 1, false);
  UErrorCode code = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> iterator(make(icu::Locale(locale), code));
  ANLAN_ASSERT(U_SUCCESS(code));
  UText bytes = UTEXT_INITIALIZER;
  utext_openUTF8(&bytes, text.data(), static_cast<std::int64_t>(text.size()), &code);
  iterator->setText(&bytes, code);
  ANLAN_ASSERT(U_SUCCESS(code));
  for (std::int32_t at = iterator->next(); at != icu::BreakIterator::DONE; at = iterator->next())
    starts[static_cast<std::size_t>(at)] = true;
  utext_close(&bytes);
  return starts;
}

bool is_one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }

// UAX #14 binds a quotation mark on both sides, since it cannot know which way it points; in Chinese it can be known.
void free_quotation_marks(std::string_view text, std::vector<bool>& starts) {
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at < end; at = g_utf8_next_char(at)) {
    const char32_t c = g_utf8_get_char(at);
    const char* const next = g_utf8_next_char(at);
    if (is_one_of(c, U"“‘") && at > text.data()) {
      const char32_t before = g_utf8_get_char(g_utf8_prev_char(at));
      if (g_unichar_iswide(before) && !is_one_of(before, U"（《〈「『【〔")) starts[at - text.data()] = true;
    }
    if (is_one_of(c, U"”’") && next < end) {
      const char32_t after = g_utf8_get_char(next);
      if (g_unichar_iswide(after) && !is_one_of(after, U"，。、；：！？）》〉」』】〕％"))
        starts[next - text.data()] = true;
    }
  }
}

// Only gaps beside a full-width cluster are widened: a Western word or a number is not pulled apart.
double gap_for(const ShapedText& shaped, const Line& line, double slack) {
  std::size_t gaps = 0;
  for (std::size_t i = line.first; i + 1 < line.last; ++i)
    gaps += shaped.clusters[i].full_width || shaped.clusters[i + 1].full_width;
  if (gaps == 0 || slack <= 0) return 0;
  const double gap = slack / static_cast<double>(gaps);
  return gap <= kMostStretch * shaped.style.size_pt ? gap : 0;
}

// Spaces hang: they are never what makes a line too long.
bool is_space(const ShapedText& shaped, std::size_t i) {
  return g_unichar_isspace(g_utf8_get_char(shaped.text.data() + shaped.clusters[i].begin));
}

// One past the last cluster that fits; at least one.
std::size_t fitting(const ShapedText& shaped, std::size_t first, double width) {
  double used = 0;
  std::size_t i = first;
  for (; i < shaped.clusters.size(); ++i) {
    used += shaped.clusters[i].advance_pt;
    if (used > width + 0.01 && !is_space(shaped, i)) break;
  }
  return std::max(i, first + 1);
}

// The author's own line breaks come first; each part is balanced for itself.
std::vector<std::string> paragraphs_of(std::string_view text) {
  std::vector<std::string> parts(1);
  for (char c : text)
    if (c == '\n')
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

// A place where a title may be torn.
struct Candidate {
  std::size_t byte;
  double x;  // width of everything before it
};

// The cheapest division into `count` lines, cost being the squared distance of each line from the mean; ties and
// near-ties go to a longer upper line (the inverted trapezium that offices prefer).
std::vector<std::size_t> best_division(const std::vector<Candidate>& at, std::size_t count, double limit) {
  const double mean = at.back().x / static_cast<double>(count);
  const double none = std::numeric_limits<double>::infinity();
  std::vector<std::vector<double>> cost(count + 1, std::vector<double>(at.size(), none));
  std::vector<std::vector<std::size_t>> from(count + 1, std::vector<std::size_t>(at.size(), 0));
  cost[0][0] = 0;
  for (std::size_t line = 1; line <= count; ++line)
    for (std::size_t end = 1; end < at.size(); ++end)
      for (std::size_t begin = 0; begin < end; ++begin) {
        const double width = at[end].x - at[begin].x;
        if (width > limit || cost[line - 1][begin] == none) continue;
        const double off = width - mean * (line == count ? 0.98 : 1.0);
        const double total = cost[line - 1][begin] + off * off;
        if (total < cost[line][end]) cost[line][end] = total, from[line][end] = begin;
      }
  if (cost[count].back() == none) return {};
  std::vector<std::size_t> cuts{at.size() - 1};
  for (std::size_t line = count; line > 0; --line) cuts.push_back(from[line][cuts.back()]);
  std::reverse(cuts.begin(), cuts.end());
  return cuts;
}

// A place counts only if both say so: a dictionary word may end where the rules of marks forbid a new line.
void balance(FontBook& book, const Style& style, const std::string& part, double width, std::vector<std::string>& out) {
  const ShapedText shaped = shape(book, style, part);
  const std::vector<bool> words = word_starts(shaped.text), lines = line_starts(shaped.text);
  std::vector<Candidate> at{{0, 0}};
  double x = 0;
  for (const Cluster& cluster : shaped.clusters) {
    if (cluster.begin > 0 && words[cluster.begin] && lines[cluster.begin]) at.push_back({cluster.begin, x});
    x += cluster.advance_pt;
  }
  at.push_back({shaped.text.size(), x});
  for (auto count = static_cast<std::size_t>(std::max(1.0, std::ceil((x - 0.01) / width))); count <= at.size(); ++count)
    if (const auto cuts = best_division(at, count, width + 0.01); !cuts.empty()) {
      for (std::size_t i = 0; i + 1 < cuts.size(); ++i)
        out.push_back(shaped.text.substr(at[cuts[i]].byte, at[cuts[i + 1]].byte - at[cuts[i]].byte));
      return;
    }
  for (const Line& line : break_lines(shaped, {width}))  // a single word wider than the line
    out.push_back(shaped.text.substr(shaped.clusters[line.first].begin,
                                     shaped.clusters[line.last - 1].end - shaped.clusters[line.first].begin));
}

}  // namespace

std::vector<bool> line_starts(std::string_view text) {
  std::vector<bool> starts = starts_of(text, &icu::BreakIterator::createLineInstance, "zh@lb=strict");
  free_quotation_marks(text, starts);
  return starts;
}

std::vector<bool> word_starts(std::string_view text) {
  return starts_of(text, &icu::BreakIterator::createWordInstance, "zh");
}

std::vector<Line> break_lines(const ShapedText& shaped, const Measure& measure) {
  const std::vector<bool> may_start = line_starts(shaped.text);
  std::vector<Line> lines;
  for (std::size_t first = 0; first < shaped.clusters.size();) {
    Line line{first, 0, lines.empty() ? measure.first_indent_pt : measure.hang_pt, 0};
    const double room = measure.width_pt - line.indent_pt;
    const std::size_t most = fitting(shaped, first, room);
    line.last = most;
    if (most < shaped.clusters.size()) {
      while (line.last > first && !may_start[shaped.clusters[line.last].begin]) --line.last;
      if (line.last == first) line.last = most;  // one word wider than the line
    }
    first = line.last;
    while (line.last > line.first + 1 && is_space(shaped, line.last - 1)) --line.last;
    if (first < shaped.clusters.size())
      line.gap_pt = gap_for(shaped, line, room - width_of(shaped, line.first, line.last));
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> balanced_lines(FontBook& book, const Style& style, std::string_view title, double width_pt) {
  std::vector<std::string> lines;
  for (const std::string& part : paragraphs_of(printable(title)))
    if (!part.empty()) balance(book, style, part, width_pt, lines);
  return lines;
}

}  // namespace anlan::typeset

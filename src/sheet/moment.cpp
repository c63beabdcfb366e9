#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "sheet/fold.h"
#include "sheet/values.h"

namespace anlan::sheet {
namespace {

constexpr int kFirstYear = 1900, kLastYear = 2100;
// Days since 1899-12-30 that a number without a date's format may be: 1950 to 2099. Others are numbers of something
// else.
constexpr double kSerialLeast = 18'264, kSerialMost = 73'050;

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// Each says the text that it was found in.
Fault fault(std::string code, std::string value) { return {std::move(code), {{"value", std::move(value)}}}; }

// Reads on from the front of a text.
struct Scan {
  std::u32string_view left;

  bool done() const { return left.empty(); }
  void skip_blanks() {
    while (!left.empty() && is_blank(left.front())) left.remove_prefix(1);
  }
  // Digits at the front; -1 where there are none, or too many for any part of a date.
  int number(std::size_t& digits) {
    int value = 0;
    digits = 0;
    while (digits < left.size() && is_digit(left[digits])) ++digits;
    if (digits == 0 || digits > 4) return -1;
    for (std::size_t i = 0; i < digits; ++i) value = value * 10 + static_cast<int>(left[i] - U'0');
    left.remove_prefix(digits);
    return value;
  }
  // One of the set at the front, blanks around it aside; 0 where there is none.
  char32_t one_of(std::u32string_view set, std::initializer_list<char32_t> others = {}) {
    Scan ahead{left};
    ahead.skip_blanks();
    if (ahead.done()) return 0;
    const char32_t found = ahead.left.front();
    if (set.find(found) == set.npos && std::ranges::find(others, found) == others.end()) return 0;
    ahead.left.remove_prefix(1);
    ahead.skip_blanks();
    left = ahead.left;
    return found;
  }
};

constexpr std::u32string_view kBetween = U"-/.−–—‐_\\";

// By the calendar of <chrono>, leap years and all.
int days_in(int year, int month) {
  const auto last = std::chrono::year_month_day_last(std::chrono::year(year) / month / std::chrono::last);
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

// In this order the first that is wrong is named, so that 2024-13-45 is told of its month.
std::optional<Fault> check(const Moment& m, const std::string& value) {
  if (m.year < kFirstYear || m.year > kLastYear) return fault("date_year", value);
  if (m.month < 1 || m.month > 12) return fault("date_month", value);
  if (m.day < 1 || m.day > days_in(m.year, m.month)) return fault("date_day", value);
  if (m.hour > 23 || m.minute > 59 || m.second > 59) return fault("date_time", value);
  return std::nullopt;
}

// 1899-12-30, not 31: day 60 is the 29th of February of 1900, which never was.
Moment on_day(double serial) {
  const auto day = std::chrono::sys_days(std::chrono::year(1899) / 12 / 30) +
                   std::chrono::days(static_cast<int>(std::floor(serial)));
  const std::chrono::year_month_day date(day);
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

// Days before 1900-03-01 are one off, since the first spreadsheet took 1900 for a leap year.
Result<Moment, Fault> of_serial(double serial, bool with_time, const std::string& value) {
  const double last = 73'415;  // 2100-12-31
  if (!(serial >= 61) || serial >= last) return fault("date_year", value);
  double seconds = std::round((serial - std::floor(serial)) * 86'400);
  if (seconds >= 86'400) serial = std::floor(serial) + 1, seconds = 0;
  Moment m = on_day(serial);
  const int second = static_cast<int>(seconds);
  m.has_time = with_time || second > 0;
  m.hour = second / 3600, m.minute = second / 60 % 60, m.second = second % 60;
  return m;
}

// 20240305, 202403051430 or 20240305143000.
std::optional<Moment> in_a_row(std::u32string_view digits) {
  if (digits.size() != 8 && digits.size() != 12 && digits.size() != 14) return std::nullopt;
  if (!std::ranges::all_of(digits, is_digit)) return std::nullopt;
  const auto part = [&](std::size_t at, std::size_t size) {
    int value = 0;
    for (std::size_t i = at; i < std::min(at + size, digits.size()); ++i)
      value = value * 10 + static_cast<int>(digits[i] - U'0');
    return value;
  };
  return Moment{part(0, 4), part(4, 2), part(6, 2), part(8, 2), part(10, 2), part(12, 2), digits.size() > 8};
}

// What stands behind the day: nothing, or a time of day. False where it is something else.
bool read_time(Scan& scan, const Words& words, Moment& m) {
  scan.skip_blanks();
  if (!scan.done() && (scan.left.front() == U'T' || scan.left.front() == U't')) scan.left.remove_prefix(1);
  const std::size_t morning = words.at_begin("morning", scan.left), afternoon = words.at_begin("afternoon", scan.left);
  scan.left.remove_prefix(std::max(morning, afternoon));
  scan.skip_blanks();
  if (scan.done()) return morning + afternoon == 0;
  std::size_t digits = 0;
  m.hour = scan.number(digits);
  if (m.hour < 0 || digits > 2) return false;
  m.has_time = true;
  const char32_t mark = scan.one_of(U":", {U'时', U'点'});
  if (mark == 0) return false;
  if (!scan.done() && is_digit(scan.left.front())) {
    m.minute = scan.number(digits);
    const bool more = scan.one_of(U":", {U'分'}) != 0;
    if (more && !scan.done() && is_digit(scan.left.front())) {
      m.second = scan.number(digits);
      scan.one_of({}, {U'秒'});
    }
    if (scan.left.starts_with(U".0"))
      scan.left = scan.left.substr(std::min(scan.left.find_first_not_of(U".0"), scan.left.size()));
  }
  // 12 in the afternoon is noon, in the morning midnight.
  if (afternoon > 0 && m.hour < 12) m.hour += 12;
  if (morning > 0 && m.hour == 12) m.hour = 0;
  return scan.done();
}

std::u32string_view without_weekday(std::u32string_view text, const Words& words) {
  for (const char32_t close : {U')', U' '})
    if (!text.empty() && text.back() == close) text.remove_suffix(1);
  const std::size_t size = words.at_end("weekday", text);
  text.remove_suffix(size);
  return size > 0 && !text.empty() && text.back() == U'(' ? trimmed(text.substr(0, text.size() - 1)) : trimmed(text);
}

// "2024年3月5日(星期二) 14:30": the day of the week may stand between both.
void skip_weekday(Scan& scan, const Words& words) {
  Scan ahead = scan;
  ahead.skip_blanks();
  const bool bracket = !ahead.done() && ahead.left.front() == U'(';
  if (bracket) ahead.left.remove_prefix(1);
  const std::size_t size = words.at_begin("weekday", ahead.left);
  if (size == 0) return;
  ahead.left.remove_prefix(size);
  if (bracket && !ahead.done() && ahead.left.front() == U')') ahead.left.remove_prefix(1);
  scan = ahead;
}

// Year, month and day in this order alone: of others nobody can tell which is which, and a date that is wrong by months
// is worse than one that is missing.
Result<Moment, Fault> of_text(std::u32string_view text, const Words& words, const std::string& value) {
  if (const auto row = in_a_row(text)) return *row;
  Scan scan{text};
  Moment m;
  std::size_t first = 0, digits = 0, last = 0;
  m.year = scan.number(first);
  if (m.year < 0) return fault("date", value);
  const char32_t mark = scan.one_of(kBetween, {U'年'});
  if (mark == 0) return fault(scan.done() && first == 4 ? "date_incomplete" : "date", value);
  m.month = scan.number(digits);
  if (m.month < 0 || digits > 2) return fault(scan.done() && first == 4 ? "date_incomplete" : "date", value);
  const char32_t second_mark = scan.one_of(kBetween, {U'月'});
  if (second_mark == 0 || scan.done()) return fault("date_incomplete", value);
  m.day = scan.number(last);
  if (m.day < 0) return fault("date", value);
  scan.one_of({}, {U'日', U'号'});
  if (first <= 2 && last == 4) return fault("date_order", value);
  if (first != 4) return fault(first <= 2 && last <= 2 ? "date_two_digits" : "date", value);
  if (last > 2) return fault("date_day", value);
  skip_weekday(scan, words);
  if (!scan.done() && !read_time(scan, words, m)) return fault("date_time", value);
  return m;
}

}  // namespace

std::string written(const Moment& m) {
  std::array<char, 100> text;
  const int size = m.has_time ? std::snprintf(text.data(), text.size(), "%04d-%02d-%02d %02d:%02d:%02d", m.year,
                                              m.month, m.day, m.hour, m.minute, m.second)
                              : std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", m.year, m.month, m.day);
  return {text.data(), static_cast<std::size_t>(size)};
}

std::string seen(const Cell& cell) {
  if (cell.kind != CellKind::kNumber || cell.style == DateStyle::kNone) return shown(cell);
  // A time of day is a part of some day; which one does not matter.
  const bool is_time = cell.style == DateStyle::kTime && cell.number >= 0 && cell.number < 1;
  const auto moment = of_serial(is_time ? cell.number + 100 : cell.number, cell.style != DateStyle::kDate, {});
  if (!moment.ok()) return shown(cell);
  return is_time ? written(*moment).substr(std::string_view("2024-03-05 ").size()) : written(*moment);
}

// A number without a format may be a day that has lost it on its way through a .csv, or the digits of a date.
Reading<Moment> read_moment(const Cell& cell, const Words& words) {
  const auto text = said(cell, &words);
  if (!text.ok()) return text.error();
  if (!*text) return std::optional<Moment>();
  const std::string value = excerpt(**text);
  const bool is_number = cell.kind == CellKind::kNumber;
  if (is_number && cell.style == DateStyle::kTime) return fault("date_incomplete", value);
  const bool styled = is_number && cell.style != DateStyle::kNone;
  const std::u32string_view inner = without_weekday(**text, words);
  const double serial = is_number                                                   ? cell.number
                        : inner.size() == 5 && std::ranges::all_of(inner, is_digit) ? std::stod(utf8_of(inner))
                                                                                    : 0;
  const bool plain_serial = serial >= kSerialLeast && serial < kSerialMost;
  auto read = styled || plain_serial ? of_serial(serial, cell.style == DateStyle::kDateTime, value)
                                     : of_text(inner, words, value);
  if (!read.ok()) return read.error();
  if (auto wrong = check(*read, value)) return *wrong;
  return std::optional<Moment>(*read);
}

}  // namespace anlan::sheet

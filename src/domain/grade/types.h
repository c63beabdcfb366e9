#pragma once
// How bad an incident is, and the figures that say so. The grade is not the response level (who acts) and not the
// colour of a warning (how likely): 国家突发事件总体应急预案 (2025-02-25) keeps the three apart.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/fields.h"

namespace anlan::grade {

// 突发事件应对法 (in force 2024-11-01) art. 3: natural disasters, accidents and public health events have four grades
// by social harm and scope; public security events are not graded by the law. Worst first.
enum class Grade {
  kExtraMajor,  // 特别重大, I
  kMajor,       // 重大, II
  kLarger,      // 较大, III
  kOrdinary,    // 一般, IV
  kUngraded,    // 不分级
};

constexpr auto names_of(Grade) {
  using enum Grade;
  using Name = std::string_view;
  return std::array{std::pair{kExtraMajor, Name{"extra_major"}}, std::pair{kMajor, Name{"major"}},
                    std::pair{kLarger, Name{"larger"}}, std::pair{kOrdinary, Name{"ordinary"}},
                    std::pair{kUngraded, Name{"ungraded"}}};
}

// Whether `grade` is at least as bad as `floor`. An ungraded incident reaches only the floor kUngraded, which all
// reach.
constexpr bool reaches(Grade grade, Grade floor) { return grade <= floor; }

// The losses of one incident as one source states them, cumulative since its start. Absent means: not stated, which is
// not the same as none.
struct Figures {
  std::optional<std::int64_t> dead, missing;
  std::optional<std::int64_t> serious;  // seriously injured, acute poisoning included; a part of `injured`
  std::optional<std::int64_t> injured;
  std::optional<std::int64_t> trapped, evacuated, affected;  // persons
  std::optional<double> loss_yuan;                           // direct economic loss
  std::optional<double> burnt_ha;                            // forest or grassland burnt
  std::optional<double> magnitude;                           // earthquake
  bool operator==(const Figures&) const = default;

  static constexpr auto fields = std::tuple{
      field("dead", &Figures::dead, 10'000'000),          field("missing", &Figures::missing, 10'000'000),
      field("serious", &Figures::serious, 10'000'000),    field("injured", &Figures::injured, 10'000'000),
      field("trapped", &Figures::trapped, 10'000'000),    field("evacuated", &Figures::evacuated, 100'000'000),
      field("affected", &Figures::affected, 100'000'000), field("loss_yuan", &Figures::loss_yuan, 10'000'000'000'000),
      field("burnt_ha", &Figures::burnt_ha, 100'000'000), field("magnitude", &Figures::magnitude, 10)};
};

}  // namespace anlan::grade

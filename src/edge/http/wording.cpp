#include "edge/http/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace anlan::edge {
namespace {

constexpr double kTenThousand = 10'000;

// Without zeros that say nothing.
std::string number(double value) {
  std::string out;
  json::write_number(out, value);
  return out;
}

}  // namespace

std::string Wording::word(std::string_view kind, std::string_view name) const {
  const std::string key = std::string(kind) + "." + std::string(name);
  return page_.texts.has(locale_, key) ? page_.texts.get(locale_, key) : std::string(name);
}

std::string Wording::moment(Instant at) const {
  const ChinaTime t = china_time(at);
  return text("wording.moment", {{"month", std::to_string(t.month)},
                                 {"day", std::to_string(t.day)},
                                 {"hour", std::to_string(t.hour)},
                                 {"minute", fmt::format("{:02}", t.minute)}});
}

std::string Wording::figures(const grade::Figures& f, const std::vector<std::string_view>& names) const {
  std::vector<std::string> parts;
  each_field<grade::Figures>([&](const auto& field) {
    const auto& figure = f.*field.member;
    if (!figure || (!names.empty() && std::ranges::find(names, field.name) == names.end())) return;
    const auto value = static_cast<double>(*figure);
    parts.push_back(text("wording.figure." + std::string(field.name),
                         {{"n", number(value)}, {"n_10k", number(value / kTenThousand)}}));
  });
  return join(parts);
}

std::string Wording::join(const std::vector<std::string>& parts) const {
  return fmt::format("{}", fmt::join(parts, text("wording.comma")));
}

std::string Wording::organisations(const std::vector<std::string>& ids) const {
  std::vector<std::string> names;
  for (const std::string& id : ids) names.push_back(page_.directory.organisations.short_name(id));
  return fmt::format("{}", fmt::join(names, text("wording.and")));
}

std::string Wording::sentence(std::string said) const {
  if (said.empty()) return said;
  std::size_t last = said.size() - 1;
  while (last > 0 && (static_cast<unsigned char>(said[last]) & 0xC0) == 0x80) --last;
  if (text("wording.stops").find(said.substr(last)) == std::string::npos) said += text("wording.stop");
  return said;
}

}  // namespace anlan::edge

#include "domain/reach/reach.h"

#include <algorithm>

namespace anlan::reach {

const Reach::Version* Reach::version(std::int64_t number) const {
  const auto found = std::ranges::find(versions, number, &Version::number);
  return found == versions.end() ? nullptr : &*found;
}

void apply(Reach& reach, const Fact& fact, Instant at) {
  const auto& f = std::get<Counted>(fact);
  reach.warning = f.warning;
  reach.organisation = f.organisation;
  const auto found = std::ranges::lower_bound(reach.versions, f.warning_version, {}, &Reach::Version::number);
  const Reach::Version counted{f.warning_version, f.channels, f.complete, at};
  if (found != reach.versions.end() && found->number == f.warning_version)
    *found = counted;
  else
    reach.versions.insert(found, counted);
}

bool fits(const std::string& warning, const std::string& organisation, const Fact& fact) {
  const auto& f = std::get<Counted>(fact);
  return f.warning == warning && f.organisation == organisation;
}

// Counts come again and again while messages arrive; most say what is known.
std::vector<Fact> decide(const Reach& reach, const Counted& counted) {
  const auto* known = reach.version(counted.warning_version);
  if (known && known->channels == counted.channels && known->complete == counted.complete) return {};
  return {counted};
}

}  // namespace anlan::reach

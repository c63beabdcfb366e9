#include <algorithm>

#include "geo/gather.h"

namespace anlan::geo {

std::size_t Selection::count() const {
  std::size_t count = 0;
  for (const Run run : runs_) count += run.end - run.begin;
  return count;
}

void Selection::append_to(std::vector<std::uint32_t>& numbers) const {
  numbers.reserve(numbers.size() + count());
  for (const Run run : runs_) numbers.insert(numbers.end(), numbers_ + run.begin, numbers_ + run.end);
}

void Selection::unite(const Selection& other) {
  std::vector<Run> all(runs_.size() + other.runs_.size());
  std::ranges::merge(runs_, other.runs_, all.begin(), {}, &Run::begin, &Run::begin);
  runs_.clear();
  for (const Run run : all) {
    if (!runs_.empty() && run.begin <= runs_.back().end)
      runs_.back().end = std::max(runs_.back().end, run.end);
    else
      runs_.push_back(run);
  }
}

}  // namespace anlan::geo

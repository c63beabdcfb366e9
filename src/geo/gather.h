#pragma once
// How a question writes down what it finds.

#include "geo/point_index.h"

namespace anlan::geo {

class Gather {
 public:
  explicit Gather(Selection& into) : runs_(into.runs_) {}
  // Behind all that was added before.
  void add(std::uint32_t begin, std::uint32_t end) {
    if (begin == end) return;
    if (!runs_.empty() && runs_.back().end == begin)
      runs_.back().end = end;
    else
      runs_.push_back({begin, end});
  }

 private:
  std::vector<Selection::Run>& runs_;
};

}  // namespace anlan::geo

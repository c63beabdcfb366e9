#include "document/flow.h"

#include <cmath>

#include "document/measures.h"

namespace anlan::document {
namespace {

constexpr double kEnough = 0.05;  // points that rounding may cost
constexpr double kPageEnd = kTypeTop + kPitch * kLinesPerPage;

// The next line of the grid at or below `y`.
double snapped(double y) { return kTypeTop + kPitch * std::ceil((y - kTypeTop - kEnough) / kPitch); }

// Strips [first, last) are kept together.
std::size_t chain_end(const std::vector<Strip>& strips, std::size_t first) {
  std::size_t last = first;
  while (last + 1 < strips.size() && strips[last].keep_with_next && !strips[last + 1].starts_page) ++last;
  return last + 1;
}

// Where the strips end if they are placed one after the other from `y` on.
double end_of(const std::vector<Strip>& strips, std::size_t first, std::size_t last, double y) {
  for (std::size_t i = first; i < last; ++i) y = (strips[i].on_grid ? snapped(y) : y) + strips[i].height;
  return y;
}

// Places strips from top to bottom. A chain is looked at as a whole when it begins; inside it each strip is looked at
// by itself, which tears a chain that is longer than a page.
class Dealer {
 public:
  Dealer(const std::vector<Strip>& strips, double first_top) : strips_(strips), y_(first_top) { pages_.emplace_back(); }

  std::vector<Page> deal() {
    for (std::size_t i = 0, chain = 0; i < strips_.size(); ++i) {
      const bool begins = i >= chain;
      if (begins) chain = chain_end(strips_, i);
      const double end = end_of(strips_, i, begins ? chain : i + 1, y_);
      if (strips_[i].starts_page || end > (strips_[i].at_bottom ? kTypeBottom : kPageEnd) + kEnough)
        turn_page(strips_[i]);
      place(strips_[i]);
    }
    return std::move(pages_);
  }

 private:
  // Nothing is gained by turning from a page that is still empty.
  void turn_page(const Strip& next) {
    if (pages_.back().empty() && y_ < kTypeTop + kPitch) return;
    pages_.emplace_back();
    y_ = kTypeTop;
    if (next.head && next.head.get() != &next) place(*next.head);
  }

  void place(const Strip& strip) {
    if (!strip.draw && pages_.back().empty() && pages_.size() > 1) return;
    if (strip.on_grid) y_ = snapped(y_);
    if (strip.at_bottom) y_ = kTypeBottom - strip.height;
    pages_.back().push_back({&strip, y_});
    y_ += strip.height;
  }

  const std::vector<Strip>& strips_;
  std::vector<Page> pages_;
  double y_;
};

}  // namespace

std::vector<Page> paginate(const std::vector<Strip>& strips, double first_top) {
  return Dealer(strips, first_top).deal();
}

}  // namespace anlan::document
